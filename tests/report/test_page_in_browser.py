"""The HTML report in a browser: no accessibility violation, no sideways scrolling, nothing fetched, whole on paper."""

import io
import os
import shutil
from itertools import pairwise
from unicodedata import normalize

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

import baclo
from baclo.report.handout import ROWS_ON_A_SHEET, calendar_page
from baclo.report.letter import STEPS_ALONE, letter
from baclo.report.page import html

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
NEEDED = os.environ.get("BACLO_NEED_CHROMIUM") == "1"
CHROMIUM = os.environ.get("BACLO_CHROMIUM") or shutil.which("chromium")

pytestmark = [
    pytest.mark.web,
    pytest.mark.skipif(CHROMIUM is None and not NEEDED, reason="no Chromium found"),
]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def files(knowledge, outcome, refused, chosen, advised, longer, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    made = {"plan": folder / "plan.html", "refused": folder / "refused.html", "urgent": folder / "urgent.html"}
    for name, value in (("plan", outcome), ("refused", refused)):
        made[name].write_text(html(knowledge, value), encoding="utf-8")
    pages = {
        "chosen": html(knowledge, chosen),
        "advised": html(knowledge, advised),
        "calendar": calendar_page(knowledge, outcome),
        "calendar-long": calendar_page(knowledge, longer(outcome, ROWS_ON_A_SHEET)),
        "calendar-mixed": calendar_page(knowledge, longer(outcome, 8, mixed=True)),
        "calendar-longer": calendar_page(knowledge, longer(outcome, ROWS_ON_A_SHEET + 6)),
        "letter": letter(knowledge, chosen),
        "letter-long": letter(knowledge, longer(outcome, 12)),
        "letter-longer": letter(knowledge, longer(outcome, STEPS_ALONE, mixed=True)),
    }
    for name, text in pages.items():
        made[name] = folder / f"{name}.html"
        made[name].write_text(text, encoding="utf-8")
    urgent = baclo.triage(say="took 30 tablets, seeing things, no fever. frobnicated", region="UK")
    made["urgent"].write_text(urgent.html(), encoding="utf-8")
    return made


def opened(browser, path, *, width=1100, scheme="light"):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.asked = []
    page.said = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.goto(path.as_uri())
    return page


NAMES = (
    *("plan", "refused", "urgent", "chosen", "advised", "calendar", "calendar-mixed", "calendar-longer"),
    *("letter", "letter-longer"),
)


@pytest.mark.parametrize(("width", "scheme"), [(1100, "light"), (320, "dark")])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_no_violation(browser, files, name, width, scheme):
    page = opened(browser, files[name], width=width, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    result = Axe().run(page)
    page.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in result.response["violations"]] == []


@pytest.mark.parametrize("name", [*NAMES, "calendar-long", "letter-long"])
def test_a_page_of_320_pixels_does_not_scroll_sideways(browser, files, name):
    page = opened(browser, files[name], width=320)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    page.close()
    assert widths[0] <= widths[1]


@pytest.mark.parametrize("name", ["plan", "calendar", "letter"])
def test_a_report_fetches_nothing_and_breaks_no_policy(browser, files, name):
    page = opened(browser, files[name])
    asked, said = page.asked, page.said
    page.close()
    assert asked == [files[name].as_uri()]
    assert said == []


@pytest.mark.parametrize("width", [320, 480, 740, 1000, 1100, 1400])
def test_every_label_of_a_chart_is_inside_it_and_clear_of_the_next(browser, files, width):
    page = opened(browser, files["plan"], width=width)
    charts = page.evaluate(
        """[...document.querySelectorAll('svg.chart')].filter(one => one.getBoundingClientRect().width > 0).map(svg => {
          const plain = one => { const box = one.getBoundingClientRect(); return [box.left, box.right, box.top] }
          return [plain(svg), [...svg.querySelectorAll('text[text-anchor=middle].tick')].map(plain)] })"""
    )
    page.close()
    assert charts
    for (left, right, _), labels in charts:
        assert all(left <= starts and ends <= right for starts, ends, _ in labels)
        for row in {top for *_, top in labels}:
            across = sorted((starts, ends) for starts, ends, top in labels if top == row)
            assert all(one[1] < other[0] for one, other in pairwise(across))


@pytest.mark.parametrize(("paper", "points"), [("A4", 595), ("Letter", 612)])
def test_a_report_prints_whole_on_both_papers(browser, files, paper, points):
    page = opened(browser, files["plan"])
    printed = PdfReader(io.BytesIO(page.pdf(format=paper)))
    page.close()
    words = " ".join("\n".join(sheet.extract_text() for sheet in printed.pages).split())
    assert abs(float(printed.pages[0].mediabox.width) - points) <= 1
    assert "Dose calendar" in words
    assert "Sat 12 Dec" in words
    assert "Not a medical device" in words


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("calendar", 1),
        ("calendar-long", 1),
        ("calendar-mixed", 1),
        ("calendar-longer", 2),
        ("letter", 1),
        ("letter-long", 1),
        ("letter-longer", 2),
    ],
)
def test_a_sheet_is_one_page_of_a4_with_all_that_it_says(browser, files, name, pages):
    page = opened(browser, files[name])
    said = set(page.inner_text("body").split())
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    words = normalize("NFKC", "".join("".join(sheet.extract_text() for sheet in printed.pages).split()))
    assert len(printed.pages) == pages
    assert abs(float(printed.pages[0].mediabox.height) - 842) <= 1
    assert "DRAFT" in words
    assert [word for word in said if len(word) > 4 and word not in words] == []


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("ms-start", (1, 1)),
        ("taper-80", (1, 1)),
        ("taper-percent-kidney-eu", (1, 1)),
        ("child-liquid", (1, 1)),
        ("night-spasms-physio", (1, 2)),
        ("taper-before-birth-uk", (1, 1)),
        ("alcohol-specialist", (1, 2)),
        ("taper-180-alcohol", (2, 2)),
    ],
)
def test_every_page_of_the_sheets_of_an_example_is_whole_and_says_what_it_is(browser, tmp_path, name, pages):
    answer = baclo.run(baclo.load(f"example:{name}"))
    for what, count in zip(("calendar", "letter"), pages, strict=True):
        file = tmp_path / f"{what}.html"
        file.write_text(getattr(answer, what)(), encoding="utf-8")
        page = opened(browser, file)
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        page.close()
        assert len(printed.pages) == count, what
        for one in printed.pages:
            said = " ".join(one.extract_text().split())
            assert all(words in said for words in ("DRAFT", "Plan of", "Ring now", "Pharmacist: name")), what


def test_every_number_can_be_reached_by_the_keyboard(browser, files):
    page = opened(browser, files["plan"])
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    page.keyboard.press("Tab")
    second = page.evaluate("document.activeElement.dataset.basis")
    page.close()
    assert first == "skip"
    assert second


@pytest.mark.parametrize("width", [1100, 320])
def test_the_number_to_ring_and_what_to_do_are_on_the_first_screen(browser, files, width):
    page = opened(browser, files["urgent"], width=width)
    number = page.locator(".ring a").bounding_box()
    first = page.locator(".do li").first.bounding_box()
    page.close()
    assert number["height"] >= 44
    assert number["y"] + number["height"] <= 450
    assert first["y"] + first["height"] <= 900
