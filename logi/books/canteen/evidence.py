"""What the canteen's records prove of a month: each day has all its records, and others came to see it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.canteen import day as days
from logi.books.canteen import store_people
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def complete_days(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The days of the month on which the canteen cooked, and those that lack nothing."""
    period = month_period(month)
    found = list(days.days(ledger, period.since, period.until))
    whole = [one.day.isoformat() for one in found if not one.gaps]
    return len(whole), len(found), whole


def visited(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Whether a visit was held in the month, with who came and what was learnt."""
    period = month_period(month)
    found = store_people.events(ledger.db, period.since, min(period.until, ledger.today), "visit")
    whole = [row["number"] for row in found if row["outcome"] and row["heads"]]
    return int(bool(whole)), 1, whole


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {
    "canteen-days": complete_days,
    "canteen-visit": visited,
}
