"""What the money book tells of a purchase request: what was claimed on invoices for it, and what was paid."""

import sqlite3
from typing import TYPE_CHECKING

from logi.books.money import bought, rules, store

if TYPE_CHECKING:
    from logi.journal import Entry


def of_request(db: sqlite3.Connection, number: str, until: str) -> tuple[int, int]:
    """What standing claims bear of invoices for a request, and what was paid on them, in fen, by a day."""
    return store.of_request(db, number, until)


def claim_on_invoice(db: sqlite3.Connection, text: str) -> sqlite3.Row | None:
    """The standing claim that bears an invoice, however its number is written: number, request_no, state, on_day."""
    return store.invoice(db, rules.invoice_key(text))


def invoiced_elsewhere(e: "Entry", code: str) -> str | None:
    """The request on which a book that buys has taken an invoice in; None where none has."""
    found = (hooks.invoiced(e.db, code, code.replace("-", "")) for hooks in bought.rooms())
    return next((number for number in found if number is not None), None)


def paid_elsewhere(e: "Entry", number: str) -> int:
    """What a book that buys has itself paid on a request, in fen; 0 where none knows it."""
    return sum(hooks.paid(e, number) for hooks in bought.rooms())
