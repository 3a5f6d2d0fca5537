"""What the gate book asks of the repair book: the slips of a bus, which are its maintenance file."""

from datetime import date
from typing import Any

from logi.books.repair.store import opened

__all__ = ["slips_of"]


def slips_of(db: Any, asset: str, day: date) -> list[Any]:
    """The repair slips of an asset that stand on a day, by number."""
    return [row for row in opened(db, day, None, None) if row["asset"] == asset]
