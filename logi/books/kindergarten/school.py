"""What the kindergarten asks of the school's book: people, places, the calendar, policies."""

from logi.books.school.store import by_id, calendar, person, place, place_spot, policy, who

__all__ = ["by_id", "calendar", "person", "place", "place_spot", "policy", "who"]
