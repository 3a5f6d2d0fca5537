"""What the dorm book asks of the canteen's, to set eating beside lodging: meals, whole days, inspections, health, answers."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.canteen import accounts, check, people, store_accounts
from logi.books.canteen import day as days
from logi.books.canteen.store import workers

if TYPE_CHECKING:
    from logi.db import Ledger

__all__ = ["answered", "seen", "served", "well", "whole"]


def served(ledger: "Ledger", since: date, until: date) -> int:
    """How many portions were eaten."""
    return accounts.account(ledger, since, until).portions


def whole(ledger: "Ledger", since: date, until: date) -> tuple[int, int]:
    """(days that lack no record, days of cooking)."""
    found = list(days.days(ledger, since, until))
    return sum(not one.gaps for one in found), len(found)


def seen(ledger: "Ledger", since: date, until: date) -> tuple[list[int], int, int]:
    """(scores of the inspections, problems settled, problems found)."""
    rows = people.supervision(ledger, since, until).rows
    scores = [run["score"] for run in check.runs_of(ledger.db, since, until) if run["score"] is not None]
    return scores, sum(row["settled"] for row in rows), sum(row["failed"] for row in rows)


def well(ledger: "Ledger", day: date) -> tuple[int, int]:
    """(those whose certificate of health holds, those who handle food)."""
    there = workers(ledger.db, day)
    return sum(days.health(ledger, row, 0) == "valid" for row in there), len(there)


def answered(ledger: "Ledger", since: date, until: date) -> tuple[int, int]:
    """(what was answered, what was brought up)."""
    rows = store_accounts.matters(ledger.db, since, until)
    return sum(row["answered_on"] is not None for row in rows), len(rows)
