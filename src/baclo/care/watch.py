"""What to look at during a plan, and its standing notes, as sentences from the data."""

from baclo.care.kidney_share import share_of
from baclo.care.plan import Kind
from baclo.case.case import Case
from baclo.case.kidney import kidney_picture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text


def watch(knowledge: Knowledge, kind: Kind) -> tuple[Text, ...]:
    """What to look at on each step."""
    return _sentences(knowledge, kind, "each_step")


def watch_on_the_way_down(knowledge: Knowledge, case: Case) -> tuple[Text, ...]:
    """What to look at on each step of a taper; where the kidneys are not known to be whole, too much comes first."""
    share = share_of(knowledge, case, kidney_picture(knowledge, case.patient, case.now))
    weak = () if share.reduced is False else _sentences(knowledge, Kind.TAPER, "weak_kidneys")
    return (*weak, *watch(knowledge, Kind.TAPER))


def watch_in_care(knowledge: Knowledge) -> tuple[Text, ...]:
    """What to look at on each step of a taper in monitored care: nobody goes back up by the plan."""
    return _sentences(knowledge, Kind.TAPER, "in_care")


def standing_notes(knowledge: Knowledge, kind: Kind) -> tuple[Text, ...]:
    """What holds for the whole plan."""
    return _sentences(knowledge, kind, "notes")


def _sentences(knowledge: Knowledge, kind: Kind, part: str) -> tuple[Text, ...]:
    rows = knowledge.folder("regimens")["monitor"][kind.value][part]
    return tuple(text(row, knowledge.facts) for row in rows)
