"""What of a product is left at home, as counted."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """`units` of `product` (tablets, packets, or mL of a liquid) that were there at `at`."""

    product: str
    units: float
    at: datetime
