"""The table of contents of the program: a case in, an outcome out."""

from collections.abc import Mapping
from dataclasses import dataclass

from baclo.body.course import Course
from baclo.body.exposure import Exposure
from baclo.care.finding import Finding
from baclo.care.plan import Plan
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything that was computed for one case, every intermediate curve included.

    `course` is what is given now; None where no model may speak (the findings then say why).
    """

    case: Case
    kidney: KidneyPicture
    course: Course | None
    exposure: Exposure | None
    findings: tuple[Finding, ...]
    plan: Plan | None
    versions: Mapping[str, str]
