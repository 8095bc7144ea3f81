"""What is known of one person's kidneys at one moment, and how it changes."""

from baclo.case.kidney.acute import Acute
from baclo.case.kidney.epochs import Doubt, KidneyEpoch, kidney_epochs
from baclo.case.kidney.estimate import Estimate, Weight
from baclo.case.kidney.picture import KidneyPicture, kidney_picture

__all__ = [
    "Acute",
    "Doubt",
    "Estimate",
    "KidneyEpoch",
    "KidneyPicture",
    "Weight",
    "kidney_epochs",
    "kidney_picture",
]
