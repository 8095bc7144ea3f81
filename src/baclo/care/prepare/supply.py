"""Whether what is left at home lasts beyond what lies ahead, or is used up already."""

from datetime import datetime, timedelta

from baclo.care.doses import regimen_now
from baclo.care.finding import Status
from baclo.care.prepare.coming import Thing, local_day, today_or_later
from baclo.care.prepare.part import Part
from baclo.care.prepare.sentences import Sentences
from baclo.care.products import product_rows
from baclo.case.case import Case
from baclo.case.stock import Stock
from baclo.knowledge.library import Knowledge

_DAY = timedelta(days=1)


def supply(knowledge: Knowledge, case: Case, thing: Thing) -> Part:
    """Enough beyond the thing's end by as long as a refill takes, or when to fetch more; asked where not told.

    More is fetched before the thing begins: afterwards the person may be weak or away. What is used up is fetched
    today, whatever lies ahead.
    """
    said = Sentences(knowledge, "prepare", "supply")
    ahead = timedelta(hours=knowledge.number("handling.refill_ahead", "h"))
    ends = _ends(knowledge, case)
    if ends is None:
        needs = tuple(
            path for path, lacking in (("stock", case.stock is None), ("regimen", _per_day_ug(case) == 0)) if lacking
        )
        return Part(
            headline=said.line("unknown"),
            points=(said.point("unknown", status=Status.UNKNOWN, needs=needs),),
            agenda=(),
        )
    if ends <= case.now:
        return _spent(case, said, ends)
    if ends >= (thing.ahead.until or thing.ahead.since) + ahead:
        return Part(
            headline=said.line("enough"), points=(said.point("enough", status=Status.PRESENT, ends=ends),), agenda=()
        )
    return Part(
        headline=said.line("short"),
        points=(said.point("short", status=Status.ABSENT, ends=ends),),
        agenda=(said.entry("refill", today_or_later(case, min(ends - ahead, thing.ahead.since - _DAY)), ends=ends),),
    )


def _spent(case: Case, said: Sentences, ends: datetime) -> Part:
    """Nothing is left by the count, which may be old: it is counted again, and if it is so, acted on today."""
    point = said.point("spent", status=Status.PRESENT, day=local_day(case, _counted(case)), ends=ends)
    return Part(
        headline=said.line("spent"),
        points=(point,),
        agenda=(said.entry("refill_today", today_or_later(case, case.now), ends=ends),),
    )


def _ends(knowledge: Knowledge, case: Case) -> datetime | None:
    """When the stock is used up at the present dose; None where either is not known.

    All of it counts as in use since the earliest counting: never later than it really ends.
    """
    per_day_ug = _per_day_ug(case)
    if case.stock is None or per_day_ug == 0:
        return None
    return _counted(case) + timedelta(days=sum(_content_ug(knowledge, stock) for stock in case.stock) / per_day_ug)


def _counted(case: Case) -> datetime:
    """When the counting was, the earliest of several; now where it is said that nothing is there."""
    return min((stock.at for stock in case.stock or ()), default=case.now)


def _per_day_ug(case: Case) -> float:
    regimen = regimen_now(case.timeline, case.now)
    return 0.0 if regimen is None else regimen.total_ug_per_day


def _content_ug(knowledge: Knowledge, stock: Stock) -> float:
    row = product_rows(knowledge)[stock.product]
    per_unit = "ug/mL" if row["form"] == "liquid" else "ug"
    return stock.units * knowledge.number(row["strength"], per_unit)
