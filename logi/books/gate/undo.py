"""What undo must know of the gate: what follows a visit, a slip or a handover names it by number, not by a link."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from logi.books.gate import store, store_guards


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later entries that name a number which this entry gave, or that handed the gate on."""
    for change in changes:
        if change[0] != "I":
            continue
        if change[1] in store.NAMING:
            at = change[2].index("number") if "number" in change[2] else None
            if at is not None:
                yield from store.naming(db, change[1], [row[at] for row in change[3] if row[at]], seq)
        elif change[1] == "gate_handover":
            yield from store_guards.later_shifts(db, seq)
