"""What the dorm book asks of the school's: people, places, classes, the calendar, policies."""

from logi.books.school.store import by_id, calendar, department, person, place, places, policy, policy_history, who

__all__ = ["by_id", "calendar", "department", "person", "place", "places", "policy", "policy_history", "who"]
