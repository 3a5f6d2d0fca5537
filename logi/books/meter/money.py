"""What the meter book asks of the money book: the school's heads, and the claims that pay bills."""

import sqlite3
from typing import Any

from logi.books.money.store import claim, lines
from logi.books.money.store_funds import own_school

# The subject of expense a bill of a kind is booked to.
SUBJECT = {"water": "water", "power": "electricity", "gas": "other", "heat": "heating"}

__all__ = ["SUBJECT", "claim", "claimed", "heads"]


def heads(db: sqlite3.Connection) -> int | None:
    """How many pupils the school's funds are reckoned by; None while nobody said."""
    row = own_school(db)
    return int(row["heads"]) or None if row is not None else None


def claimed(db: sqlite3.Connection, row: Any, kind: str) -> int:
    """What a claim asks for under the subject of a kind, in fen."""
    return sum(line["amount_fen"] for line in lines(db, row["id"]) if line["subject"] == SUBJECT[kind])
