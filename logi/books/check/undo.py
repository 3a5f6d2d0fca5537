"""What undo must know of checks: signatures and later failures lean on a run by its number, not by a link."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from logi.books.check import store


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later signatures under runs of this entry, and later runs that link a hazard or slip it opened."""
    for change in changes:
        if change[0] != "I" or change[1] not in ("check_run", "check_result"):
            continue
        at = change[2].index("number" if change[1] == "check_run" else "opened")
        for row in change[3]:
            if row[at]:
                yield from store.leaning(db, change[1], row[at], seq)
