"""What is told with a taper: what shaped it, where texts differ, and what to do if withdrawal shows."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from baclo.care.days import whole_days
from baclo.care.grown import is_child
from baclo.care.kidney_share import share_of
from baclo.care.plan import Kind, Step
from baclo.care.roles import adult_roles
from baclo.care.standing import Standing
from baclo.care.taper.delivery import delivery_notes
from baclo.care.taper.pattern import Choice, Pattern, Rate, alcohol_use_disorder
from baclo.care.taper.sentences import said
from baclo.care.watch import standing_notes
from baclo.case.case import Case, Urgency
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text
from baclo.units import convert


def shortest_days(knowledge: Knowledge, case: Case) -> int:
    """The shortest withdrawal that the texts of the region name."""
    return whole_days(adult_roles(knowledge, case.region).number("shortest_taper", "h"))


def before_notes(knowledge: Knowledge, case: Case, now: Standing) -> Iterator[Text]:
    """What the taper replaces, and what it does not know of."""
    for regimen in now.later:
        words = "The regimen that was to begin on {begins} is replaced by this plan."
        yield text(words, knowledge.facts, begins=regimen.since)
    if now.loose:
        yield text("Doses outside the regimen were taken: the steps fall from the regimen alone.", knowledge.facts)


def shape_notes(knowledge: Knowledge, case: Case, choice: Choice, pattern: Pattern) -> Iterator[Text]:
    """Why the steps are as they are: pace, method, and for a child."""
    if case.question.urgency is Urgency.URGENT and choice.rate is not Rate.QUICK:
        yield said(knowledge, "shaped", "urgent_slow" if choice.rate is Rate.SLOW else "urgent_refused")
    if choice.rate is not Rate.USUAL:
        yield said(knowledge, "shaped", choice.rate)
    if pattern.share_fraction is not None:
        basis = tuple(name for name in pattern.basis if "percent_" in name)
        share = Number(value=convert(pattern.share_fraction, "1", "%"), unit="%", basis=basis)
        yield said(knowledge, "shaped", "percent", share=share)
        yield said(knowledge, "shaped", "percent_origin")
    if is_child(knowledge, case):
        yield said(knowledge, "shaped", "child")


def text_notes(
    knowledge: Knowledge, case: Case, now: Standing, pattern: Pattern, steps: Sequence[Step]
) -> Iterator[Text]:
    """Where the texts differ, and which is used."""
    shortest = shortest_days(knowledge, case)
    if steps and steps[-1].since - steps[0].since < timedelta(days=shortest):
        words = "Shorter than the region's texts ask: ask for a liquid, which allows smaller steps."
        yield text(words, knowledge.facts)
    basis = adult_roles(knowledge, case.region).basis("shortest_taper")
    used = Number(value=float(shortest), unit="d", basis=basis)
    yield said(knowledge, "texts", "least", used=used, region=case.region.value)
    roles = adult_roles(knowledge, "taper")
    if alcohol_use_disorder(roles, case) and now.total_ug_per_day > roles.number("very_high_dose", "ug/d"):
        yield said(knowledge, "texts", "alcohol")
        yield said(knowledge, "texts", "alcohol_care" if pattern.fast is None else "alcohol_used")


def kidney_notes(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Iterator[Text]:
    """What weak kidneys, or ones that are not known, make of the signs on the way."""
    reduced = share_of(knowledge, case, picture).reduced
    if reduced is not False:
        yield said(knowledge, "withdrawal", "kidney_unknown" if reduced is None else "kidney")


def after_notes(knowledge: Knowledge, case: Case, steps: Sequence[Step]) -> Iterator[Text]:
    """If withdrawal shows; a birth to come; and what holds for every taper."""
    for words in knowledge.folder("regimens")["taper"]["withdrawal"]["notes"]:
        yield text(words, knowledge.facts)
    yield from delivery_notes(knowledge, case, steps)
    yield from standing_notes(knowledge, Kind.TAPER)
