"""What the money book tells of a purchase request: what was claimed on invoices for it, and what was paid."""

import sqlite3
from typing import TYPE_CHECKING

from logi.books.money import rules, store

if TYPE_CHECKING:
    from logi.journal import Entry


def of_request(db: sqlite3.Connection, number: str, until: str) -> tuple[int, int]:
    """What standing claims bear of invoices for a request, and what was paid on them, in fen, by a day."""
    return store.of_request(db, number, until)


def claim_on_invoice(db: sqlite3.Connection, text: str) -> sqlite3.Row | None:
    """The standing claim that bears an invoice, however its number is written: number, request_no, state, on_day."""
    return store.invoice(db, rules.invoice_key(text))


def invoiced_elsewhere(e: "Entry", code: str) -> str | None:
    """The request on which the purchase book has taken an invoice in; None where it has not, or there is no such book."""
    from logi.registry import room

    hooks = room("purchase", "store")
    row = hooks.invoice_of(e.db, code, code.replace("-", "")) if hooks is not None else None
    return None if row is None else str(row["number"])


def paid_elsewhere(e: "Entry", number: str) -> int:
    """What the purchase book itself has paid on a request, in fen; 0 where there is no such book or request."""
    from logi.registry import room

    hooks = room("purchase", "store")
    row = hooks.request(e, number) if hooks is not None else None
    return sum(int(one["amount_fen"]) for one in hooks.payments(e.db, row["id"])) if hooks is not None and row else 0


def paid_apart(db: sqlite3.Connection, since: str, until: str) -> tuple[int, int]:
    """What the purchase book itself paid in a stretch of days, which no claim of ours bears: how often, and in fen."""
    from logi.registry import room

    hooks = room("purchase", "store")
    found = [] if hooks is None else [row for row in hooks.payments(db, None, until) if row["on_day"] >= since]
    return len(found), sum(int(row["amount_fen"]) for row in found)
