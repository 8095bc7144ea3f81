"""What somebody answers for is told as it is and stands against nothing; some things nobody can answer for."""

from dataclasses import replace

import pytest

from baclo.care.check import check
from baclo.care.finding import Overridden, Status
from baclo.care.overrides import answerable, overridable
from baclo.care.refusal import Refusal
from baclo.care.rules import rules
from baclo.care.titrate import titrate
from baclo.case.case import Override
from baclo.knowledge.library import load
from baclo.knowledge.words import Text


def answering(case, finding):
    override = Override(finding=finding, reason="discussed with the neurologist", by="Dr. A. Example")
    return replace(case, overrides=(override,))


def found(knowledge, picture_of, case):
    return {one.id: one for one in check(knowledge, case, picture_of(case), None)}


def test_an_overridden_finding_stays_and_refuses_nothing(knowledge, told, picture_of):
    case = told(conditions=["epilepsy"])
    before = found(knowledge, picture_of, case)["epilepsy.uncovered"]
    assert before.refuses
    after = found(knowledge, picture_of, answering(case, "epilepsy.uncovered"))["epilepsy.uncovered"]
    assert (after.status, after.severity, after.refuses) == (before.status, before.severity, ())
    assert after.overridden == Overridden(reason="discussed with the neurologist", by="Dr. A. Example")


def test_only_what_nobody_may_answer_for_brings_a_finding_of_its_own(knowledge, told, picture_of):
    every = found(knowledge, picture_of, answering(told(conditions=["epilepsy"]), "epilepsy.uncovered"))
    assert [name for name in every if name.startswith("override.")] == []


def test_a_plan_refused_by_a_finding_is_made_once_somebody_answers_for_it(knowledge, told, picture_of):
    case = told(medicines=["oxycodone", "gabapentin"], goal_ug_per_day=30_000.0)
    assert titrate(knowledge, case, picture_of(case)).refused
    answered = answering(case, "load.sedatives")
    assert not titrate(knowledge, answered, picture_of(answered)).refused


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        ("allergy", {"allergies": ["baclofen"]}),
        ("dialysis.avoid", {"dialysis": "haemodialysis"}),
        ("kidney.avoid", {"mg_dl": 4.0}),
        ("overdose.signs", {"doses": [{"mg": 200}]}),
        ("safety.toxicity_signs", {"symptoms": ["confusion"], "mg_dl": 1.9}),
    ],
)
def test_nobody_can_answer_for_what_is_an_emergency_or_a_cap(knowledge, told, picture_of, finding, words):
    every = found(knowledge, picture_of, answering(told(**words), finding))
    assert every[finding].refuses
    assert every[finding].overridden is None
    assert every[f"override.{finding}"].status is Status.PRESENT


def test_allergy_dialysis_overdose_age_caps_toxicity_and_stops_are_never_overridden():
    never = ("allergy", "dialysis.", "overdose.", "cap.", "age.child", "child.", "safety.", "missed.", "stopping.")
    allowed = overridable(load()) - {"child.tablet"}
    assert [rule for rule in allowed if rule.startswith(never)] == []
    assert "interaction.alcohol" not in allowed
    assert {"kidney.avoid", "product.modified_release", "product.cream"} & allowed == set()


def test_an_interaction_can_be_answered_for(knowledge, told, picture_of):
    case = answering(told(medicines=["amlodipine"]), "interaction.antihypertensive")
    assert found(knowledge, picture_of, case)["interaction.antihypertensive"].overridden is not None


def test_most_rules_say_by_their_absence_that_nobody_may_answer_for_them():
    assert len([rule for rule in rules(load()) if rule.may_override]) < len(rules(load())) / 2


def reason(*basis, needs=()):
    return Refusal(reason=Text(("no",)), needs=needs, basis=basis)


FIRST, SECOND = "indication.off_label", "kidney.beers"


@pytest.mark.parametrize(
    ("bases", "names"),
    [
        ((), ()),
        (((f"rule:{FIRST}", "fact:x"),), (FIRST,)),
        (((f"rule:{FIRST}",), (f"rule:{FIRST}", f"rule:{SECOND}")), (FIRST, SECOND)),
        (((f"rule:{FIRST}",), ("rule:allergy",)), ()),
        (((f"rule:{FIRST}",), ()), ()),
        (((f"case:{FIRST}",),), ()),
    ],
)
def test_what_may_be_answered_for_is_named_only_where_that_would_be_enough(knowledge, bases, names):
    assert {FIRST, SECOND} <= overridable(knowledge)
    assert answerable(knowledge, [reason(*basis) for basis in bases]) == names


def test_nobody_is_asked_to_answer_for_what_an_answer_would_settle(knowledge):
    known, unknown = reason(f"rule:{FIRST}"), reason(f"rule:{SECOND}", needs=("patient.conditions",))
    assert answerable(knowledge, [known]) == (FIRST,)
    assert answerable(knowledge, [unknown]) == ()
    assert answerable(knowledge, [known, unknown]) == ()
