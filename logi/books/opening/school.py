"""What the opening book asks of the school's: classes (departments), rooms, people, terms, policies."""

from logi.books.school.actions import department_for
from logi.books.school.store import by_id, calendar, department, person, place, policy, term, who

__all__ = ["by_id", "calendar", "department", "department_for", "person", "place", "policy", "term", "who"]
