"""What the opening book's records prove of a month: every class that registered in it has all its pupils."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.opening import store
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def registered(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The classes whose registration lies in the month, and those to which all that were expected have come."""
    period = month_period(month)
    rows = store.classes_between(ledger.db, period.since.isoformat(), period.until.isoformat())
    done = [row["class_name"] for row in rows if row["expected"] is not None and row["arrived"] >= row["expected"]]
    return len(done), len(rows), done


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {"classes-registered": registered}
