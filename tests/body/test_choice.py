from dataclasses import replace

import pytest

from baclo.body.model import choose_model
from baclo.body.predict import predict
from baclo.case.patient import Condition, Dialysis, DialysisKind
from baclo.case.timeline import Route
from baclo.errors import UnknownKey


@pytest.fixture
def chosen(knowledge, case_of):
    def choose(*given, **case):
        return choose_model(knowledge, case_of(*given, **case))

    return choose


@pytest.mark.parametrize(
    ("age", "model"),
    [(2, "he2014_children"), (17.99, "he2014_children"), (18, "adult_default"), (90, "adult_default")],
)
def test_the_population_chooses_the_model(chosen, adult, age, model):
    assert chosen(patient=adult(age_y=age)).model.id == model


@pytest.mark.parametrize("age", [0.1, 1.99, float("nan"), -1])
def test_under_two_years_there_is_no_model_and_the_choice_says_so(chosen, adult, said, age):
    choice = chosen(patient=adult(age_y=age))
    assert choice.model is None
    assert "no model of children under # is known" in said(choice.reasons)


def test_without_an_age_no_model_speaks_and_the_age_is_asked_for(chosen, adult, said):
    choice = chosen(patient=adult(age_y=None))
    assert choice.model is None
    assert "the age is not known" in said(choice.reasons)
    assert choice.needs == ("patient.age",)


def test_a_child_without_a_weight_has_no_model_and_the_weight_is_asked_for(chosen, adult):
    choice = chosen(patient=adult(age_y=9, weight_kg=None))
    assert (choice.model, choice.needs) == (None, ("patient.weight",))


@pytest.mark.parametrize(
    "known",
    [{"indication": "alcohol use disorder"}, {"conditions": (Condition(name="alcohol use disorder", since=None),)}],
    ids=["indication", "condition"],
)
def test_alcohol_use_disorder_has_its_own_model(chosen, adult, known):
    assert chosen(patient=adult(**known)).model.id == "simon2018_aud"


def test_on_dialysis_the_adult_default_speaks_for_alcohol_use_disorder_too_and_says_why(chosen, adult, said):
    dialysis = Dialysis(kind=DialysisKind.HAEMODIALYSIS, sessions=())
    choice = chosen(patient=adult(indication="alcohol use disorder", dialysis=dialysis))
    assert choice.model.id == "adult_default"
    assert "nobody on dialysis was studied" in said(choice.reasons)


def test_a_child_on_dialysis_has_no_model(chosen, adult, said):
    dialysis = Dialysis(kind=DialysisKind.PERITONEAL, sessions=())
    choice = chosen(patient=adult(age_y=9, weight_kg=30, dialysis=dialysis))
    assert choice.model is None
    assert "nothing is known of dialysis in children" in said(choice.reasons)


def test_known_absence_of_dialysis_bars_nothing(chosen, adult):
    dialysis = Dialysis(kind=DialysisKind.NONE, sessions=())
    assert chosen(patient=adult(age_y=9, weight_kg=30, dialysis=dialysis)).model.id == "he2014_children"


def test_a_named_model_speaks_outside_its_range_with_a_warning(chosen, adult, said):
    choice = chosen(patient=adult(age_y=1.0), model="adult_default")
    assert choice.model.id == "adult_default"
    assert "speaks from # on" in said(choice.warnings)


def test_a_named_model_inside_its_range_has_no_warning(chosen):
    choice = chosen(model="marsot2014_aud")
    assert (choice.model.id, choice.warnings) == ("marsot2014_aud", ())


def test_a_model_nobody_has_is_an_error(chosen):
    with pytest.raises(UnknownKey):
        chosen(model="nobody2020")


@pytest.mark.parametrize(
    ("change", "warning"),
    [({"weight_kg": 35.0}, "the adults studied weighed"), ({"weight_kg": 150.0}, "the adults studied weighed")],
    ids=["light", "heavy"],
)
def test_outside_a_soft_range_the_model_speaks_and_warns(chosen, adult, said, change, warning):
    choice = chosen(patient=adult(**change))
    assert choice.model.id == "adult_default"
    assert warning in said(choice.warnings)


@pytest.mark.parametrize("mg", [600, 301])
def test_one_dose_beyond_what_was_studied_is_warned_of(chosen, dose, said, mg):
    assert "levels were proportional to dose up to #" in said(chosen(dose(mg)).warnings)


def test_a_daily_dose_beyond_what_was_studied_is_warned_of_and_one_within_is_not(chosen, regimen, said):
    assert "proportional to dose" in said(chosen(regimen(101)).warnings)
    assert chosen(regimen(25)).warnings == ()


def test_a_dose_into_a_vein_needs_a_model_with_that_input(knowledge, chosen, case_of, adult, dose, said, now):
    vein = dose(10, route=Route.INTRAVENOUS)
    assert chosen(vein).model.id == "adult_default"
    child = chosen(vein, patient=adult(age_y=9, weight_kg=30))
    assert child.model is None
    assert "no input for a dose that is not swallowed" in said(child.reasons)
    named = case_of(vein, model="simon2018_aud")
    assert choose_model(knowledge, named).model is None
    assert predict(knowledge, named, until=replace(named).now.replace(hour=20), band=False) is None
