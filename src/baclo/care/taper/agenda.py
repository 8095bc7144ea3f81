"""What to do when during a taper: each step's day, the look for signs during it, calls, and the days after."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from baclo.care.agenda import Entry, Occasion
from baclo.care.days import first_day, midnight, whole_days
from baclo.care.kidney_share import share_of
from baclo.care.plan import Plan
from baclo.care.roles import adult_roles
from baclo.care.standing import standing
from baclo.care.taper.sentences import said, taper_numbers
from baclo.care.taper.step_back import StepBack, step_backs
from baclo.care.watch import watch_in_care, watch_on_the_way_down
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture, kidney_picture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text

_DAY = timedelta(days=1)
_PLAN = ("computed:plan",)


def taper_agenda(knowledge: Knowledge, case: Case, plan: Plan) -> tuple[Entry, ...]:
    """Everything dated of a taper, in order of time; () where nothing is stepped down."""
    now = standing(knowledge, case, midnight(first_day(case), case.zone))
    backs = tuple(step_backs(plan, now))
    if not backs:
        return ()
    picture = kidney_picture(knowledge, case.patient, case.now)
    watched = watch_in_care(knowledge) if plan.not_at_home else watch_on_the_way_down(knowledge, case)
    looked_at = _joined(*watched)
    entries = [
        *(_step(knowledge, back, in_care=bool(plan.not_at_home)) for back in backs),
        *(_check(knowledge, back, looked_at) for back in backs),
        *_calls(knowledge, backs),
        _watch(knowledge, backs[-1].since, watch_days(knowledge, case, picture)),
        *_birth(knowledge, case, backs[0].since),
    ]
    return tuple(sorted(entries, key=lambda entry: entry.since))


def watch_days(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Number:
    """How long to watch after the last step, in days: longer with kidneys that are reduced or not known."""
    numbers = taper_numbers(knowledge)
    role = "watch_after" if share_of(knowledge, case, picture).reduced is False else "watch_after_kidney"
    return Number(value=float(whole_days(numbers.number(role, "h"))), unit="d", basis=numbers.basis(role))


def daily(total_ug_per_day: float) -> Number:
    """A daily dose of the plan, as it is told."""
    return Number(value=total_ug_per_day, unit="ug/d", basis=_PLAN)


def _step(knowledge: Knowledge, back: StepBack, *, in_care: bool) -> Entry:
    """The day of a step and what to go back to; in monitored care nobody goes back to what may be toxic by the plan."""
    key = "step" if back.total_ug_per_day else "last"
    before = daily(back.back_to_ug_per_day)
    return _entry(
        back.since,
        Occasion.STEP,
        said(knowledge, "agenda", key, total=daily(back.total_ug_per_day)),
        said(knowledge, "agenda", "step_detail_in_care" if in_care else "step_detail", before=before),
    )


def _check(knowledge: Knowledge, back: StepBack, looked_at: Text) -> Entry:
    """The look for signs: as late as a hold would last, and before the next step."""
    return _entry(
        _look(knowledge, back),
        Occasion.SCORE,
        _about(knowledge, "check", back),
        looked_at,
    )


def _look(knowledge: Knowledge, back: StepBack) -> datetime:
    at = back.since + whole_days(adult_roles(knowledge, "taper").number("hold", "h")) * _DAY
    return at if back.until is None else max(back.since, min(at, back.until - _DAY))


def _calls(knowledge: Knowledge, backs: tuple[StepBack, ...]) -> Iterator[Entry]:
    """Call points: after the first step, when the last part begins, and after the last step."""
    last_part = adult_roles(knowledge, "taper").number("last_part", "ug/d")
    late = [back for back in backs if back.total_ug_per_day <= last_part]
    for back in {back.since: back for back in (backs[0], *late[:1], backs[-1])}.values():
        yield _entry(
            _look(knowledge, back),
            Occasion.VISIT,
            _about(knowledge, "call", back),
            said(knowledge, "agenda", "call_detail"),
        )


def _about(knowledge: Knowledge, key: str, back: StepBack) -> Text:
    key = key if back.total_ug_per_day else f"{key}_none"
    return said(knowledge, "agenda", key, total=daily(back.total_ug_per_day))


def _watch(knowledge: Knowledge, since: datetime, days: Number) -> Entry:
    length = days.value if isinstance(days.value, float) else 0.0
    return _entry(
        since,
        Occasion.ACTION,
        said(knowledge, "agenda", "watch"),
        said(knowledge, "agenda", "watch_detail"),
        until=since + length * _DAY,
        basis=days.basis,
    )


def _birth(knowledge: Knowledge, case: Case, since: datetime) -> Iterator[Entry]:
    """Who must know before a birth, and the watch over the newborn from the day it is due."""
    if case.patient.pregnant is not True:
        return
    shared = said(knowledge, "delivery", "shared")
    yield _entry(since, Occasion.TALK, said(knowledge, "agenda", "team"), shared)
    if case.patient.due is not None:
        born = midnight(case.patient.due.astimezone(case.zone).date(), case.zone)
        numbers = taper_numbers(knowledge)
        yield _entry(
            born,
            Occasion.ACTION,
            said(knowledge, "agenda", "newborn"),
            said(knowledge, "agenda", "newborn_detail"),
            until=born + whole_days(numbers.number("newborn_watch", "h")) * _DAY,
            basis=("case:patient.due", *numbers.basis("newborn_watch")),
        )


def _entry(
    since: datetime,
    occasion: Occasion,
    title: Text,
    detail: Text,
    *,
    until: datetime | None = None,
    basis: tuple[str, ...] = _PLAN,
) -> Entry:
    return Entry(
        since=since,
        until=until,
        whole_day=True,
        occasion=occasion,
        title=title,
        detail=detail,
        basis=tuple(dict.fromkeys((*basis, *title.basis, *detail.basis))),
    )


def _joined(*sentences: Text) -> Text:
    """Sentences as one text."""
    pieces = [piece for sentence in sentences for piece in (". ", *sentence.pieces)]
    return text("{all}", {}, all=Text(tuple(pieces[1:])))
