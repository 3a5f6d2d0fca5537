"""Which names the gate still shows: those of visitors and drivers of long ago are hidden (`gate.visitor_months`)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.gate import rules, school

if TYPE_CHECKING:
    from logi.db import Ledger


def shown_since(ledger: "Ledger") -> date:
    """The first day whose visitors are still shown by name."""
    return rules.shown_since(ledger.today, int(school.policy(ledger, "gate.visitor_months", ledger.today)))


def name(text: str | None, day: str | None, first: date) -> str | None:
    """A visitor's or driver's name on a day; of a day before the first that is shown only its first sign."""
    return rules.masked(text) if text and day is not None and day < first.isoformat() else text


def plate(row: Any, first: date) -> str:
    """The plate of a pass; a visitor's is hidden with the visitor."""
    old = row["visit"] is not None and row["on_day"] < first.isoformat()
    return str(rules.masked(row["plate"]) if old else row["plate"])


def driver(row: Any, first: date) -> str | None:
    """Who drove."""
    return name(row["driver"], row["on_day"], first)
