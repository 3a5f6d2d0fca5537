"""What the repair book hands up of a month: slips opened and closed, what they cost, how many are open."""

from typing import TYPE_CHECKING

from logi.books.repair import report
from logi.core.days import month_period
from logi.core.handed import Figure

if TYPE_CHECKING:
    from logi.db import Ledger


def figures(ledger: "Ledger", month: str) -> list[Figure]:
    """Slips opened, closed, their cost, and those not finished at the month's end; none while there are none."""
    _, _, since, until, _ = month_period(month)
    sums, left = report.by_kind(ledger, since, until).totals, len(report.unfinished(ledger, until))
    if not left and not sums["opened"] and not sums["closed"] and not sums["cost"]:
        return []
    return [
        Figure("repair.opened", "count", sums["opened"]), Figure("repair.closed", "count", sums["closed"]),
        Figure("repair.cost", "money", sums["cost"]), Figure("repair.open", "count", left, True),
    ]  # fmt: skip
