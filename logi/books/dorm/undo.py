"""What undo must know of the dormitory: beds stay one pupil's alone, and what became of an absence leans on its count."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from logi.books.dorm import store
from logi.books.dorm.checks import clashes
from logi.core.errors import Refused
from logi.journal import Entry


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later entries that said what became of somebody whom this one's count did not find."""
    for change in changes:
        if change[0] == "I" and change[1] == "dorm_absent":
            night, pupil = change[2].index("on_day"), change[2].index("pupil_id")
            for row in change[3]:
                yield from store.found_after(db, row[night], row[pupil], seq)


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
