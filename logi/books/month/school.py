"""What the month's book asks of the school's: people, the calendar, policies."""

from logi.books.school.holiday_names import holiday_title
from logi.books.school.store import calendar, department, people, person, policy

__all__ = ["calendar", "department", "holiday_title", "people", "person", "policy"]
