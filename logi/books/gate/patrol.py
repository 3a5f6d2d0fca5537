"""What the gate book asks of the patrol book: a bus that lost count of its pupils is a hazard, in the same entry."""

from logi.books.patrol.hazard_actions import Found, record
from logi.books.patrol.store import hazard

__all__ = ["Found", "hazard", "record"]
