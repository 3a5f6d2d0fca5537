"""What undo must know of this book: what leans on a document by its number, and days that lie in a closed month."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from logi import journal
from logi.books.people import store, store_assess
from logi.core.errors import Refused

# What happened on a day is kept in rows that change: these columns say when.
HAPPENED = {
    "people_opinion": ("on_day", "answered_on", "done_on"), "people_survey": ("on_day", "closed_on"),
    "people_round": ("opened_on", "closed_on", "accepted_on"), "people_certificate": ("ended_on",),
    "people_pilot": ("ended_on",),
}  # fmt: skip


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later entries that tested somebody after a training this entry put on record, or closed the round it scored in.

    Refused (4): what it says happened on a day of a closed month.
    """
    closed = journal.closed_until(db)
    for change in changes:
        for row in _rows(change):
            for column in HAPPENED.get(change[1], ()) if closed else ():
                for day in row.get(column, ()):
                    if day and day[:7] <= closed:
                        raise Refused("front.undo_closed_month", day=date.fromisoformat(day), month=closed)
            if change[0] == "I" and change[1] == "people_training":
                yield from (one["entry"] for one in store.results(db, row["number"][0]) if one["entry"] > seq)
            elif change[0] == "I" and change[1] == "people_score":
                yield from store_assess.closing(db, row["subject_id"][0], seq)


def _rows(change: list[Any]) -> Iterator[Mapping[str, Sequence[Any]]]:
    """The rows a change wrote: each column with the values it had before and after."""
    if change[0] == "I":
        for row in change[3]:
            yield {name: (value,) for name, value in zip(change[2], row, strict=True)}
    elif change[0] == "U":
        yield change[3]
