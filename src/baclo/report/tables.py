"""The encoded outcome as rows of plain values, for spreadsheets and data frames: mg, ng/mL, hours, ISO 8601 moments."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta

from baclo.care.triage import Level
from baclo.report.encode import Json

_DOSE_COLUMNS = ("step", "since", "until", "clock", "mg", "product", "units", "total_mg_per_day", "for_home")
_BAND_COLUMNS = ("low_ng_per_ml", "middle_ng_per_ml", "high_ng_per_ml")
_LEVEL_COLUMNS = ("at", "time_h", "plasma_ng_per_ml", "csf_ng_per_ml", *_BAND_COLUMNS)
_FINDING_COLUMNS = ("id", "severity", "status", "title", "detail", "action", "needs", "basis")
_ENTRY_COLUMNS = ("since", "until", "whole_day", "occasion", "title", "detail")
TABLES = ("course", "plan", "plan_course", "findings", "exposure", "agenda")


def rows(encoded: Json, table: str) -> list[Json]:
    """The rows of one of `TABLES`, each row with every column; no rows where the outcome has none."""
    plan = encoded["plan"] or {"steps": [], "course": None, "not_at_home": []}
    if table == "course":
        return list(_levels(encoded["course"]))
    if table == "plan_course":
        return list(_levels(plan["course"]))
    if table == "plan":
        return list(_doses({**plan, "for_home": not plan["not_at_home"]}))
    if table == "agenda":
        entries = (encoded["advice"] or {"agenda": []})["agenda"]
        return [{name: entry[name] for name in _ENTRY_COLUMNS} for entry in entries]
    if table == "exposure":
        return [{"quantity": name, "value": value} for name, value in (encoded["exposure"] or {}).items()]
    return [{name: _cell(finding[name]) for name in _FINDING_COLUMNS} for finding in encoded["findings"]]


def csv_text(encoded: Json) -> str:
    """The plan's doses, the dated things to do, and both courses in one tidy table; `record` says which a row is.

    In an emergency the first row says so.
    """
    columns = ("record", *dict.fromkeys((*_DOSE_COLUMNS, *_ENTRY_COLUMNS, *_LEVEL_COLUMNS)))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_emergency(encoded["triage"]))
    for record in ("plan", "agenda", "course", "plan_course"):
        writer.writerows({"record": record, **row} for row in rows(encoded, record))
    return out.getvalue()


def _emergency(triage: Json | None) -> Iterator[Json]:
    """What is to be done before anything else."""
    if triage is not None and triage["level"] == Level.EMERGENCY_NOW.value:
        title = f"{triage['title']} {triage['causes'][0]['title']}"
        yield {"record": "emergency", "title": title, "detail": " ".join(triage["actions"])}


def _doses(plan: Json) -> Iterator[Json]:
    """One row a dose a step."""
    for place, step in enumerate(plan["steps"], start=1):
        for dose in step["doses"]:
            row = {**step, **dose, "step": place, "for_home": plan["for_home"]}
            yield {name: row[name] for name in _DOSE_COLUMNS}


def _levels(course: Json | None) -> Iterator[Json]:
    """One row a time of a course; the band's columns are None where there is no band."""
    if course is None:
        return
    origin = datetime.fromisoformat(course["origin"])
    band = course["band"] or {}
    nothing = [None] * len(course["time_h"])
    columns = {name: course.get(name) or band.get(name) or nothing for name in _LEVEL_COLUMNS[1:]}
    for place, time_h in enumerate(course["time_h"]):
        at = (origin + timedelta(hours=time_h)).isoformat(timespec="minutes")
        yield {"at": at, **{name: column[place] for name, column in columns.items()}}


def _cell(value: str | list[str]) -> str:
    return "; ".join(value) if isinstance(value, list) else value
