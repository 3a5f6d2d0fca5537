"""What the campus book asks of the school's book: people, places, vendors, policies."""

from logi.books.school.rules import PLACE_KINDS
from logi.books.school.store import by_id, person, place, places, policy, vendor, who

__all__ = ["PLACE_KINDS", "by_id", "person", "place", "places", "policy", "vendor", "who"]
