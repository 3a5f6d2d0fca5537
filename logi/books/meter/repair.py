"""What the meter book asks of the repair book: the slip under which a boiler was looked after."""

from logi.books.repair.store import order

DONE = ("closed", "accepted")

__all__ = ["DONE", "order"]
