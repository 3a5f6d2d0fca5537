"""What undo must know of the green: a notice leans on its work by number; nowhere may fewer than no plants stand."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.green import rules, store
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry


def dependents(db: sqlite3.Connection, seq: int, changes: Sequence[list[Any]]) -> Iterator[int]:
    """Later notices about the works of this entry."""
    for change in changes:
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
