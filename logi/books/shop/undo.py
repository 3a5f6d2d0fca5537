"""What undo must know of the shop: what left a lot leans on its coming in by its number, and no lot falls below nothing."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from logi import journal
from logi.books.shop import rules, store
from logi.core.errors import Refused
from logi.journal import Entry


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later entries that took something of a lot which this entry brought in.

    Refused (4): a price or a licence's end of a closed month.
    """
    closed = journal.closed_until(db)
    for change in changes:
        for day in _days(change) if closed else ():
            if day[:7] <= closed:
                raise Refused("front.undo_closed_month", day=date.fromisoformat(day), month=closed)
        if change[0] == "I" and change[1] == "shop_move":
            what, lot = change[2].index("what"), change[2].index("lot")
            for row in change[3]:
                if row[what] == "in":
                    yield from store.leaving(db, row[lot], seq)


def _days(change: list[Any]) -> Iterator[str]:
    """The days on which what a change says happened, as far as they stand in rows that change."""
    column = {"shop_price": "from_day", "shop_licence": "ended_on"}.get(change[1])
    if change[0] == "I" and column in change[2]:
        yield from (row[change[2].index(column)] for row in change[3] if row[change[2].index(column)])
    elif change[0] == "U" and column in change[3]:
        yield from (day for day in change[3][column] if day)


def settle(e: Entry, tables: set[str]) -> None:
    """Refuse (4) what would leave less than nothing of a lot on some day."""
    if "shop_move" not in tables:
        return
    for lot in store.lots(e.db):
        if (day := rules.below(lot)) is not None:
            name = store.goods_of(e.db, lot.goods_id)["name"]
            raise Refused("shop.undo_below", lot=lot.code, name=name, day=date.fromisoformat(day))
