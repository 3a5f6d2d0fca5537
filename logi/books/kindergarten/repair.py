"""What the kindergarten asks of the repair book: a slip for a broken toy, in the same entry; how it stands."""

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from logi.journal import Entry

__all__ = ["open_slip", "state_of"]


def open_slip(e: "Entry", title: str, *, place: str, by: str, on: date, asset: str | None) -> str:
    """Write a repair slip for a toy; returns its number."""
    from logi.books.repair.actions import open as opened

    return str(opened(e, title, place=place, by=by, on=on, asset=asset).number)


def state_of(db: Any, number: str) -> str | None:
    """The state of a slip; None if it was taken back."""
    from logi.books.repair.store import numbered

    row = numbered(db, number)
    return None if row is None else str(row["state"])
