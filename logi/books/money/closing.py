"""Closing a month of the money book: its opening, what came in and went out, and what is left are stored."""

from typing import TYPE_CHECKING, Any

from logi.books.money import figures, store
from logi.books.money import store_funds as sql
from logi.core.answers import Fen
from logi.core.days import month_period
from logi.core.due import Blocker
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry


def blockers(ledger: "Ledger", month: str) -> list[Blocker]:
    """A month in which more was paid than there was stands in the way until a receipt is entered."""
    if sql.begun_on(ledger.db) is None:
        return []
    left = figures.of_month(ledger.db, month).closing_fen
    if left >= 0:
        return []
    return [Blocker(say("money.close_overdrawn", month=month, balance=Fen(left)), "logi money receive TITLE AMOUNT --on DAY",
                    "money.close_overdrawn")]  # fmt: skip


def notices(ledger: "Ledger", month: str) -> list[tuple[str, dict[str, Any]]]:
    """Claims of the month not paid yet: they are listed, and stand in nobody's way."""
    period = month_period(month)
    open_ = [row["number"] for row in store.waiting(ledger.db) if row["on_day"] <= period.until.isoformat()]
    if not open_:
        return []
    return [("money.close_unpaid", {"count": len(open_), "numbers": open_[:10], "command": "logi money list --unpaid"})]


def close(e: "Entry", month: str) -> None:
    """Store the month's figures, once the book has any."""
    if figures.begun(e.db) is None:
        return
    found = figures.of_month(e.db, month)
    e.insert("money_closing", month=month, opening_fen=found.opening_fen, in_fen=found.in_fen,
             allotted_fen=found.allotted_fen, paid_fen=found.spent_fen, bought_fen=found.bought_fen,
             closing_fen=found.closing_fen)  # fmt: skip


def reopen(e: "Entry", month: str) -> None:
    """Take the stored figures back."""
    if (row := sql.closing(e.db, month)) is not None:
        e.void("money_closing", row["id"])
