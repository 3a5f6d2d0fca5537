"""What the month's book asks of the school's: people, the calendar, policies."""

from logi.books.school.store import calendar, department, people, person, policy

__all__ = ["calendar", "department", "people", "person", "policy"]
