"""What speaks for smaller and longer steps, what is not known among it."""

from collections.abc import Iterator

from baclo.care.grown import is_adult
from baclo.care.kidney_share import share_of
from baclo.care.roles import adult_roles
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.case.patient import Sex
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text


def cautions(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Iterator[Text]:
    """Each reason for the smaller, longer steps."""
    slow = adult_roles(knowledge, "slow")
    age_y = case.patient.age_y
    asked = (
        (None if case.baclofen_since is None else False, "", "how long it has been taken"),
        (None if age_y is None else not age_y < slow.number("from_age", "a"), "of age", "the age"),
        (None if age_y is None else not is_adult(knowledge, case), "this is a child", ""),
        (case.patient.frail, "of frailty", "whether there is frailty"),
        (
            share_of(knowledge, case, picture).reduced,
            "the kidneys are reduced; withdrawal may come late",
            "the kidneys",
        ),
    )
    for answer, known, unknown in asked:
        if answer is None and unknown:
            yield text(f"Smaller steps because this is not known: {unknown}.", knowledge.facts)
        elif answer:
            yield text(f"Smaller steps because {known}.", knowledge.facts)


def maybe_pregnant(case: Case) -> bool:
    """Whether there may be a pregnancy, for which no taper goes faster: who was not asked may be pregnant."""
    return case.patient.pregnant is not False and case.patient.sex is not Sex.MALE
