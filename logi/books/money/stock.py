"""What the money book asks of the stock's: a slip in, what it is worth, whether all its chain have signed."""

import sqlite3
from typing import TYPE_CHECKING

from logi import journal
from logi.books.stock import approving, store
from logi.core.errors import NotFound

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry


def slip(db: sqlite3.Connection, number: str) -> sqlite3.Row:
    """The slip of a number (NotFound, 3)."""
    row = store.slip(db, number.upper())
    if row is None or row["void"]:
        raise NotFound("money.no_slip", number=number)
    return row


def slip_by_id(db: sqlite3.Connection, slip_id: int) -> sqlite3.Row:
    """A slip, also one that was taken back."""
    return store.slip_by_id(db, slip_id)


def worth(db: sqlite3.Connection, slip_id: int) -> int:
    """What the standing lines of a slip are worth, in fen."""
    return sum(int(row["value_fen"]) for row in store.lines(db, slip_id))


def corrected_by(db: sqlite3.Connection, slip_id: int) -> str | None:
    """The slip that stands in a corrected one's place."""
    return store.correction_of(db, slip_id)


def lacking(source: "Ledger | Entry", number: str) -> list[str]:
    """The levels of a slip's chain that have not signed, titled, in order."""
    signed = {row["level"] for row in journal.approvals(source.db, number) if row["decision"] == "yes"}
    return [approving.level_title(one) for one in approving.required(source, number) if one not in signed]
