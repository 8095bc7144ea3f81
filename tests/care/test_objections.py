"""What a planner has against a rise, each reason by itself and at its very bound."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.days import first_day, midnight
from baclo.care.kidney_share import KidneyShare
from baclo.care.objections import form_objections, rise_objections, standing_objections
from baclo.care.pace import pace_of
from baclo.care.standing import standing
from baclo.knowledge.facts import How, Region, Seen

LONDON = ZoneInfo("Europe/London")
WHOLE = KidneyShare(fraction=1.0, reduced=False, basis=("computed:kidney",), needs=())


def said(refusals):
    return [refusal.reason.pieces[0] for refusal in refusals]


@pytest.fixture
def rising(knowledge, make):
    """What stands against a rise to 60 mg a day of START but for what is named."""

    def against(share=WHOLE, but=lambda pace: pace, climbs=True, **changes):
        case = make(**changes)
        now = standing(knowledge, case, midnight(first_day(case), case.zone))
        pace = but(pace_of(knowledge, case, share, None, 4))
        return list(rise_objections(knowledge, case, pace, now, share, climbs=climbs))

    return against


def test_nothing_stands_against_the_rise_of_a_healthy_adult(rising):
    assert rising() == []


def test_without_a_weight_the_curve_would_be_somebody_elses(rising):
    (refusal,) = rising(weight_kg=None)
    assert refusal.needs == ("patient.weight",)
    assert refusal.basis == ("case:patient.weight",)


def test_a_child_without_a_weight_is_not_told_that_the_goal_is_too_low(rising):
    (refusal,) = rising(weight_kg=None, age_y=5.0, goal_ug_per_day=None)
    assert refusal.needs == ("patient.weight",)


def test_without_a_kidney_share_what_the_kidneys_need_is_asked_for(rising):
    unknown = KidneyShare(fraction=None, reduced=None, basis=(), needs=("patient.creatinine",))
    (refusal,) = rising(share=unknown)
    assert said([refusal]) == ["The limit of the dose depends on the kidneys, which are not known."]
    assert refusal.needs == ("patient.creatinine",)


def test_kidneys_that_leave_nothing_refuse_and_those_that_leave_something_do_not(rising):
    nothing = replace(WHOLE, fraction=0.0)
    assert "The kidneys leave no dose that may be started or raised." in said(rising(share=nothing))
    assert rising(share=replace(WHOLE, fraction=1 / 3)) == []


def test_a_share_that_is_no_number_leaves_nothing(rising):
    assert "The kidneys leave no dose that may be started or raised." in said(
        rising(share=replace(WHOLE, fraction=float("nan")))
    )


def test_a_goal_that_nobody_named_is_asked_for_where_it_leaves_no_step(rising, build):
    def told(mg, **changes):
        taken = (
            build.regimen(
                ("22:00", mg),
            ),
        )
        return ["".join(map(str, one.reason.pieces)) for one in rising(regimens=taken, goal_ug_per_day=None, **changes)]

    assert told(30.0) == []
    (reached,) = told(40.0)
    assert reached.startswith("No goal is named, and without one a plan ends at Number(value=40.0, unit='mg/d'")
    (harmful,) = told(15.0, climbs=False, share=replace(WHOLE, fraction=0.5, reduced=True))
    assert harmful.startswith("No goal is named, and without one a plan ends below Number(value=20.0, unit='mg/d'")
    (refusal,) = rising(regimens=(build.regimen(("22:00", 15.0)),), goal_ug_per_day=None, climbs=False)
    assert (refusal.needs, "case:question.goal" in refusal.basis) == (("question.goal",), True)
    (least,) = told(0.001, climbs=False)
    assert least.startswith("No goal is named")
    # who takes nothing, or who names a goal, is told something else
    assert rising(goal_ug_per_day=None, climbs=False) == []
    assert rising(regimens=(build.regimen(("22:00", 15.0)),), goal_ug_per_day=20_000.0, climbs=False) == []


def test_at_the_cap_itself_there_is_nowhere_to_rise_to(rising, build):
    eighty = (build.regimen(("08:00", 20.0), ("12:00", 20.0), ("17:00", 20.0), ("22:00", 20.0)),)
    (refusal,) = rising(regimens=eighty, goal_ug_per_day=100_000.0)
    assert said([refusal]) == ["What is taken now is at or above the limit for this person, "]
    assert "fact:cap.us" in refusal.basis
    less = (build.regimen(("08:00", 20.0), ("12:00", 20.0), ("17:00", 20.0), ("22:00", 19.0)),)
    assert rising(regimens=less, goal_ug_per_day=100_000.0) == []


@pytest.mark.parametrize("goal", [30_000.0, 29_000.0, float("nan")])
def test_a_goal_that_is_not_above_what_is_taken_refuses(rising, build, goal):
    (refusal,) = rising(regimens=(build.regimen(("08:00", 15.0), ("22:00", 15.0)),), goal_ug_per_day=goal)
    assert refusal.needs == ("question.goal",)


def test_a_region_without_a_text_for_a_role_refuses_by_that_role(rising):
    def without(pace):
        return replace(pace, scheme=replace(pace.scheme, permits={**pace.scheme.permits, "interval": None}))

    assert said(rising(but=without)) == ["No text that was read permits the interval for this region."]


@pytest.mark.parametrize(("minutes", "refused"), [(0, False), (1, True)])
def test_a_rise_may_begin_two_weeks_ahead_and_not_a_minute_more(knowledge, make, minutes, refused):
    case = make(now=datetime(2026, 11, 23, tzinfo=LONDON) - timedelta(minutes=minutes))
    now = standing(knowledge, case, midnight(date(2026, 12, 7), LONDON))
    found = list(standing_objections(knowledge, case, now, date(2026, 12, 7)))
    assert [refusal.needs for refusal in found] == ([("question.since",)] if refused else [])


CHILD = {"age_y": 6.0, "weight_kg": None, "height_cm": 114.0}
GOAL = "The goal is not above what is taken now; to come down, ask for a taper."


def test_without_a_weight_a_child_and_an_adult_are_told_why_it_is_needed(rising):
    adult = "The curve would be somebody else's without the weight, which is not known."
    assert said(rising(weight_kg=None)) == [adult]
    assert said(rising(**CHILD))[0] == "A child's dose goes by weight, which is not known."


def test_only_of_a_goal_by_a_weight_that_is_not_known_nothing_is_said(rising, build):
    ninety = (build.regimen(("08:00", 30.0), ("14:00", 30.0), ("22:00", 30.0)),)
    unnamed = "No goal is named, and without one a plan ends at "
    assert not {GOAL, unnamed} & {*said(rising(regimens=ninety, goal_ug_per_day=None, **CHILD))}
    assert GOAL in said(rising(regimens=ninety, goal_ug_per_day=20_000.0, **CHILD))
    assert unnamed in said(rising(regimens=ninety, goal_ug_per_day=None, **{**CHILD, "weight_kg": 20.0}))
    assert unnamed in said(rising(regimens=ninety, goal_ug_per_day=None))
    assert unnamed in said(rising(regimens=ninety, goal_ug_per_day=None, weight_kg=None))


@pytest.mark.parametrize(
    ("hours", "refused"),
    [((), False), ((8, 14, 20), False), ((6, 10, 14, 22), False), ((6, 10, 14, 18, 22), True), ((8, 8), True)],
)
def test_more_times_than_four_or_one_twice_refuse(knowledge, make, hours, refused):
    case = make(clocks=tuple(time(hour) for hour in hours))
    found = list(form_objections(knowledge, case, pace_of(knowledge, case, WHOLE, None, 4), ("tablet",)))
    assert [refusal.needs for refusal in found] == ([("question.clocks",)] if refused else [])


@pytest.mark.parametrize(
    ("told", "forms", "needs"),
    [
        ({"region": Region.UK}, ("liquid",), []),
        ({"region": Region.EU}, ("liquid",), [("products",)]),
        ({"region": Region.EU, "weight_kg": None}, ("liquid",), [("products",)]),
        ({"region": Region.EU, "weight_kg": 40.0}, ("liquid",), []),
        ({"region": Region.EU, "weight_kg": 40.0}, ("tablet",), []),
        ({"region": Region.UK, "indication": "hiccups"}, ("liquid",), [("patient.indication",)]),
        ({"region": Region.EU, "indication": "hiccups"}, ("liquid",), [("patient.indication",), ("products",)]),
        ({"region": Region.EU, "age_y": 40.0, "indication": "hiccups"}, ("liquid",), []),
    ],
)
def test_a_small_child_needs_a_liquid_and_no_child_has_a_use_outside_the_labels(knowledge, make, told, forms, needs):
    case = make(**{"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0, **told})
    found = list(form_objections(knowledge, case, pace_of(knowledge, case, WHOLE, None, 4), forms))
    assert [refusal.needs for refusal in found] == needs
    words = " ".join(said(found))
    assert ("Tablets are not for children below" in words) == (("products",) in needs)
    assert ("gives a dose for this use in children" in words) == (("patient.indication",) in needs)


def test_a_number_that_was_only_recalled_permits_nothing_by_its_role(knowledge, make):
    key = "titration.us.start"
    recalled = replace(knowledge.fact(key), seen=Seen.RECALLED)
    assert not recalled.may_permit
    known = replace(knowledge, facts={**knowledge.facts, key: recalled})
    case = make()
    now = standing(known, case, midnight(first_day(case), case.zone))
    words = said(rise_objections(known, case, pace_of(known, case, WHOLE, None, 4), now, WHOLE, climbs=True))
    assert any(text.startswith("No text that was read permits the ") for text in words)


def test_a_number_that_shapes_the_scheme_and_that_nobody_read_or_proposed_refuses(knowledge, make):
    key = "titration.single_rise"
    recalled = replace(knowledge.fact(key), how=How.STATED, seen=Seen.RECALLED)
    known = replace(knowledge, facts={**knowledge.facts, key: recalled})
    case = make()
    now = standing(known, case, midnight(first_day(case), case.zone))
    found = list(rise_objections(known, case, pace_of(known, case, WHOLE, None, 4), now, WHOLE, climbs=True))
    assert said(found) == ["A number of the scheme was read in no text and is no proposal."]
    assert found[0].basis == (f"fact:{key}",)
