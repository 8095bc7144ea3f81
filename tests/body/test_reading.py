import copy
from dataclasses import replace

import pytest

from baclo.body.model import model_ids, model_of, read_model
from baclo.body.structure import Covariate, Effect, EffectKind, unit_of
from baclo.errors import KnowledgeError, UnknownKey

MODELS = {
    "adult_default",
    "chevillard2018_aud",
    "he2014_children",
    "kochak1985",
    "marsot2014_aud",
    "simon2018_aud",
}


@pytest.fixture
def table(knowledge):
    """A one-compartment model's table, to be spoilt."""
    return copy.deepcopy(dict(knowledge.folder("models")["simon2018_aud"]))


def test_the_packaged_models_are_these_and_each_can_be_read(knowledge):
    assert set(model_ids(knowledge)) == MODELS
    assert {read_model(knowledge, name).id for name in MODELS} == MODELS


def test_an_unknown_model_is_named_with_those_that_are_known(knowledge):
    with pytest.raises(UnknownKey, match=r"nobody2020.*simon2018_aud"):
        read_model(knowledge, "nobody2020")


def test_every_model_says_what_its_publication_lacked_and_where_it_comes_from(knowledge):
    for name in MODELS:
        model = read_model(knowledge, name)
        assert model.lacked
        assert model.publication
        assert model.revisions


def test_a_transit_shorthand_is_written_out_as_equal_stages_that_are_gut(knowledge):
    model = read_model(knowledge, "he2014_children")
    stages = [flow for flow in model.flows if flow.kind == "transit"]
    assert [flow.stages for flow in stages] == [3, 3, 3]
    assert [model.compartments[flow.origin] for flow in stages] == ["gut", "gut_stage_1", "gut_stage_2"]
    gut = {model.compartments[place] for place in model.inputs["mouth"].gut}
    assert gut == {"gut", "gut_stage_1", "gut_stage_2"}


def spoil(table, change):
    change(table)
    return table


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda t: t.pop("title"), "model: missing .'title'"),
        (lambda t: t.update(colour="red"), "model: unknown .'colour'"),
        (lambda t: t["flows"][0].pop("constant"), "flows.0.: is not one of"),
        (lambda t: t["flows"][0].update(speed=1), r"flows.0.: unknown .'speed'"),
        (lambda t: t["inputs"]["mouth"].pop("into"), "inputs.mouth: missing .'into'"),
        (lambda t: t["plasma"].update(of="blood"), "plasma: unknown"),
        (lambda t: t["residual"].update(odd="fact:body.simon.residual"), "residual: unknown"),
        (lambda t: t["flows"][0].update(to="nowhere"), "unknown compartments .'nowhere'"),
        (lambda t: t["compartments"].append("central"), "named twice"),
        (lambda t: t["effects"][0].update(kind="magic"), "'magic' of .*not in the vocabulary"),
        (lambda t: t["validity"][0].update(of="height"), "validity of 'height'"),
        (lambda t: t["flows"][1].update(during="leeches"), "unknown treatments .'leeches'"),
        (lambda t: t["parameters"].pop("ka_per_h"), "parameters missing: .'ka_per_h'"),
        (lambda t: t["parameters"].update(q_l_per_h="fact:body.simon.clearance"), "nothing uses: .'q_l_per_h'"),
        (lambda t: t["parameters"].update(ka_per_h="fact:body.simon.volume"), "parameter ka_per_h: 'L' measures"),
        (lambda t: t["compartments"].append("island"), "nothing reaches compartment island"),
        (lambda t: t["compartments"].append("island"), "compartment island: something leaves it exactly when"),
        (lambda t: t["flows"].append({"from": "out_all", "to": "central", "constant": "ka_per_h"}), "out_all: some"),
        (lambda t: t["absorptions"].update(liquid="nose"), "liquid enters by nose"),
        (lambda t: t["effects"][0].update(parameter="q_l_per_h"), "an effect on q_l_per_h"),
        (lambda t: t["effects"][0].pop("size"), "every kind but a ratio has a size"),
        (lambda t: t["variability"][0].update(on=["q_l_per_h"]), "q_l_per_h varies, but is not a parameter"),
        (lambda t: t["variability"][0].update(on=["ka_per_h"]), "ka_per_h varies twice"),
        (lambda t: t["variability"][0].update(on=["f_oral_fraction"]), "f_oral_fraction varies twice, or is a lag"),
        (
            lambda t: t.update(correlations=[{"between": ["clearance", "mood"], "value": "fact:body.renal.share"}]),
            "a correlation with .'mood'",
        ),
    ],
)  # fmt: skip
def test_a_spoilt_model_is_refused_and_the_fault_is_named(knowledge, table, change, complaint):
    with pytest.raises(KnowledgeError, match=complaint):
        model_of(knowledge, "toy", spoil(table, change))


def test_every_fault_of_a_table_is_told_at_once(knowledge, table):
    table["parameters"].pop("ka_per_h")
    table["compartments"].append("island")
    with pytest.raises(KnowledgeError, match=r"ka_per_h[\s\S]*island"):
        model_of(knowledge, "toy", table)


def test_a_parameter_whose_name_says_no_unit_is_refused(knowledge, table):
    table["flows"][0]["constant"] = "speed"
    table["parameters"]["speed"] = table["parameters"].pop("ka_per_h")
    table["variability"] = []
    with pytest.raises(KnowledgeError, match="parameter speed"):
        model_of(knowledge, "toy", table)


def test_a_model_without_a_way_for_vomit_can_be_read(knowledge, table):
    table.pop("vomit")
    table["compartments"].remove("out_vomit")
    assert model_of(knowledge, "toy", table).vomit is None


@pytest.mark.parametrize(("name", "unit"), [("cl_l_per_h", "L/h"), ("vmax_ug_per_h", "ug/h"), ("lag_h", "h")])
def test_the_unit_of_a_parameter_is_the_longest_ending_of_its_name(name, unit):
    assert unit_of(name) == unit


@pytest.mark.parametrize(
    ("kind", "sized", "expected"),
    [
        ("power", True, 2**0.7),
        ("linear", True, 1.7),
        ("exponential", True, 2.718281828459045**0.7),
        ("ratio", False, 2.0),
    ],
)
def test_effects_at_twice_the_reference_are_their_formulas(knowledge, kind, sized, expected):
    size = replace(knowledge.fact("body.renal.share"), value=0.7) if sized else None
    effect = Effect(
        parameter="cl_l_per_h",
        kind=EffectKind(kind),
        of=Covariate.WEIGHT,
        reference=knowledge.fact("body.reference.weight"),
        size=size,
        at_most=None,
        below=None,
        says=None,
    )
    assert effect.factor(140.0) == pytest.approx(expected)
    assert effect.factor(70.0) == pytest.approx(1.0)
