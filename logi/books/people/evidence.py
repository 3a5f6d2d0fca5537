"""What the people book's records prove of a month: a training was held, others were visited."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.people import store
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def trained(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Whether a training was held in the month."""
    period = month_period(month)
    numbers = [row["number"] for row in store.trainings(ledger.db, period.since, min(period.until, ledger.today))
               if row["mode"] != "self"]  # fmt: skip
    return int(bool(numbers)), 1, numbers


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {"staff-training": trained}
