"""What the green book asks of the school's book: people, places, vendors, the calendar, policies."""

from logi.books.school.store import by_id, calendar, person, place, place_spot, policy, rows, vendor, who

__all__ = ["by_id", "calendar", "person", "place", "place_spot", "policy", "rows", "vendor", "who"]
