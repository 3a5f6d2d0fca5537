"""The figures of a month or a period: what was there, came in, was allotted, was paid, and is left."""

from datetime import date, timedelta
from typing import NamedTuple

from logi.books.money import store_funds as sql
from logi.core.days import month_period


class Figures(NamedTuple):
    """Opening + in − allotted − paid = closing, in fen."""

    opening_fen: int
    in_fen: int
    allotted_fen: int
    paid_fen: int

    @property
    def closing_fen(self) -> int:
        """What is left."""
        return self.opening_fen + self.in_fen - self.allotted_fen - self.paid_fen

    @property
    def out_fen(self) -> int:
        """All that went out."""
        return self.allotted_fen + self.paid_fen


def between(db: sql.Db, since: date, until: date) -> Figures:
    """The figures from a day to another, on top of the last month closed before."""
    opening, begins = 0, ""
    if (closed := sql.last_closing(db, since.isoformat()[:7])) is not None:
        opening = closed["closing_fen"]
        begins = (month_period(closed["month"]).until + timedelta(days=1)).isoformat()
    before = sql.flows(db, begins, (since - timedelta(days=1)).isoformat())
    opening += before["in_fen"] - before["allotted_fen"] - before["paid_fen"]
    now = sql.flows(db, since.isoformat(), until.isoformat())
    return Figures(opening, now["in_fen"], now["allotted_fen"], now["paid_fen"])


def of_month(db: sql.Db, month: str) -> Figures:
    """The figures of a month."""
    period = month_period(month)
    return between(db, period.since, period.until)
