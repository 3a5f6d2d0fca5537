"""The people book's section of the month's pack: trainings, certificates that end, what people said, who was assessed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import assess_report, opinion_report, organ_report, store, store_assess, survey_report, training_report
from logi.books.people.tabling import table
from logi.core.answers import Table

if TYPE_CHECKING:
    from logi.db import Ledger


def pack(ledger: "Ledger", since: date, last: date) -> list[Table]:
    """What was held in the month, what waits, surveys, opinions; tables without rows stay out."""
    found = []
    begun = store.begun_on(ledger.db)
    if begun is not None and begun <= last:
        late = training_report.rounds(ledger, last)
        found = [training_report.trainings(ledger, since, last, day=last),
                 _part(late, training_report.ROUNDS, lambda row: row["state"] == "late")]  # fmt: skip
    papers = training_report.certificates(ledger, last)
    found.append(_part(papers, training_report.CERTIFICATES, lambda row: row["state"] != "good"))
    found += [survey_report.surveys(ledger, since, last, day=last), opinion_report.opinions(ledger, since, last, day=last),
              opinion_report.visits(ledger, since, last, day=last)]  # fmt: skip
    closed = [row for row in store_assess.rounds(ledger.db, last)
              if since.isoformat() <= (row["closed_on"] or "") <= last.isoformat()]  # fmt: skip
    found += [assess_report.ranking(ledger, row["number"], day=last) for row in closed]
    found += [assess_report.conduct(ledger, since, last), assess_report.notices(ledger, since, last),
              organ_report.exchanges(ledger, since, last)]  # fmt: skip
    return [one for one in found if one.rows]


def _part(whole: Table, specs: str, wanted: "Callable[[Mapping[str, Any]], bool]") -> Table:
    return table(whole.name.partition(".")[2], whole.title, specs, [row for row in whole.rows if wanted(row)])
