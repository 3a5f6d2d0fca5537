"""What the asset book asks of the school's book."""

from logi.books.school.actions import department_for
from logi.books.school.store import (
    by_id,
    calendar,
    category,
    department,
    person,
    place,
    place_spot,
    policy,
    policy_history,
    rows,
    term,
    term_on,
    vendor,
)

__all__ = [
    "by_id", "calendar", "category", "department", "department_for", "person", "place", "place_spot", "policy",
    "policy_history", "rows", "term", "term_on", "vendor",
]  # fmt: skip
