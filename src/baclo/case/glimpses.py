"""The few keys of a part that tell of other parts, each read whatever else is wrong with the part."""

from typing import Annotated

from pydantic import ConfigDict, Field

from baclo.case import leaf
from baclo.case.ahead import Coming
from baclo.case.form_base import Form
from baclo.case.timeline import DoseStatus, Route


class _Glimpse(Form):
    """A part of which only these keys are looked at."""

    model_config = ConfigDict(extra="ignore")


class Begun(_Glimpse):
    """Since when baclofen is taken, from the top of the file."""

    baclofen_since: leaf.PastDay | None = None


class Span(_Glimpse):
    """The dates of a regimen."""

    since: leaf.Day
    until: leaf.Day | None = None


class Clock(_Glimpse):
    """The clock time of a regimen's dose."""

    clock: leaf.Clock


class Seen(_Glimpse):
    """When an observation was made and of what."""

    at: leaf.Past
    kind: leaf.ObservationWord
    site: leaf.SiteWord | None = None


class Recorded(_Glimpse):
    """One record of a dose; None is also what could not be read."""

    at: leaf.Past | None = None
    status: Annotated[DoseStatus | None, Field(strict=False)] = None
    over: leaf.Over | None = None
    route: Annotated[Route, Field(strict=False)] = Route.ORAL
    vomited_at: leaf.Past | None = None


class Counted(_Glimpse):
    """Which product was counted."""

    product: leaf.Product


class Answered(_Glimpse):
    """Which finding somebody answers for."""

    finding: leaf.FindingWord


class Expected(_Glimpse):
    """Something ahead; None is also what could not be read."""

    kind: Annotated[Coming | None, Field(strict=False)] = None
    since: leaf.Day | None = None
    until: leaf.Day | None = None
    nil_by_mouth: leaf.Moment | None = None
    by_mouth_again: leaf.Moment | None = None
    zone: leaf.Zone | None = None
    emergency: bool | None = None
