"""The closing of a month over every book that has a `closing.py`: what stands in the way, closing, reopening."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, Any

from logi.books.month import rules, store
from logi.core.days import month_period
from logi.core.due import Blocker
from logi.core.errors import Refused
from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry


def obstacle(db: sqlite3.Connection, month: str, today: date) -> Refused | None:
    """Why a month may not be closed whatever the books say: closed already, not its turn, not over yet."""
    closed = store.closings(db)
    last = closed[-1]["month"] if closed else ""
    if last and month <= last:
        return Refused("month.already_closed", month=month, last=last)
    following = rules.next_to_close(last)
    if following is not None and month != following:
        return Refused("month.close_gap", month=month, next=following)
    until = month_period(month).until
    if today <= until:
        return Refused("month.not_over", month=month, until=until, today=today)
    return None


def blockers(ledger: "Ledger", month: str) -> list[tuple[str, Blocker]]:
    """What stands in the way in every book, in shelf order: (book, blocker)."""
    return [
        (name, blocker)
        for name, hooks in _rooms()
        if hasattr(hooks, "blockers")
        for blocker in hooks.blockers(ledger, month)
    ]


def notices(ledger: "Ledger", month: str) -> list[tuple[str, dict[str, Any]]]:
    """What every book has to say about a month without standing in its way: (message key, facts)."""
    return [said for _, hooks in _rooms() if hasattr(hooks, "notices") for said in hooks.notices(ledger, month)]


def close_books(e: "Entry", month: str) -> list[str]:
    """Let every book store its closing balances; returns the books that did."""
    books = []
    for name, hooks in _rooms():
        if hasattr(hooks, "close"):
            hooks.close(e, month)
            books.append(name)
    return books


def reopen_books(e: "Entry", month: str) -> None:
    """Let every book take its closing balances back, last shelf first."""
    for _, hooks in reversed(list(_rooms())):
        if hasattr(hooks, "reopen"):
            hooks.reopen(e, month)


def _rooms() -> Iterator[tuple[str, ModuleType]]:
    for name in cards():
        hooks = room(name, "closing")
        if hooks is not None:
            yield name, hooks
