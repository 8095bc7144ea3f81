"""What to dispense for a plan, a sentence for each product."""

from zoneinfo import ZoneInfo

from baclo.care.days import midnight
from baclo.care.dispense import Dispensed
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text
from baclo.report import names, shown

_BASIS = ("computed:dispense",)
_FORMS = {"tablet": "tablets", "packet": "packets", "mL": "mL"}


def dispense_words(knowledge: Knowledge, dispensed: Dispensed, zone: ZoneInfo) -> Text:
    """So many tablets, packets or mL of a product, how long they last, and what is at home."""
    home = dispensed.at_home_units
    counted = "what is at home was not counted" if home is None else "{home} at home when it begins"
    return text(
        f"{{product}}: {{units}} {{form}}; {{needed}} needed until {{until}}, {counted}.",
        {},
        units=_count(dispensed.units),
        form=_FORMS[names.product_form(knowledge, dispensed.product)],
        product=names.product_name(knowledge, dispensed.product),
        needed=_count(dispensed.needed_units),
        until=midnight(shown.last_day(dispensed.until, zone).date(), zone),
        home=_count(home or 0.0),
    )


def _count(units: float) -> Number:
    return Number(value=units, unit="1", basis=_BASIS)
