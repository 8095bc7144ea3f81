"""The page for the general practitioner: who, why, what, what to watch, what to prescribe, whom to ring."""

import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from types import SimpleNamespace

import pytest

from baclo.care.agenda import Occasion
from baclo.care.dispense import Dispensed
from baclo.care.finding import Severity
from baclo.care.triage import Level
from baclo.errors import NoPlan
from baclo.knowledge.words import Text
from baclo.report.letter import STEPS_ALONE, letter
from baclo.report.letter_lines import Said


@pytest.fixture
def supplied(chosen):
    """The plan with dated things and what to dispense, of one product counted and of one not."""
    zone = chosen.case.zone
    tablets = Dispensed(
        product="uk.tablet_10mg",
        form="tablet",
        since=datetime(2026, 11, 24, tzinfo=zone),
        until=datetime(2027, 1, 3, tzinfo=zone),
        needed_units=117.0,
        left_units=0.0,
        at_home_units=None,
        units=117.0,
    )
    liquid = replace(tablets, product="uk.solution_1mg_ml", form="liquid", at_home_units=30.0, units=87.5)
    return replace(chosen, plan=replace(chosen.plan, dispense=(tablets, liquid)))


@pytest.fixture
def page(knowledge, supplied):
    return letter(knowledge, supplied)


def test_it_says_who_and_why(page, words):
    said = words(page)
    assert "Sex male Age 78 years Weight 70 kg" in said
    assert "Creatinine clearance" in said
    assert "Taken now 08:00 5 mg , 20:00 5 mg" in said
    assert "Titration plan: first 10 mg/day from Tue 24 Nov 2026" in said


def test_it_says_every_step_with_times_of_the_same_dose_together_in_order(page, words):
    said = words(page)
    assert "1 Tue 24 Nov to Sat 28 Nov 2026 08:00 , 20:00 : half a tablet of 10 mg 10 mg 2 Sun 29 Nov" in said
    assert "08:00 , 14:00 : 1 tablet of 10 mg ; 20:00 : 1 and a half tablets of 10 mg 35 mg" in said


def test_it_says_what_to_watch_and_when_and_what_to_prescribe(page, words):
    said = words(page)
    assert "Tue 1 Dec 2026 Look at the kidneys, 6 weeks on" in said
    assert "Each step: Ask about drowsiness." in said
    assert (
        "Baclofen tablet 10 mg , scored: 117 tablets; 117 needed until Sat 2 Jan 2027 , "
        "what is at home was not counted." in said
    )
    assert "87.5 mL; 117 needed until Sat 2 Jan 2027 , 30 at home when it begins." in said


def test_what_is_more_than_fits_is_counted_and_never_silently_left_out(knowledge, supplied, words):
    many = tuple(replace(supplied.findings[0], id=f"kidney.{place}") for place in range(9))
    crowded = replace(supplied, findings=many, advice=replace(supplied.advice, agenda=supplied.advice.agenda * 3))
    said = words(letter(knowledge, crowded))
    assert said.count("Critical: eGFR") == 6
    assert "4 more: see the report." in said
    assert "6 more dates: see the report." in said


@pytest.mark.parametrize(("steps", "pages"), [(4, 1), (STEPS_ALONE + 8, 3), (2 * STEPS_ALONE + 1, 4)])
def test_a_plan_too_long_for_one_page_has_pages_that_each_say_which_of_whom_and_whom_to_ring(
    knowledge, outcome, longer, words, rows, steps, pages
):
    made = letter(knowledge, longer(outcome, steps))
    sheets = re.split('<div class="sheet', made)[1:]
    assert len(sheets) == pages
    for place, sheet in enumerate(sheets, start=1):
        said = words(f"<body>{sheet}")
        assert (f"Page {place} of {pages} ." in said) == (pages > 1)
        for each in (
            "DRAFT.",
            "Patient, date of birth:",
            "Plan of Mon 23 Nov 2026",
            "112",
            "01 45 42 59 59",
            "Pharmacist:",
        ):
            assert each in said, each
    numbered = [row.split()[0] for row in rows(made) if "tablet" in row]
    assert numbered == [str(place) for place in range(1, steps + 1)]
    assert "To prescribe" in sheets[-1]


@pytest.mark.parametrize(
    ("lines", "fits", "roomy"), [(24, True, True), (25, True, False), (50, True, False), (51, False, False)]
)
def test_what_a_page_holds_is_counted_in_lines_of_the_longer_column(lines, fits, roomy):
    # 26 lines are on every letter; of 50 a page is roomy, and 76 it has.
    said = Said(doses=(), across=(), left=("a line",) * lines, right=("a line",) * 3)
    assert (said.fits_one_page, said.roomy) == (fits, roomy)


def test_long_words_take_the_lines_that_they_fill():
    # 26, 2 of 105 letters across, 2 of 64 in the cell, 46 of 46 in a column: 76, the page. One letter more is too much.
    whole = {"doses": ("x" * 65,), "across": ("x" * 210,), "right": ()}
    assert Said(**whole, left=("x" * 46 * 46,)).fits_one_page
    assert not Said(**whole, left=("x" * (46 * 46 + 1),)).fits_one_page


def test_steps_of_the_plan_are_not_told_again_among_what_is_due(knowledge, supplied, words):
    step = replace(supplied.advice.agenda[0], occasion=Occasion.STEP)
    made = replace(supplied, advice=replace(supplied.advice, agenda=(step,)))
    assert "Tue 1 Dec 2026" not in words(letter(knowledge, made))


def test_notes_and_what_to_watch_beyond_what_fits_are_counted(knowledge, supplied, words):
    note = supplied.plan.notes[0]
    notes = tuple(Text((*note.pieces, " again" * place)) for place in range(7))
    steps = tuple(replace(step, monitor=notes) for step in supplied.plan.steps)
    made = letter(knowledge, replace(supplied, plan=replace(supplied.plan, notes=notes, steps=steps)))
    assert "3 more: see the report." in words(made)
    assert "3 more to watch: see the report." in words(made)
    assert '<div class="sheet tight">' in made


def test_information_is_not_among_what_holds(knowledge, supplied):
    mild = replace(
        supplied,
        findings=tuple(one for one in supplied.findings if one.severity is Severity.INFO),
        plan=replace(supplied.plan, findings=()),
    )
    assert "What holds in this person" not in letter(knowledge, mild)


def test_it_says_when_to_hold_withdrawal_and_whom_to_ring(page, words):
    said = words(page)
    assert "Never stop it abruptly" in said
    assert "Opioids, alcohol, benzodiazepines" in said
    assert "0344 892 0111" in said
    assert "DRAFT. Not valid until" in said
    assert "Pharmacist: name, signature, date" in said


def test_no_number_is_naked(page, sheet_of):
    for said, around in sheet_of(page).texts:
        if re.search(r"\d", said):
            known = [
                "data-basis" in attributes or tag == "time" or "references" in attributes.get("class", "")
                for tag, attributes in around
            ]
            assert any(known), said


def test_an_answer_without_a_plan_has_a_letter_of_what_is_due(knowledge, advised, words):
    said = words(letter(knowledge, advised))
    assert "Look at the kidneys" in said
    assert "No new supply was computed." in said
    assert "Rests on" not in said


def test_a_person_of_whom_little_is_known_has_a_letter_that_says_no_more(knowledge, supplied, words):
    patient = replace(supplied.case.patient, sex=None, age_y=None, weight_kg=None, indication="spasticity")
    timeline = replace(supplied.case.timeline, regimens=())
    made = replace(supplied, case=replace(supplied.case, patient=patient, timeline=timeline), advice=None)
    said = words(letter(knowledge, made))
    assert "Age" not in said
    assert "For spasticity" in said
    assert "Taken now none by a regimen" in said


def test_in_an_emergency_every_page_says_so_first(knowledge, outcome):
    causes = (
        SimpleNamespace(level=Level.EMERGENCY_NOW, title=Text(("Seizure",))),
        SimpleNamespace(level=Level.CALL_TODAY, title=Text(("Itching",))),
    )
    told = replace(outcome, triage=SimpleNamespace(level=Level.EMERGENCY_NOW, causes=causes))
    said = " ".join(re.sub(r"<[^>]+>", " ", letter(knowledge, told)).split())
    assert "EMERGENCY: ring 999 now. Seizure. DRAFT" in said
    calm = replace(told, triage=SimpleNamespace(level=Level.CALL_TODAY, causes=causes))
    assert "EMERGENCY: ring" not in letter(knowledge, calm)


def test_steps_for_monitored_care_say_so_above_them(knowledge, watched, outcome):
    said = " ".join(re.sub(r"<[^>]+>", " ", letter(knowledge, watched)).split())
    assert "Plan, for monitored care only Not for home. The kidneys are failing." in said
    assert "for home" not in letter(knowledge, outcome)


def test_a_refused_plan_and_an_answer_with_nothing_to_tell_give_no_letter(knowledge, refused, bare):
    with pytest.raises(NoPlan, match="the plan is refused"):
        letter(knowledge, refused)
    with pytest.raises(NoPlan, match="neither a plan nor dated things"):
        letter(knowledge, bare)


def test_a_policy_forbids_everything_but_its_own_style(page):
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1])
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
