"""The published models: their values, how they are read, and which may speak for a case."""

from baclo.body.choice import Choice, choose_model
from baclo.body.reading import model_ids, model_of, read_model
from baclo.body.structure import Model

__all__ = ["Choice", "Model", "choose_model", "model_ids", "model_of", "read_model"]
