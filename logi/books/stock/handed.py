"""What the stock book hands up of a month: what came in, went out and is left."""

from typing import TYPE_CHECKING

from logi.books.stock import balances
from logi.core.handed import Figure

if TYPE_CHECKING:
    from logi.db import Ledger


def figures(ledger: "Ledger", month: str) -> list[Figure]:
    """Value that came in and went out, what is left, and of how many items; none while there never was stock."""
    found = [one for one in balances.of_month(ledger, month).values() if not one.idle]
    if not found:
        return []
    return [
        Figure("stock.in", "money", sum(one.in_fen for one in found)),
        Figure("stock.out", "money", sum(one.out_fen for one in found)),
        Figure("stock.value", "money", sum(one.closing_fen for one in found), True),
        Figure("stock.items", "count", sum(one.closing_milli > 0 for one in found), True),
    ]
