"""What the people book can be asked by name, what it gives to the month's pack, to `show` and to `find`."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import store, training_report
from logi.core.answers import Table
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def trainings(ledger: "Ledger", since: date, until: date) -> Table:
    """培訓記錄: what was held or studied in a period."""
    return training_report.trainings(ledger, since, until)


def training_hours(ledger: "Ledger", since: date, until: date) -> Table:
    """Each person's hours against the target."""
    return training_report.hours(ledger, since, until)


def training_rounds(ledger: "Ledger", since: date, until: date) -> Table:
    """When each department trained, at a period's end."""
    return training_report.rounds(ledger, min(until, ledger.today))


def certificates(ledger: "Ledger", since: date, until: date) -> Table:
    """證件到期預警 at a period's end."""
    return training_report.certificates(ledger, min(until, ledger.today))


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's part; nothing while the book is empty."""
    from logi.books.people.packing import pack as packed

    period = month_period(month)
    return packed(ledger, period.since, min(period.until, ledger.today))


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A document of this book by its number, for `logi show`."""
    from logi.books.people.showing import show as shown_

    return shown_(ledger, number)


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Trainings by topic, for `logi find`."""
    from logi.core.messages import title

    return [{"kind": "document", "code": row["number"], "name": row["topic"],
             "detail": f"{title('people.mode', row['mode'])} {row['on_day']}"}
            for row in store.trainings_called(ledger.db, text)]  # fmt: skip
