"""The aims of safety held against the records (平安校園): nobody hurt, nothing serious left, order kept, no accident."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.safety import patrol, standing, store
from logi.books.safety.tabling import table
from logi.core.answers import Table
from logi.core.days import school_year_of, school_year_period
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

COLUMNS = "aim:word:safety.aim counted:word:safety.counted found:count met:word:safety.met records"
SERIOUS = ("larger", "major")


def aims(ledger: "Ledger", since: date | None, until: date | None) -> Table:
    """Each aim with what is counted for it in a period (else this school year); every count is wanted to be nought."""
    first = since or school_year_period(school_year_of(ledger.today)).since
    last = min(until or ledger.today, ledger.today)
    happened = patrol.accidents(ledger.db, first, last)
    serious = [row["number"] for row, state, _ in patrol.as_of(ledger, last) if row["level"] in SERIOUS and state != "verified"]
    missed = patrol.missed(ledger, first, last).rows
    loose = [row["code"] for row in store.measures(ledger.db, last) if standing.lacking(ledger, row, last)]
    rows = [
        _row("life", sum(row["injured"] for row in happened), [row["number"] for row in happened if row["injured"]]),
        _row("safe", len(serious), serious),
        _row("order", len(missed), [f"{row['route']} {row['day']}" for row in missed]),
        _row("accident", len(happened), [row["number"] for row in happened]),
        _row("campus", len(loose), loose),
    ]
    met = sum(row["met"] == "yes" for row in rows)
    notes = [say("safety.note.aims", met=met, count=len(rows)), patrol.free_note(ledger, last)]
    return table("aims", say("safety.title.aims", since=first, until=last), COLUMNS, rows, notes=notes)


def _row(aim: str, found: int, records: list[str]) -> dict[str, object]:
    return {"aim": aim, "counted": aim, "found": found, "met": "no" if found else "yes",
            "records": " ".join(records[:5] + ["…"] * (len(records) > 5)) or None}  # fmt: skip
