"""Sick days: vomiting, diarrhoea, fever, too little to drink, and what they do to the kidneys and the dose."""

from collections.abc import Iterator
from datetime import timedelta

from baclo.care.advice import Point
from baclo.care.agenda import Entry
from baclo.care.finding import Status
from baclo.care.measured import measured_symptoms
from baclo.care.prepare.coming import Thing, local_day, things, today_or_later
from baclo.care.prepare.kidneys import on_dialysis
from baclo.care.prepare.others import others
from baclo.care.prepare.part import Part
from baclo.care.prepare.sentences import Sentences
from baclo.care.prepare.without import Without, without
from baclo.case.ahead import Coming
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Quoted

_OTHERS = ("kidney_hurting", "sedating", "pressure_lowering")
_SIGNS = ("dry", "mind", "vomiting", "fever")


def illnesses(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Iterator[Part]:
    """A part for every illness that has begun or is expected."""
    said = Sentences(knowledge, "prepare", "illness")
    for thing in things(case, Coming.ILLNESS):
        gone = without(knowledge, case, thing)
        if gone is None:
            yield _illness(knowledge, case, picture, said, thing)
        else:
            yield _illness_without(knowledge, case, said, thing, gone)


def _illness(knowledge: Knowledge, case: Case, picture: KidneyPicture, said: Sentences, thing: Thing) -> Part:
    begun = thing.ahead.since <= case.now
    kidneys = () if on_dialysis(picture) or not begun else (_kidneys(said, picture, thing),)
    today = (*kidneys, *(_signs(knowledge, case, said) if begun else ()))
    always = said.always() if not on_dialysis(picture) else (said.point("dialysis"), *said.always()[1:])
    return Part(
        headline=said.line("now" if begun else "expected", day=thing.ahead.since),
        points=(*today, *always, *others(knowledge, case, said, _OTHERS)),
        agenda=tuple(_dates(knowledge, case, picture, said, thing)),
        notes=said.notes(),
    )


def _illness_without(knowledge: Knowledge, case: Case, said: Sentences, thing: Thing, gone: Without) -> Part:
    """Where none is taken nothing is held or halved; fever and confusion may still be withdrawal."""
    begun = thing.ahead.since <= case.now
    signs = (*(_signs(knowledge, case, said) if begun else ()), said.point("emergency"))
    return Part(
        headline=said.line("without", day=thing.ahead.since, state=gone.state),
        points=(gone.point, *(() if gone.never else signs)),
        agenda=(),
    )


def _signs(knowledge: Knowledge, case: Case, said: Sentences) -> Iterator[Point]:
    """The signs that the case already shows of an illness that has begun."""
    symptoms = {symptom.name for symptom in case.patient.symptoms or ()} | {*case.heard}
    conditions = {condition.name for condition in case.patient.conditions or ()}
    told = symptoms | conditions | set(measured_symptoms(knowledge, case))
    signs = knowledge.folder("prepare")["illness"]["sign"]
    for key in _SIGNS:
        if here := [word for word in signs[key] if word in told]:
            quoted = Quoted(
                words=" and ".join(here).capitalize(), basis=("case:patient.symptoms", "case:patient.conditions")
            )
            yield said.point(key, status=Status.PRESENT, told=quoted)
    if case.patient.symptoms is None:
        yield said.point("symptoms_unknown", status=Status.UNKNOWN, needs=("patient.symptoms",))


def _kidneys(said: Sentences, picture: KidneyPicture, thing: Thing) -> Point:
    """Whether the kidneys fell, were measured since the illness began, or are not known."""
    if picture.acute.falling:
        return said.point("falling", status=Status.PRESENT)
    newest = max((estimate.at for estimate in picture.estimates), default=None)
    egfr = picture.egfr_ml_per_min_per_1_73m2
    if newest is None or newest < thing.ahead.since or egfr is None:
        return said.point("not_drawn", status=Status.UNKNOWN, needs=("patient.creatinine",))
    value = Number(value=egfr, unit="mL/min/{1.73_m2}", basis=picture.egfr_basis)
    return said.point("drawn", status=Status.PRESENT, egfr=value)


def _dates(knowledge: Knowledge, case: Case, picture: KidneyPicture, said: Sentences, thing: Thing) -> Iterator[Entry]:
    """Kidneys on the first day that is left, and again within the time in which a fall is still caught early."""
    first = today_or_later(case, thing.ahead.since)
    if on_dialysis(picture):
        yield said.entry("dialysis", first)
        return
    recheck = timedelta(hours=knowledge.number("kidney.recheck", "h"))
    yield said.entry("kidneys", first)
    yield said.entry("again", local_day(case, first + recheck))
