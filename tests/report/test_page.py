"""The HTML report: no naked number, nothing from outside, every link leads somewhere, words escaped."""

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

import baclo
from baclo.report.page import html

EXAMPLES = [row["name"] for row in baclo.examples()]
VOID = {"meta", "link", "br", "img", "input", "hr", "circle", "line", "path", "rect", "polygon", "polyline"}


class Page(HTMLParser):
    """Every text of the body with the open elements around it, every id and every address."""

    def __init__(self, source):
        super().__init__()
        self.stack, self.texts, self.ids, self.addresses, self.tags = [], [], [], [], []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.addresses += [value for name, value in attrs if name in ("href", "src", "action", "data")]
        if tag not in VOID:
            self.stack.append((tag, attributes))

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.stack[-1][0] == tag, (self.stack[-1], tag)
        self.stack.pop()

    def handle_data(self, data):
        if any(tag == "body" for tag, _ in self.stack):
            self.texts.append((data, tuple(self.stack)))


def based(stack):
    """Whether a text may hold a digit: its element, or one around it, says on what it rests or what it is."""
    return any(
        "data-basis" in attributes or tag == "time" or "references" in attributes.get("class", "").split()
        for tag, attributes in stack
    )


def naked(source, names):
    found = []
    for words, stack in Page(source).texts:
        rest = words
        for name in sorted(names, key=len, reverse=True):
            rest = rest.replace(name, "")
        if re.search(r"\d", rest) and not based(stack):
            found.append(words.strip())
    return found


@pytest.fixture(scope="module")
def names(knowledge):
    return knowledge.folder("words")["names"]["names"]


@pytest.fixture(scope="module")
def pages():
    """The report of every packaged example."""
    return {name: baclo.run(baclo.load(f"example:{name}")).html() for name in EXAMPLES}


@pytest.fixture(scope="module")
def urgent(outcome):
    """An answer of triage, with every part it can have."""
    said = ["took 30 tablets, hit his <b>head</b>", "temperature 39.6, no fever", "the dog ate a tablet, frobnicated"]
    answer = baclo.triage(say=said, region="UK").outcome
    return replace(answer, case=replace(answer.case, title=outcome.case.title))


@pytest.fixture(params=["outcome", "refused", "bare", "urgent", "advised", "chosen"])
def page(request, knowledge):
    return html(knowledge, request.getfixturevalue(request.param))


def test_no_number_of_a_report_made_by_hand_is_naked(page, names):
    assert naked(page, names) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_number_of_an_example_is_naked(pages, names, name):
    assert naked(pages[name], names) == []


def test_a_naked_number_would_be_found():
    assert naked("<body><p>take <b>10</b> mg</p><time>08:00</time></body>", []) == ["10"]
    assert naked("<body><p>by CKD-EPI 2021</p></body>", ["CKD-EPI 2021"]) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_link_within_a_report_leads_somewhere_and_no_id_comes_twice(pages, name):
    page = Page(pages[name])
    assert len(page.ids) == len(set(page.ids))
    inner = {address[1:] for address in page.addresses if address.startswith("#")}
    assert inner - set(page.ids) == set()


def test_links_of_a_report_made_by_hand_lead_somewhere(page):
    read = Page(page)
    assert {address[1:] for address in read.addresses if address.startswith("#")} - set(read.ids) == set()


def test_a_report_loads_nothing_and_runs_nothing(page):
    read = Page(page)
    assert {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object", "form"} == set()
    assert [address for address in read.addresses if not address.startswith(("#", "tel:", "https://"))] == []
    assert "url(" not in page
    assert "@import" not in page
    assert not any("style" in attributes or "onclick" in attributes for _, attributes in read.tags)


def test_the_policy_allows_this_style_and_nothing_else(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'")
    assert f"style-src 'sha256-{digest}'" in policy


def test_what_a_case_says_is_never_markup(page):
    assert "<b>& sharp</b>" not in page
    assert "Made by hand &lt;b&gt;&amp; sharp&lt;/b&gt;" in page


def test_a_refused_plan_shows_its_curve_and_no_doses(knowledge, refused):
    page = html(knowledge, refused)
    assert "What the refused schedule would have done" in page
    assert "Not a schedule." in page
    assert 'id="calendar"' not in page
    assert 'class="steps' not in page


def test_steps_for_monitored_care_are_shown_as_none_for_home(knowledge, watched, outcome):
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html(knowledge, watched)))
    assert "None of it for home: The kidneys are failing." in told
    assert "Plan (draft, for monitored care only)" in told
    assert "Dose calendar" not in told
    page = html(knowledge, outcome)
    assert "Dose calendar" in page
    assert "Plan (draft)" in page
    assert "for home" not in page


def test_an_answer_tells_every_point_with_its_status_and_every_date(knowledge, advised):
    page = html(knowledge, advised)
    told = page[page.index('id="advice"') : page.index('id="agenda"')]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", told))
    assert "Critical The dose" in words
    assert "Warning: not known The dose" in words
    assert "old The dose" not in words
    assert "olds The dose" not in words
    assert "who &lt;may&gt; not know" in told
    agenda = page[page.index('id="agenda"') : page.index('id="findings"')]
    assert re.findall(r"<time>([^<]+)</time>", agenda) == [
        "Tue 1 Dec 2026",
        "Tue 1 Dec 2026 09:00",
        "Fri 4 Dec to Sun 6 Dec 2026",
        "Thu 10 Dec 2026 09:00 to 10:00",
    ]


def test_what_could_be_chosen_stands_side_by_side_with_its_steps_and_why_it_is_not_first(knowledge, chosen):
    page = html(knowledge, chosen)
    part = page[page.index('id="candidates"') : page.index('class="figure"')]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", part))
    assert "Until the last step: 12 days" in words
    assert "Until the last step: 19 days" in words
    assert "It takes longer to 80 mg/day." in words
    assert words.count("refused") == 5
    assert part.count("<details>") == 1


def test_the_calendar_has_every_dose_of_every_day_of_the_plan(knowledge, outcome):
    page = html(knowledge, outcome)
    calendar = page[page.index('id="calendar"') : page.index('class="figure"')]
    assert (
        calendar.count('<time datetime="2026-') == 5 + 7 + 7 + 3
    )  # days of the steps, a week of the open one, Mondays
    assert calendar.count("1½ tablets") == 7
    assert calendar.count('class="first"') == 3


def test_only_the_references_used_are_listed(knowledge, outcome, bare):
    listed = set(re.findall(r'<li id="source-([^"]+)"', html(knowledge, bare)))
    assert "wolf_2018" not in listed
    assert "npis_contacts" in listed
    more = set(re.findall(r'<li id="source-([^"]+)"', html(knowledge, outcome)))
    assert {"wolf_2018", "us_tablet_label"} <= more
    assert len(more) < len(knowledge.sources)


def test_a_fact_in_the_list_says_how_it_is_known_and_who_disagrees(knowledge, outcome):
    page = html(knowledge, outcome)
    entry = page[page.index('id="fact-cap.us"') :]
    entry = entry[: entry.index("</li>")]
    assert "Stated, read in a copy or digest" in entry
    assert entry.count("Disagrees:") == len(knowledge.fact("cap.us").disagrees)
    assert "Dosage and administration" in entry


def test_the_same_outcome_gives_the_same_bytes(knowledge, outcome):
    assert html(knowledge, outcome) == html(knowledge, outcome)


def test_headings_go_down_one_level_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in Page(page).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_intended_purpose_and_the_emergency_numbers_are_on_every_page(page):
    assert "Not a medical device" in page
    assert "0344 892 0111" in page
    assert "999" in page
