"""What the meter book asks of the school's book: people, places, departments, vendors, policies."""

from logi.books.school.store import by_id, department, person, place, place_spot, policy, policy_row, rows, vendor, who

__all__ = ["by_id", "department", "person", "place", "place_spot", "policy", "policy_row", "rows", "vendor", "who"]
