"""What the safety book asks of the patrol book: equipment that fails becomes a hazard; hazards and accidents for the ledger."""

from logi.books.patrol.hazard_actions import Found, place_text, record
from logi.books.patrol.store import accidents, hazards

__all__ = ["Found", "accidents", "hazards", "place_text", "record"]
