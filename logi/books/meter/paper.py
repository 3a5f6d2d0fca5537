"""What the meter book asks of the paper book: the documents that govern energy, and whether they stand."""

import sqlite3
from datetime import date
from typing import Any

from logi.books.paper.standing import stands
from logi.books.paper.store import covers, documents

AREA = "energy"

__all__ = ["governing"]


def governing(db: sqlite3.Connection, day: date, kinds: tuple[str, ...]) -> list[Any]:
    """The documents of some kinds that cover energy and stand on a day."""
    areas = covers(db)
    return [row for row in documents(db) if row["kind"] in kinds and AREA in areas.get(row["id"], ()) and stands(row, day)]
