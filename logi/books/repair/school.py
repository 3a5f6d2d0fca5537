"""What the repair book asks of the school's book: the only room that imports it."""

from logi.books.school.store import by_id, calendar, person, place, place_spot, policy, vendor, who

__all__ = ["by_id", "calendar", "person", "place", "place_spot", "policy", "vendor", "who"]
