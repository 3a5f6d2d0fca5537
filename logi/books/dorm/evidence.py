"""What the dorm book's records prove of a month: every night was counted, every evening of the roster written down."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.dorm import care_report, nights
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def counted(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The nights of the month that pupils slept at school, and those counted on every floor."""
    period = month_period(month)
    found = [one for one in nights.nights(ledger, period.since, period.until) if one.counts or one.day < ledger.today]
    done = [f"{one.day} {one.building['code']}" for one in found if not one.missing]
    return len(done), len(found), done


def cared(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The evenings of the roster that are over, and those that were written down."""
    period = month_period(month)
    over = [row for row in care_report.cares(ledger, period.since, period.until).rows if row["state"] != "ahead"]
    done = [f"{row['on']} {row['place']}" for row in over if row["state"] != "unwritten"]
    return len(done), len(over), done


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {"dorm-nights": counted, "dorm-care": cared}
