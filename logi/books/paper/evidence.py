"""What the paper book's records prove of a month: volumes handed over, ledgers kept up, measures carried out, reviews made."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.paper import rules, standing, store_kept
from logi.core.days import month_period, school_year_of

if TYPE_CHECKING:
    from logi.db import Ledger


def archived(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The volumes of the school year the month lies in, and those handed over by its end."""
    period = month_period(month)
    last = min(period.until, ledger.today).isoformat()
    rows = [row for row in store_kept.volumes(ledger.db, school_year_of(period.until)) if row["filed_on"] <= last]
    done = [row["code"] for row in rows if (row["handed_on"] or "9999") <= last]
    return len(done), len(rows), done


def kept_up(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The ledgers of the catalogue, and those whose newest entry is new enough at the month's end."""
    found = standing.ledgers(ledger, min(month_period(month).until, ledger.today))
    done = [one.row["code"] for one in found if one.state == "current"]
    return len(done), len(found), done


def measured(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The measures due in a month, and those done by its end."""
    period = month_period(month)
    last = min(period.until, ledger.today)
    first, end = period.since.isoformat(), period.until.isoformat()
    rows = [row for row in store_kept.measures(ledger.db) if not row["dropped"] and first <= (row["due_on"] or "") <= end]
    done = [row["code"] for row in rows if rules.measure_state(row, last) in ("done", "verified")]
    return len(done), len(rows), done


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {
    "archives-handed": archived,
    "ledgers-kept": kept_up,
    "measures-done": measured,
}
