"""What the money book's records prove of a month: vouchers are at the centre, a notice hangs, the next month is planned."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.money import paper_report
from logi.books.money import store_funds as sql
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def vouchers(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The schools that have to hand in for the month, and those whose vouchers went to the centre."""
    period = month_period(month)
    rows = paper_report.voucher_batches(ledger, period.since, period.until).rows
    done = [f"{month} {row['code']}" for row in rows if row["batch_state"] in ("submitted", "accepted")]
    return len(done), len(rows), done


def budgeted(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Whether the next month has a budget by this one's end; asked of a school that keeps this book."""
    if sql.used_since(ledger.db) is None:
        return 0, 0, []
    after = paper_report.next_month(month)
    there = bool(sql.budgets(ledger.db, after, after))
    return int(there), 1, [after] if there else []


def posted(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Whether a notice of income and expenditure was put up in the month."""
    if sql.used_since(ledger.db) is None:
        return 0, 0, []
    numbers = [row["number"] for row in sql.notices(ledger.db) if row["posted_from"][:7] == month]
    return int(bool(numbers)), 1, numbers


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {
    "vouchers-submitted": vouchers, "next-budget": budgeted, "accounts-posted": posted,
}  # fmt: skip
