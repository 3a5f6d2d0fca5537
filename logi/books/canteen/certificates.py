"""The certificates of health of those who handle food, for the list of all books' certificates."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.canteen import store
from logi.core.answers import Word

if TYPE_CHECKING:
    from logi.db import Ledger


def certificates(ledger: "Ledger", day: date) -> list[tuple[Any, ...]]:
    """(code, name, book, kind, number, issued, last day, command that renews) of everybody at work in the kitchen."""
    found = ((row, store.health(ledger.db, row, day)) for row in store.workers(ledger.db, day))
    return [
        (row["code"], row["name"], "canteen", Word.of("canteen.paper", "health"), paper["certificate"],
         date.fromisoformat(paper["examined_on"]), date.fromisoformat(paper["expires_on"]),
         f"logi canteen staff renew {row['code']} --examined DAY")
        for row, paper in found if paper is not None
    ]  # fmt: skip
