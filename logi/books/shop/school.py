"""What the shop book asks of the school's: people, vendors, the shop's places, policies."""

from logi.books.school.store import by_id, calendar, person, places, policy, vendor, who

__all__ = ["by_id", "calendar", "person", "places", "policy", "vendor", "who"]
