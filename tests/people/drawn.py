"""Whole random cases: any one of them is rebuilt from a seed and an index, whoever was drawn before.

Half of the people have nothing wrong with them but what their kidneys, age and doses are, so that plans are made and
can be judged; the rest have more and more of what refuses, of what is not known, and of numbers that are none.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from baclo.case.ahead import Ahead, Coming
from baclo.case.calendar import scheduled
from baclo.case.case import Ask, Case, GapReason, Method, Override, Question, Speed, Urgency
from baclo.case.patient import (
    Alcohol,
    Condition,
    Creatinine,
    CystatinC,
    Dialysis,
    DialysisKind,
    MeasuredClearance,
    Medicine,
    Patient,
    ReportedEgfr,
    Sex,
    Supply,
    Symptom,
)
from baclo.case.stock import Stock
from baclo.case.timeline import ClockDose, Dose, DoseStatus, Regimen, Route, Timeline
from baclo.case.vocabulary import symptoms
from baclo.knowledge.facts import Region
from baclo.knowledge.library import Knowledge

T = TypeVar("T")
ZONES = tuple(
    ZoneInfo(name)
    for name in ("UTC", "Asia/Kolkata", "America/Phoenix", "Europe/London", "Europe/Zurich", "America/New_York")
)
YEAR_MIN = 365 * 24 * 60
VOMITED_AFTER = timedelta(minutes=20)
EDGES_Y = (0.5, 1.999, 2.0, 7.999, 8.0, 11.999, 12.0, 17.999, 18.0, 64.999, 65.0, 65.001, 75.0, 100.0)
CLOCKS = tuple(time(hour, minute) for hour in range(5, 24) for minute in (0, 30))
NO_NUMBERS = (math.nan, math.inf)  # a negative one no case can hold
TROUBLES = (0.0, 0.04, 0.2)
"""How likely each thing that could be wrong is, by how troubled a person is; the first is half of them."""


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabularies people are drawn from, each in a fixed order."""

    conditions: tuple[str, ...]
    symptoms: tuple[str, ...]
    medicines: tuple[str, ...]
    products: dict[Region, tuple[str, ...]]


def words_of(knowledge: Knowledge) -> Words:
    """The vocabularies of this knowledge."""
    products = knowledge.folder("products").values()
    return Words(
        conditions=tuple(sorted(knowledge.folder("vocabulary")["conditions"])),
        symptoms=tuple(sorted(symptoms(knowledge))),
        medicines=tuple(sorted(knowledge.folder("medicines")["medicines"])),
        products={
            region: tuple(sorted(key for table in products for key, row in table.items() if row["region"] == region))
            for region in Region
        },
    )


class Draw:
    """The chance of one person: everything is drawn from `(seed, index)` alone, what is `further` from more of it."""

    def __init__(self, seed: int, index: int, *further: int) -> None:
        self._rng = np.random.default_rng((seed, index, *further))
        share = self._rng.random()
        self.trouble = TROUBLES[0 if share < 0.5 else 1 if share < 0.8 else 2]

    def chance(self, share: float) -> bool:
        """True in this share of people."""
        return bool(self._rng.random() < share)

    def wrong(self, times: float = 1.0) -> bool:
        """True as often as this person is troubled."""
        return self.chance(self.trouble * times)

    def between(self, low: float, high: float) -> float:
        """A number of an even spread."""
        return float(self._rng.uniform(low, high))

    def count(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return int(self._rng.integers(low, high + 1))

    def one(self, of: Sequence[T]) -> T:
        """One of several."""
        return of[self.count(0, len(of) - 1)]

    def some(self, of: Sequence[T], most: int) -> tuple[T, ...]:
        """One to `most` different ones, in their order."""
        count = min(self.count(1, most), len(of))
        return tuple(of[place] for place in sorted(self._rng.choice(len(of), size=count, replace=False)))

    def known(self, value: T) -> T | None:
        """The value, or None as often as this person is troubled."""
        return None if self.wrong() else value

    def flag(self, share: float = 0.0) -> bool | None:
        """No; yes in this share of people and of the troubled; or not known."""
        return self.known(self.chance(share) or self.wrong())

    def number(self, value: float) -> float:
        """The number, or now and then of the troubled one that is none."""
        return self.one(NO_NUMBERS) if self.wrong(0.1) else value

    def amount_ug(self, value: float) -> float:
        """The amount, or now and then of the troubled one that is no number."""
        return math.nan if self.wrong(0.1) else value


def person(words: Words, seed: int, index: int) -> Case:
    """The person of that index, asking for a rise; `asking` asks another question of the same person."""
    draw = Draw(seed, index)
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=draw.count(0, YEAR_MIN))
    region, zone = draw.one(tuple(Region)), draw.one(ZONES)
    regimens = _regimens(draw, words.products[region], now)
    return Case(
        title=f"person {index} of seed {seed}",
        now=now,
        zone=zone,
        region=region,
        patient=_patient(draw, words, now),
        timeline=Timeline(doses=_doses(draw, regimens, zone, now), regimens=regimens, observations=()),
        baclofen_since=_used_since(draw, regimens, now),
        products=draw.some(words.products[region], 4) if draw.chance(0.25) else None,
        model=None,
        overrides=_overrides(draw),
        question=_question(draw, now),
        ahead=_ahead(draw, now),
        stock=_stock(draw, words.products[region], now),
    )


def _patient(draw: Draw, words: Words, now: datetime) -> Patient:
    age_y = _age_y(draw)
    child = age_y < 18
    sex = draw.one(tuple(Sex))
    expecting = sex is Sex.FEMALE and 15 < age_y < 50 and draw.wrong()
    return Patient(
        sex=draw.known(sex),
        age_y=draw.known(draw.number(age_y)),
        weight_kg=draw.known(
            draw.number(max(4.0, 3 * age_y + 6) * draw.between(0.7, 1.3) if child else draw.between(38, 140))
        ),
        height_cm=draw.known(
            draw.number(min(180.0, 6 * age_y + 75) * draw.between(0.9, 1.1) if child else draw.between(145, 200))
        ),
        low_muscle_mass=draw.flag(),
        dialysis=draw.known(_dialysis(draw, now)),
        pregnant=draw.known(expecting),
        pregnancy_planned=draw.flag(),
        due=now + timedelta(days=draw.count(1, 270)) if expecting and draw.chance(0.7) else None,
        breastfeeding=draw.flag(),
        infant_born=now - timedelta(days=draw.count(0, 200)) if draw.wrong(0.3) else None,
        alcohol=draw.known(draw.one(tuple(Alcohol)) if draw.wrong() else Alcohol.NONE),
        drives=draw.flag(0.2),
        frail=draw.flag(0.1),
        tone_needed=draw.flag(0.1),
        spasticity_stable=draw.known(not draw.wrong()),
        symptoms=draw.known(_named(draw, Symptom, words.symptoms, now)),
        surgery_planned=draw.flag(),
        surgery_at=now + timedelta(days=draw.count(0, 60)) if draw.wrong(0.5) else None,
        supply=draw.known(Supply.WITHOUT_PRESCRIPTION if draw.wrong(0.3) else Supply.PRESCRIBED),
        early_refill=draw.flag(),
        raised_without_advice=draw.flag(),
        flare_only_use=draw.flag(),
        has_pump=draw.flag(),
        conditions=draw.known(_named(draw, Condition, words.conditions, now)),
        medicines=draw.known(_medicines(draw, words.medicines)),
        allergies=draw.known(draw.some(("baclofen", "penicillin", "latex", "gelatine"), 2) if draw.wrong(0.5) else ()),
        indication="multiple sclerosis",
        origin="spinal",
        goals=(),
        **_kidneys(draw, now),
    )


def _age_y(draw: Draw) -> float:
    """An adult, mostly below the age of the slow scheme; a child; or an age at which something changes."""
    share = draw.between(0, 1)
    if share < 0.1:
        return draw.one(EDGES_Y)
    if share < 0.2:
        return draw.between(0.5, 18)
    return draw.between(18, 65) if share < 0.75 else draw.between(18, 95)


def _kidneys(draw: Draw, now: datetime) -> dict[str, Any]:
    """The measurements: mostly one or two recent creatinines, now and then others, old ones, or none."""

    def at() -> datetime:
        return now - timedelta(hours=draw.between(1, 24 * (400 if draw.wrong() else 12)))

    usual = draw.between(0.5, 1.1) if draw.chance(0.85) else draw.between(0.3, 8)
    found: dict[str, tuple[Any, ...]] = dict.fromkeys(("cystatin_c", "measured_clearance", "reported_egfr"), ())
    found["creatinine"] = tuple(
        Creatinine(at=at(), creatinine_mg_per_dl=draw.number(usual * draw.between(0.95, 1.05)), entered="drawn")
        for _ in range(0 if draw.wrong(0.5) else draw.count(1, 2))
    )
    if draw.chance(0.08):
        value = draw.number(draw.between(0.5, 1.2 if draw.chance(0.7) else 3))
        found["cystatin_c"] = (CystatinC(at=at(), cystatin_c_mg_per_l=value, entered="drawn"),)
    if draw.chance(0.06):
        value = draw.number(draw.between(60 if draw.chance(0.7) else 5, 130))
        found["measured_clearance"] = (
            MeasuredClearance(at=at(), creatinine_clearance_ml_per_min=value, entered="drawn"),
        )
    if draw.chance(0.06):
        value = draw.number(draw.between(60 if draw.chance(0.7) else 5, 130))
        found["reported_egfr"] = (
            ReportedEgfr(at=at(), egfr_ml_per_min_per_1_73m2=value, equation="not stated", entered="drawn"),
        )
    return {kind: tuple(sorted(rows, key=lambda row: row.at)) for kind, rows in found.items()}


def _dialysis(draw: Draw, now: datetime) -> Dialysis:
    kind = draw.one(tuple(DialysisKind)) if draw.wrong(0.5) else DialysisKind.NONE
    return Dialysis(kind=kind, sessions=())


def _named(draw: Draw, made: type[T], names: tuple[str, ...], now: datetime) -> tuple[T, ...]:
    if not draw.wrong(2):
        return ()
    since = now - timedelta(days=draw.between(0, 1000)) if draw.chance(0.5) else None
    return tuple(made(name=name, since=since) for name in draw.some(names, 3))  # type: ignore[call-arg]


def _medicines(draw: Draw, names: tuple[str, ...]) -> tuple[Medicine, ...]:
    if not (draw.chance(0.1) or draw.wrong(2)):
        return ()
    unread = ("a new tablet",) if draw.wrong() else ()
    return tuple(Medicine(name=name, dose=None, since=None) for name in (*draw.some(names, 3), *unread))


def _amount_ug(draw: Draw) -> float:
    share = draw.between(0, 1)
    if share < 0.8:
        return draw.count(1, 5 if draw.chance(0.3) else 2) * 5000.0
    return draw.amount_ug(draw.count(1, 16) * 2500.0 if share < 0.9 else draw.between(100, 40_000))


def _regimen(draw: Draw, products: tuple[str, ...], since: datetime, until: datetime | None) -> Regimen:
    clocks = draw.some(CLOCKS, 5)
    return Regimen(
        product=draw.one(products) if draw.chance(0.3) else None,
        modified_release=draw.known(draw.wrong(0.3)),
        since=since,
        until=until,
        doses=tuple(ClockDose(clock=clock, amount_ug=_amount_ug(draw)) for clock in clocks),
    )


def _regimens(draw: Draw, products: tuple[str, ...], now: datetime) -> tuple[Regimen, ...]:
    """None for half; else one, or two that follow each other, now and then ended or yet to begin."""
    count = 0 if draw.chance(0.5) else 1 if draw.chance(0.8) else 2
    since = now - timedelta(days=draw.between(2 if draw.chance(0.3) else 20, 900))
    found = []
    for place in range(count):
        last = place + 1 == count
        until = None if last else since + timedelta(days=draw.between(0.1, 300))
        if last and draw.wrong():
            until = max(since + timedelta(hours=1), now + timedelta(days=draw.between(-10, 10)))
        found.append(_regimen(draw, products, since, until))
        since = until or since
    return tuple(found)


def _doses(draw: Draw, regimens: tuple[Regimen, ...], zone: ZoneInfo, now: datetime) -> tuple[Dose, ...]:
    """Records that stand for doses of the last days (missed, vomited, unsure, late), and doses outside any regimen."""
    back = now - timedelta(days=draw.between(0.5, 5))
    found = []
    for regimen in regimens if draw.wrong(2) else ():
        share = draw.between(0, 1)
        for at, dose in scheduled(regimen, zone, back, now):
            if draw.chance(share):
                found.append(record(draw.one(tuple(DoseStatus)), at, at, dose.amount_ug))
    if draw.wrong():
        found.append(record(DoseStatus.GIVEN, now - timedelta(hours=draw.between(0, 100)), None, _amount_ug(draw)))
    return tuple(sorted(found, key=lambda dose: dose.at))


def record(status: DoseStatus, at: datetime, due: datetime | None, amount_ug: float) -> Dose:
    return Dose(
        at=at,
        amount_ug=amount_ug,
        over_h=0.0,
        route=Route.ORAL,
        product=None,
        status=status,
        scheduled=due,
        vomited_at=at + VOMITED_AFTER if status is DoseStatus.VOMITED else None,
    )


def _used_since(draw: Draw, regimens: tuple[Regimen, ...], now: datetime) -> datetime | None:
    if not regimens:
        return now - timedelta(days=draw.between(1, 900)) if draw.wrong() else None
    return draw.known(regimens[0].since - timedelta(days=draw.between(0, 900) if draw.chance(0.3) else 0))


def _overrides(draw: Draw) -> tuple[Override, ...]:
    if not draw.wrong(0.5):
        return ()
    finding = draw.one(("epilepsy.uncovered", "load.sedatives", "interaction.antihypertensive", "allergy"))
    return (Override(finding=finding, reason="drawn", by="nobody"),)


def _question(draw: Draw, now: datetime) -> Question:
    goal = draw.count(6 if draw.chance(0.7) else 1, 20) * 5000.0 if draw.chance(0.8) else draw.between(0, 120_000)
    return Question(
        ask=Ask.TITRATE,
        goal_ug_per_day=draw.number(goal) if draw.chance(0.8) else None,
        since=now + timedelta(days=draw.between(-3, 16)) if draw.chance(0.2) else None,
        horizon_h=None,
        urgency=draw.one(tuple(Urgency)),
        seed=0,
        speed=draw.one((None, *Speed)),
        method=draw.one((None, *Method)),
        clocks=draw.some(CLOCKS, 4) if draw.chance(0.15) else (),
        therapy_clocks=draw.some(CLOCKS, 2) if draw.chance(0.1) else (),
        last_taken=now - timedelta(hours=draw.between(0, 150)) if draw.chance(0.3) else None,
        gap_reason=draw.one((None, *GapReason)),
    )


def _ahead(draw: Draw, now: datetime) -> tuple[Ahead, ...]:
    if not draw.wrong():
        return ()
    since = now + timedelta(days=draw.between(0, 60))
    return (
        Ahead(
            kind=draw.one(tuple(Coming)),
            since=since,
            until=since + timedelta(days=draw.between(0, 20)) if draw.chance(0.5) else None,
            nil_by_mouth=None,
            by_mouth_again=None,
            zone=draw.one(ZONES),
            emergency=draw.known(False),
        ),
    )


def _stock(draw: Draw, products: tuple[str, ...], now: datetime) -> tuple[Stock, ...] | None:
    if draw.chance(0.8):
        return None
    return tuple(Stock(product=name, units=float(draw.count(0, 300)), at=now) for name in draw.some(products, 3))


FATES = (DoseStatus.GIVEN, DoseStatus.GIVEN, DoseStatus.MISSED, DoseStatus.UNKNOWN, DoseStatus.VOMITED)


def forgetful(case: Case, seed: int, index: int) -> Case:
    """The same person, of whose doses of the last days some were missed, late, vomited or nobody knows.

    The latest ones are all missed for half of the people, so that gaps of any length come about; for some of them
    nobody wrote that down, but told when the last one was taken.
    """
    draw = Draw(seed, index, 1)
    zone, now = case.zone, case.now
    back, gap = (
        now - timedelta(days=draw.between(0.2, 6)),
        timedelta(days=draw.between(0, 5) if draw.chance(0.5) else 0),
    )
    found: list[Dose] = [dose for dose in case.timeline.doses if dose.scheduled is None]
    for regimen in case.timeline.regimens:
        for due, dose in scheduled(regimen, zone, back, now):
            fate = DoseStatus.MISSED if due > now - gap else draw.one(FATES)
            at = due + timedelta(minutes=draw.count(0, 180)) if fate is DoseStatus.GIVEN and draw.chance(0.4) else due
            if at + VOMITED_AFTER <= now and draw.chance(0.9):
                found.append(record(fate, at, due, dose.amount_ug))
    doses = tuple(sorted(found, key=lambda dose: dose.at))
    last_taken = max((dose.at for dose in doses if dose.status is DoseStatus.GIVEN), default=None)
    told = draw.chance(0.3) and last_taken is not None
    return replace(
        case,
        timeline=replace(case.timeline, doses=tuple(dose for dose in doses if not told or dose.at <= last_taken)),
        question=replace(case.question, ask=Ask.RESUME, last_taken=last_taken if told else None),
    )
