"""What undo must know of stocktakes: what was entered carries the settling of the count."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import Any

from logi.books.asset import store


def dependents(db: Connection, seq: int, changes: Iterable[list[Any]]) -> set[int]:
    """The entries that settled a count into which this entry entered something."""
    found: set[int] = set()
    for change in changes:
        if change[0] == "I" and change[1] == "asset_counted":
            at = change[2].index("count_id")
            for count_id in {row[at] for row in change[3]}:
                counts = [one for one in store.where(db, "asset_count", id=count_id) if one["state"] != "open"]
                found |= {one["entry"] for one in store.where(db, "asset_adjust", count_id=count_id) if counts}
                found |= {one["entry"] for one in counts}
    return found
