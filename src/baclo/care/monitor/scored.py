"""What each scale says, as a line of the answer: newest value, change, verdict, and the grade in words."""

from collections.abc import Iterator
from fractions import Fraction

from baclo.care.advice import Point
from baclo.care.days import midnight
from baclo.care.finding import Severity, Status
from baclo.care.monitor.changes import Change, Lack, changes
from baclo.care.monitor.scales import ANY, By, Scale, grade_meant
from baclo.care.monitor.verdict import Verdict, reaches
from baclo.case.case import Case
from baclo.case.vocabulary import words
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Piece, Quoted, Text, text
from baclo.units import convert

STATUS = {Verdict.RESPONDER: Status.PRESENT, Verdict.NOT: Status.ABSENT, Verdict.UNKNOWN: Status.UNKNOWN}
SEVERITY = {Verdict.RESPONDER: Severity.INFO, Verdict.NOT: Severity.WARNING, Verdict.UNKNOWN: Severity.INFO}
_SEEN = ("case:observation",)
_MEAN = ("case:observation", "computed:mean")
_NEEDED = (Lack.NO_BASELINE, Lack.NO_CURRENT, Lack.OLD)


def score_points(knowledge: Knowledge, case: Case) -> tuple[Point, ...]:
    """One line for each scale and limb that was ever scored."""
    return tuple(_point(knowledge, case, change) for change in changes(knowledge, case))


def _point(knowledge: Knowledge, case: Case, change: Change) -> Point:
    limb = "" if change.limb == ANY else f".{change.limb}"
    return Point(
        id=f"scale.{change.scale.id}{limb}",
        status=STATUS[change.verdict],
        severity=SEVERITY[change.verdict],
        title=_title(knowledge, change),
        detail=Text(tuple(_detail(knowledge, case, change))),
        needs=("observation",) if change.lack in _NEEDED else ("regimen",) if change.lack is Lack.NOT_TAKEN else (),
        basis=(*_SEEN, *(change.limits.basis if change.limits is not None else ()), *change.scale.sources),
    )


def scale_name(change: Change) -> str:
    """The scale and its limb in words."""
    return change.scale.name if change.limb == ANY else f"{change.scale.name}, {change.limb} limb"


def _title(knowledge: Knowledge, change: Change) -> Text:
    """What it was, what it is, and the verdict; or the newest value and why there is no verdict."""
    name = scale_name(change)
    if change.baseline is None or change.current is None:
        newest = change.latest[-1].value
        return text(
            "{name}: {newest}, {verdict}: {why}",
            {},
            name=name,
            newest=_value(knowledge, change.scale, newest),
            verdict=change.verdict.value,
            why=change.lack or "",
        )
    worse = ", worse than before" if change.current > change.baseline else ""
    why = worse if change.lack is None else f": {change.lack}{worse}"
    return text(
        "{name}: {first} before, {now} now, {verdict}{why}",
        {},
        name=name,
        first=_value(knowledge, change.scale, change.baseline),
        now=_value(knowledge, change.scale, change.current),
        verdict=change.verdict.value,
        why=why,
    )


def _value(knowledge: Knowledge, scale: Scale, value: Fraction) -> Piece:
    """A grade as it is written, or the number where it is a mean, a total or an angle."""
    meant = grade_meant(knowledge, scale, value)
    if meant is not None:
        return Quoted(words=meant[0], basis=_SEEN)
    unit = words(knowledge, "observations")[scale.kinds[0]]["units"][0]
    return Number(value=float(value), unit=unit, basis=_MEAN if value.denominator > 1 else _SEEN)


def _detail(knowledge: Knowledge, case: Case, change: Change) -> Iterator[Piece]:
    """The newest grade of each muscle group in words, the change, the limits, what is measured and its traps."""
    for reading in change.latest:
        at = midnight(reading.day, case.zone)
        site = "" if reading.site is None else f"{reading.site}, "
        newest = _value(knowledge, change.scale, reading.value)
        yield from text("{site}{at}: {newest}", {}, site=site, at=at, newest=newest).pieces
        meant = grade_meant(knowledge, change.scale, reading.value)
        yield from () if meant is None else (" (", *meant[1].pieces, ")")
        yield ". "
    yield from _fall(knowledge, case, change)
    yield from change.scale.limits_words.pieces
    yield " "
    yield from change.scale.definition.pieces
    for trap in change.scale.traps:
        yield f" {trap}"


def _fall(knowledge: Knowledge, case: Case, change: Change) -> Iterator[Piece]:
    """How far it fell from what, on how many muscle groups, and whether it reaches the stricter limit too."""
    if change.baseline is None or change.current is None or change.baseline_day is None or change.before is None:
        return
    fall = Number(value=float(change.baseline - change.current), unit="1", basis=_MEAN)
    since = midnight(change.baseline_day, case.zone)
    said = "Fall {fall}, against {since}, before {before}"
    yield from text(said, {}, fall=fall, since=since, before=change.before.value).pieces
    if change.baseline > 0:
        part = Number(
            value=convert(float((change.baseline - change.current) / change.baseline), "1", "%"), unit="%", basis=_MEAN
        )
        yield from text(" ({part} of it)", {}, part=part).pieces
    if change.sites > 1:
        count = Number(value=float(change.sites), unit="1", basis=_SEEN)
        yield from text(", mean of {count} muscle groups", {}, count=count).pieces
    yield ". "
    yield from _limits(knowledge, change, change.baseline, change.current)


def _limits(knowledge: Knowledge, change: Change, baseline: Fraction, current: Fraction) -> Iterator[Piece]:
    """The limit that counts, the stricter one, and whether that is reached too; a share of nothing never is."""
    if change.limits is None:
        return
    more = knowledge.fact(change.limits.more)
    of_nothing = change.limits.by is By.SHARE and not baseline > 0
    reached = not of_nothing and reaches(more, change.limits.by, baseline, current)
    told = "is reached" if reached else "is not reached"
    of = " of the first value" if change.limits.by is By.SHARE else ""
    enough, stricter = f"{{{change.limits.enough}}}{of}", f"{{{change.limits.more}}}"
    words_of = f"Enough is a fall of {enough}; the stricter limit of {stricter} {told}. "
    yield from text(words_of, knowledge.facts).pieces
