"""What the campus book asks of the money book: how many pupils the standard is reckoned by."""

import sqlite3

from logi.books.money.store_funds import own_school

__all__ = ["heads"]


def heads(db: sqlite3.Connection) -> int | None:
    """How many pupils the school's funds are reckoned by; None while nobody said."""
    row = own_school(db)
    return int(row["heads"]) or None if row is not None else None
