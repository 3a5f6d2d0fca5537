"""What undo must know of this book: days that lie in a closed month, and corrections that stand on a bundle."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.rollup import store_bundles
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry

# What happened on a day is kept in rows that change: these columns say when.
HAPPENED = {
    "rollup_unit": ("from_day", "closed_on"), "rollup_heads": ("from_day",), "rollup_programme": ("from_day",),
    "rollup_member": ("from_day", "left_on"), "rollup_milestone": ("from_day",), "rollup_reached": ("done_on",),
    "rollup_event": ("held_on",), "rollup_promotion": ("from_day", "adopted_on"), "rollup_template": ("from_day",),
    "rollup_adoption": ("adopted_on",), "rollup_shortfall": ("found_on", "closed_on"),
}  # fmt: skip


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """No later entry leans on ours beyond rows and links. Refused (4): what happened on a day of a closed month.

    Pupils that came with a bundle go with it: it is the day of the bundle that counts.
    """
    closed = journal.closed_until(db)
    received = any(change[0] == "I" and change[1] == "rollup_bundle" for change in changes)
    for change in changes if closed else ():
        if received and change[1] == "rollup_heads":
            continue
        for row in _rows(change):
            for column in HAPPENED.get(change[1], ()):
                for day in row.get(column, ()):
                    if day and day[:7] <= closed:
                        raise Refused("front.undo_closed_month", day=date.fromisoformat(day), month=closed)
    yield from ()


def settle(e: "Entry", tables: Iterable[str]) -> None:
    """Refuse (4) what would leave a correction without what it corrects."""
    for name, rows in (("rollup_submission", store_bundles.submissions), ("rollup_bundle", store_bundles.bundles)):
        if name not in set(tables):
            continue
        there = rows(e.db)
        known = {row["sha256"] for row in there}
        if torn := next((row for row in there if row["corrects"] and row["corrects"] not in known), None):
            raise Refused("rollup.undo_corrected", number=torn["number"], month=torn["month"])


def _rows(change: list[Any]) -> Iterator[Mapping[str, Sequence[Any]]]:
    """The rows a change wrote: each column with the values it had before and after."""
    if change[0] == "I":
        for row in change[3]:
            yield {name: (value,) for name, value in zip(change[2], row, strict=True)}
    elif change[0] == "U":
        yield change[3]
