"""What the green book's records prove of a month: plants were planted, the season's work in every zone was done."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from logi.books.green import season, store
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger

    Rule = Callable[[Ledger, str], tuple[int, int, list[str]]]


def planted(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Whether anything was planted in the month; nothing to prove while no green zone stands."""
    period = month_period(month)
    if not season.standing_zones(ledger.db, min(period.until, ledger.today), "green"):
        return 0, 0, []
    numbers = [row["number"] for row in store.plantings(ledger.db, period.since, min(period.until, ledger.today))
               if row["what"] == "plant"]  # fmt: skip
    return int(bool(numbers)), 1, numbers


def care(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """What the season asked of the zones in stretches that touch the month, and what of it was done by its end."""
    period = month_period(month)
    found = [one for one in season.asked(ledger, period.since, period.until + timedelta(days=400))
             if one.since <= period.until and one.task.what != "plant"]  # fmt: skip
    done = [one for one in found if len([day for day, _ in one.done if day <= period.until]) >= one.times]
    return len(done), len(found), list(dict.fromkeys(number for one in done for _, number in one.done))


RULES: "dict[str, Rule]" = {"green-planting": planted, "green-care": care}
