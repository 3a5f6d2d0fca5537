"""What the shop's records prove of a month: it was inspected, and the shelf was looked through."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.shop import check, store
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def inspected(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Whether the shop was inspected in the month."""
    period = month_period(month)
    found = [run["number"] for key in check.LISTS for run in check.runs(ledger.db, key, period.since, period.until)]
    return int(bool(found)), 1, found


def looked(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Whether the shelf was looked through in the month, on which days."""
    period = month_period(month)
    days = [row["on_day"] for row in store.looks(ledger.db, period.since, period.until)]
    return int(bool(days)), 1, days


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {"shop-inspected": inspected, "shop-looked": looked}
