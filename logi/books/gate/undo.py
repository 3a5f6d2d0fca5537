"""What undo must know of the gate: what follows a visit, a slip or a handover names it by number, not by a link."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from logi import journal
from logi.books.gate import store, store_guards
from logi.core.errors import Refused

# What happened on a day is kept in rows that change: these columns say when.
HAPPENED = {
    "gate_ban": ("lifted_on",), "gate_vehicle": ("stopped_on",), "gate_guard": ("left_on",), "gate_bus": ("stopped_on",),
    "gate_bus_crew": ("until_day",),
}  # fmt: skip


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later entries that name a number which this entry gave, or that handed the gate on.

    Refused (4): what it says happened on a day of a closed month.
    """
    closed = journal.closed_until(db)
    for change in changes:
        for day in _days(change) if closed else ():
            if day[:7] <= closed:
                raise Refused("front.undo_closed_month", day=date.fromisoformat(day), month=closed)
        if change[0] != "I":
            continue
        if change[1] in store.NAMING:
            at = change[2].index("number") if "number" in change[2] else None
            if at is not None:
                yield from store.naming(db, change[1], [row[at] for row in change[3] if row[at]], seq)
        elif change[1] == "gate_handover":
            yield from store_guards.later_shifts(db, seq)


def _days(change: list[Any]) -> Iterator[str]:
    """The days on which what a change says happened, as far as they stand in rows that change."""
    columns = HAPPENED.get(change[1], ())
    if change[0] == "I":
        at = [change[2].index(name) for name in columns if name in change[2]]
        yield from (row[n] for row in change[3] for n in at if row[n])
    elif change[0] == "U":
        yield from (day for name in columns for day in change[3].get(name, ()) if day)
