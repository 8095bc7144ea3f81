"""In an emergency nothing is planned, up or down: the gravest cause stands against every dose."""

from types import SimpleNamespace

import pytest

from baclo.care.help_first import help_first
from baclo.care.taper import taper
from baclo.care.titrate import titrate
from baclo.care.triage import Level, overheard, triage
from baclo.case.patient import Symptom
from baclo.knowledge.words import Text

THRICE = (("08:00", 10.0), ("14:00", 10.0), ("22:00", 10.0))


@pytest.fixture
def asked(knowledge, make, picture_of, build):
    """A plan of somebody on 30 mg a day, as the program asks for it: what is heard stands in the case."""

    def of(planner, **changes):
        changes.setdefault("regimens", (build.regimen(*THRICE),))
        case = make(goal_ug_per_day=None if planner is taper else 60_000.0, **changes)
        return planner(knowledge, overheard(case, triage(knowledge, case, picture_of(case))), picture_of(case))

    return of


@pytest.mark.parametrize(
    ("told", "level", "refused"),
    [
        (True, Level.EMERGENCY_NOW, True),
        (False, Level.EMERGENCY_NOW, False),
        (True, Level.CALL_TODAY, False),
        (True, Level.NEXT_VISIT, False),
    ],
)
def test_only_an_emergency_that_somebody_told_of_comes_first_by_its_gravest_cause(knowledge, told, level, refused):
    causes = tuple(SimpleNamespace(title=Text((name,)), basis=(f"rule:{name}",)) for name in ("first", "second"))
    found = tuple(help_first(knowledge, SimpleNamespace(told=told, level=level, causes=causes)))
    said = [("".join(map(str, one.reason.pieces)), one.needs, one.basis) for one in found]
    expected = ("first: help first, no dose before somebody has looked.", (), ("rule:first",))
    assert said == ([expected] if refused else [])


@pytest.mark.parametrize("planner", [titrate, taper])
@pytest.mark.parametrize("name", ["seizure", "slow breathing"])
def test_an_emergency_refuses_a_rise_and_steps_down_by_itself(asked, planner, name):
    assert asked(planner).steps
    made = asked(planner, symptoms=(Symptom(name=name, since=None),))
    assert made.steps == ()
    assert made.others == ()
    assert any(one.reason.pieces[0].startswith(name.capitalize()) for one in made.refusals)


@pytest.mark.parametrize("planner", [titrate, taper])
def test_what_is_said_in_plain_words_counts_as_what_is_entered(asked, planner):
    assert not asked(planner, say=("he cannot be woken",)).steps
    # nobody taking anything begins it either
    assert not asked(titrate, say=("he cannot be woken",), regimens=()).steps


def test_what_is_heard_stands_beside_what_is_entered_and_leaves_the_rest_unknown(knowledge, make, picture_of):
    itching = Symptom(name="itching", since=None)
    case = make(symptoms=(itching,), say=("he is very sleepy and it itches",))
    heard = overheard(case, triage(knowledge, case, picture_of(case)))
    assert (heard.patient.symptoms, heard.heard) == ((itching,), ("sleepiness",))
    unasked = make(symptoms=None, say=("he is very sleepy",))
    heard = overheard(unasked, triage(knowledge, unasked, picture_of(unasked)))
    assert (heard.patient.symptoms, heard.heard) == (None, ("sleepiness",))
    assert overheard(make(), triage(knowledge, make(), picture_of(make()))).heard == ()
