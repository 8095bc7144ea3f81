"""An outcome that shows itself: in a notebook, as text, as JSON, as data frames."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from baclo.body.course import Course
from baclo.body.exposure import Exposure
from baclo.care.advice import Advice
from baclo.care.finding import Finding
from baclo.care.plan import Plan
from baclo.care.triage import Triage
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.errors import UnknownKey
from baclo.knowledge.library import Knowledge
from baclo.run import Outcome

if TYPE_CHECKING:
    from pandas import DataFrame

_WIDTH = 80
_FRAME_PX = 720


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An outcome with the knowledge it rests on; every reading of it is made when it is asked for."""

    outcome: Outcome
    knowledge: Knowledge

    @property
    def case(self) -> Case:
        """What was asked."""
        return self.outcome.case

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every rule's answer."""
        return self.outcome.findings

    @property
    def plan(self) -> Plan | None:
        """The plan or its refusal; None where none was asked for."""
        return self.outcome.plan

    @property
    def advice(self) -> Advice | None:
        """What to do that is no schedule of doses; None where the question has no such answer."""
        return self.outcome.advice

    @property
    def triage(self) -> Triage | None:
        """How soon help is needed; None where it was not asked for and nothing was told."""
        return self.outcome.triage

    @property
    def course(self) -> Course | None:
        """What is given now; None where no model may speak."""
        return self.outcome.course

    @property
    def exposure(self) -> Exposure | None:
        """The exposure from what is given now."""
        return self.outcome.exposure

    @property
    def kidney(self) -> KidneyPicture:
        """What is known of the kidneys."""
        return self.outcome.kidney

    @property
    def versions(self) -> Mapping[str, str]:
        """What computed this, and the hash of what it knew."""
        return self.outcome.versions

    def to_json(self) -> dict[str, Any]:
        """The outcome as plain values, in the shape of `baclo schema outcome`."""
        from baclo.report.encode import outcome_to_json

        return outcome_to_json(self.knowledge, self.outcome)

    def to_pandas(self, table: str = "course") -> "DataFrame":
        """One table as a data frame: course, plan, plan_course, findings, exposure or agenda.

        `UnknownKey` on another name, `ImportError` without pandas. Moments of courses become the index, in the case's
        zone.
        """
        from baclo.report.tables import TABLES, rows

        if table not in TABLES:
            raise UnknownKey(f"no table is called {table!r}; there are {', '.join(TABLES)}")
        import pandas as pd

        frame = pd.DataFrame(rows(self.to_json(), table))
        if "at" in frame:
            frame["at"] = pd.to_datetime(frame["at"], utc=True).dt.tz_convert(self.case.zone.key)
            return frame.set_index("at")
        return frame

    def html(self) -> str:
        """The report as one HTML document."""
        from baclo.report.page import html

        return html(self.knowledge, self.outcome)

    def ics(self) -> str:
        """The plan and what is due as a calendar file; `NoPlan` where the plan is refused or nothing has a date."""
        from baclo.report.ics import ics

        return ics(self.knowledge, self.outcome)

    def calendar(self) -> str:
        """The plan in tablets as a page to print for the wall at home; `NoPlan` as for `ics`."""
        from baclo.report.handout import calendar_page

        return calendar_page(self.knowledge, self.outcome)

    def letter(self) -> str:
        """The plan as a page to print for the general practitioner; `NoPlan` as for `ics`."""
        from baclo.report.letter import letter

        return letter(self.knowledge, self.outcome)

    def text(self, *, width: int = _WIDTH, colour: bool = False) -> str:
        """The short report as text, `width` columns wide."""
        from baclo.report.terminal import terminal

        return terminal(self.knowledge, self.outcome, width=width, colour=colour)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        """The report in a frame of its own, so that neither style touches the other."""
        title = escape(self.case.title or "baclo report", quote=True)
        return (
            f'<iframe title="{title}" sandbox srcdoc="{escape(self.html(), quote=True)}"'
            f' width="100%" height="{_FRAME_PX}" style="border:0"></iframe>'
        )
