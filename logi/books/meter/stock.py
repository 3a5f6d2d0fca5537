"""What the meter book asks of the stock book: the fuel that was drawn."""

import sqlite3
from datetime import date

from logi.books.stock.store import item
from logi.books.stock.store_looking import ledger_rows

__all__ = ["drawn", "item"]


def drawn(db: sqlite3.Connection, item_id: int, since: date, until: date) -> dict[date, int]:
    """What was drawn of an item on each day, what came back taken off, in thousandths."""
    found: dict[date, int] = {}
    for row in ledger_rows(db, item_id, since.isoformat(), until.isoformat()):
        if row["kind"] in ("out", "return"):
            day = date.fromisoformat(row["on_day"])
            found[day] = found.get(day, 0) - row["quantity_milli"]
    return found
