"""The month book's part of the calendar of recurring duties: the plan lines that come round by themselves."""

from typing import TYPE_CHECKING

from logi.books.month import store
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger

WORDS = {"day": "daily", "workday": "workday", "week": "weekly", "month": "monthly", "quarter": "quarterly", "term": "termly",
         "year": "yearly"}  # fmt: skip


def duties(ledger: "Ledger") -> list[Routine]:
    """Every line that comes round in this month or later."""
    month = ledger.today.isoformat()[:7]
    return [
        Routine(WORDS.get(row["every"], "occasion"), f"every-{row['id']}", row["title"], None, row["owner"], None, None,
                f"logi month plan {month}")
        for row in store.recurring(ledger.db) if (row["last_month"] or "9999-12") >= month
    ]  # fmt: skip
