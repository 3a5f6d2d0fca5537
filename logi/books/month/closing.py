"""What the plan asks of a closing: every line up to the month is done, dropped with a reason, or carried over."""

from typing import TYPE_CHECKING

from logi.books.month import store
from logi.core.days import add_months
from logi.core.due import Blocker
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def blockers(ledger: "Ledger", month: str) -> list[Blocker]:
    """One blocker for each plan up to the month that still has open lines."""
    waiting: dict[str, list[str]] = {}
    for line in store.open_lines(ledger.db, month):
        waiting.setdefault(line["month"], []).append(line["number"])
    found = []
    for plan, numbers in waiting.items():
        command = f"logi month carry {plan}"
        if plan < month:  # carried into the month itself it would stand in the way again
            command += f" --to {add_months(month, 1)}"
        found.append(Blocker(say("month.blocker.open", month=plan, count=len(numbers), numbers=numbers), command))
    return found
