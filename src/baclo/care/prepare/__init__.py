"""What lies ahead of a person on baclofen, as a dated plan: operations, illness, journeys, scans, a birth."""

from baclo.care.prepare.answer import prepare

__all__ = ["prepare"]
