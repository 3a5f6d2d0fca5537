"""What the green book asks of the stock book: the agent is drawn by the stock's own act, or was drawn before."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.stock.store import item

if TYPE_CHECKING:
    from logi.journal import Entry

__all__ = ["draw", "item", "slip_of"]


def draw(e: "Entry", found: Any, quantity: str, *, to: str, by: str, on: date, purpose: str) -> tuple[int, str]:
    """Issue so much of an agent (`2`, `2袋`) to whoever works with it: (the slip's id, its number)."""
    from logi.books.stock.actions import out, standing_slip
    from logi.books.stock.lines import from_words

    done = out(e, from_words([found["code"], quantity]), to=to, by=by, on=on, purpose=purpose)
    number = str(done.number)
    return standing_slip(e, number)["id"], number


def slip_of(e: "Entry", number: str, item_id: int) -> sqlite3.Row | None:
    """The standing issue of a number if it issued this item; NotFound (3) without such an issue."""
    from logi.books.stock.actions import standing_slip
    from logi.books.stock.store import lines

    slip = standing_slip(e, number, "out")
    return slip if any(line["item_id"] == item_id for line in lines(e.db, slip["id"])) else None
