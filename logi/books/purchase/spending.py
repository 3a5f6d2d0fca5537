"""What the purchase book tells whoever keeps the money: on which request it took an invoice in, and what it paid itself."""

import sqlite3
from typing import TYPE_CHECKING

from logi.books.purchase import store

if TYPE_CHECKING:
    from logi.journal import Entry


def invoiced(db: sqlite3.Connection, *written: str) -> str | None:
    """The request on which an invoice was taken in, its number written in any of these ways; None where it was not."""
    row = next((row for number in written if (row := store.invoice_of(db, number)) is not None), None)
    return None if row is None else str(row["number"])


def paid(e: "Entry", number: str) -> int:
    """What this book has paid on a request, in fen; 0 where it does not know it."""
    row = store.request(e, number)
    return 0 if row is None else sum(int(one["amount_fen"]) for one in store.payments(e.db, row["id"]))


def payments(db: sqlite3.Connection, until: str) -> list[sqlite3.Row]:
    """Every payment up to a day, oldest first, what was taken back as a row below zero: number, on_day, amount_fen, doc_no,
    purpose, budget, department, vendor."""
    return store.spent(db, until)
