"""What undo cannot know by itself: under an average, later issues stand on earlier moves; kept sums follow what is turned."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from logi.books.stock import places, store
from logi.books.stock import store_costing as carried
from logi.books.stock import store_turning as turning
from logi.books.stock import verify as sql
from logi.books.stock.costing import recount_all
from logi.books.stock.posting import FIFO, MOVING, replay, turned
from logi.books.stock.store_places import any_placed
from logi.core.errors import Refused
from logi.journal import settings

if TYPE_CHECKING:
    import sqlite3

    from logi.journal import Changes, Entry


def dependents(db: "sqlite3.Connection", seq: int, changes: "Changes") -> set[int]:
    """Under an average any later issue of an item drew on the value this entry moved; all later moves stand on a costing."""
    if any(table == "stock_costing" for _, table, _ in changes.spans()):
        return _leaning(db, seq, (change for change in changes if change[1] == "stock_costing"))
    own, book = carried.own_costings(db), settings(db).get("costing", FIFO)
    if book == FIFO and not own:
        return set()
    items: set[int] = set()
    for change in changes:
        if change[0] == "I" and change[1] == "stock_move":
            at = change[2].index("item_id")
            items.update(row[at] for row in change[3])
    averaged = sorted(item_id for item_id in items if own.get(item_id, book) != FIFO)
    return store.issuing_entries(db, averaged, seq)


def _leaning(db: "sqlite3.Connection", seq: int, changes: Iterable[list[Any]]) -> set[int]:
    """What stands on a change of the costing: every later move of its goods, and every later change of theirs."""
    found: set[int] = set()
    for change in changes:
        if change[0] == "I":
            at = change[2].index("item_id") if "item_id" in change[2] else None
            for row in change[3]:
                item_id = None if at is None else row[at]
                found |= carried.moving_entries(db, seq, item_id) | carried.costing_entries(db, seq, item_id)
    return found


def rebuild(db: "sqlite3.Connection") -> None:
    """Sums, months and lots anew from the moves: in a copy from which later ones were taken out."""
    method = settings(db).get("costing", FIFO)
    sql.rebuild_sums(db)
    for item_id in carried.kept_items(db):
        try:
            if method == MOVING:
                store.recount_costs(db, item_id, replay(db, item_id))
                continue
        except Refused:  # by days, not by entries: an issue may stand before what it drew on
            pass
        store.recount_lots(db, carried.lots_of(db, item_id), valued=method == FIFO)


def settle(e: "Entry", tables: Iterable[str]) -> None:
    """Bring sums, months and lots up to date; refuses what would leave less than nothing on some day (4)."""
    names = set(tables)
    if "stock_move" in names:
        turned(e)
    if "stock_costing" in names:
        recount_all(e)
    if names & {"stock_move", "stock_placing"} and any_placed(e.db):
        places.refuse_below(e, *(turning.first_written(e.db, table, e.n) for table in ("stock_move", "stock_placing")))
