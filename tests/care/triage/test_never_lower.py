"""Nothing that is added lowers the level: no symptom, no sentence, no worse value, nothing known of the case."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baclo.knowledge.library import load

TABLE = load().folder("triage")["triage"]
SYMPTOMS = sorted(TABLE["symptoms"])
SENTENCES = sorted({said for row in TABLE["symptoms"].values() for said in row["synonyms"]})
FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CONTEXTS = (
    {},
    {"age": "8 y"},
    {"age": "80 y"},
    {"dialysis": {"kind": "none"}},
    {"dialysis": {"kind": "haemodialysis"}},
    {"medicines": []},
    {"medicines": ["morphine"]},
    {"alcohol": "none"},
    {"alcohol": "daily"},
    {"conditions": []},
    {"conditions": ["tetraplegia"]},
    {"has_pump": True},
    {"has_pump": False},
    {"symptoms": []},
)


@FEW
@given(st.lists(st.sampled_from(SYMPTOMS), min_size=1, max_size=5, unique=True), st.sampled_from(SYMPTOMS))
def test_another_symptom_never_lowers_the_level(ask, symptoms, more):
    both = list(dict.fromkeys([*symptoms, more]))
    assert ask(patient={"symptoms": both}).level.place <= ask(patient={"symptoms": symptoms}).level.place


@FEW
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), st.text(max_size=60))
def test_another_sentence_never_lowers_the_level_whatever_it_says(ask, said, more):
    alone = ask(*said).level.place
    assert ask(*said, f". {more}").level.place <= alone
    assert ask(". ".join([*said, more])).level.place <= alone


@FEW
@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_two_complaints_are_as_grave_as_the_graver(ask, one, other):
    assert ask(f"{one}. {other}").level.place <= min(ask(one).level.place, ask(other).level.place)


@FEW
@given(st.sampled_from(SYMPTOMS), st.sampled_from(CONTEXTS))
def test_nothing_known_of_the_person_lowers_a_symptom(ask, symptom, context):
    alone = ask(patient={"symptoms": [symptom]}).level.place
    assert ask(symptom, patient=context).level.place <= alone


@FEW
@given(
    st.sampled_from(["temperature", "heart rate"]),
    st.floats(min_value=0, max_value=1),
    st.floats(min_value=0, max_value=1),
)
def test_a_higher_fever_or_pulse_never_lowers_the_level(observed, kind, one, other):
    low, high = {"temperature": (36.0, 46.0), "heart rate": (60.0, 340.0)}[kind]
    unit = {"temperature": "Cel", "heart rate": "/min"}[kind]
    first, second = sorted(f"{low + (high - low) * part:.1f} {unit}" for part in sorted((one, other)))
    values = sorted((first, second), key=lambda text: float(text.split()[0]))
    assert observed(kind, values[1]).level.place <= observed(kind, values[0]).level.place


@FEW
@given(st.integers(min_value=3, max_value=15), st.integers(min_value=3, max_value=15))
def test_a_lower_coma_scale_never_lowers_the_level(observed, one, other):
    low, high = sorted((one, other))
    assert observed("glasgow coma scale", low).level.place <= observed("glasgow coma scale", high).level.place


@FEW
@given(st.floats(min_value=35.5, max_value=46), st.floats(min_value=35.5, max_value=46))
def test_a_better_value_takes_no_worse_one_back(ask, one, other):
    rows = [
        {"at": "2026-11-22T08:00:00+00:00", "kind": "temperature", "value": f"{one:.1f} Cel"},
        {"at": "2026-11-22T09:00:00+00:00", "kind": "temperature", "value": f"{other:.1f} Cel"},
    ]
    both = ask(observation=rows)
    assert both.level.place <= min(ask(observation=[row]).level.place for row in rows)


@FEW
@given(st.text(max_size=200))
def test_any_text_gets_an_answer_that_is_no_reassurance_unless_it_was_read_whole(ask, said):
    answer = ask(said) if said.strip() else ask()
    assert answer.actions
    assert answer.level.value != "next_visit" or not answer.unread
