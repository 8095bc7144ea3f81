"""Whatever was scored and taken: an answer, no date before today, and a worse score is never a better verdict."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from baclo.care.days import midnight
from baclo.care.monitor import Verdict, changes, monitor
from baclo.case.observed import grade_words
from baclo.case.timeline import Observation

KINDS = (
    "modified ashworth",
    "ashworth",
    "spasticity nrs",
    "penn spasm frequency",
    "scats clonus",
    "tardieu r1",
    "tardieu r2",
)
SITED = ("modified ashworth", "ashworth", "tardieu r1", "tardieu r2")
ORDER = [Verdict.NOT, Verdict.UNKNOWN, Verdict.RESPONDER]


@st.composite
def people(draw, make, of):
    """A person on up to three doses of the last year, with scores before and since, some of them no numbers."""
    days = sorted(draw(st.lists(st.integers(-400, 60), max_size=4, unique=True)))
    now = of.at("2026-11-23", "10:00")
    moments = [midnight((now + timedelta(days=day)).date(), now.tzinfo) for day in days]
    regimens = tuple(
        replace(of.taken(draw(st.sampled_from([0, 5, 30, 60])), "2026-01-01"), since=since, until=until)
        for since, until in pairwise([*moments, None])
    )
    rows = []
    for day, kind in draw(st.lists(st.tuples(st.integers(-500, 0), st.sampled_from(KINDS)), max_size=12, unique=True)):
        site = draw(st.sampled_from(["left elbow flexors", "right hip adductors", None])) if kind in SITED else None
        unit = "deg" if kind.startswith("tardieu") else "{score}"
        value = draw(st.sampled_from([0.0, 1.0, 1.5, 2.0, 3.0, 4.0, float("nan"), float("inf")]))
        rows.append(Observation(at=now + timedelta(days=day), kind=kind, value=value, unit=unit, site=site))
    case = make(now=now, regimens=regimens, age_y=draw(st.sampled_from([None, 40.0, 70.0, float("nan")])))
    case = replace(case, patient=replace(case.patient, conditions=draw(st.sampled_from([None, ()]))))
    return replace(case, timeline=replace(case.timeline, observations=tuple(sorted(rows, key=lambda row: row.at))))


@given(st.data())
def test_there_is_always_an_answer_and_no_date_before_today(knowledge, picture, make, of, data):
    case = data.draw(people(make, of))
    advice = monitor(knowledge, case, picture(case), None, ())
    today = midnight(case.now.astimezone(case.zone).date(), case.zone)
    assert all(today <= entry.since for entry in advice.agenda)
    assert all(one.since <= other.since for one, other in pairwise(advice.agenda))
    assert all(entry.until is None or entry.since < entry.until for entry in advice.agenda)
    ids = [point.id for point in advice.points]
    assert len(ids) == len(set(ids))
    assert all((change.verdict is Verdict.UNKNOWN) == (change.lack is not None) for change in changes(knowledge, case))


@given(st.data())
def test_a_worse_newest_score_never_gives_a_better_verdict(knowledge, make, of, data):
    case = data.draw(people(make, of))
    before = {(one.scale.id, one.limb): one.verdict for one in changes(knowledge, case)}
    rows = [row for row in case.timeline.observations if row.kind == "spasticity nrs"]
    newest = {id(row) for row in rows[-1:]}
    worse = tuple(replace(row, value=row.value + 1) if id(row) in newest else row for row in case.timeline.observations)
    after = changes(knowledge, replace(case, timeline=replace(case.timeline, observations=worse)))
    for change in after:
        if change.scale.id == "nrs" and len(rows) > 1:
            assert ORDER.index(change.verdict) <= ORDER.index(before[change.scale.id, change.limb])


def test_the_kinds_drawn_are_of_the_vocabulary(knowledge):
    assert all(kind in knowledge.folder("vocabulary")["observations"] for kind in KINDS)
    assert grade_words(knowledge, "spasticity nrs")
