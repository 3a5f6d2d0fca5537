"""What undo must know of the dormitory: beds stay one pupil's alone, and what became of an absence leans on its count."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from logi import journal
from logi.books.dorm import store
from logi.books.dorm.checks import clashes
from logi.core.errors import Refused
from logi.journal import Entry

# What happened on a day is kept in rows that change: these columns say when.
HAPPENED = {
    "dorm_stay": ("from_day", "until_day"), "dorm_room": ("closed_on",), "dorm_leave": ("on_day", "out_day", "back_day"),
    "dorm_visit": ("on_day",), "dorm_care": ("on_day",),
}  # fmt: skip
OF_A_DAY = ("dorm_visit", "dorm_care")  # whatever changes in such a row happened on its day


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later entries that said what became of somebody whom this one's count did not find.

    Refused (4): what it says happened on a day of a closed month.
    """
    closed = journal.closed_until(db)
    for change in changes:
        for day in _days(db, change) if closed else ():
            if day[:7] <= closed:
                raise Refused("front.undo_closed_month", day=date.fromisoformat(day), month=closed)
        if change[0] == "I" and change[1] == "dorm_absent":
            night, pupil = change[2].index("on_day"), change[2].index("pupil_id")
            for row in change[3]:
                yield from store.found_after(db, row[night], row[pupil], seq)


def _days(db: sqlite3.Connection, change: list[Any]) -> Iterator[str]:
    """The days on which what a change says happened, as far as they stand in rows that change."""
    columns = HAPPENED.get(change[1], ())
    if change[0] == "I":
        at = [change[2].index(name) for name in columns if name in change[2]]
        yield from (row[n] for row in change[3] for n in at if row[n])
    elif change[0] == "U":
        yield from (day for name in columns for day in change[3].get(name, ()) if day)
        if change[1] in OF_A_DAY:
            yield from store.day_of(db, change[1], change[2])


def settle(e: Entry, tables: set[str]) -> None:
    """Refuse (4) what would put two into one bed, one into two, or somebody onto a floor of the others."""
    if not tables & {"dorm_stay", "dorm_room", "dorm_floor", "dorm_boarder"}:
        return
    found = clashes(e.db)
    if found:
        one, other = found[0]
        raise Refused("dorm.undo_clash", name=one["name"], other=other["name"], room=other["room"], bed=other["bed"])
    if mixed := store.mixed(e.db):
        raise Refused("dorm.undo_mixed", name=mixed[0]["name"], room=mixed[0]["room"])
