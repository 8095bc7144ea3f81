"""The usual clock times of a day's doses."""

from datetime import time

from baclo.knowledge.library import Knowledge


def default_clocks(knowledge: Knowledge, count: int) -> tuple[time, ...]:
    """The usual clock times for `count` doses a day; `KeyError` for a count that no schedule uses."""
    clocks = knowledge.folder("regimens")["adult"]["clocks"][str(count)]
    return tuple(time.fromisoformat(clock) for clock in clocks)
