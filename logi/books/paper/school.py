"""What the paper book asks of the school's: people, departments, vendors, the calendar, policies."""

from logi.books.school.actions import department_for
from logi.books.school.offices import holders
from logi.books.school.store import by_id, calendar, department, person, policy, vendor

__all__ = ["by_id", "calendar", "department", "department_for", "holders", "person", "policy", "vendor"]
