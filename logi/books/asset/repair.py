"""What the asset book asks of the repair book: what repairs of each asset have cost."""

from datetime import date
from sqlite3 import Connection

from logi.books.repair.store import for_export


def costs(db: Connection, until: date) -> dict[str, tuple[int, int]]:
    """By asset code: how many repairs were opened up to a day, and what they cost (fen)."""
    found: dict[str, tuple[int, int]] = {}
    for row in for_export(db):
        if row["asset"] and row["opened_on"] <= until.isoformat():
            times, cost = found.get(row["asset"], (0, 0))
            found[row["asset"]] = (times + 1, cost + (row["cost_fen"] or 0))
    return found
