"""The table of contents of the program: a case in, an outcome out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from baclo.body.course import Course
from baclo.body.exposure import Exposure, exposure
from baclo.body.predict import predict
from baclo.care.advice import Advice
from baclo.care.check import check
from baclo.care.doses import regimen_now
from baclo.care.escalate import escalate
from baclo.care.finding import Finding
from baclo.care.monitor import monitor
from baclo.care.plan import Plan
from baclo.care.prepare import prepare
from baclo.care.resume import advise as advise_resume
from baclo.care.resume import resume
from baclo.care.taper import taper, taper_advice
from baclo.care.titrate import titrate
from baclo.care.titration_advice import titration_advice
from baclo.care.triage import Triage, overheard, triage
from baclo.case.case import Ask, Case
from baclo.case.gap import lived
from baclo.case.kidney import KidneyPicture, kidney_picture
from baclo.knowledge.library import Knowledge, load

BEFORE_NOW = timedelta(days=1)
Adviser = Callable[[Knowledge, Case, KidneyPicture, Plan | None, tuple[Finding, ...]], Advice]
ADVISERS: Mapping[Ask, Adviser] = MappingProxyType(
    {
        Ask.TITRATE: titration_advice,
        Ask.TAPER: taper_advice,
        Ask.RESUME: advise_resume,
        Ask.MONITOR: monitor,
        Ask.PREPARE: prepare,
        Ask.ESCALATE: escalate,
    }
)
PLANNERS: Mapping[Ask, Callable[[Knowledge, Case, KidneyPicture], Plan]] = MappingProxyType(
    {Ask.TITRATE: titrate, Ask.TAPER: taper, Ask.RESUME: resume}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything that was computed for one case, every intermediate curve included.

    `course` is what is given now; None where no model may speak (the findings then say why). `triage` is set where it
    was asked for, or where the case tells of anything that it judges; where it was asked for, nothing else is computed.
    `versions` holds the hash of the knowledge beside what the program ran on.
    """

    case: Case
    kidney: KidneyPicture
    course: Course | None
    exposure: Exposure | None
    findings: tuple[Finding, ...]
    plan: Plan | None
    triage: Triage | None
    versions: Mapping[str, str]
    advice: Advice | None = None


def run(case: Case, knowledge: Knowledge | None = None, versions: Mapping[str, str] = MappingProxyType({})) -> Outcome:
    """Answer the question written in the case: the whole program.

    `knowledge` is the packaged one unless another is given; `versions` are what the caller runs on, to be kept in
    the outcome. `EngineError` where a simulation fails its own check.
    """
    knowledge = knowledge or load()
    asked, case = case, lived(case)
    picture = kidney_picture(knowledge, case.patient, case.now)
    urgency = triage(knowledge, case, picture)
    case = overheard(case, urgency)
    kept = MappingProxyType({**versions, "knowledge": knowledge.digest})
    if case.question.ask is Ask.TRIAGE:
        return Outcome(
            case=asked,
            kidney=picture,
            course=None,
            exposure=None,
            findings=(),
            plan=None,
            triage=urgency,
            versions=kept,
        )
    course = predict(knowledge, case, since=_opens(case), until=case.now + _horizon(knowledge, case), band=True)
    findings = check(knowledge, case, picture, regimen_now(case.timeline, case.now))
    planner, adviser = PLANNERS.get(case.question.ask), ADVISERS.get(case.question.ask)
    plan = None if planner is None else planner(knowledge, case, picture)
    return Outcome(
        case=asked,
        kidney=picture,
        course=course,
        exposure=None if course is None else _exposure(case, course),
        findings=findings,
        plan=plan,
        advice=None if adviser is None else adviser(knowledge, case, picture, plan, findings),
        triage=urgency if urgency.told else None,
        versions=kept,
    )


def _exposure(case: Case, course: Course) -> Exposure:
    """Of the last day simulated where a regimen runs, else of the whole course."""
    return exposure(course, since_h=0.0 if regimen_now(case.timeline, case.now) is None else None)


def _opens(case: Case) -> datetime:
    """A day before now, or when the first dose was taken if that is later."""
    first = [dose.at for dose in case.timeline.doses] + [regimen.since for regimen in case.timeline.regimens]
    return min(case.now, max(case.now - BEFORE_NOW, min(first, default=case.now)))


def _horizon(knowledge: Knowledge, case: Case) -> timedelta:
    """How far ahead to look: as asked, else the proposed horizon."""
    asked_h = case.question.horizon_h
    return timedelta(hours=knowledge.number("simulation.horizon", "h") if asked_h is None else asked_h)
