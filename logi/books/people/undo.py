"""What undo must know of this book: what names a document by its number, or rests on scores, leans on it without a link."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from logi.books.people import store, store_assess


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later entries that tested somebody after a training this entry put on record, or closed the round it scored in."""
    for change in changes:
        if change[0] == "I" and change[1] == "people_training":
            at = change[2].index("number")
            for row in change[3]:
                yield from (one["entry"] for one in store.results(db, row[at]) if one["entry"] > seq)
        elif change[0] == "I" and change[1] == "people_score":
            at = change[2].index("subject_id")
            for row in change[3]:
                yield from store_assess.closing(db, row[at], seq)
