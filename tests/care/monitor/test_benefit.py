"""The trial of benefit lasts six weeks on the present dose; any scale that decides may show it, all must deny it."""

from types import SimpleNamespace

import pytest

from baclo.care.finding import Change as DoseChange
from baclo.care.finding import Severity, Status
from baclo.care.monitor import Verdict, benefit
from baclo.care.monitor.trial import trial_point, works
from baclo.case.goal import Goal
from baclo.case.patient import Condition
from baclo.knowledge.facts import Region

NRS, MAS, LEG = "spasticity nrs", "modified ashworth", "left hip adductors"
BEFORE, NOW = "2026-08-30", "2026-11-20"
FELL, SAME = ((BEFORE, NRS, 7), (NOW, NRS, 4)), ((BEFORE, NRS, 7), (NOW, NRS, 7))
LEG_FELL, LEG_SAME = ((BEFORE, MAS, 3, LEG), (NOW, MAS, 2, LEG)), ((BEFORE, MAS, 3, LEG), (NOW, MAS, 3, LEG))
LEG_ONCE = ((NOW, MAS, 3, LEG),)
SPASMS = ((BEFORE, "penn spasm frequency", 3), (NOW, "penn spasm frequency", 3))
MET = Goal(name="sleep", kind=None, importance=1, difficulty=1, baseline=-1, attained=0)
UNMET = Goal(name="sleep", kind=None, importance=1, difficulty=1, baseline=-1, attained=-1)
PARTLY = Goal(name="sleep", kind=None, importance=1, difficulty=1, baseline=-1, attained=None)


@pytest.fixture
def judged(knowledge, scored, of):
    def made(*pairs, **more):
        more.setdefault("regimens", (of.taken(15, "2026-09-01"),))
        return benefit(knowledge, scored(*(of.score(*row) for pair in pairs for row in pair), **more), ())

    return made


@pytest.mark.parametrize(
    ("pairs", "goals", "verdict"),
    [
        ((FELL,), (), Verdict.RESPONDER),
        ((SAME,), (), Verdict.NOT),
        ((SAME, LEG_FELL), (), Verdict.RESPONDER),
        ((SAME, LEG_SAME), (), Verdict.NOT),
        ((SAME, LEG_ONCE), (), Verdict.UNKNOWN),
        ((SAME, SPASMS), (), Verdict.NOT),
        ((SPASMS,), (), Verdict.UNKNOWN),
        ((SAME,), (MET,), Verdict.RESPONDER),
        ((SAME,), (UNMET,), Verdict.NOT),
        ((), (UNMET,), Verdict.NOT),
        ((SAME,), (PARTLY,), Verdict.UNKNOWN),
        ((FELL,), (UNMET,), Verdict.RESPONDER),
        ((), (), Verdict.UNKNOWN),
    ],
)
def test_any_scale_that_decides_may_show_it_and_all_in_use_must_deny_it(judged, pairs, goals, verdict):
    assert judged(*pairs, goals=goals).verdict is verdict


@pytest.mark.parametrize(
    ("since", "due", "late", "over"),
    [
        ("2026-10-12", "2026-11-23", "2026-12-07", True),
        ("2026-10-13", "2026-11-24", "2026-12-08", False),
    ],
)
def test_it_is_over_six_weeks_after_the_present_dose_began(judged, of, since, due, late, over):
    found = judged(SAME, regimens=(of.taken(15, "2026-09-01", since), of.taken(30, since)))
    assert (f"{found.due}", f"{found.late}", found.over, found.failed) == (due, late, over, over)


def test_it_does_not_begin_while_the_dose_is_still_to_change(judged, of):
    found = judged(SAME, regimens=(of.taken(15, "2026-09-01", "2026-12-01"), of.taken(30, "2026-12-01")))
    assert (found.due, found.late, found.over, found.failed) == (None, None, False, False)


def test_where_nothing_is_taken_there_is_no_trial(judged):
    found = judged(FELL, goals=(UNMET,), regimens=())
    assert (found.verdict, found.due, found.over, found.highest) == (Verdict.UNKNOWN, None, False, None)


@pytest.mark.parametrize(
    ("region", "mg", "highest"),
    [
        (Region.US, 80, True),
        (Region.US, 79, None),
        (Region.UK, 60, True),
        (Region.UK, 59, None),
        (Region.EU, 75, True),
        (Region.EU, 74, None),
    ],
)
def test_the_highest_dose_is_known_at_the_largest_of_the_region(judged, of, region, mg, highest):
    assert judged(SAME, regimens=(of.taken(mg, "2026-09-01"),), region=region).highest is highest


def test_a_dose_that_was_come_down_to_is_the_highest_only_if_the_prescriber_says_that_its_effects_limit_it(judged, of):
    rows = (
        of.taken(15, "2026-09-01", "2026-09-08"),
        of.taken(45, "2026-09-08", "2026-10-01"),
        of.taken(30, "2026-10-01"),
    )
    limited = Condition(name="dose-limiting effects", since=None)
    assert judged(SAME, regimens=rows, conditions=()).highest is None
    assert judged(SAME, regimens=rows, conditions=(limited,)).highest is True
    assert judged(SAME, regimens=(), conditions=(limited,)).highest is None


def test_a_trial_without_a_verdict_has_not_failed(judged):
    assert judged(SAME, LEG_ONCE).over is True
    assert judged(SAME, LEG_ONCE).failed is False
    assert judged(FELL).failed is False


@pytest.mark.parametrize(
    ("change", "severity", "barred", "urgent"),
    [
        ((), Severity.WARNING, False, False),
        ((DoseChange.RAISE,), Severity.WARNING, True, False),
        ((DoseChange.START,), Severity.CRITICAL, False, True),
    ],
)
def test_what_stands_against_a_rise_and_what_is_urgent_count(knowledge, scored, of, change, severity, barred, urgent):
    finding = SimpleNamespace(refuses=change, severity=severity, status=Status.PRESENT)
    case = scored(*(of.score(*row) for row in SAME), regimens=(of.taken(15, "2026-09-01"),))
    found = benefit(knowledge, case, (finding,))
    assert (found.barred, found.asked, found.urgent) == (barred, False, urgent)
    open_ = benefit(knowledge, case, (SimpleNamespace(**{**vars(finding), "status": Status.UNKNOWN}),))
    assert (open_.barred, open_.asked, open_.urgent) == (False, barred, False)


def test_nobody_is_told_to_raise_a_dose_that_may_not_be_raised(knowledge, scored, of):
    case = scored(*(of.score(*row) for row in SAME), regimens=(of.taken(15, "2026-09-01"),))

    def said(*findings):
        found = benefit(knowledge, case, findings)
        words = "".join(map(str, trial_point(knowledge, case, found).detail.pieces))
        assert works(knowledge, case, found).split(": ")[1][1:] in words
        return words

    barred = SimpleNamespace(refuses=(DoseChange.RAISE,), severity=Severity.WARNING, status=Status.PRESENT)
    unknown = SimpleNamespace(refuses=(DoseChange.RAISE,), severity=Severity.WARNING, status=Status.UNKNOWN)
    urgent = SimpleNamespace(refuses=(), severity=Severity.CRITICAL, status=Status.PRESENT)
    assert "Raise the dose if that is allowed, else withdraw by a taper, never at once" in said()
    assert "A higher dose is not to be planned: the findings say why. Withdraw by a taper" in said(barred)
    assert "raise" not in said(barred).lower()
    assert "Answer first what the findings ask; then raise the dose if that is allowed, else withdraw" in said(unknown)
    assert "What is urgent comes first, and nothing is stopped at once for this" in said(urgent)
    assert "Raise" not in said(urgent)
