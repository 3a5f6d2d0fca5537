"""What the people book asks of the school's: people, departments, the calendar, policies."""

from logi.books.school.actions import department_for
from logi.books.school.store import by_id, calendar, department, departments, people, person, places, policy, term_on, who

__all__ = ["by_id", "calendar", "department", "department_for", "departments", "people", "person", "places", "policy",
           "term_on", "who"]  # fmt: skip
