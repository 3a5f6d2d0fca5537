"""What undo must know of the kindergarten: whom a notice reached names it by number; toys are never fewer than none."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.kindergarten import rules, store
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later entries that say whom a notice of this entry reached."""
    for change in changes:
        if change[0] == "I" and change[1] == "kindergarten_notice":
            at = change[2].index("number")
            yield from store.reaching(db, [row[at] for row in change[3]], seq)


def settle(e: "Entry", tables: Iterable[str]) -> None:
    """Refuse (4) what would leave more pieces mended or gone than were there."""
    if "kindergarten_mend" not in set(tables):
        return
    facts = store.mends(e.db, date.max)
    for toy in store.toys(e.db):
        left = rules.counted(toy["pieces"], facts.get(toy["id"], ()))
        if left.broken < 0 or left.good < 0:
            raise Refused("kindergarten.undo_breaks", code=toy["code"], name=toy["name"])
