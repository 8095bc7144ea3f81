"""When in the day the doses of a rise stand: as asked, as now, or as usual and moved to what they are for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from baclo.care.tablets import default_clocks
from baclo.case.case import Case
from baclo.case.timeline import Regimen
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Quoted, Text, text

_DAY, _A_DAY = timedelta(days=1), date.min
_TASK = ("case:question.therapy",)
Times = tuple[time, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The sets of clock times that a day may have, the preferred first, and what to say of them."""

    sets: tuple[Times, ...]
    notes: tuple[Text, ...]


def clocks_of(knowledge: Knowledge, case: Case, counts: Sequence[int], now: Regimen | None) -> Clocks:
    """The sets of `counts` doses a day for this case; where times were asked for, those, and fewer of them.

    Fewer are needed while the day has fewer pieces than times. The times of the present regimen are kept where their
    number is that of a set. With weakness by day the doses after the morning one stand late, and before each task
    the nearest dose of the day moves; never the night dose.
    """
    if case.question.clocks:
        wished = tuple(sorted(case.question.clocks))
        return Clocks(sets=tuple(_fewer(wished)), notes=_unmet(knowledge, case, wished))
    kept = () if now is None else tuple(sorted(dose.clock for dose in now.doses))
    evening = _limp(knowledge, case)
    sets, told = [], [_evening(knowledge)] if evening else []
    for count in counts:
        times = kept if len(kept) == count else default_clocks(knowledge, count)
        times = _late(knowledge, times) if evening else times
        times, notes = _before_tasks(knowledge, case, times)
        sets.append(times)
        told += notes if len(sets) == 1 else []
    return Clocks(sets=tuple(sets), notes=tuple(told))


def _fewer(times: Times) -> Iterator[Times]:
    """`times`, then without one after the other: the middle of the day goes first, the night dose stays."""
    left = list(times)
    while left:
        yield tuple(left)
        left.pop(1 if len(left) > 2 else 0)


def night_spasms(knowledge: Knowledge, case: Case) -> bool:
    """Whether a goal speaks of the night."""
    words = set(knowledge.folder("regimens")["rising"]["night"]["words"])
    return any(words & set(_plain(goal.name)) for goal in case.patient.goals)


def _plain(sentence: str) -> list[str]:
    return "".join(letter if letter.isalpha() or letter == "-" else " " for letter in sentence.casefold()).split()


def _limp(knowledge: Knowledge, case: Case) -> bool:
    """Whether weakness or low pressure is told, which comes by day."""
    told = {symptom.name for symptom in case.patient.symptoms or ()} | {*case.heard}
    return bool(told & set(knowledge.folder("regimens")["rising"]["evening"]["symptoms"]))


def _evening(knowledge: Knowledge) -> Text:
    return text(knowledge.folder("regimens")["rising"]["evening"]["note"], knowledge.facts)


def _late(knowledge: Knowledge, times: Times) -> Times:
    """The doses between the first and the last as late as the gap allows, none earlier than it was."""
    gap = timedelta(hours=knowledge.number("missed.gap", "h"))
    since = [_since_midnight(clock) for clock in times]
    for index in range(len(since) - 2, 0, -1):
        since[index] = max(since[index], since[index + 1] - gap)
    return tuple(_clock(moment) for moment in since)


def _before_tasks(knowledge: Knowledge, case: Case, times: Times) -> tuple[Times, list[Text]]:
    """`times` with a dose before each task, where the gaps allow, and what to say of each."""
    ahead = timedelta(hours=knowledge.number("timing.before_task", "h"))
    notes, fixed = [], {times[-1]}
    for task in case.question.therapy_clocks:
        target = _clock((_since_midnight(task) - ahead) % _DAY)
        moved = times if target in times else _moved(knowledge, times, target, fixed)
        notes.append(_told(knowledge, "crowded" if moved is None else "moved", task, target))
        times = times if moved is None else moved
        fixed |= set() if moved is None else {target}
    return times, notes


def _moved(knowledge: Knowledge, times: Times, target: time, fixed: set[time]) -> Times | None:
    """`times` with the nearest dose that is not fixed at `target`; None where two doses would stand too near.

    A neighbour that is not fixed gives way to the middle between its own neighbours.
    """
    free = [clock for clock in times if clock not in fixed]
    if not free:
        return None
    nearest = min(free, key=lambda clock: abs(_since_midnight(clock) - _since_midnight(target)))
    since = sorted(_since_midnight(target if clock == nearest else clock) for clock in times)
    held = {_since_midnight(clock) for clock in fixed} | {_since_midnight(target)}
    gap = timedelta(hours=knowledge.number("missed.gap", "h"))
    for index in range(1, len(since) - 1):
        crowded = min(since[index] - since[index - 1], since[index + 1] - since[index]) < gap
        if crowded and since[index] not in held:
            since[index] = since[index - 1] + (since[index + 1] - since[index - 1]) / 2
    if any(later - earlier < gap for earlier, later in pairwise([*since, since[0] + _DAY])):
        return None
    return tuple(_clock(moment) for moment in since)


def _unmet(knowledge: Knowledge, case: Case, wished: Times) -> tuple[Text, ...]:
    """A note for each task that none of the times asked for stands before."""
    ahead = timedelta(hours=knowledge.number("timing.before_task", "h"))
    targets = {task: _clock((_since_midnight(task) - ahead) % _DAY) for task in case.question.therapy_clocks}
    return tuple(
        _told(knowledge, "moved" if target in wished else "wished", task, target) for task, target in targets.items()
    )


def _told(knowledge: Knowledge, part: str, task: time, dose: time) -> Text:
    words = knowledge.folder("regimens")["rising"]["task"][part]
    return text(words, knowledge.facts, task=_quoted(task), dose=_quoted(dose))


def _quoted(clock: time) -> Quoted:
    return Quoted(words=clock.isoformat("minutes"), basis=_TASK)


def _since_midnight(clock: time) -> timedelta:
    return datetime.combine(_A_DAY, clock) - datetime.combine(_A_DAY, time(0))


def _clock(since: timedelta) -> time:
    return (datetime.combine(_A_DAY, time(0)) + since).time()
