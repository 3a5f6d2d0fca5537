"""The meter book's part of the calendar of recurring duties: reading the meters, the year's return."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.meter import reckoning, saving, store
from logi.core.days import month_of, month_period
from logi.core.messages import say
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger


def duties(ledger: "Ledger") -> list[Routine]:
    """Reading every month, the return every year; nothing while no meter hangs."""
    basis = reckoning.Basis(ledger)
    there = [row for row in basis.meters if row["removed_on"] is None]
    if not there:
        return []
    today = ledger.today
    last = max((readings[-1].on for readings in basis.readings.values()), default=None)
    end = month_period(month_of(today)).until
    waits = any(reckoning.unread_since(row, basis.readings[row["id"]], end) for row in there)
    by = reckoning.reader(ledger, *(row["reader_id"] for row in there))
    found = [Routine("monthly", "meters", say("meter.routine.read", count=len(there)), None, None if by == "PERSON" else by,
                     last, end if waits else None, f"logi meter read CODE=VALUE --by {by}")]  # fmt: skip
    year = today.year - 1
    done = store.return_of(ledger.db, str(year))
    due = saving.due_day(ledger, year if done is None else year + 1)
    found.append(Routine("yearly", "energy-return", say("meter.routine.submit"), None, None,
                         date.fromisoformat(done["on_day"]) if done is not None else None, due,
                         f"logi meter submit {year} --to TEXT"))  # fmt: skip
    return found
