"""Virtual people around one person, by the variability that the model reports."""

from collections.abc import Mapping

import numpy as np

from baclo.body.course import Floats
from baclo.body.structure import Model


def virtual_factors(model: Model, people: int, seed: int) -> Mapping[str, Floats]:
    """By what each of `people` multiplies each varying parameter, [P] by name; the same for the same seed.

    Log-normal around the person: exp(eta), eta normal with the model's omegas and correlations.
    """
    normals = np.random.default_rng(seed).standard_normal((people, len(model.variability)))
    spread = normals @ np.linalg.cholesky(_correlations(model)).T
    return {
        parameter: np.exp(variability.omega * spread[:, column])
        for column, variability in enumerate(model.variability)
        for parameter in variability.on
    }


def _correlations(model: Model) -> Floats:
    """The correlation matrix of the model's variabilities on the log scale."""
    names = [variability.name for variability in model.variability]
    matrix = np.eye(len(names))
    for correlation in model.correlations:
        first, second = (names.index(name) for name in correlation.between)
        matrix[first, second] = matrix[second, first] = correlation.value.number_in("1")
    return matrix
