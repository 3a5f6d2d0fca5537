"""What the school's book puts into a new ledger."""

from logi.books.school.actions import seed

__all__ = ["seed"]
