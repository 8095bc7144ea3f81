"""A birth ahead: who must know, how long the newborn is watched, and that the taper is another question."""

from collections.abc import Iterator
from datetime import timedelta

from baclo.care.finding import Status
from baclo.care.prepare.coming import local_day, today_or_later
from baclo.care.prepare.part import Part
from baclo.care.prepare.sentences import Sentences
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.units import convert


def deliveries(knowledge: Knowledge, case: Case) -> Iterator[Part]:
    """A part where the person is pregnant; the talk is dated at the last third, or today where that has begun."""
    if not case.patient.pregnant:
        return
    said = Sentences(knowledge, "prepare", "delivery")
    due = case.patient.due
    if due is None:
        asked = said.point("due_unknown", status=Status.UNKNOWN, needs=("patient.due",))
        yield Part(headline=said.line("day_unknown"), points=(asked, *said.always()), agenda=())
        return
    left_wk = knowledge.number("pregnancy.length", "wk") - knowledge.number("pregnancy.third_trimester", "wk")
    watched = local_day(case, due + timedelta(hours=knowledge.number("newborn.observe", "h") + 1))
    yield Part(
        headline=said.line("ahead", day=due),
        points=said.always(),
        agenda=(
            said.entry("talk", today_or_later(case, due - timedelta(hours=convert(left_wk, "wk", "h")))),
            said.entry("birth", local_day(case, due), until=watched),
        ),
    )
