"""What the canteen's records prove of a month: each day on which it cooked has all its records."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.canteen import day as days
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def complete_days(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The days of the month on which the canteen cooked, and those that lack nothing."""
    period = month_period(month)
    found = list(days.days(ledger, period.since, period.until))
    whole = [one.day.isoformat() for one in found if not one.gaps]
    return len(whole), len(found), whole


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {"canteen-days": complete_days}
