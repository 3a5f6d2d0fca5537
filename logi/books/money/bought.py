"""What was paid besides claims: the payments of a book that buys, each counted once where a claim bears it too.

A book with a room `spending` is asked. What it paid on a request and what claims paid on that request are taken for the same
money, the larger counts; so a claim that is paid after the purchase was takes the purchase's own payment out again, on its day.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.money import rules, store
from logi.books.money import store_funds as sql
from logi.core.errors import BadValue

if TYPE_CHECKING:
    from types import ModuleType


class Bought(NamedTuple):
    """A payment, or the part of it, that no claim bears; below zero where one was taken back or claimed since."""

    on_day: str
    number: str
    purpose: str
    subject: str
    department: str | None
    vendor: str | None
    voucher: str | None
    amount_fen: int


def rooms() -> "list[ModuleType]":
    """The rooms `spending` of the books that buy."""
    from logi.registry import cards, room

    return [hooks for book in cards() if (hooks := room(book, "spending")) is not None]


def all_of(db: sqlite3.Connection, until: str = "9999") -> list[Bought]:
    """Every such payment up to a day, by day and number; none of the months that were closed before they were counted."""
    asked: dict[str, list[tuple[str, int, Any]]] = {}
    for hooks in rooms():
        for row in hooks.payments(db, until):
            asked.setdefault(row["number"], []).append((row["on_day"], 0, row))
    if not asked:
        return []
    for row in store.paid_on_requests(db, until):
        if row["request_no"] in asked:
            asked[row["request_no"]].append((row["on_day"], 1, row))
    begins = sql.bought_from(db)
    counted = ([one for one in events if one[0] >= begins] for events in asked.values())
    found = [one for events in counted for one in _apart(events)]
    return sorted(found, key=lambda one: (one.on_day, one.number))


def within(found: Iterable[Bought], since: date | str, until: date | str) -> list[Bought]:
    """Those of a stretch of days."""
    return [one for one in found if str(since) <= one.on_day <= str(until)]


def by(found: Iterable[Bought], what: str) -> dict[str, int]:
    """Their sums by subject or by department."""
    sums: dict[str, int] = {}
    for one in found:
        key = one.subject if what == "subject" else one.department or ""
        sums[key] = sums.get(key, 0) + one.amount_fen
    return sums


def subject_of(budget: str | None) -> str:
    """The subject that a budget item means, by key or title; a school's own stays; without one 其他."""
    from logi.options import fixed

    if not budget:
        return "other"
    try:
        return fixed("money.subject", rules.SUBJECTS)(budget)
    except BadValue:
        return budget


def _apart(events: list[tuple[str, int, Any]]) -> Iterator[Bought]:
    """Of one request's payments, day by day, what was paid beyond what claims paid."""
    events.sort(key=lambda one: one[:2])
    named = next((row for _, claimed, row in events if not claimed), None)
    if named is None:
        return
    parts = rules.beyond((bool(claimed), row["amount_fen"]) for _, claimed, row in events)
    for (day, claimed, row), fen in zip(events, parts, strict=True):
        if fen:
            yield Bought(day, named["number"], named["purpose"], subject_of(named["budget"]), named["department"],
                         named["vendor"], row["claim"] if claimed else row["doc_no"], fen)  # fmt: skip
