"""What the roll-up book asks of the school's book: policies."""

from logi.books.school.store import policy

__all__ = ["policy"]
