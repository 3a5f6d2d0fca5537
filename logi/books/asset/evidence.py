"""What the asset book's records prove of a month: the audit of every category is signed for its figures of now."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.asset import auditing, school
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def audit(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The categories with cards or movements in the month, and those signed; a month under way is not signed yet."""
    period = month_period(month)
    keys = auditing.figures(ledger.db, period.since, period.until)
    waiting = auditing.unsigned(ledger.db, month)
    signed = [key for key in keys if key not in waiting]
    codes = {row["id"]: row["code"] for row in school.rows(ledger.db, "school_category")}
    return len(signed), len(keys), [codes[key] for key in signed if key in codes]


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {"property-audit": audit}
