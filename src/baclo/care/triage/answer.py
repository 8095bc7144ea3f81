"""From what is told to how soon help is needed: the gravest of all that is found holds, and nothing lowers it.

It asks neither the gate nor a model, and an empty case gets the same answer from the same words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from baclo.care.conditions import holds
from baclo.care.doses import regimen_now
from baclo.care.grown import is_child
from baclo.care.measured import recent
from baclo.care.quantities import Quantity, quantities
from baclo.care.triage.cause import Cause, CauseKind
from baclo.care.triage.hearing import Heard, hear
from baclo.care.triage.level import Level, gravest
from baclo.care.triage.passages import Passage, passages
from baclo.care.triage.readings import reading_causes
from baclo.care.triage.withdrawal import Alternative, WithdrawalScore, alternatives, score_causes, withdrawal_score
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge, Table
from baclo.knowledge.words import text

_OF_DOSES = (
    *("largest_dose", "recently_stopped_or_reduced", "symptoms_after_fall", "without_h", "missed_in_row"),
    "more_than_prescribed",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something whose answer could raise the level: its path in the case, and the question in plain words."""

    path: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """How soon, what to do, and why.

    `causes` are the gravest first; the level is that of the first. `symptoms` are all that were found, `denied` those
    said not to be there, which changes no level; `unread` are words that were not understood. `told` is False where
    there was nothing to judge.
    """

    level: Level
    title: str
    actions: tuple[str, ...]
    causes: tuple[Cause, ...]
    symptoms: tuple[str, ...]
    denied: tuple[str, ...]
    unread: tuple[str, ...]
    asks: tuple[Asked, ...]
    score: WithdrawalScore
    alternatives: tuple[Alternative, ...]
    passages: tuple[Passage, ...]
    told: bool
    basis: tuple[str, ...]


def triage(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Triage:
    """How soon help is needed by the symptoms, words, measurements, doses and kidneys of a case, whatever it lacks."""
    table = knowledge.folder("triage")["triage"]
    heard = hear(knowledge, case.question.say, case.now)
    observations = (*recent(knowledge, case), *heard.observations)
    child = is_child(knowledge, case)
    measured = tuple(reading_causes(knowledge, observations, child=child))
    causes = [*_told(knowledge, table, case), *_heard(knowledge, table, heard), *(cause for _, cause in measured)]
    symptoms = tuple(dict.fromkeys([*_symptoms(causes), *(word for word, _ in measured if word is not None)]))
    known = _known(knowledge, case, picture, symptoms)
    together, needs = _together(knowledge, table, known)
    score = withdrawal_score(knowledge, symptoms, heard.denied, observations, child=child)
    causes += [*together, *_unread(knowledge, table, heard)]
    causes += score_causes(knowledge, score, causes)
    told = bool(causes)
    if not told:
        causes = [_nothing(knowledge, table)]
    level = gravest(cause.level for cause in causes)
    row = table["level"][level.value]
    withdrawing = score.total_score > 0 and level is not Level.NEXT_VISIT
    return Triage(
        level=level,
        title=row["title"],
        actions=tuple(row["do"]),
        causes=tuple(sorted(causes, key=lambda cause: cause.level.place)),
        symptoms=symptoms,
        denied=heard.denied,
        unread=heard.unread,
        asks=_asks(table, needs),
        score=score,
        alternatives=alternatives(knowledge, known) if withdrawing else (),
        passages=tuple(passages(knowledge, symptoms, {cause.id for cause in together}, withdrawal=withdrawing)),
        told=told,
        basis=tuple(row["basis"]),
    )


def _symptoms(causes: list[Cause]) -> Iterator[str]:
    return (cause.id for cause in causes if cause.kind is CauseKind.SYMPTOM)


def _told(knowledge: Knowledge, table: Table, case: Case) -> Iterator[Cause]:
    """The symptoms that stand in the case."""
    for symptom in dict.fromkeys(one.name for one in case.patient.symptoms or ()):
        yield _symptom(knowledge, table, symptom, (), "case:patient.symptoms", sure=True)


def _heard(knowledge: Knowledge, table: Table, heard: Heard) -> Iterator[Cause]:
    """The symptoms that were read in plain words, each once, with all the words it was read in."""
    for symptom in dict.fromkeys(one.symptom for one in heard.told):
        ones = [one for one in heard.told if one.symptom == symptom]
        said = tuple(dict.fromkeys(one.said for one in ones))
        sure = any(one.sure for one in ones)
        yield _symptom(knowledge, table, symptom, said, "case:question.say", sure=sure)


def _symptom(
    knowledge: Knowledge, table: Table, symptom: str, said: tuple[str, ...], path: str, *, sure: bool
) -> Cause:
    row = table["symptoms"][symptom]
    level = Level(row["level"])
    title = symptom.capitalize()
    if not sure:
        title = table["unread"]["near_title"].format(words=f'"{", ".join(said)}"', symptom=symptom)
    return Cause(
        kind=CauseKind.SYMPTOM,
        id=symptom,
        level=level if sure else gravest((level, Level(table["unread"]["level"]))),
        title=text("{title}", knowledge.facts, title=title),
        reason=text(row["reason"], knowledge.facts),
        said=said,
        sure=sure,
        basis=(path, *row["basis"]),
    )


def _known(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, symptoms: tuple[str, ...]
) -> Mapping[str, Quantity]:
    """What rules may ask of the case, with every symptom that was found here in place of those it holds.

    What was heard has no date: it may come from any recent fall of the dose.
    Where no dose is written down nothing is known of the doses: an empty case does not say that none was missed.
    """
    known = quantities(knowledge, case, picture, regimen_now(case.timeline, case.now))
    heard = [one for one in symptoms if one not in _names(known["symptoms"])]
    fell = known["recently_stopped_or_reduced"].value is True
    after = (*_names(known["symptoms_after_fall"]), *(heard if fell else ()))
    found = {
        "symptoms": replace(known["symptoms"], value=symptoms, needs=()),
        "symptoms_after_fall": replace(known["symptoms_after_fall"], value=after, needs=()),
    }
    if case.timeline.regimens or case.timeline.doses:
        return {**known, **found}
    unsaid = {name: replace(known[name], value=None, needs=("regimen",)) for name in _OF_DOSES}
    return {**known, **found, **unsaid}


def _names(listed: Quantity) -> tuple[str, ...]:
    return listed.value if isinstance(listed.value, tuple) else ()


def _together(knowledge: Knowledge, table: Table, known: Mapping[str, Quantity]) -> tuple[list[Cause], tuple[str, ...]]:
    """What several things together ask for, and what is not known that could make more of them hold."""
    causes: list[Cause] = []
    needs: dict[str, None] = {}
    for row in table["combination"]:
        truth = holds(knowledge, row["when"], known)
        needs |= dict.fromkeys(truth.needs)
        if truth.holds:
            causes.append(
                Cause(
                    kind=CauseKind.COMBINATION,
                    id=row["id"],
                    level=Level(row["level"]),
                    title=text(row["title"], knowledge.facts),
                    reason=text(row["reason"], knowledge.facts),
                    said=(),
                    sure=True,
                    basis=tuple(dict.fromkeys((*row["basis"], *truth.basis))),
                )
            )
    return causes, tuple(needs)


def _unread(knowledge: Knowledge, table: Table, heard: Heard) -> Iterator[Cause]:
    """Words that were not understood: each is a reason to call."""
    row = table["unread"]
    for words in heard.unread:
        title = text(row["title"], knowledge.facts, words=f'"{words}"')
        reason = text(row["reason"], knowledge.facts)
        yield Cause(
            kind=CauseKind.UNREAD,
            id=words,
            level=Level(row["level"]),
            title=title,
            reason=reason,
            said=(words,),
            sure=True,
            basis=("case:question.say", *row["basis"]),
        )


def _nothing(knowledge: Knowledge, table: Table) -> Cause:
    """That there was nothing to judge, which is no good news."""
    row = table["unread"]
    return Cause(
        kind=CauseKind.NOTHING,
        id=CauseKind.NOTHING.value,
        level=Level(row["level"]),
        title=text(row["nothing_title"], knowledge.facts),
        reason=text(row["nothing_said"], knowledge.facts),
        said=(),
        sure=True,
        basis=tuple(row["basis"]),
    )


def _asks(table: Table, needs: tuple[str, ...]) -> tuple[Asked, ...]:
    """The questions behind the needs, those of one question once, in the order of the table."""
    found: dict[str, Asked] = {}
    for path, question in table["ask"].items():
        if any(need.startswith(path) for need in needs):
            found.setdefault(question, Asked(path=path, question=question))
    return tuple(found.values())
