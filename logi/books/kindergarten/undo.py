"""What undo must know of the kindergarten: whom a notice reached names it by number; toys are never fewer than none."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.kindergarten import rules, store
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry

# What happened on a day is kept in rows that change: these columns say when.
HAPPENED = {
    "kindergarten_area": ("ended_on",), "kindergarten_event": ("closed_on",), "kindergarten_need": ("done_on",),
    "kindergarten_lead": ("until_day",),
}  # fmt: skip


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later entries that say whom a notice of this entry reached.

    Refused (4): what it says happened on a day of a closed month.
    """
    closed = journal.closed_until(db)
    for change in changes:
        for day in _days(change) if closed else ():
            if day[:7] <= closed:
                raise Refused("front.undo_closed_month", day=date.fromisoformat(day), month=closed)
        if change[0] == "I" and change[1] == "kindergarten_notice":
            at = change[2].index("number")
            yield from store.reaching(db, [row[at] for row in change[3]], seq)


def settle(e: "Entry", tables: Iterable[str]) -> None:
    """Refuse (4) what would leave more pieces mended or gone than were there."""
    if "kindergarten_mend" not in set(tables):
        return
    facts = store.mends(e.db, date.max)
    for toy in store.toys(e.db):
        if rules.below(toy["pieces"], facts.get(toy["id"], ())) is not None:
            raise Refused("kindergarten.undo_breaks", code=toy["code"], name=toy["name"])


def _days(change: list[Any]) -> Iterator[str]:
    """The days on which what a change says happened, as far as they stand in rows that change."""
    columns = HAPPENED.get(change[1], ())
    if change[0] == "I":
        at = [change[2].index(name) for name in columns if name in change[2]]
        yield from (row[n] for row in change[3] for n in at if row[n])
    elif change[0] == "U":
        yield from (day for name in columns for day in change[3].get(name, ()) if day)
