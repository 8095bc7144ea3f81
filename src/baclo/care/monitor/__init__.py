"""What the scores say, and the dated schedule of visits, scores, laboratory tests and talks."""

from baclo.care.monitor.answer import monitor
from baclo.care.monitor.attainment import Attainment, attainment
from baclo.care.monitor.benefit import Benefit, benefit
from baclo.care.monitor.changes import Change, changes
from baclo.care.monitor.schedule import monitoring_agenda
from baclo.care.monitor.verdict import Verdict

__all__ = [
    "Attainment",
    "Benefit",
    "Change",
    "Verdict",
    "attainment",
    "benefit",
    "changes",
    "monitor",
    "monitoring_agenda",
]
