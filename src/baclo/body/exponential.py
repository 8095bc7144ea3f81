"""The exponential of a matrix whose only negative numbers stand on its diagonal, for a batch at once.

Such a matrix plus a multiple of the identity has no negative entry, so its series adds and never cancels
(uniformisation: Jensen, Skand Aktuarietidskr 1953;36:87-91; scaling and squaring: Moler and Van Loan, SIAM Rev
2003;45:3-49). It needs products only: solving small systems in a threaded library costs a hundred times as much on a
busy machine, and a cold start does without scipy.
"""

import math

import numpy as np

from baclo.body.course import Floats

_TERMS = 18  # of the series of a matrix of norm 1: the rest is below rounding


def exponential(matrices: Floats) -> Floats:
    """exp of each of `matrices` [P, N, N], which are not negative off the diagonal; the last column may be an inflow.

    An inflow (nothing enters the last state) adds nothing to the growth of the others, so its size does not count.
    """
    size = matrices.shape[-1]
    identity = np.eye(size)
    shift = -np.minimum(np.diagonal(matrices, axis1=1, axis2=2).min(axis=1), 0.0)[:, None, None]
    shifted = matrices + shift * identity
    norm = float(shifted[:, :, :-1].sum(axis=1).max())
    halvings = max(0, math.ceil(math.log2(norm))) if 0 < norm < math.inf else 0
    small = shifted / 2.0**halvings
    found: Floats = identity + small / _TERMS
    for term in range(_TERMS - 1, 0, -1):
        found = identity + (small @ found) / term
    found = found * np.exp(-shift / 2.0**halvings)
    for _ in range(halvings):
        found = found @ found
    return found
