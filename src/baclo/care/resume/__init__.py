"""After missed, late or vomited doses and gaps: what to take today and from when on, or why nobody may say so here."""

from baclo.care.resume.advice import advise
from baclo.care.resume.planner import resume

__all__ = ["advise", "resume"]
