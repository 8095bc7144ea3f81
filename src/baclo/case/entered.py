"""How a raw value is shown in a problem: as it was entered, and never long."""

from datetime import date, time

_LONGEST = 80


def as_entered(raw: object) -> str:
    """`raw` in the words of TOML and JSON, cut where it is long."""
    if isinstance(raw, bool):
        text = "true" if raw else "false"
    elif isinstance(raw, date | time):
        text = raw.isoformat()
    elif isinstance(raw, str):
        text = f'"{raw}"'
    elif isinstance(raw, dict | list):
        text = "a table" if isinstance(raw, dict) else "a list"
    else:
        text = repr(raw)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
