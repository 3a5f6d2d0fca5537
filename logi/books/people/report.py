"""What the people book can be asked by name, what it gives to the month's pack, to `show` and to `find`."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import (
    assess_report,
    opinion_report,
    organ_report,
    store,
    store_assess,
    store_voices,
    survey_report,
    training_report,
)
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


def satisfaction(ledger: "Ledger", since: date, until: date) -> Table:
    """滿意度: the rounds of a period and whether all three were satisfied."""
    return survey_report.surveys(ledger, since, until)


def opinions(ledger: "Ledger", since: date, until: date) -> Table:
    """What was said in a period, and what became of it."""
    return opinion_report.opinions(ledger, since, until)


def suggestions(ledger: "Ledger", since: date, until: date) -> Table:
    """合理化建議: the suggestions of a period."""
    return opinion_report.opinions(ledger, since, until, kind="suggestion")


def opinion_times(ledger: "Ledger", since: date, until: date) -> Table:
    """How long answers took."""
    return opinion_report.times(ledger, since, until)


def class_visits(ledger: "Ledger", since: date, until: date) -> Table:
    """Visits to classes."""
    return opinion_report.visits(ledger, since, until)


def assessment(ledger: "Ledger", since: date, until: date) -> Table:
    """考核評比: the newest round that ends by a period's end, ranked."""
    found = [row for row in store_assess.rounds(ledger.db, min(until, ledger.today)) if row["until_day"] <= until.isoformat()]
    if not found:
        return assess_report.rounds(ledger, since, until)
    return assess_report.ranking(ledger, found[-1]["number"])


def assessment_rounds(ledger: "Ledger", since: date, until: date) -> Table:
    """The rounds of a period: grades, closed, accepted."""
    return assess_report.rounds(ledger, since, until)


def conduct(ledger: "Ledger", since: date, until: date) -> Table:
    """Attendance and discipline by person."""
    return assess_report.conduct(ledger, since, until)


def commendations(ledger: "Ledger", since: date, until: date) -> Table:
    """表彰/批評通報: commendation, criticism, reward of a period."""
    return assess_report.notices(ledger, since, until)


def organisation(ledger: "Ledger", since: date, until: date) -> Table:
    """機構與職責: units by level with their duties and tasks."""
    return organ_report.organisation(ledger)


def reform_pilots(ledger: "Ledger", since: date, until: date) -> Table:
    """改革試點 at a period's end."""
    return organ_report.pilots(ledger, min(until, ledger.today))


def exchanges(ledger: "Ledger", since: date, until: date) -> Table:
    """試點與培訓交流 of a period."""
    return organ_report.exchanges(ledger, since, until)


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
    """Trainings by topic and opinions by their words, for `logi find`."""
    from logi.core.messages import title

    found = [(row["number"], row["topic"], f"{title('people.mode', row['mode'])} {row['on_day']}")
             for row in store.trainings_called(ledger.db, text)]  # fmt: skip
    found += [(row["number"], row["words"], f"{title('people.opinion', row['kind'])} {row['on_day']}")
              for row in store_voices.opinions_called(ledger.db, text)]  # fmt: skip
    return [{"kind": "document", "code": code, "name": name, "detail": detail} for code, name, detail in found]
