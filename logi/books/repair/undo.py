"""What undo must know of repairs: readings after a counter was replaced lean on the reading that says so."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from logi.books.repair import store


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later readings of the same schedule, where this entry replaced its counter."""
    for change in changes:
        if change[0] != "I" or change[1] != "repair_reading":
            continue
        columns = change[2]
        for row in change[3]:
            if row[columns.index("began_milli")] is not None:
                yield from store.read_after(db, row[columns.index("schedule_id")], seq)
