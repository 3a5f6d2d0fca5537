"""Changing how issues are valued: only at a year's start, with the year before closed and nothing moved since."""

from typing import TYPE_CHECKING

from logi.books.stock import store
from logi.books.stock import store_costing as carried
from logi.books.stock.columns import table
from logi.books.stock.posting import FIFO, MOVING, replay
from logi.books.stock.rules import Layer, spread
from logi.core.answers import Confirmation, Fen, Table, Word
from logi.core.errors import Refused
from logi.core.messages import say, title
from logi.journal import set_setting, settings

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

def change(e: "Entry", method: str, year: int, item: str | None = None) -> Confirmation:
    """Value issues by another method from the first day of a year, of one item or of all that have no way of their own.

    What is on hand keeps its value to the fen. Refused (4) unless December before is closed and nothing has moved
    since; what never moved may change freely.
    """
    one = store.item(e, item) if item else None
    item_id = one["id"] if one is not None else None
    book, own = settings(e.db).get("costing", FIFO), carried.own_costings(e.db)
    before = book if item_id is None else own.get(item_id, book)
    if method == before:
        raise Refused("stock.costing_same", method=Word.of("stock.costing", method))
    last, day = carried.last_move(e.db, item_id)
    if last:
        _at_a_years_start(e, year, day)
    if (same := carried.costing_of_year(e.db, str(year), item_id)) is not None:
        e.void("stock_costing", same["id"])
    ids = [item_id] if item_id is not None else [n for n in carried.kept_items(e.db) if n not in own]
    layers = {n: [layer for layer in store.layers(e.db, n, day) if layer.left_milli] for n in ids}
    made = e.insert("stock_costing", year=str(year), method=method, before=before, last_move=last, item_id=item_id)
    if item_id is None:
        set_setting(e, "costing", method)
    count = total = 0
    for n in ids:
        rows = _carry(e, made, n, layers[n], by_lot=before == FIFO)
        count, total = count + len(rows), total + sum(rows)
    recount_all(e, ids)
    e.subject = one["code"] if one is not None else f"costing {year}"
    return Confirmation("stock.costing", facts={
        "year": year, "item": one["name"] if one is not None else Word.of("stock.costing_of", "all"),
        "method": Word.of("stock.costing", method), "before": Word.of("stock.costing", before), "count": count,
        "value": Fen(total),
    })  # fmt: skip


def begin(e: "Entry", item_id: int, method: str) -> None:
    """Give a new item a way of its own, if it differs from the book's."""
    book = settings(e.db).get("costing", FIFO)
    if method != book:
        e.insert("stock_costing", year=str(e.today.year), method=method, before=book, last_move=0, item_id=item_id)


def recount_all(e: "Entry", item_ids: list[int] | None = None) -> None:
    """What is left of every lot (of these items alone if they are named), anew, by the method that holds now."""
    # the ledger's own copy of its settings is of before this entry
    book, own = settings(e.db).get("costing", FIFO), carried.own_costings(e.db)
    for item_id in carried.kept_items(e.db) if item_ids is None else item_ids:
        method = own.get(item_id, book)
        if method == MOVING:
            store.recount_costs(e.db, item_id, replay(e.db, item_id))
        else:
            store.recount_lots(e.db, carried.lots_of(e.db, item_id), valued=method == FIFO)


def changed_since(e: "Entry", month: str) -> str | None:
    """The year from which something is valued in another way, if a month lies before it."""
    year = carried.last_change(e.db)
    return year if year is not None and month < f"{year}-01" else None


def listing(ledger: "Ledger") -> Table:
    """How issues are valued: the book's way first, then every change by year, with the items that go their own way."""
    changes = carried.costings(ledger.db)
    mine = [row for row in changes if row["item_id"] is None]
    first = mine[0]["before"] if mine else ledger.settings.get("costing", FIFO)
    rows = [{"from_year": None, "code": None, "name": say("stock.costing_of.all"), "method": title("stock.costing", first)}]
    rows += [
        {"from_year": row["year"], "code": row["code"], "name": row["name"] or say("stock.costing_of.all"),
         "method": title("stock.costing", row["method"])}
        for row in changes
    ]  # fmt: skip
    return table("stock.costing", "stock.title.costing", ["from_year", "code", "name", "method"], rows)


def _at_a_years_start(e: "Entry", year: int, last_day: str) -> None:
    before = f"{year - 1}-12"
    if not e.closed_until or e.closed_until < before:
        raise Refused("stock.costing_open", year=year, month=before)
    if last_day >= f"{year}-01-01":
        raise Refused("stock.costing_moved", year=year, day=last_day)
    if e.closed_until > before:
        raise Refused("stock.costing_late", year=year, month=e.closed_until)


def _carry(e: "Entry", costing_id: int, item_id: int, layers: list[Layer], *, by_lot: bool) -> list[int]:
    """Write down what each lot of an item is worth on the day of the change; returns the values."""
    if by_lot:
        shares = [layer.cost_fen for layer in layers]
    else:
        shares = spread(store.on_hand(e.db, item_id)[1], [layer.left_milli for layer in layers])
    e.insert_many("stock_costing_lot", ["costing_id", "lot_id", "item_id", "left_milli", "left_fen"], [
        [costing_id, x.lot_id, item_id, x.left_milli, share] for x, share in zip(layers, shares, strict=True)
    ])  # fmt: skip
    return shares
