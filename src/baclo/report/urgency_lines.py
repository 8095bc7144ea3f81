"""The answer of triage in the terminal: the number to ring, what to do, why, in words for somebody frightened."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text as Line

from baclo.care.triage import Cause, Level, Triage
from baclo.report.emergency import emergency, everywhere
from baclo.report.shown import sentence
from baclo.report.telling import Telling, hung, listed
from baclo.report.urgency import asks_heading, urgency_title

_STYLES = {Level.EMERGENCY_NOW: "bold red", Level.CALL_TODAY: "bold yellow", Level.NEXT_VISIT: "bold cyan"}
LEVEL_WORDS = {Level.EMERGENCY_NOW: "EMERGENCY", Level.CALL_TODAY: "CALL TODAY", Level.NEXT_VISIT: "NEXT VISIT"}


def urgent(told: Telling, triage: Triage) -> Iterator[RenderableType]:
    """The number to ring, what to do, the reasons; then what professionals need."""
    _, *elsewhere = everywhere(told.knowledge, told.outcome.case.region)
    places = ", ".join(f"{one.number} in the {one.place}" for one in elsewhere)
    yield whom_to_ring(told, triage)
    yield Line(f"Elsewhere: {places}.")
    yield Line()
    yield from (hung(action) for action in triage.actions)
    yield from listed("Why", [_why(told, cause) for cause in triage.causes])
    if triage.denied:
        yield from listed("Told as not there; this changes nothing", list(triage.denied))
    yield from listed(asks_heading(triage), [one.question for one in triage.asks])
    yield from listed("Other numbers", [*_others(told)])
    yield from _professionals(told, triage)
    yield Line()


def whom_to_ring(told: Telling, triage: Triage) -> RenderableType:
    """The number and the answer in one line: the first of a report, and the last, where a terminal stops."""
    own = everywhere(told.knowledge, told.outcome.case.region)[0]
    if triage.level is Level.EMERGENCY_NOW:
        return Line(f"RING {own.number} NOW ({own.place}). {triage.title}", _STYLES[triage.level])
    title = urgency_title(told.outcome, triage)
    return Line(f"{title} If it gets worse: ring {own.number} ({own.place}).", _STYLES[triage.level])


def _others(told: Telling) -> Iterator[str]:
    for one in emergency(told.knowledge, told.outcome.case.region).contacts[1:]:
        yield f"{one.number}  {one.who} ({one.place}): {one.when}"


def _why(told: Telling, cause: Cause) -> str:
    """One cause: its level, what it is, the words it was read in, and the reason."""
    title = sentence(cause.title, told.outcome.case.zone)
    words = cause.read_in
    said = f" (you said: {words})" if words else ""
    return f"[{LEVEL_WORDS[cause.level]}] {title}{said}. {told.say(cause.reason)}{told.marks(cause.basis)}"


def _professionals(told: Telling, triage: Triage) -> Iterator[RenderableType]:
    """The score, what looks the same, and the passages."""
    score = triage.score
    if triage.alternatives:
        signs = [f"{sign.id}: {sign.words} ({sign.grade_score:g})" for sign in score.signs if sign.grade_score]
        missing = [f"Not looked at: {', '.join(score.missing)}. {told.say(score.note)}"] if score.missing else []
        yield from listed(f"For professionals. {score.title}: at least {score.total_score:g}", signs + missing)
    alike = [f"{one.id}: {', '.join(one.tells)}{told.marks(one.basis)}" for one in triage.alternatives]
    yield from listed("What looks alike, and what tells it apart (--html says what is done first)", alike)
    for passage in triage.passages:
        yield from listed(passage.title, [told.say(line) for line in passage.lines])
