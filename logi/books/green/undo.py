"""What undo must know of the green: notices lean on works by number, no fewer than no plants stand, closed months stay."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.green import rules, store
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry

# What holds from a day on is kept in rows that change: these columns say when.
HAPPENED = {"green_zone": ("from_day", "ended_on"), "green_area": ("from_day",), "green_keeper": ("from_day",)}


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later notices about the works of this entry. Refused (4): what it says holds from a day of a closed month on."""
    closed = journal.closed_until(db)
    for change in changes:
        for row in _rows(change) if closed else ():
            for day in (day for column in HAPPENED.get(change[1], ()) for day in row.get(column, ()) if day):
                if day[:7] <= closed:
                    raise Refused("front.undo_closed_month", day=date.fromisoformat(day), month=closed)
        if change[0] == "I" and change[1] == "green_work":
            at = change[2].index("number")
            for number in {row[at] for row in change[3]}:
                yield from store.notices_of(db, number, seq)


def settle(e: "Entry", tables: Iterable[str]) -> None:
    """Refuse (4) what would leave fewer plants of a kind in a zone than were lost there."""
    if "green_planting" not in set(tables):
        return
    for (code, species), changes in grown(e.db).items():
        least, on = rules.lowest(changes)
        if least < 0:
            raise Refused("green.undo_below", code=code, species=species, on=on)


def grown(db: sqlite3.Connection) -> dict[tuple[str, str], list[tuple[date, int]]]:
    """The changes of every species in every zone, by day."""
    found: dict[tuple[str, str], list[tuple[date, int]]] = {}
    for row in store.plantings(db, date.min, date.max):
        found.setdefault((row["code"], row["species"]), []).append((date.fromisoformat(row["on_day"]), row["change"]))
    return found


def _rows(change: list[Any]) -> Iterator[Mapping[str, Sequence[Any]]]:
    """The rows a change wrote: each column with the values it had before and after."""
    if change[0] == "I":
        for row in change[3]:
            yield {name: (value,) for name, value in zip(change[2], row, strict=True)}
    elif change[0] == "U":
        yield change[3]
