"""Which scheme a rise follows, as the texts give it: adults by region, children by weight, uses outside the labels."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from baclo.care.children import Band, band_of
from baclo.care.roles import Roles, adult_roles
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text

_ROLES = ("start", "rise", "interval", "cap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow:
    """What the slow scheme changes: the largest first dose and rise, None where they stay, and the longer interval."""

    start_ug_per_day: float | None
    rise_ug_per_day: float | None
    interval_h: float
    first_basis: tuple[str, ...]
    rise_basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A scheme before the kidneys and the slow scheme cut it.

    `permits` names the fact that must permit each role, None where no text fills it. `counts` are the doses a day,
    the preferred number first. `notes` say whose scheme it is and on what evidence, `cap_note` where the limits of
    other regions lie, `responder` how benefit is judged, `review_h` after how long, and `otherwise` what follows where
    there is none. `child` is whether it is one for children.
    """

    start_ug_per_day: float
    rise_ug_per_day: float
    interval_h: float
    aim_ug_per_day: float
    cap_ug_per_day: float
    single_rise_ug: float
    single_cap_ug: float | None
    slow: Slow
    counts: tuple[int, ...]
    permits: Mapping[str, str | None]
    first_basis: tuple[str, ...]
    rise_basis: tuple[str, ...]
    cap_basis: tuple[str, ...]
    aim_basis: tuple[str, ...]
    review_h: float
    responder: Text
    otherwise: Text
    notes: tuple[Text, ...]
    cap_note: Text | None
    child: bool


def scheme_of(knowledge: Knowledge, case: Case) -> Scheme:
    """The scheme for this person: a child's by age, that of a use outside the labels, else the region's for adults."""
    band = band_of(knowledge, case)
    if band is not None:
        return _child(knowledge, case, band)
    adult = _adult(knowledge, case)
    use = off_label_use(knowledge, case)
    return adult if use is None else _off_label(knowledge, case, adult, use)


def off_label_use(knowledge: Knowledge, case: Case) -> Mapping[str, Any] | None:
    """What is known of the use that the case names, where it is one outside the labels with a scheme of its own."""
    uses = knowledge.folder("regimens")["off_label"]
    return None if case.patient.indication is None else uses.get(case.patient.indication)


def _adult(knowledge: Knowledge, case: Case) -> Scheme:
    region = adult_roles(knowledge, case.region)
    rising = knowledge.folder("regimens")["rising"]
    usual, most = (round(count) for count in knowledge.fact("titration.doses_per_day").values)
    return Scheme(
        start_ug_per_day=region.number("start", "ug/d"),
        rise_ug_per_day=region.number("rise", "ug/d"),
        interval_h=region.number("interval", "h"),
        aim_ug_per_day=region.number("aim", "ug/d"),
        cap_ug_per_day=region.number("cap", "ug/d"),
        single_rise_ug=knowledge.number("titration.single_rise", "ug"),
        single_cap_ug=None if (single := region.fact("single")) is None else single.number_in("ug"),
        slow=_adult_slow(knowledge),
        counts=(*range(usual, most + 1), *range(usual - 1, 0, -1)),
        permits={role: region.table.get(role) for role in _ROLES},
        first_basis=region.basis("start"),
        rise_basis=region.basis("rise", "interval"),
        cap_basis=region.basis("cap"),
        aim_basis=region.basis("aim"),
        review_h=knowledge.number(rising["review"]["default"], "h"),
        responder=text(rising["review"]["responder"], knowledge.facts),
        otherwise=text(rising["review"]["otherwise"], knowledge.facts),
        notes=tuple(text(row, knowledge.facts) for region, row in rising["texts"].items() if region == case.region),
        cap_note=text(rising["caps"][case.region], knowledge.facts),
        child=False,
    )


def _adult_slow(knowledge: Knowledge) -> Slow:
    slow = adult_roles(knowledge, "slow")
    return Slow(
        start_ug_per_day=slow.number("start", "ug/d"),
        rise_ug_per_day=slow.number("rise", "ug/d"),
        interval_h=slow.number("interval", "h"),
        first_basis=slow.basis("start"),
        rise_basis=slow.basis("rise", "interval"),
    )


def _off_label(knowledge: Knowledge, case: Case, adult: Scheme, use: Mapping[str, Any]) -> Scheme:
    """The use's own scheme, no part of it beyond the region's label: the smaller dose and the longer step win."""
    roles = Roles(knowledge, use)
    cap = f"cap_{case.region}" if f"cap_{case.region}" in use else "cap"
    cap_ug, rise_ug = roles.number(cap, "ug/d"), roles.number("rise", "ug/d")
    within = "rise_within" if "rise_within" in use else "rise"
    return replace(
        adult,
        start_ug_per_day=min(roles.number("start", "ug/d"), adult.start_ug_per_day),
        rise_ug_per_day=min(rise_ug, roles.number(within, "ug/d"), adult.rise_ug_per_day),
        interval_h=roles.number("interval", "h"),
        aim_ug_per_day=roles.number("aim", "ug/d"),
        cap_ug_per_day=min(cap_ug, adult.cap_ug_per_day),
        permits={**adult.permits, "start": use["start"], "rise": use[within], "interval": use["interval"]},
        first_basis=roles.basis("start"),
        rise_basis=roles.basis("rise", "rise_within", "interval"),
        cap_basis=roles.basis(cap) if cap_ug < adult.cap_ug_per_day else adult.cap_basis,
        aim_basis=roles.basis("aim"),
        review_h=roles.number("review", "h"),
        responder=text(use["responder"], knowledge.facts),
        otherwise=text(knowledge.folder("regimens")["rising"]["review"]["otherwise_off_label"], knowledge.facts),
        notes=tuple(text(note, knowledge.facts) for note in use["notes"]),
    )


def _child(knowledge: Knowledge, case: Case, band: Band) -> Scheme:
    """The band's scheme at this weight; a weight that is not known, or no number, leaves no dose."""
    weight_kg = case.patient.weight_kg
    if weight_kg is None or not 0 < weight_kg < math.inf:
        weight_kg = 0.0
    counts = band.counts()
    single_ug = min(knowledge.number("titration.single_rise", "ug"), band.first_single_ug())
    rising = knowledge.folder("regimens")["rising"]
    return Scheme(
        start_ug_per_day=min(band.start_ug_per_day(weight_kg), single_ug * max(counts)),
        rise_ug_per_day=min(band.rise_ug_per_day(weight_kg), single_ug * max(counts)),
        interval_h=band.roles.number("interval", "h"),
        aim_ug_per_day=band.roles.by_weight("aim_by_weight", weight_kg),
        cap_ug_per_day=band.cap_ug_per_day(weight_kg),
        single_rise_ug=single_ug,
        single_cap_ug=None,
        slow=_child_slow(knowledge, band),
        counts=counts,
        permits=band.permits(),
        first_basis=band.roles.basis("start", "start_by_weight", "first_single"),
        rise_basis=band.roles.basis("rise", "rise_by_weight", "rise_within_by_weight", "interval"),
        cap_basis=band.cap_basis(weight_kg),
        aim_basis=band.roles.basis("aim_by_weight"),
        review_h=knowledge.number(rising["review"]["default"], "h"),
        responder=text(rising["review"]["responder"], knowledge.facts),
        otherwise=text(rising["review"]["otherwise"], knowledge.facts),
        notes=(text(band.roles.table["note"], knowledge.facts),),
        cap_note=None,
        child=True,
    )


def _child_slow(knowledge: Knowledge, band: Band) -> Slow:
    """The same doses, each for longer."""
    interval = knowledge.folder("regimens")["children"]["slow"]["interval"]
    return Slow(
        start_ug_per_day=None,
        rise_ug_per_day=None,
        interval_h=knowledge.number(interval, "h"),
        first_basis=(),
        rise_basis=(*band.roles.basis("rise", "rise_by_weight", "rise_within_by_weight"), interval),
    )
