"""How old, and how far apart, measurements may be and still be believed."""

from datetime import timedelta

from baclo.knowledge.library import Knowledge


def together(knowledge: Knowledge) -> timedelta:
    """How far apart two measurements may be drawn and still describe the same kidney."""
    return _window(knowledge, "together", "within")


def stale_after(knowledge: Knowledge) -> timedelta:
    """The age past which a value is too old to decide on."""
    return _window(knowledge, "stale", "after")


def _window(knowledge: Knowledge, table: str, name: str) -> timedelta:
    return timedelta(hours=knowledge.number(knowledge.folder("kidney")["judgement"][table][name], "h"))
