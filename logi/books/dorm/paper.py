"""What the dorm book asks of the paper book: the regulations of the dormitory that stand."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.paper.standing import on, stands
from logi.books.paper.store import covers, documents

if TYPE_CHECKING:
    from logi.db import Ledger

AREA = "dormitory"

__all__ = ["governing", "regulations", "stands"]


def regulations(ledger: "Ledger", day: date) -> list[tuple[Any, str]]:
    """Every regulation with how it stands on a day (draft, trial, in force, ended)."""
    return [(row, on(row, day)) for row in documents(ledger.db) if row["kind"] == "regulation"]


def governing(ledger: "Ledger", day: date, area: str = AREA) -> list[Any]:
    """The regulations that cover an area and stand on a day."""
    areas = covers(ledger.db)
    return [row for row in documents(ledger.db)
            if row["kind"] == "regulation" and area in areas.get(row["id"], ()) and stands(row, day)]  # fmt: skip
