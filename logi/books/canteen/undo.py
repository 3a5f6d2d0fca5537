"""What undo must know of the canteen: what is thrown away leans on its sample by number, not by a link."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from logi.books.canteen import store


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later entries that threw away a sample which this entry took."""
    for change in changes:
        if change[0] == "I" and change[1] == "canteen_sample":
            at = change[2].index("number")
            for row in change[3]:
                yield from store.throwing(db, row[at], seq)
