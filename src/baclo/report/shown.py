"""The one place that turns numbers, units, moments and sentences into what people read; rounding happens here only."""

import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from baclo.knowledge.facts import Seen
from baclo.knowledge.words import Number, Piece, Quoted, Text
from baclo.units import convert, dimension

# How a UCUM code is read, after one and after several; the space before it belongs to it.
_READ: dict[str, tuple[str, str]] = {
    "1": ("", ""),
    "{score}": ("", ""),
    "%": ("%", "%"),
    "d": (" day", " days"),
    "wk": (" week", " weeks"),
    "mo": (" month", " months"),
    "a": (" year", " years"),
    "/h": (" per hour", " per hour"),
    "/d": (" per day", " per day"),
    "/min": (" per minute", " per minute"),
    "mL/min/{1.73_m2}": (" mL/min per 1.73 m²", " mL/min per 1.73 m²"),
    "mg/d": (" mg/day", " mg/day"),
    "ug/d": (" µg/day", " µg/day"),
    "mL/d": (" mL/day", " mL/day"),
    "mg/kg/d": (" mg/kg per day", " mg/kg per day"),
    "ng.h/mL": (" ng·h/mL", " ng·h/mL"),
    "ug.h/L": (" µg·h/L", " µg·h/L"),
    "m2": (" m²", " m²"),
    "kg/m2": (" kg/m²", " kg/m²"),
    "mm[Hg]": (" mmHg", " mmHg"),
    "Cel": (" °C", " °C"),
    "[Ch]": (" Fr", " Fr"),
    "deg": ("°", "°"),
}
# How what a number or a sentence rests on was read.
SEEN = {
    Seen.PRIMARY: "read in the original",
    Seen.SECONDARY: "read in a copy or digest, not in the original",
    Seen.RECALLED: "from memory; not read",
}
_IN_MG = {"ug": "mg", "ug/d": "mg/d"}
_MG_FROM_UG = 100
_WHOLE = ("mass", "volume", "dose rate", "dose by weight", "dose rate by weight")
_MEAN = ("computed:mean",)
_COMPUTED_DIGITS = 3
_GIVEN_DIGITS = 5
_PLAIN_RANGE = (1e-6, 1e9)
_PARTS = {0.25: "¼", 0.5: "½", 0.75: "¾"}
_NOT_A_NUMBER = "not computable"
# A computed value nearer to nothing than this is told as below it: no assay and no model tells it from nothing.
_FLOORS = {"concentration": (0.001, "ng/mL"), "exposure": (0.001, "ng.h/mL")}


def significant(value: float, digits: int) -> str:
    """`value` with at most `digits` significant digits; whole digits are never rounded away, nor zeros added."""
    if not math.isfinite(value):
        return _NOT_A_NUMBER
    if value == 0:
        return "0"
    low, high = _PLAIN_RANGE
    if not low <= abs(value) < high:
        return f"{value:.{digits}g}"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    written = f"{value:,.{decimals}f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def unit_words(unit: str, *, several: bool = True) -> str:
    """How a UCUM code is read after a number, with its space."""
    one, more = _READ.get(unit, (None, None))
    words = more if several else one
    return f" {unit.replace('ug', 'µg').replace('umol', 'µmol')}" if words is None else words


def number(piece: Number) -> str:
    """A number as people read it: doses and stated facts as they are, computed values to three digits."""
    values = piece.value if isinstance(piece.value, tuple) else (piece.value,)
    unit = piece.unit
    largest = max(abs(value) for value in values)
    if unit in _IN_MG and (largest == 0 or largest >= _MG_FROM_UG):
        values = tuple(convert(value, unit, _IN_MG[unit]) for value in values)
        unit = _IN_MG[unit]
    given = len(piece.basis) == 1 and piece.basis[0].startswith(("fact:", "case:"))
    whole = dimension(unit) in _WHOLE and piece.basis != _MEAN
    digits = _GIVEN_DIGITS if given or whole else _COMPUTED_DIGITS
    floor = None if given else _floor(unit)
    written = [_computed(value, digits, floor) for value in values]
    if not all(math.isfinite(value) for value in values):
        return _NOT_A_NUMBER
    row = written[0] if len(written) == 1 else f"{', '.join(written[:-1])} and {written[-1]}"
    return row + unit_words(unit, several=values != (1.0,))


def dose(amount_ug: float) -> str:
    """An amount of the drug, or what a day comes to, in milligrams as it is."""
    return number(Number(value=amount_ug, unit="ug", basis=()))


def level(concentration_ng_per_ml: float) -> str:
    """A computed concentration as people read it in a table, its unit in the head."""
    return _computed(concentration_ng_per_ml, _COMPUTED_DIGITS, _floor("ng/mL"))


def _floor(unit: str) -> float | None:
    """Below what a computed value is not told, in `unit`; None where every value is."""
    stated = _FLOORS.get(dimension(unit))
    return None if stated is None else convert(*stated, unit)


def _computed(value: float, digits: int, floor: float | None) -> str:
    if floor is not None and 0 < abs(value) < floor:
        return f"below {significant(floor, digits)}"
    return significant(value, digits)


def units(count: float, form: str) -> str:
    """So many tablets (halves and quarters as people write them) or millilitres."""
    if form != "tablet":
        return f"{significant(count, _GIVEN_DIGITS)} {form}"
    whole, part = divmod(count, 1)
    if part and part not in _PARTS:
        return f"{significant(count, _GIVEN_DIGITS)} tablets"
    written = f"{int(whole) or ''}{_PARTS.get(part, '')}" or "0"
    return f"{written} tablet{'s' if count > 1 or count == 0 else ''}"


def percentile(fraction: float) -> str:
    """A fraction of people as a percentile in words: 0.05 is the 5th."""
    written = significant(fraction * 100, _COMPUTED_DIGITS)
    ending = "th" if written.endswith(("11", "12", "13")) else {"1": "st", "2": "nd", "3": "rd"}.get(written[-1], "th")
    return written + ending


def day(at: datetime, zone: ZoneInfo, *, year: bool = True) -> str:
    """The date on the wall of the case's zone."""
    local = at.astimezone(zone)
    return date_words(local) if year else f"{local:%a} {local.day} {local:%b}"


def date_words(on: date) -> str:
    """A date of the calendar."""
    return f"{on:%a} {on.day} {on:%b %Y}"


def clock(at: time) -> str:
    """A time of the clock, 24 hours."""
    return f"{at:%H:%M}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Date and time of the clock in the case's zone; midnight is the day itself."""
    local = at.astimezone(zone).time()
    return day(at, zone) if local == time(0) else f"{day(at, zone)} {clock(local)}"


def spoken(at: datetime, zone: ZoneInfo) -> str:
    """A moment of a sentence: by the clock of the zone that it carries, with its name, else by that of the case."""
    return _elsewhere(at, zone) or moment(at, zone)


def _elsewhere(at: datetime, zone: ZoneInfo) -> str | None:
    """A moment that carries another zone's clock, told by that clock with its name; None where it carries none."""
    if not isinstance(at.tzinfo, ZoneInfo) or at.tzinfo.key in (zone.key, "UTC"):
        return None
    return f"{day(at, at.tzinfo)} {clock(at.time())} ({at.tzinfo.key})"


def last_day(until: datetime, zone: ZoneInfo) -> datetime:
    """The last day a stretch covers whose end is not included."""
    return until.astimezone(zone) - timedelta(microseconds=1)


def stretch(since: datetime, until: datetime | None, zone: ZoneInfo) -> str:
    """The days of a stretch, first and last, both included."""
    if until is None:
        return f"from {day(since, zone)}"
    first, last = since.astimezone(zone), last_day(until, zone)
    if first.date() == last.date():
        return day(first, zone)
    return f"{day(first, zone, year=first.year != last.year)} to {day(last, zone)}"


def marks(numbers: tuple[int, ...]) -> str:
    """Reference numbers in brackets, neighbours as a range; nothing for none."""
    runs: list[list[int]] = []
    for mark in numbers:
        if runs and mark == runs[-1][-1] + 1:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    written = (f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in runs)
    return f"[{','.join(written)}]" if runs else ""


def sentence(text: Text, zone: ZoneInfo, tell: Callable[[Number], str] = number) -> str:
    """The sentence as one string; `tell` may add a reference mark after each number."""

    def said(piece: Piece) -> str:
        if isinstance(piece, Number):
            return tell(piece)
        if isinstance(piece, datetime):
            return spoken(piece, zone)
        return piece.words if isinstance(piece, Quoted) else piece

    return "".join(said(piece) for piece in text.pieces)
