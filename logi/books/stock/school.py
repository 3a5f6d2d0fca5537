"""What the stock book asks of the school's book: the only file here that imports it."""

from logi.books.school.actions import department_for
from logi.books.school.store import by_id, department, person, place, policy, vendor

__all__ = ["by_id", "department", "department_for", "person", "place", "policy", "vendor"]
