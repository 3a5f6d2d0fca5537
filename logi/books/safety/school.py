"""What the safety book asks of the school's book: people, places, vendors, the calendar, policies."""

from logi.books.school.store import by_id, calendar, person, place, place_spot, places, policy, vendor, who

__all__ = ["by_id", "calendar", "person", "place", "place_spot", "places", "policy", "vendor", "who"]
