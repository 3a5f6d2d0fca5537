"""What the meter book hands up of a month: what was used of each kind, and what all of it cost."""

from typing import TYPE_CHECKING

from logi.books.meter import reckoning
from logi.core.days import month_period
from logi.core.handed import Figure

if TYPE_CHECKING:
    from logi.db import Ledger


def figures(ledger: "Ledger", month: str) -> list[Figure]:
    """Use of each kind that was read, and its cost as far as prices are known."""
    _, _, since, until, _ = month_period(month)
    sheet = reckoning.of_period(ledger, since, until)
    totals = [sheet.total(kind) for kind in sheet.kinds]
    read = [Figure(f"meter.{one.kind}", "quantity", one.use_milli) for one in totals if one.use_milli is not None]
    costs = [one.cost_fen for one in totals if one.cost_fen is not None]
    return [*read, Figure("meter.cost", "money", sum(costs))] if costs else read
