"""What the purchase book asks of the school's book: people, departments, vendors, policies."""

from logi.books.school.actions import department_for
from logi.books.school.rules import on_tender_list
from logi.books.school.store import by_id, department, person, policy, rows, vendor

__all__ = ["by_id", "department", "department_for", "on_tender_list", "person", "policy", "rows", "vendor"]
