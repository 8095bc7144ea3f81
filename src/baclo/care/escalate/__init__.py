"""When oral treatment has failed: what must be true before a pump is considered."""

from baclo.care.escalate.answer import escalate

__all__ = ["escalate"]
