"""What the green book asks of the check book: the last score of each zone's inspection."""

import sqlite3
from datetime import date, timedelta

from logi.books.check.store import runs

LIST = "hygiene-zones"
LATELY = timedelta(days=120)  # a score of an earlier term says nothing of today

__all__ = ["LIST", "scores"]


def scores(db: sqlite3.Connection, day: date) -> dict[int, int]:
    """The newest score of each place in tenths of a percent, up to a day."""
    return {row["place_id"]: row["score"] for row in runs(db, LIST, day - LATELY, day)
            if row["place_id"] is not None and row["score"] is not None}  # fmt: skip
