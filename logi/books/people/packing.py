"""The people book's section of the month's pack: what was taught, which certificates end."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import store, training_report
from logi.books.people.tabling import table
from logi.core.answers import Table

if TYPE_CHECKING:
    from logi.db import Ledger


def pack(ledger: "Ledger", since: date, last: date) -> list[Table]:
    """What was held in the month, departments that are late, certificates that end; tables without rows stay out."""
    found = []
    begun = store.begun_on(ledger.db)
    if begun is not None and begun <= last:
        late = training_report.rounds(ledger, last)
        found = [training_report.trainings(ledger, since, last),
                 _part(late, training_report.ROUNDS, lambda row: row["state"] == "late")]  # fmt: skip
    papers = training_report.certificates(ledger, last)
    found.append(_part(papers, training_report.CERTIFICATES, lambda row: row["state"] != "good"))
    return [one for one in found if one.rows]


def _part(whole: Table, specs: str, wanted: "Callable[[Mapping[str, Any]], bool]") -> Table:
    return table(whole.name.partition(".")[2], whole.title, specs, [row for row in whole.rows if wanted(row)])
