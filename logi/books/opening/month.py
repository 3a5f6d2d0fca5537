"""What the opening book asks of the month's: the rules by which books prove what was done."""

from logi.books.month.proving import known

__all__ = ["known"]
