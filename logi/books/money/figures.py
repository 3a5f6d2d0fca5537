"""The figures of a month or a period: what was there, came in, was allotted, was paid on claims and besides, and is left."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from logi.books.money import bought
from logi.books.money import store_funds as sql
from logi.core.days import month_period


class Figures(NamedTuple):
    """Opening + in − allotted − paid − bought = closing, in fen; `bought` is what was paid on purchases and not claimed."""

    opening_fen: int
    in_fen: int
    allotted_fen: int
    paid_fen: int
    bought_fen: int

    @property
    def closing_fen(self) -> int:
        """What is left."""
        return self.opening_fen + self.in_fen - self.out_fen

    @property
    def out_fen(self) -> int:
        """All that went out."""
        return self.allotted_fen + self.spent_fen

    @property
    def spent_fen(self) -> int:
        """What the school itself paid: on claims, and on purchases that no claim bears."""
        return self.paid_fen + self.bought_fen


def between(db: sql.Db, since: date, until: date, besides: Sequence[bought.Bought] | None = None) -> Figures:
    """The figures from a day to another, on top of the last month closed before.

    Who asks for many periods gives `besides`, all payments besides claims, so that they are gathered once.
    """
    apart = bought.all_of(db) if besides is None else besides
    opening, begins = 0, ""
    if (closed := sql.last_closing(db, since.isoformat()[:7])) is not None:
        opening = closed["closing_fen"]
        begins = (month_period(closed["month"]).until + timedelta(days=1)).isoformat()
    eve = (since - timedelta(days=1)).isoformat()
    before = sql.flows(db, begins, eve)
    opening += before["in_fen"] - before["allotted_fen"] - before["paid_fen"] - _sum(apart, begins, eve)
    now = sql.flows(db, since.isoformat(), until.isoformat())
    besides_fen = _sum(apart, since.isoformat(), until.isoformat())
    return Figures(opening, now["in_fen"], now["allotted_fen"], now["paid_fen"], besides_fen)


def of_month(db: sql.Db, month: str, besides: Sequence[bought.Bought] | None = None) -> Figures:
    """The figures of a month."""
    period = month_period(month)
    return between(db, period.since, period.until, besides)


def balance(db: sql.Db, on: date) -> int:
    """What is left at a day's end."""
    return between(db, on + timedelta(days=1), on).opening_fen


def begun(db: sql.Db) -> date | None:
    """The first day that has figures: the first this book knows of, or the first payment besides claims."""
    known = [used] if (used := sql.used_since(db)) is not None else []
    if apart := bought.all_of(db):
        known.append(date.fromisoformat(apart[0].on_day))
    return min(known, default=None)


def _sum(apart: Sequence[bought.Bought], since: str, until: str) -> int:
    return sum(one.amount_fen for one in bought.within(apart, since, until))
