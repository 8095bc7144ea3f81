"""The plan for the wall at home: a page in tablets, words and drawings, with nothing computed on it but the plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import partial

from markupsafe import Markup

from baclo.care.plan import Kind, Plan, PlanDose, Step
from baclo.errors import NoPlan
from baclo.knowledge.library import Knowledge
from baclo.report import names, sheet, shown
from baclo.report.drawn import drawn
from baclo.report.leaflet import contacts, for_home, line
from baclo.report.supply import unit_ug
from baclo.report.taking import Taking, plain, takings
from baclo.run import Outcome

_DAY = timedelta(days=1)
# A plan of at most so many days, its open end not counted, has a row for each day; a longer one a row for each step.
DAYS_AS_ROWS = 14
# So many rows stand on the first sheet beside what to do; more go on to further sheets. Where cells are long, because
# strengths are mixed or the day has many times, it is fewer.
ROWS_ON_A_SHEET, LONG_ROWS_ON_A_SHEET = 14, 8
_SHORT_CLOCKS = 4
_ROOMY_UP_TO, _CLOSE_UP_TO = 3, 8
_LINES = ("stop", "missed", "missed_more", "feel_bad", "keep")
# What is to be known before a further step of a plan, and stands first.
STEPPING = {Kind.TITRATE: "larger", Kind.TAPER: "smaller"}


Cell = tuple[tuple[Markup, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One day, or all days of a step from `first` to `last` (None: until the prescriber says otherwise).

    `new` is whether the dose changes on its first day, and `from_clock` from when on that day where it is not all of
    it. A cell has the drawing and the words of each product that is taken at that time; () where nothing is.
    """

    first: date
    last: date | None
    step: int
    new: bool
    cells: tuple[Cell, ...]
    total: str
    from_clock: time | None


def calendar_page(knowledge: Knowledge, outcome: Outcome) -> str:
    """The page as a whole HTML document for A4; `NoPlan` where there is no plan for home.

    It has one sheet for up to `ROWS_ON_A_SHEET` rows, or `LONG_ROWS_ON_A_SHEET`; a longer plan says that it goes on,
    and does.
    """
    for_home(knowledge, outcome, "page for home")
    plan = outcome.plan
    if plan is None or not plan.steps:
        raise NoPlan("No page for home: this answer has no plan of doses. Ask titrate or taper.")
    products = tuple(dict.fromkeys(dose.product for step in plan.steps for dose in step.doses))
    clocks = tuple(sorted({dose.clock for step in plan.steps for dose in step.doses}))
    rows = tuple(_rows(knowledge, outcome, plan, clocks, products))
    long = _long(rows, clocks)
    size = LONG_ROWS_ON_A_SHEET if long else ROWS_ON_A_SHEET
    sheets = [rows[start : start + size] for start in range(0, len(rows), size)]
    first, *others = contacts(knowledge, outcome)
    return sheet.printed(
        "calendar.html.j2",
        "calendar.css",
        outcome,
        {
            "by_day": _by_day(outcome, plan),
            "clocks": clocks,
            "sheets": sheets,
            "density": _density(len(sheets[0]), long=long),
            "year": rows[0].first.year,
            "legend": [_legend(knowledge, product, place) for place, product in enumerate(products)],
            "draft": line(knowledge, "draft"),
            "signs": line(knowledge, "signs"),
            "new_dose": "Larger, after the check" if plan.kind is Kind.TITRATE else "New dose",
            "lines": [line(knowledge, name) for name in (*_stepping(plan), *_LINES)],
            "emergency": first,
            "contacts": others,
            "shown": shown,
            "on": sheet.on,
            "carried": sheet.carried,
            "day": partial(sheet.day, zone=outcome.case.zone),
        },
    )


def _stepping(plan: Plan) -> tuple[str, ...]:
    """The line on going a step further, where there is one to go."""
    return (STEPPING[plan.kind],) if plan.kind in STEPPING and len(plan.steps) > 1 else ()


def _long(rows: Sequence[Row], clocks: Sequence[time]) -> bool:
    """Whether cells take several lines."""
    return len(clocks) > _SHORT_CLOCKS or any(len(cell) > 1 for row in rows for cell in row.cells)


def _density(rows: int, *, long: bool) -> str:
    """How close so many rows stand on a sheet, as classes of the style sheet."""
    weight = rows * (2 if long else 1)
    return " tight" if weight > _CLOSE_UP_TO else " close" if weight > _ROOMY_UP_TO else ""


def _legend(knowledge: Knowledge, product: str, place: int) -> tuple[Markup, str]:
    """The drawing of one of a product, and what it is."""
    one = PlanDose(clock=time(0), amount_ug=unit_ug(knowledge, product), product=product, units=1.0)
    return _part(knowledge, one, place)


def _part(knowledge: Knowledge, dose: PlanDose, place: int) -> tuple[Markup, str]:
    """The drawing of a dose and its words, which keep a number and its unit on one line."""
    words = plain(knowledge, Taking(clock=dose.clock, doses=(dose,)))
    drawing = drawn(names.product_form(knowledge, dose.product), dose.units, place)
    return drawing, words.replace(" mg", "\u00a0mg").replace(" mL", "\u00a0mL")


def _days(outcome: Outcome, step: Step) -> tuple[date, date | None]:
    """The first and the last day of a step on the wall."""
    zone = outcome.case.zone
    last = None if step.until is None else shown.last_day(step.until, zone).date()
    return step.since.astimezone(zone).date(), last


def _by_day(outcome: Outcome, plan: Plan) -> bool:
    """Whether every day has a row."""
    first, _ = _days(outcome, plan.steps[0])
    since, until = _days(outcome, plan.steps[-1])
    return ((until or since) - first).days < DAYS_AS_ROWS


def _rows(
    knowledge: Knowledge, outcome: Outcome, plan: Plan, clocks: Sequence[time], products: Sequence[str]
) -> Iterator[Row]:
    for place, step in enumerate(plan.steps, start=1):
        first, last = _days(outcome, step)
        begins = step.since.astimezone(outcome.case.zone).time()
        row = Row(
            first=first,
            last=last,
            step=place,
            new=plan.kind is not Kind.RESUME,
            from_clock=begins if begins > time(0) else None,
            cells=tuple(_cells(knowledge, step, clocks, products)),
            total=shown.dose(step.total_ug_per_day).replace(" ", "\u00a0"),
        )
        yield from _each_day(row) if _by_day(outcome, plan) and last is not None else (row,)


def _each_day(row: Row) -> Iterator[Row]:
    """A row for each day; the days of the step after its first change nothing."""
    last = row.last or row.first
    for number in range((last - row.first).days + 1):
        day = row.first + number * _DAY
        first = number == 0
        yield replace(row, first=day, last=day, new=row.new and first, from_clock=row.from_clock if first else None)


def _cells(knowledge: Knowledge, step: Step, clocks: Sequence[time], products: Sequence[str]) -> Iterator[Cell]:
    taken = {taking.clock: taking.doses for taking in takings(step.doses)}
    for clock in clocks:
        yield tuple(_part(knowledge, dose, products.index(dose.product)) for dose in taken.get(clock, ()))
