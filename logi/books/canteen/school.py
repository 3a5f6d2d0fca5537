"""What the canteen book asks of the school's: people, vendors, places, the calendar, policies."""

from logi.books.school.store import by_id, calendar, person, places, policy, vendor, who

__all__ = ["by_id", "calendar", "person", "places", "policy", "vendor", "who"]
