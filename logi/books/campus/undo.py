"""What undo must know of the campus: a step taken on a day of a closed month stays."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from logi import journal
from logi.core.errors import Refused

# What happened on a day is kept in rows that change: these columns say when.
HAPPENED = {
    "campus_item": ("added_on", "done_on", "dropped_on"), "campus_acceptance": ("on_day", "decided_on"),
    "campus_project": ("added_on", "approved_on", "started_on", "finished_on", "accepted_on", "settled_on", "stopped_on"),
    "campus_standard": ("ended_on",),
}  # fmt: skip


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """No entry leans on another but by its rows. Refused (4): what happened on a day of a closed month."""
    closed = journal.closed_until(db)
    for change in changes if closed else ():
        for row in _rows(change):
            for day in (day for column in HAPPENED.get(change[1], ()) for day in row.get(column, ()) if day):
                if day[:7] <= closed:
                    raise Refused("front.undo_closed_month", day=date.fromisoformat(day), month=closed)
    yield from ()


def _rows(change: list[Any]) -> Iterator[Mapping[str, Sequence[Any]]]:
    """The rows a change wrote: each column with the values it had before and after."""
    if change[0] == "I":
        for row in change[3]:
            yield {name: (value,) for name, value in zip(change[2], row, strict=True)}
    elif change[0] == "U":
        yield change[3]
