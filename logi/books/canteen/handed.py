"""What the canteen book hands up of a month: days, who ate, what came in and what it cost."""

from typing import TYPE_CHECKING

from logi.books.canteen.accounts import account
from logi.core.days import month_period
from logi.core.handed import Figure

if TYPE_CHECKING:
    from logi.db import Ledger


def figures(ledger: "Ledger", month: str) -> list[Figure]:
    """Days of serving, portions, income and cost; none of a month in which nothing was served or booked."""
    _, _, since, until, _ = month_period(month)
    one = account(ledger, since, until)
    if not one.days and not one.earned and not one.spent:
        return []
    return [
        Figure("canteen.days", "count", one.days), Figure("canteen.portions", "count", one.portions),
        Figure("canteen.income", "money", one.earned), Figure("canteen.cost", "money", one.spent),
    ]  # fmt: skip
