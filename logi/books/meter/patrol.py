"""What the meter book asks of the patrol book: a leak becomes a hazard, and with it a repair slip, in the same entry."""

from logi.books.patrol.hazard_actions import Found, record, repair_it
from logi.books.patrol.store import hazard

# What a meter's kind is called among hazards.
CATEGORY = {"water": "water", "power": "electric", "gas": "fire", "heat": "water"}

__all__ = ["CATEGORY", "Found", "hazard", "record", "repair_it"]
