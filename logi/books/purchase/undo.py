"""What stands on an act about a request besides its own rows: the slips and cards that were made out on its number."""

import sqlite3
from collections.abc import Iterable

from logi.books.purchase import store
from logi.journal import Changes


def dependents(db: sqlite3.Connection, seq: int, changes: Changes) -> Iterable[int]:
    """The entries that took goods in, or put things on the register, on the requests that this one touched."""
    rowids = [
        rowid for _, table, runs in changes.spans() if table == "purchase_request"
        for low, high in runs for rowid in range(low, high + 1)
    ]
    return store.leaning(db, sorted(set(rowids)))
