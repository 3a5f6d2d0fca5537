"""What the money book asks of the school's: people, departments, vendors, policies."""

from logi.books.school.actions import department_for
from logi.books.school.store import by_id, department, person, policy, vendor

__all__ = ["by_id", "department", "department_for", "person", "policy", "vendor"]
