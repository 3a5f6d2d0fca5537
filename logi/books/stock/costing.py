"""Changing how issues are valued: only at a year's start, with the year before closed and nothing moved since."""

from typing import TYPE_CHECKING

from logi.books.stock import store
from logi.books.stock import store_costing as carried
from logi.books.stock.posting import FIFO, MONTHLY, MOVING, replay
from logi.books.stock.rules import spread
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import Refused
from logi.journal import set_setting, settings

if TYPE_CHECKING:
    from logi.journal import Entry

METHODS = (FIFO, MOVING, MONTHLY)


def change(e: "Entry", method: str, year: int) -> Confirmation:
    """Value issues by another method from the first day of a year. What is on hand keeps its value to the fen.

    Refused (4) unless December before is closed and nothing has moved since; a book without any moves may change freely.
    """
    before = settings(e.db).get("costing", FIFO)
    if method == before:
        raise Refused("stock.costing_same", method=Word.of("stock.costing", method))
    last, day = carried.last_move(e.db)
    if last:
        if not e.closed_until or e.closed_until < f"{year - 1}-12":
            raise Refused("stock.costing_open", year=year, month=f"{year - 1}-12")
        if day >= f"{year}-01-01":
            raise Refused("stock.costing_moved", year=year, day=day)
        if e.closed_until > f"{year - 1}-12":
            raise Refused("stock.costing_late", year=year, month=e.closed_until)
    made = e.insert("stock_costing", year=str(year), method=method, before=before, last_move=last)
    set_setting(e, "costing", method)
    total, rows = 0, []
    for item_id in carried.kept_items(e.db):
        layers = [layer for layer in store.layers(e.db, item_id, day) if layer.left_milli]
        value = store.on_hand(e.db, item_id)[1]
        if before == FIFO:
            shares = [layer.cost_fen for layer in layers]
        else:
            shares = spread(value, [layer.left_milli for layer in layers])
        rows += [[made, x.lot_id, item_id, x.left_milli, share] for x, share in zip(layers, shares, strict=True)]
        total += value
    e.insert_many("stock_costing_lot", ["costing_id", "lot_id", "item_id", "left_milli", "left_fen"], rows)
    recount_all(e)
    e.subject = f"costing {year}"
    return Confirmation("stock.costing", facts={
        "year": year, "method": Word.of("stock.costing", method), "before": Word.of("stock.costing", before),
        "count": len(rows), "value": Fen(total),
    })  # fmt: skip


def recount_all(e: "Entry") -> None:
    """What is left of every lot, anew, by the method that holds now."""
    method = settings(e.db).get("costing", FIFO)  # the ledger's own copy is of before this entry
    for item_id in carried.kept_items(e.db):
        if method == MOVING:
            store.recount_costs(e.db, item_id, replay(e.db, item_id))
        else:
            store.recount_lots(e.db, carried.lots_of(e.db, item_id), valued=method == FIFO)


def changed_since(e: "Entry", month: str) -> str | None:
    """The year from which another costing holds, if a month lies before it."""
    row = carried.last_costing(e.db)
    return str(row["year"]) if row is not None and row["last_move"] and month < f"{row['year']}-01" else None


