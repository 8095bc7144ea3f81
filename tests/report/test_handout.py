"""The page for the wall at home: the plan and leaflet texts, plain, and nothing that was judged."""

import re
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from baclo.care.plan import Kind
from baclo.care.triage import Level
from baclo.errors import NoPlan
from baclo.knowledge.facts import Region
from baclo.report.drawn import drawn
from baclo.report.emergency import emergency
from baclo.report.handout import LONG_ROWS_ON_A_SHEET, ROWS_ON_A_SHEET, calendar_page

READING_GRADE = 6  # the school year of children of eleven


@pytest.fixture
def page(knowledge, outcome):
    return calendar_page(knowledge, outcome)


def test_a_short_plan_has_a_row_for_every_day_and_marks_each_change(page, rows):
    head, *days = rows(page)
    assert head.split() == ["Day", "08:00", "14:00", "20:00"]
    assert len(days) == 5 + 7 + 1
    assert days[0].startswith(" Tue 24 Nov 10 mg a day 08:00 half a tablet of 10 mg 14:00 no dose")
    assert [place for place, row in enumerate(days) if "Larger, after the check" in row] == [5, 12]
    assert days[-1].startswith(" From Sun 6 Dec on, every day Larger, after the check 35 mg a day")
    assert "1 and a half tablets of 10 mg" in days[-1]


def test_a_longer_plan_has_a_row_for_every_step(knowledge, outcome, rows, longer):
    _, *steps = rows(calendar_page(knowledge, longer(outcome, 8)))
    assert len(steps) == 8
    assert steps[0].startswith(" Tue 24 Nov to Mon 30 Nov")
    assert steps[5].startswith(" Tue 29 Dec to Mon 4 Jan 2027")
    assert steps[-1].startswith(" From Tue 12 Jan 2027 on, every day")


def test_every_dose_of_every_step_is_on_the_page_as_words_and_as_drawings(knowledge, outcome, rows, longer):
    made = calendar_page(knowledge, longer(outcome, 3, mixed=True))
    _, first, second, _ = rows(made)
    assert first.count("1 tablet of 10 mg and 1 tablet of 5 mg") == 4
    assert second.count("1 and a half tablets of 10 mg and 1 tablet of 5 mg") == 4
    table = made[made.index("<tbody") : made.index("</tbody>")]
    assert table.count('class="piece fill0"') == table.count('class="piece fill1"') == 12
    assert table.count('class="gone"') == 8


def test_the_drawings_have_as_many_pieces_as_the_dose():
    assert drawn("tablet", 2.5, 0).count("<circle") == 3
    assert drawn("tablet", 0.25, 0).count('class="gone"') == 1
    assert drawn("tablet", 0.75, 1).startswith('<svg class="piece fill1"')
    assert drawn("packet", 2.0, 0).count("<path") == 4
    assert drawn("mL", 7.5, 0).count("<svg") == 1
    assert "<circle" not in drawn("tablet", 0.2, 0)


def test_a_taper_ends_with_the_day_from_which_nothing_is_taken(knowledge, outcome, rows):
    last = replace(outcome.plan.steps[2], doses=(), total_ug_per_day=0.0)
    made = calendar_page(knowledge, replace(outcome, plan=replace(outcome.plan, steps=(*outcome.plan.steps[:2], last))))
    assert "From Sun 6 Dec No more baclofen from this day." in rows(made)[-1]
    assert "Keep to the last line" not in made


def test_a_plan_that_goes_on_with_the_usual_dose_in_the_middle_of_a_day_marks_no_new_dose(knowledge, outcome, rows):
    first, _, last = outcome.plan.steps
    rest = replace(first, since=first.since + timedelta(hours=16), until=first.since + timedelta(days=1))
    evening = replace(rest, doses=rest.doses[1:])
    usual = replace(last, since=evening.until)
    plan = replace(outcome.plan, kind=Kind.RESUME, steps=(evening, usual))
    _, today, later = rows(calendar_page(knowledge, replace(outcome, plan=plan)))
    assert today.startswith(" Tue 24 Nov from 16:00 on that day 08:00 this time has passed")
    assert today.count("half a tablet") == 1
    assert "a day" not in today.replace("that day", "")
    assert "New dose" not in later


def test_a_plan_with_an_end_says_not_to_stop_after_it(knowledge, outcome, words, longer):
    end = outcome.plan.steps[0].since + timedelta(days=14)
    made = words(calendar_page(knowledge, longer(outcome, 2, until=end)))
    assert "Do not stop after the last line" in made
    assert "Keep to the last line" in words(calendar_page(knowledge, longer(outcome, 2)))


@pytest.mark.parametrize(
    ("count", "mixed", "sheets"),
    [
        (ROWS_ON_A_SHEET, False, 1),
        (ROWS_ON_A_SHEET + 1, False, 2),
        (LONG_ROWS_ON_A_SHEET, True, 1),
        (2 * LONG_ROWS_ON_A_SHEET + 1, True, 3),
    ],
)
def test_a_plan_too_long_for_a_sheet_says_so_and_goes_on(knowledge, outcome, count, mixed, sheets, rows, words, longer):
    made = calendar_page(knowledge, longer(outcome, count, mixed=mixed))
    assert made.count('class="sheet') == sheets
    assert made.count("turn to the next page") == sheets - 1
    assert made.count(">DRAFT.") == sheets
    assert len([row for row in rows(made) if "every day" in row or " to " in row]) == count
    for place, sheet in enumerate(re.split('class="sheet', made)[1:], start=1):
        said = words(f"<body><p {sheet}")
        assert (f"Page {place} of {sheets} ." in said) == (sheets > 1)
        for each in ("DRAFT.", "Name:", "Ring 112 in an emergency", "01 45 42 59 59", "Plan of ", "Pharmacist:"):
            assert each in said, each


@pytest.mark.parametrize("region", list(Region))
def test_every_number_to_ring_in_the_region_is_on_the_page(knowledge, outcome, region):
    made = calendar_page(knowledge, replace(outcome, case=replace(outcome.case, region=region)))
    assert all(contact.number in made for contact in emergency(knowledge, region).contacts)


def test_nothing_that_was_judged_or_computed_is_on_the_page_but_the_plan(page, words):
    said = words(page).lower()
    for word in ("egfr", "kidney", "risk", "critical", "warning", "ng/ml", "creatinine", "percent", "%", "finding"):
        assert word not in said, word
    bases = {name for basis in re.findall(r'data-basis="([^"]*)"', page) for name in basis.split()}
    assert {name for name in bases if name.startswith("computed:")} == {"computed:plan"}


def test_the_case_is_not_named_on_the_page(page):
    assert "Made by hand" not in page


def test_it_is_a_draft_to_be_signed_and_says_never_to_stop_nor_to_double(page, words):
    said = words(page)
    assert "DRAFT. Not valid until a prescriber has signed it and a pharmacist has checked it." in said
    assert "Prescriber: name, signature, date" in said
    assert "Pharmacist: name, signature, date" in said
    assert "Never stop baclofen suddenly." in said
    assert "Never take two doses at once" in said
    assert "Ring 999 in an emergency" in said
    assert "Ring now if too much was taken, even if the person looks well" in said


def test_a_larger_dose_waits_for_the_check_and_a_smaller_one_for_calm(knowledge, outcome, words):
    def good_to_know(**changes):
        said = words(calendar_page(knowledge, replace(outcome, plan=replace(outcome.plan, **changes))))
        return said[said.index("Good to know") :]

    first = good_to_know()
    assert "Each larger dose: only after the check before it." in first
    assert "do not go down further" not in first
    down = good_to_know(kind=Kind.TAPER)
    assert "do not go down further" in down
    assert "larger dose" not in down
    for others in ({"kind": Kind.RESUME}, {"steps": outcome.plan.steps[-1:]}):
        assert "Each larger dose" not in good_to_know(**others)


def test_no_number_on_the_page_is_naked(page, sheet_of):
    for said, around in sheet_of(page).texts:
        if re.search(r"\d", said):
            assert any("data-basis" in attributes or tag == "time" for tag, attributes in around), said


def test_the_page_loads_nothing_and_runs_nothing(page, sheet_of):
    read = sheet_of(page)
    assert {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "form"} == set()
    assert not any("style" in attributes for _, attributes in read.tags)
    assert "url(" not in page


def syllables(word):
    found = len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e")))
    return max(found, 1)


def test_the_words_can_be_read_at_eleven(knowledge):
    """By the formula of Flesch and Kincaid over what is not a dose."""
    said = [row["text"] for name, row in knowledge.folder("words")["handout"].items() if name in FOR_HOME]
    sentences = [one for text in said for one in re.split(r"[.!?:]\s*", text) if one]
    every = [word for one in sentences for word in re.findall(r"[A-Za-z]+", one)]
    grade = 0.39 * len(every) / len(sentences) + 11.8 * sum(map(syllables, every)) / len(every) - 15.59
    assert grade <= READING_GRADE


FOR_HOME = ("draft", "missed", "missed_more", "stop", "larger", "smaller", "feel_bad", "signs", "keep", "ends")


def test_a_refused_plan_and_an_answer_without_doses_give_no_page(knowledge, refused, advised, outcome):
    with pytest.raises(NoPlan, match=r"the plan is refused\. The dose would pass 80 mg/day"):
        calendar_page(knowledge, refused)
    with pytest.raises(NoPlan, match="no plan of doses"):
        calendar_page(knowledge, advised)
    with pytest.raises(NoPlan, match="no plan of doses"):
        calendar_page(knowledge, replace(outcome, plan=replace(outcome.plan, steps=())))


def test_steps_for_monitored_care_give_no_page_for_home(knowledge, watched):
    with pytest.raises(NoPlan, match=r"No page for home: the steps are none for home\. The kidneys are failing\."):
        calendar_page(knowledge, watched)


@pytest.mark.parametrize("level", list(Level))
def test_in_an_emergency_nobody_at_home_is_given_a_plan(knowledge, outcome, level):
    told = replace(outcome, triage=SimpleNamespace(level=level, title="Fever with stiff muscles"))
    if level is Level.EMERGENCY_NOW:
        with pytest.raises(NoPlan, match="No page for home: ring 999 now"):
            calendar_page(knowledge, told)
    else:
        assert calendar_page(knowledge, told)


def test_the_same_outcome_gives_the_same_page(knowledge, outcome, page):
    assert calendar_page(knowledge, outcome) == page
    assert date(2026, 11, 24).isoformat() in page
