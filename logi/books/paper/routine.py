"""The paper book's part of the calendar of recurring duties: archives in July, the review of regulations, ledgers on paper."""

from typing import TYPE_CHECKING

from logi.books.paper import rules, school, standing, store, store_kept
from logi.core.days import school_year_of
from logi.core.messages import say
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger

FREQUENCIES = {"daily": "workday", "event": "occasion"}


def duties(ledger: "Ledger") -> list[Routine]:
    """What the book asks for again and again, once it is kept."""
    if not store.begun(ledger.db):
        return []
    today = ledger.today
    handed = [row["handed_on"] for row in store_kept.volumes(ledger.db) if row["handed_on"]]
    by = rules.archive_deadline(school_year_of(today), str(school.policy(ledger, "paper.archive_by", today)))
    found = [Routine("yearly", "archive", say("paper.routine.archive"), None, None, rules.as_day(max(handed, default=None)), by,
                     "logi paper volume hand VOLUME --to NAME")]  # fmt: skip
    for one in standing.ledgers(ledger, today):
        if one.row["book"] is None:
            name = one.row["frequency"]
            found.append(Routine(FREQUENCIES.get(name, name), one.row["code"], one.row["name"], one.row["place"],
                                 one.row["keeper"], one.last, one.fresh_until,
                                 f"logi paper ledger write {one.row['code']}"))  # fmt: skip
    return found
