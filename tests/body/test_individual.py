from datetime import timedelta

import pytest

from baclo.body.individual import individual, rates
from baclo.body.model import model_of, read_model
from baclo.body.people import virtual_factors
from baclo.case.patient import Condition, Creatinine, Dialysis, DialysisKind, Interval, ReportedEgfr
from baclo.errors import EngineError


@pytest.fixture
def person(knowledge, case_of, now):
    def build(model="adult_default", days=10, **case):
        asked = case_of(**case)
        return individual(knowledge, read_model(knowledge, model), asked, since=now, until=now + timedelta(days=days))

    return build


def test_renal_clearance_is_creatinine_clearance_up_to_the_cap(person, adult):
    for clearance, renal_l_per_h in [(0, 0), (50, 3.0), (100, 6.0), (150, 9.0), (300, 9.0)]:
        values = person(patient=adult(float(clearance))).epochs[0].values
        assert values["cl_renal_l_per_h"] == pytest.approx(renal_l_per_h)
        assert values["cl_other_l_per_h"] == 1.4


def test_volumes_are_proportional_to_weight(person, adult):
    values = person(patient=adult(weight_kg=105.0)).epochs[0].values
    assert values["v_central_l"] == pytest.approx(30.8 * 1.5)
    assert values["v_peripheral_l"] == pytest.approx(18.2 * 1.5)


def test_a_child_clears_by_weight_as_published(person, adult):
    values = person("he2014_children", patient=adult(age_y=9, weight_kg=30.0)).epochs[0].values
    assert values["cl_l_per_h"] == pytest.approx(0.273 * 30)
    assert values["v_central_l"] + values["v_peripheral_l"] == pytest.approx(1.16 * 30)


@pytest.mark.parametrize(("clearance", "ratio"), [(100, 1.0), (80, 1.0), (79, (1.4 + 0.06 * 79) / 7.4), (0, 1.4 / 7.4)])
def test_below_eighty_a_model_without_kidney_borrows_the_adult_ratio_and_says_so(person, adult, said, clearance, ratio):
    found = person("simon2018_aud", patient=adult(float(clearance)))
    assert found.epochs[0].values["cl_l_per_h"] == pytest.approx(11.6 * ratio)
    assert ("is borrowed" in said(found.assumptions)) is (ratio < 1)


def test_an_unknown_kidney_has_no_renal_clearance_and_this_is_said(person, adult, said):
    found = person(patient=adult(None))
    assert found.epochs[0].values["cl_renal_l_per_h"] == 0
    assert "simulated at its worst" in said(found.assumptions)


def test_an_unknown_weight_leaves_the_reference_and_this_is_said(person, adult, said):
    found = person(patient=adult(weight_kg=None))
    assert found.epochs[0].values["v_central_l"] == 30.8
    assert "The weight is not known: the # of the model stands in" in said(found.assumptions)
    assert found.assumptions[0].basis == ("fact:body.reference.weight",)


def test_a_new_creatinine_opens_an_epoch_with_its_own_clearance(person, adult, now):
    worse = Creatinine(at=now + timedelta(days=4), creatinine_mg_per_dl=4.0, entered="4 mg/dL")
    found = person(patient=adult(creatinine=(worse,)))
    assert [epoch.since_h for epoch in found.epochs] == [0, 96]
    assert found.epochs[1].values["cl_renal_l_per_h"] < found.epochs[0].values["cl_renal_l_per_h"]


def test_each_doubt_in_the_clearance_is_said_on_its_own_and_none_without_cause(person, adult, said, now):
    def creatinine(days, value=1.0):
        return (Creatinine(at=now + timedelta(days=days), creatinine_mg_per_dl=value, entered=f"{value} mg/dL"),)

    def reported(value):
        return (ReportedEgfr(at=now, egfr_ml_per_min_per_1_73m2=value, equation="MDRD", entered=f"{value}"),)

    conditions = (Condition(name="tetraplegia", since=None),)
    causes = {
        "that value stands in for the time before it": adult(None, creatinine=creatinine(4)),
        "the eGFR at the body surface stands in": adult(None, reported_egfr=reported(60.0)),
        "too old to decide on for some of the time": adult(None, creatinine=creatinine(-85)),
        "Muscle is low, or nobody said": adult(None, creatinine=creatinine(-1), low_muscle_mass=None),
        "the screening correction for spinal cord injury": adult(
            None, creatinine=creatinine(-1), height_cm=None, conditions=conditions
        ),
        "the lower one is simulated": adult(40.0, reported_egfr=reported(80.0)),
    }
    for cause, patient in causes.items():
        words = said(person(patient=patient).assumptions)
        others = {other for other in causes if other in words} - {cause}
        assert cause in words
        assert others <= {"Muscle is low, or nobody said"}
    assert said(person(patient=adult(None, creatinine=creatinine(-1))).assumptions) == ""


def test_a_doubt_in_the_kidneys_is_not_said_of_a_model_without_them(person, adult, said):
    words = said(person("marsot2014_aud", patient=adult(40.0, low_muscle_mass=None)).assumptions)
    assert "Muscle is low" not in words


@pytest.mark.parametrize(
    ("kind", "removes_l_per_h"), [(DialysisKind.HAEMODIALYSIS, 2.14 * 3.6), (DialysisKind.CVVH, 2.4)]
)
def test_a_session_removes_at_its_clearance_while_it_runs(person, adult, now, kind, removes_l_per_h):
    session = Interval(since=now + timedelta(hours=5), until=now + timedelta(hours=9))
    found = person(patient=adult(0.0, dialysis=Dialysis(kind=kind, sessions=(session,))))
    epochs = rates(found)
    assert [epoch.since_h for epoch in epochs] == [0, 5, 9]
    central, out = (found.model.compartments.index(name) for name in ("central", "out_dialysis"))
    removed = [epoch.generator_per_h[0, out, central] * 30.8 for epoch in epochs]
    assert removed == pytest.approx([0, removes_l_per_h, 0])


def test_what_peritoneal_dialysis_removes_is_not_known_and_this_is_said(person, adult, said, now):
    session = Interval(since=now, until=None)
    dialysis = Dialysis(kind=DialysisKind.PERITONEAL, sessions=(session,))
    found = person(patient=adult(0.0, dialysis=dialysis))
    assert "What peritoneal dialysis removes is not known" in said(found.assumptions)


def test_the_basis_names_the_model_its_facts_and_the_inputs_used(person):
    basis = person().basis
    assert {"model:adult_default", "fact:body.adult.flow", "case:patient.weight"} <= set(basis)
    assert not any(name.startswith("case:") for name in person("marsot2014_aud").basis if "weight" in name)


def test_a_value_that_cannot_be_is_refused(person, adult):
    with pytest.raises(EngineError, match="v_central_l would be"):
        person(patient=adult(weight_kg=-3.0))
    with pytest.raises(EngineError, match="v_central_l would be nan"):
        person(patient=adult(weight_kg=float("nan")))


def test_virtual_people_are_the_same_for_the_same_seed_and_share_what_the_model_shares(knowledge):
    model = read_model(knowledge, "adult_default")
    first, again, other = (virtual_factors(model, 500, seed) for seed in (1, 1, 2))
    assert all((first[name] == again[name]).all() for name in first)
    assert (first["ka_per_h"] != other["ka_per_h"]).all()
    assert (first["cl_renal_l_per_h"] == first["cl_other_l_per_h"]).all()


def test_virtual_people_vary_as_published(knowledge):
    factors = virtual_factors(read_model(knowledge, "simon2018_aud"), 200_000, 3)["cl_l_per_h"]
    assert factors.std() / factors.mean() == pytest.approx(0.21, rel=0.01)


def test_correlated_parameters_of_virtual_people_are_correlated(knowledge):
    import numpy as np

    table = dict(knowledge.folder("models")["simon2018_aud"])
    table["correlations"] = [{"between": ["volume", "clearance"], "value": "fact:body.renal.share"}]
    factors = virtual_factors(model_of(knowledge, "toy", table), 200_000, 3)
    found = np.corrcoef(np.log(factors["cl_l_per_h"]), np.log(factors["v_central_l"]))[0, 1]
    assert found == pytest.approx(6 / 7.4, abs=0.005)
