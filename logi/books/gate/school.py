"""What the gate book asks of the school's: people, vendors, the calendar, policies."""

from logi.books.school.store import by_id, calendar, person, policy, rows, vendor, who

__all__ = ["by_id", "calendar", "person", "policy", "rows", "vendor", "who"]
