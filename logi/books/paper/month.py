"""What the paper book asks of the month's: the lines of plans that name a document as their source."""

from logi.books.month.store import plans

__all__ = ["plans"]
