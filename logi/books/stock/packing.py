"""What the stock book puts into a pack: by class and item, what was used up, what counts found, slips without signatures."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.stock import count_pages, report
from logi.books.stock import store_counts as counts
from logi.core.answers import Table
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

UNSIGNED = ("number", "kind", "day", "department", "person", "vendor", "value", "missing")


def sections(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """The book's sections of a period; the last ones only where there is something to tell."""
    tables = [report.by_class(ledger, since, until), report.by_item(ledger, since, until)]
    used = report.consumption(ledger, since, until)
    if used.rows:
        tables.append(used)
    for made in counts.variances_between(ledger.db, since.isoformat(), until.isoformat()):
        found = count_pages.variance(ledger, made)
        found.title = f"{found.title} {made['number']}"
        tables.append(found)
    lacking = report.slips(ledger, since, until, lacking=True)
    tables[0].notes = (*tables[0].notes, say("stock.unsigned_count", count=len(lacking.rows)))
    if lacking.rows:
        lacking.columns = tuple(column for column in lacking.columns if column.key in UNSIGNED)
        tables.append(lacking)
    return tables
