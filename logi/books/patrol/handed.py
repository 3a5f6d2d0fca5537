"""What the patrol book hands up of a month: hazards found, mended, still open and late."""

from typing import TYPE_CHECKING

from logi.books.patrol.hazard_report import as_of
from logi.core.days import month_period
from logi.core.handed import Figure

if TYPE_CHECKING:
    from logi.db import Ledger


def figures(ledger: "Ledger", month: str) -> list[Figure]:
    """Hazards found in the month and verified in it, open and late at its end; none while none was ever found."""
    _, _, since, until, _ = month_period(month)
    there = as_of(ledger, until)
    if not there:
        return []
    open_ = [(row, due) for row, state, due in there if state != "verified"]
    return [
        Figure("patrol.found", "count", sum(row["found_on"] >= since.isoformat() for row, _, _ in there)),
        Figure("patrol.mended", "count", sum(since.isoformat() <= (row["verified_on"] or "") <= until.isoformat()
                                             for row, _, _ in there)),
        Figure("patrol.open", "count", len(open_), True),
        Figure("patrol.late", "count", sum(due is not None and due < until for _, due in open_), True),
    ]  # fmt: skip
