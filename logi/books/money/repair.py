"""What the money book asks of the repairs: the order that was paid for, and whether it is accepted."""

from logi.books.repair.store import order

__all__ = ["order"]
