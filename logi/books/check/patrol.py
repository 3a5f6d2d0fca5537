"""What the check book asks of the patrol book: a failed item becomes a hazard in the same entry, and its state later."""

from logi.books.patrol.hazard_actions import Found, place_in, record
from logi.books.patrol.rules import CATEGORIES, LEVELS
from logi.books.patrol.store import hazard, hazards

__all__ = ["CATEGORIES", "LEVELS", "Found", "hazard", "hazards", "place_in", "record"]
