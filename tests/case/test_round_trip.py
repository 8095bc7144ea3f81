"""Whatever can be read can be written and read again as the same case, in the form that the schema describes."""

import contextlib
import json
from datetime import UTC, datetime, timedelta

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from baclo.case.calendar import scheduled
from baclo.case.codec import case_to_json, read_case, read_json
from baclo.case.schema import case_schema
from baclo.errors import InputProblems
from baclo.knowledge.library import load

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
JUDGE = jsonschema.Draft202012Validator(case_schema())


def moment(minutes):
    return (NOW + timedelta(minutes=minutes)).isoformat()


past = st.integers(-3_000_000, 0).map(moment)
future = st.integers(1440, 3_000_000).map(moment)
beside_the_clock = st.integers(-180_000_000, -1).map(
    lambda second: (NOW + timedelta(seconds=second, milliseconds=1)).isoformat()
)
ever = st.integers(-3_000_000, 3_000_000).map(moment)
words = st.text(min_size=1, max_size=20).filter(str.strip)


def quantity(low, high, *units):
    numbers = st.floats(low, high, allow_subnormal=False).map(lambda x: repr(x))
    return st.builds(lambda number, unit: f"{number} {unit}", numbers, st.sampled_from(units))


def table(required=None, **optional):
    return st.fixed_dictionaries(required or {}, optional=optional)


def rows(value, **more):
    """Measurements, each at its own moment."""
    return st.lists(
        st.fixed_dictionaries({"at": past, "value": value, **more}), max_size=3, unique_by=lambda row: row["at"]
    )


said = st.booleans() | st.none()
about_anyone = {
    "low_muscle_mass": st.booleans(),
    "frail": st.booleans() | st.none(),
    "indication": st.sampled_from(["ms", "Stroke", "cerebral palsy"]),
    "origin": st.sampled_from(["spinal", "cerebral"]),
    "goals": st.lists(
        words | table({"name": words}, kind=st.just("pain"), importance=st.integers(0, 3), baseline=st.integers(-2, 2)),
        max_size=2,
        unique_by=lambda row: " ".join((row if isinstance(row, str) else row["name"]).casefold().split()),
    ),
    "conditions": st.lists(
        st.sampled_from(["epilepsy", "CKD", "depression"]) | table({"name": st.just("diabetes")}, since=past),
        max_size=2,
        unique_by=str,
    ).filter(lambda found: sum(isinstance(row, dict) for row in found) < 2),
    "medicines": st.lists(table({"name": words}, dose=words, since=past), max_size=1),
    "allergies": st.lists(words, max_size=2),
    "creatinine": rows(quantity(0.1, 30, "mg/dL") | quantity(10, 2000, "umol/L", "µmol/L")),
    "cystatin_c": rows(quantity(0.2, 10, "mg/L")),
    "creatinine_clearance": rows(quantity(0, 300, "mL/min")),
    "egfr": rows(quantity(0, 300, "mL/min/1.73m2"), equation=st.sampled_from(["MDRD", "not stated"])),
    "dialysis": table({"kind": st.just("cvvh")}, sessions=st.lists(table({"since": ever}), max_size=1)),
    "alcohol": st.sampled_from(["none", "some", "daily"]),
    "drives": said,
    "spasticity_stable": said,
    "has_pump": said,
    "surgery": st.sampled_from(["none", "planned", None]) | future,
    "supply": st.sampled_from(["prescribed", "without prescription"]),
    "early_refill": said,
    "raised_without_advice": said,
    "flare_only_use": said,
    "symptoms": st.none()
    | st.lists(
        st.sampled_from(["falls", "cannot stay awake", "Fever"]) | table({"name": st.just("nausea")}, since=past),
        max_size=2,
        unique_by=str,
    ).filter(lambda found: sum(isinstance(row, dict) for row in found) < 2),
}
adult = table(
    sex=st.just("male"),
    age=quantity(18, 90, "a", "y"),
    weight=quantity(40, 120, "kg") | quantity(90, 200, "lb"),
    height=quantity(140, 200, "cm") | quantity(1.4, 2, "m") | quantity(55, 75, "in"),
    pregnant=st.just(False) | st.none(),
    **about_anyone,
)
woman = table(
    {"sex": st.just("female"), "pregnant": st.just(True)},
    age=quantity(18, 50, "a", "y"),
    due=st.integers(-3 * 7, 39 * 7).map(lambda days: moment(days * 1440)),
    pregnancy_planned=said,
    breastfeeding=said,
    infant=table({"born": st.integers(-2_000_000, 0).map(moment)}),
    **about_anyone,
)
child = table(
    sex=st.just("female") | st.just("male"),
    age=quantity(6, 11, "a", "y") | quantity(72, 140, "mo"),
    weight=quantity(15, 60, "kg"),
    height=quantity(90, 150, "cm"),
    **about_anyone,
)
person = adult | woman | child
clock_times = st.lists(st.times().map(lambda clock: clock.strftime("%H:%M")), max_size=4, unique=True)
clock_doses = st.lists(
    st.fixed_dictionaries(
        {
            "clock": st.times().map(lambda clock: clock.strftime("%H:%M")),
            "amount": quantity(1, 50, "mg") | quantity(200, 5000, "ug"),
        }
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda row: row["clock"],
)
doses = st.lists(
    table(
        {"at": beside_the_clock, "amount": quantity(1, 600, "mg"), "status": st.sampled_from(["given", "unknown"])},
        product=st.just("us.tablet_10mg"),
    ),
    max_size=3,
    unique_by=lambda row: str(sorted(row.items())),
)
cases = table(
    {
        "format": st.just("baclo.case/1"),
        "now": st.just(moment(0)),
        "zone": st.sampled_from(["Europe/Zurich", "America/New_York", "UTC", "Australia/Lord_Howe"]),
        "region": st.sampled_from(["US", "UK", "EU"]),
        "question": table(
            {"ask": st.sampled_from(["simulate", "check", "titrate", "taper", "triage", "monitor"])},
            goal=quantity(0.2, 300, "mg/d") | st.just("0 mg/d"),
            since=future,
            horizon=quantity(1, 300, "d") | quantity(1, 40, "wk"),
            urgency=st.sampled_from(["planned", "urgent"]),
            seed=st.integers(0, 2**53),
            say=st.lists(words, max_size=2),
            speed=st.sampled_from(["slow", "usual"]),
            method=st.sampled_from(["fixed", "percent"]),
            clocks=clock_times,
            therapy=clock_times,
            last_taken=past,
            gap_reason=st.sampled_from(["forgotten", "vomited", "ran out", "in hospital without supply"]),
        ),
    },
    title=words,
    products=st.lists(st.sampled_from(["us.tablet_10mg", "eu.tablet_25mg"]), max_size=2),
    baclofen_since=past,
    patient=person,
    regimen=st.lists(table({"since": ever, "doses": clock_doses}, modified_release=said), max_size=1),
    dose=doses,
    observation=rows(quantity(0, 5000, "ng/mL", "ug/L"), kind=st.just("baclofen plasma"))
    | rows(
        st.sampled_from([0, 1, "1+", 1.5, 2, 3, 4]),
        kind=st.just("mas"),
        site=st.sampled_from(["left calf", "Hip adductors", "right wrist flexors"]),
    )
    | rows(quantity(-45, 180, "deg"), kind=st.sampled_from(["tardieu r1", "r2"]))
    | rows(st.sampled_from(["normal", "raised"]), kind=st.sampled_from(["lft", "blood sugar"])),
    ahead=st.lists(
        table({"kind": st.just("scan"), "since": ever}), max_size=2, unique_by=lambda row: str(row["since"])
    ),
    stock=st.lists(
        st.fixed_dictionaries({"product": st.just("us.tablet_10mg"), "units": st.floats(0, 1e3), "at": past}),
        max_size=1,
    ),
    override=st.lists(
        st.fixed_dictionaries(
            {"finding": st.sampled_from(["kidney.beers", "kidney.mild"]), "reason": words, "by": words}
        ),
        max_size=2,
        unique_by=lambda row: row["finding"],
    ),
)


@given(cases)
def test_a_written_case_reads_back_as_the_same_case(tables):
    knowledge = load()
    case = read_case(knowledge, tables)
    written = case_to_json(case)
    assert read_json(knowledge, json.dumps(written)) == case
    JUDGE.validate(written)
    JUDGE.validate(tables)


@given(cases.filter(lambda tables: tables.get("regimen")), st.integers(-400, 400))
def test_a_record_of_any_planned_dose_is_accepted(tables, day):
    knowledge = load()
    case = read_case(knowledge, {**tables, "dose": []})
    since = NOW + timedelta(days=day)
    due = scheduled(case.timeline.regimens[0], case.zone, since, since + timedelta(days=2))
    for at, _ in due[:1]:
        record = {"at": moment(-1), "amount": "5 mg", "status": "given", "scheduled": at.isoformat()}
        (dose,) = read_case(knowledge, {**tables, "dose": [record]}).timeline.doses
        assert dose.scheduled == at


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(cases, st.data())
def test_any_value_in_the_place_of_another_is_read_or_refused_never_a_crash(tables, data):
    knowledge = load()
    broken = json.loads(json.dumps(tables))
    table = broken
    while True:
        key = data.draw(st.sampled_from(sorted(table)) if isinstance(table, dict) else st.integers(0, len(table) - 1))
        inner = table[key]
        if not inner or not isinstance(inner, dict | list) or data.draw(st.booleans()):
            break
        table = inner
    table[key] = data.draw(json_values)
    with contextlib.suppress(InputProblems):
        read_case(knowledge, broken)
