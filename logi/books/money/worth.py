"""What the money says to leaders: the figures of a stretch of days, and money set against what it brought about (FIN-16)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.money import figures, opening, paper_report
from logi.books.money import store_funds as sql
from logi.books.money.tabling import table
from logi.core.answers import Table
from logi.core.messages import say
from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.db import Ledger

RESULTS = "brought count:count value:money each:money count_before:count each_before:money change:money"


def focus(ledger: "Ledger", since: date, until: date) -> Iterator[tuple[str, str, str, int]]:
    """What was there, came in, went to other schools, was paid, and is left, in fen."""
    begun = figures.begun(ledger.db)
    if begun is None or begun > until:
        return
    found = figures.between(ledger.db, since, until)
    for key, fen in (("opening", found.opening_fen), ("in", found.in_fen), ("allotted", found.allotted_fen),
                     ("paid", found.paid_fen), ("bought", found.bought_fen), ("closing", found.closing_fen)):  # fmt: skip
        yield "finance", f"money.col.{key}", "money", fen


def results(ledger: "Ledger", since: date, until: date) -> Iterator[tuple[str, int, int]]:
    """The pupils served, by the own school's head-count or else those entered, and all that was paid."""
    own, spent = sql.own_school(ledger.db), figures.between(ledger.db, since, until).spent_fen
    heads = own["heads"] if own is not None else len(opening.pupils(ledger.db))
    yield "money.result.pupils", heads if spent else 0, spent


def money_per_result(ledger: "Ledger", since: date, until: date) -> Table:
    """辦實事: what money was spent on, how much it brought about, and what one of it cost, against the year before."""
    now = _all(ledger, since, until)
    before = _all(ledger, paper_report.year_before(since), paper_report.year_before(until))
    rows: list[dict[str, Any]] = []
    for key, (count, fen) in now.items():
        had, spent = before.get(key, (0, 0))
        if not (count or fen or had):
            continue
        each, was = _each(fen, count), _each(spent, had)
        change = each - was if each is not None and was is not None else None
        rows.append({"brought": say(key), "count": count, "value": fen, "each": each, "count_before": had, "each_before": was,
                     "change": change})  # fmt: skip
    notes = [say("money.note.no_result")] if any(row["value"] and not row["count"] for row in rows) else []
    return table("money-per-result", say("money.title.per_result", since=since, until=until), RESULTS, rows, notes=notes)


def _all(ledger: "Ledger", since: date, until: date) -> dict[str, tuple[int, int]]:
    """Every book's results of the days: a book's room `worth` with `results`."""
    rooms = [hooks for name in cards() if (hooks := room(name, "worth")) is not None and hasattr(hooks, "results")]
    return {key: (count, fen) for hooks in rooms for key, count, fen in hooks.results(ledger, since, until)}


def _each(fen: int, count: int) -> int | None:
    """What one cost, half a fen rounded up; None of nothing."""
    return (2 * fen + count) // (2 * count) if count else None
