"""What the asset book hands up of a month: what is on the register, what was added and disposed of, damage."""

from typing import TYPE_CHECKING

from logi.books.asset import store
from logi.books.asset.damaging import compensation
from logi.core.days import month_period
from logi.core.handed import Figure

if TYPE_CHECKING:
    from logi.db import Ledger


def figures(ledger: "Ledger", month: str) -> list[Figure]:
    """Value on the register at the month's end, added and disposed of in it, damages and what was assessed for them."""
    _, _, since, until, _ = month_period(month)
    there = store.balances(ledger.db, until)
    damage = compensation(ledger, since, until)
    moved = store.turnover(ledger.db, since, until)
    if not there and not damage.rows:
        return []
    return [
        Figure("asset.value", "money", sum(cost for _, cost in there.values()), True),
        Figure("asset.added", "money", sum(row["cost"] for row in moved if row["kind"] == "add")),
        Figure("asset.disposed", "money", -sum(row["cost"] for row in moved if row["kind"] == "dispose")),
        Figure("asset.damages", "count", len(damage.rows)),
        Figure("asset.assessed", "money", damage.totals["assessed"]),
    ]
