"""Coming down from a dose: the plan, other speeds beside it, what to go back to, and what to do when."""

from baclo.care.taper.advice import taper_advice
from baclo.care.taper.agenda import taper_agenda
from baclo.care.taper.planner import taper

__all__ = ["taper", "taper_advice", "taper_agenda"]
