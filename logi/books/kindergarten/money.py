"""What the kindergarten asks of the money book: the fees in force, to tell families of them."""

from datetime import date
from typing import Any

from logi.books.money.store_fees import fees

__all__ = ["fees_on"]


def fees_on(db: Any, day: date) -> list[Any]:
    """The fees in force on a day, whether they were published or not."""
    return [row for row in fees(db) if row["from_day"] <= day.isoformat() <= row["to_day"]]
