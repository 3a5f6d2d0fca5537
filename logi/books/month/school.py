"""What the month's book asks of the school's: people, the calendar, terms, policies."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.school.holiday_names import holiday_title
from logi.books.school.store import calendar, department, departments, people, person, policy, term
from logi.core.errors import NotFound

if TYPE_CHECKING:
    from logi.db import Ledger

__all__ = ["calendar", "department", "departments", "holiday_title", "next_start", "people", "person", "policy", "term_days"]


def term_days(ledger: "Ledger", text: str) -> tuple[date, date]:
    """The first and the last day of the term a text names."""
    row = term(ledger, text)
    return date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])


def next_start(ledger: "Ledger", text: str | None) -> date:
    """The first day of the term a text names, else of the next one to begin (NotFound, 3, if none is entered)."""
    if text is not None:
        return term_days(ledger, text)[0]
    starts = [one.starts_on for one in calendar(ledger).terms if one.starts_on >= ledger.today]
    if not starts:
        raise NotFound("month.no_next_term", today=ledger.today)
    return min(starts)
