"""Outcomes made by hand, so that a report is tested on what it is given and on nothing that was computed."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from html import unescape
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from baclo.body.course import Band, Course
from baclo.body.exposure import exposure
from baclo.care.advice import Advice, Point
from baclo.care.agenda import Entry, Occasion
from baclo.care.finding import Change, Finding, Severity, Status
from baclo.care.plan import Kind, Other, Plan, PlanDose, Step
from baclo.care.refusal import Refusal
from baclo.case.codec import read_toml
from baclo.case.kidney import kidney_picture
from baclo.knowledge.facts import Region
from baclo.knowledge.library import load
from baclo.knowledge.words import Number, Quoted, text
from baclo.run import Outcome


class Sheet(HTMLParser):
    """Every text of the body with the open elements around it."""

    def __init__(self, source):
        super().__init__()
        self.open, self.texts, self.tags = [], [], []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "path", "circle"):
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in ("path", "circle"):
            assert self.open[-1][0] == tag, (self.open[-1], tag)
            self.open.pop()

    def handle_data(self, data):
        if any(tag == "body" for tag, _ in self.open):
            self.texts.append((data, tuple(self.open)))


def words_of(page):
    body = page[page.index("<body>") :]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).replace("\u00a0", " ")


ZONE = ZoneInfo("Europe/Berlin")
CASE = """
format = "baclo.case/1"
title = "Made by hand <b>& sharp</b> 7"
now = 2026-11-23T10:00:00+01:00
zone = "Europe/Berlin"
region = "UK"

[question]
ask = "titrate"
goal = "30 mg/d"

[patient]
sex = "male"
age = "78 a"
weight = "70 kg"
height = "175 cm"

[[patient.creatinine]]
at = 2026-11-02T08:30:00+01:00
value = "1.5 mg/dL"

[[regimen]]
since = 2026-11-20T00:00:00+01:00
doses = [{ clock = "08:00", amount = "5 mg" }, { clock = "20:00", amount = "5 mg" }]
"""


@pytest.fixture(scope="session")
def knowledge():
    return load()


@pytest.fixture(scope="session")
def case(knowledge):
    return read_toml(knowledge, CASE)


def course(days, *, band=True):
    """A made-up saw of concentrations, one tooth every eight hours."""
    time_h = np.arange(0, days * 24 + 0.125, 0.25)
    plasma = 100 + 80 * np.sin(time_h / 8 * 2 * np.pi) + time_h / 10
    quantiles = Band(
        quantile_fractions=(0.05, 0.5, 0.95),
        low_ng_per_ml=plasma * 0.6,
        middle_ng_per_ml=plasma,
        high_ng_per_ml=plasma * 1.7,
    )
    return Course(
        origin=datetime(2026, 11, 23, 9, tzinfo=UTC),
        model="adult_default",
        compartments=("central",),
        time_h=time_h,
        amounts_ug=plasma[:, None],
        plasma_ng_per_ml=plasma,
        exposure_ng_h_per_ml=np.cumsum(plasma) * 0.25,
        csf_ng_per_ml=plasma * 0.12,
        band=quantiles if band else None,
        imbalance_fraction=1e-15,
        assumptions=(text("The kidneys were taken at their worst.", {}),),
        basis=("case:patient.weight", "fact:cap.us"),
    )


def finding(name, severity, status, facts):
    return Finding(
        id=name,
        severity=severity,
        status=status,
        title=text("eGFR {egfr} is below {fact:kidney.avoid_below}", facts, egfr=egfr()),
        detail=text("Below {fact:kidney.reduce_below} the dose is cut; a < b & c.", facts),
        action=text("Ask on {day}.", facts, day=datetime(2026, 11, 24, 7, 30, tzinfo=UTC)),
        needs=("patient.cystatin_c",) if status is Status.UNKNOWN else (),
        basis=(f"rule:{name}", "source:wolf_2018", "case:patient.creatinine"),
        refuses=(Change.RAISE,),
        topic="kidney",
        overridden=None,
    )


def egfr():
    return Number(value=42.1234, unit="mL/min/{1.73_m2}", basis=("computed:egfr", "case:patient.creatinine"))


def findings(facts):
    return (
        finding("kidney.avoid", Severity.CRITICAL, Status.PRESENT, facts),
        finding("kidney.mild", Severity.INFO, Status.PRESENT, facts),
        finding("kidney.reduce", Severity.WARNING, Status.PRESENT, facts),
        finding("pregnancy", Severity.WARNING, Status.UNKNOWN, facts),
        finding("allergy", Severity.CRITICAL, Status.ABSENT, facts),
    )


def step(since, until, tablets, facts):
    doses = tuple(
        PlanDose(clock=time(hour), amount_ug=units * 10_000, product="uk.tablet_10mg", units=units)
        for hour, units in zip((8, 14, 20), tablets, strict=True)
        if units
    )
    return Step(
        since=since,
        until=until,
        doses=doses,
        total_ug_per_day=sum(dose.amount_ug for dose in doses),
        why=text("The cap is {fact:cap.us}.", facts),
        limited_by=("fact:cap.us", "rule:kidney.reduce"),
        monitor=(text("Ask about drowsiness.", facts),),
    )


def steps(facts):
    first = datetime(2026, 11, 24, tzinfo=ZONE)
    return (
        step(first, first + timedelta(days=5), (0.5, 0, 0.5), facts),
        step(first + timedelta(days=5), first + timedelta(days=12), (0.5, 0.5, 1), facts),
        step(first + timedelta(days=12), None, (1, 1, 1.5), facts),
    )


@pytest.fixture(scope="session")
def outcome(knowledge, case):
    """A plan of three steps, with findings of every kind."""
    return Outcome(
        case=case,
        kidney=kidney_picture(knowledge, case.patient, case.now),
        course=course(3),
        exposure=exposure(course(3)),
        findings=findings(knowledge.facts),
        plan=Plan(
            kind=Kind.TITRATE,
            steps=steps(knowledge.facts),
            refusals=(),
            course=course(20),
            findings=(finding("cap", Severity.WARNING, Status.PRESENT, knowledge.facts),),
            notes=(text("Hold at any step where drowsiness lasts {fact:titration.review}.", knowledge.facts),),
        ),
        triage=None,
        versions={"baclo": "0.1.0", "knowledge": knowledge.digest},
    )


@pytest.fixture(scope="session")
def refused(knowledge, outcome):
    """The same plan, refused."""
    refusal = Refusal(
        reason=text("The dose would pass {fact:cap.us}.", knowledge.facts),
        needs=("patient.cystatin_c",),
        basis=("fact:cap.us",),
    )
    return replace(
        outcome,
        plan=Plan(
            kind=Kind.TITRATE, steps=(), refusals=(refusal,), course=course(6, band=False), findings=(), notes=()
        ),
    )


@pytest.fixture(scope="session")
def watched(knowledge, outcome):
    """The same plan, for monitored care only."""
    reason = Refusal(
        reason=text("The kidneys are failing. Only in monitored care: examine now.", knowledge.facts),
        needs=(),
        basis=("fact:cap.us",),
    )
    return replace(outcome, plan=replace(outcome.plan, not_at_home=(reason,)))


@pytest.fixture(scope="session")
def bare(knowledge, outcome):
    """Nothing but the case: no model speaks, no rule has anything to say, nothing is planned."""
    return replace(outcome, course=None, exposure=None, findings=(), plan=None)


def point(name, status, severity, facts):
    return Point(
        id=name,
        status=status,
        severity=severity,
        title=text("The dose has reached {fact:cap.us}", facts),
        detail=text(
            "Asked of the {name}, who <may> not know.", facts, name=Quoted(words="5 & 6", basis=("case:title",))
        ),
        needs=("question.last_taken",) if status is Status.UNKNOWN else (),
        basis=("source:wolf_2018",),
    )


def entry(since, until, whole_day, occasion, facts):
    return Entry(
        since=since,
        until=until,
        whole_day=whole_day,
        occasion=occasion,
        title=text("Look at the kidneys, {fact:titration.review} on", facts),
        detail=text("Creatinine; cystatin C, too", facts),
        basis=("source:wolf_2018", "rule:kidney.reduce"),
    )


def advice(facts, *, critical=False):
    """Points of every status, and dated things of both kinds."""
    day = datetime(2026, 12, 1, tzinfo=ZONE)
    return Advice(
        headline=text("Take the next dose at {at}", facts, at=datetime(2026, 11, 23, 13, tzinfo=UTC)),
        critical=critical,
        points=(
            point("late", Status.PRESENT, Severity.CRITICAL, facts),
            point("gap", Status.UNKNOWN, Severity.WARNING, facts),
            point("refused", Status.ABSENT, Severity.INFO, facts),
            point("told", None, Severity.INFO, facts),
        ),
        agenda=(
            entry(day, None, True, Occasion.LABORATORY, facts),
            entry(day + timedelta(hours=9), None, False, Occasion.VISIT, facts),
            entry(day + timedelta(days=3), day + timedelta(days=6), True, Occasion.ACTION, facts),
            entry(day + timedelta(days=9, hours=9), day + timedelta(days=9, hours=10), False, Occasion.TALK, facts),
        ),
        notes=(text("No text names more than {fact:cap.us}.", facts),),
    )


@pytest.fixture(scope="session")
def advised(knowledge, outcome):
    """An answer that is no schedule."""
    return replace(outcome, plan=None, advice=advice(knowledge.facts))


@pytest.fixture(scope="session")
def chosen(knowledge, outcome):
    """The plan of three steps with two that could have been chosen instead, one of them refused."""
    first, _, last = steps(knowledge.facts)
    slower = Other(
        name=text("Slower, every {fact:titration.review}", knowledge.facts),
        why_not=text("It takes longer to {fact:cap.us}.", knowledge.facts),
        steps=(first, replace(last, since=first.until + timedelta(days=14))),
        refusals=(),
    )
    refusal = Refusal(
        reason=text("The dose would pass {fact:cap.us}.", knowledge.facts), needs=(), basis=("fact:cap.us",)
    )
    faster = Other(name=None, why_not=None, steps=(), refusals=(refusal,))
    return replace(outcome, plan=replace(outcome.plan, others=(slower, faster)), advice=advice(knowledge.facts))


@pytest.fixture(scope="session")
def words():
    """Reads the words of a page."""
    return words_of


@pytest.fixture(scope="session")
def rows():
    """Reads the words of each row of the tables of a page."""
    return lambda page: [words_of(f"<body>{row}") for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]


@pytest.fixture(scope="session")
def sheet_of():
    """Reads every text of a page with the open elements around it."""
    return Sheet


def longer_of(outcome, count, *, clocks=(8, 13, 18, 22), mixed=False, until=None):
    """A plan of so many steps of a week, its last one open unless `until` is given."""
    steps, since = [], outcome.plan.steps[0].since
    for place in range(count):
        doses = [
            PlanDose(clock=time(clock), amount_ug=15_000.0, product="eu.tablet_10mg", units=(1.0, 1.5, 2.5)[place % 3])
            for clock in clocks
        ]
        if mixed:
            doses += [replace(dose, product="eu.tablet_5mg", units=1.0) for dose in doses]
        after = since + timedelta(days=7)
        ends = until if place == count - 1 else after
        steps.append(replace(outcome.plan.steps[0], since=since, until=ends, doses=tuple(doses)))
        since = after
    plan = replace(outcome.plan, steps=tuple(steps))
    return replace(outcome, plan=plan, case=replace(outcome.case, region=Region.EU))


@pytest.fixture(scope="session")
def longer():
    """Makes a plan of so many steps of a week."""
    return longer_of
