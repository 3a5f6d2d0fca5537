"""Posting moves: goods brought in become a lot, goods taken out take from lots and are priced by the ledger's costing."""

from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.stock import places, store
from logi.books.stock import store_costing as carried
from logi.books.stock import store_turning as turning
from logi.books.stock.rules import METHODS, Layer, average_cost, draw, fifo_cost, pick, spread
from logi.core.answers import Milli
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

FIFO, MOVING, MONTHLY = METHODS


class Place(NamedTuple):
    """Where a move stands: its slip, line and day."""

    slip_id: int
    line: int
    on: date
    of_slip_id: int | None = None
    of_line: int | None = None


def costing(source: "Ledger | Entry", item_id: int | None = None) -> str:
    """How issues are valued, of an item that has a way of its own, else of the whole book: chosen once and not changed
    at will (政府会计准则第1号)."""
    if item_id is not None and (own := carried.own_costings(source.db).get(item_id)) is not None:
        return own
    ledger: Any = getattr(source, "ledger", source)
    return str(ledger.settings.get("costing", FIFO))


def monthly(source: "Ledger | Entry") -> Callable[[int], bool] | None:
    """Tells of an item whether its issues get their price when their month is closed; None where no item's do."""
    own, book = carried.own_costings(source.db), costing(source)
    if book != MONTHLY and MONTHLY not in own.values():
        return None
    return lambda item_id: own.get(item_id, book) == MONTHLY


def bring(e: "Entry", at: Place, item: Any, kind: str, quantity_milli: int, value_fen: int, *, priced: bool = True,
          price: tuple[int, int] | None = None, **lot: Any) -> int:  # fmt: skip
    """Post goods that come in as a lot of their own; returns the lot. `price` is (fen, for so many thousandths)."""
    price_fen, per_milli = price or (value_fen, quantity_milli)
    lot_id = e.insert("stock_lot", item_id=item["id"], received_on=at.on, price_fen=price_fen, per_milli=per_milli, **lot)
    _write(e, at, kind, item["id"], [(lot_id, quantity_milli, value_fen)], priced=priced)
    costed = costing(e, item["id"]) != MONTHLY
    store.keep_layer(e.db, item["id"], Layer(
        lot_id, "", quantity_milli, value_fen if costed else 0, cost_milli=quantity_milli if costed else 0))  # fmt: skip
    return lot_id


def take(e: "Entry", at: Place, item: Any, kind: str, quantity_milli: int, *, lot: str | None = None,
         rooms: places.Rooms | None = None) -> int | None:  # fmt: skip
    """Post goods that go out, from lots received by that day; returns their cost (None until the month is closed).

    Refused (4) when there is not enough on that day or a later one, or when only expired goods are left.
    """
    on, day_layers = at.on.isoformat(), store.layers(e.db, item["id"], at.on.isoformat())
    lie = places.narrowed(e, item, day_layers, on, rooms)
    got = pick(day_layers, quantity_milli, on, by_expiry=item["class"] == "food", expired_too=kind == "loss", label=lot)
    if got.short_milli:
        if rooms is not None and not got.expired_milli:
            places.refuse_short(e, item, at.on, quantity_milli, got.short_milli, rooms)
        _refuse_short(item, at.on, quantity_milli, got.short_milli, got.expired_milli, day_layers, lot)
    if got.expired_milli:
        e.warn("stock.expired_left", item=item["name"], quantity=Milli(got.expired_milli), unit=item["unit"])
    method = costing(e, item["id"])
    pool = [layer for layer, _ in got.picks]
    if method == FIFO:
        costs = [fifo_cost(layer, taken) for layer, taken in got.picks]
        for (layer, taken), cost in zip(got.picks, costs, strict=True):
            layer.cost_milli, layer.cost_fen = layer.cost_milli - taken, layer.cost_fen - cost
    elif method == MOVING:
        cost, pool = average_cost(day_layers, quantity_milli, on)
        draw(pool, quantity_milli, cost)
        costs = spread(cost, [taken for _, taken in got.picks])
    else:
        costs = [0] * len(got.picks)
    for layer, taken in got.picks:
        layer.left_milli -= taken
    for layer in {x.lot_id: x for x in [*pool, *(p for p, _ in got.picks)]}.values():
        store.keep_layer(e.db, item["id"], layer)
    rows = [(layer.lot_id, -taken, -cost) for (layer, taken), cost in zip(got.picks, costs, strict=True)]
    _write(e, at, kind, item["id"], rows, priced=method != MONTHLY)
    if lie is not None:
        places.draw(e, at, item, got.picks, lie, rooms)
    return None if method == MONTHLY else sum(costs)


def turned(e: "Entry") -> set[int]:
    """After rows were reversed in this entry: bring every kept sum up to date; returns the items touched.

    Refused (4) if a lot would hold less than nothing on some day, or an item less value than nothing.
    """
    first = turning.first_written(e.db, "stock_move", e.n)
    most = turning.most(e.db, first)
    methods = {item_id: costing(e, item_id) for item_id in (_carried(e, first) if most else turning.items(e.db, first))}
    for row in turning.unpriced(e.db, first):
        if row["sign"] < 0:
            _unprice(e, row)
        if methods[row["item_id"]] != MONTHLY:
            raise Refused("stock.costed_otherwise", number=store.slip_by_id(e.db, row["slip_id"])["number"])
    first_price = turning.first_written(e.db, "stock_price", e.n)
    if most:
        turning.carry(e.db, "stock_price", max(first_price, e.settled.get("stock_price", 0) + 1))
    else:
        turning.recount_months(e.db, first, first_price)
    e.settled |= {table: turning.last_written(e.db, table) for table in ("stock_move", "stock_price")}
    alone = turning.lots_alone(e.db, first, e.n)
    turning.forget_gone(e.db, first, e.n, alone)
    lots: dict[int, list[int]] = {}
    for item_id, lot_id in turning.lots(e.db, first, e.n, alone):
        lots.setdefault(item_id, []).append(lot_id)
    below = store.below_zero(e.db, sorted(chain.from_iterable(lots.values())))
    if below:
        day, item_id = below
        raise Refused("stock.below_zero", item=store.item_by_id(e.db, item_id)["name"], day=date.fromisoformat(day))
    for item_id, method in sorted(methods.items()):
        if method == MOVING:
            store.recount_costs(e.db, item_id, replay(e.db, item_id))
        else:
            store.recount_lots(e.db, lots.get(item_id, ()), valued=method == FIFO)
    return set(methods)


def _carried(e: "Entry", first: int) -> set[int]:
    """Carry rows turned round since the last time in this entry into the sums; the items of all of them."""
    last = e.settled.get("stock_move", 0)
    carried = turning.carry(e.db, "stock_move", max(first, last + 1))
    return carried if last < first else carried.union(turning.items(e.db, first))


def replay(db: Any, item_id: int) -> list[Layer]:
    """The moving average's lots, from an item's standing moves in the order they were posted.

    Refused (4) if an issue cost more than the value it could have come from (a redo after other issues).
    """
    kept: dict[int, Layer] = {}
    change = carried.last_costing(db, item_id)
    if change is None:
        rows = carried.standing_moves(db, item_id)
    else:
        rows = carried.moves_since(db, item_id, change["last_move"])
        for lot_id, (left, value) in carried.carried_lots(db, change["id"], item_id).items():
            kept[lot_id] = Layer(lot_id, carried.lot_day(db, lot_id), left, value)
    at = 0
    while at < len(rows):
        row = rows[at]
        if row["quantity_milli"] > 0:
            _replay_receipt(kept, row)
            at += 1
            continue
        group = [row]
        while at + len(group) < len(rows) and _same_line(rows[at + len(group)], row):
            group.append(rows[at + len(group)])
        at += len(group)
        _replay_issue(db, kept, group)
    return list(kept.values())


def write_price(e: "Entry", move: Any, value_fen: int) -> None:
    """Give one part of an issue the value that its month's closing found."""
    e.insert("stock_price", on_day=move["on_day"], kind=move["kind"], slip_id=move["slip_id"], line=move["line"],
             lot_id=move["lot_id"], item_id=move["item_id"], value_fen=value_fen)  # fmt: skip
    store.flow(e.db, move["item_id"], move["on_day"], move["kind"], 0, value_fen)


def reverse_price(e: "Entry", price: Any, on: str) -> None:
    """Take such a value back, on a day of one's own."""
    e.insert("stock_price", sign=-1, reverses=price["id"], on_day=on, kind=price["kind"], slip_id=price["slip_id"],
             line=price["line"], lot_id=price["lot_id"], item_id=price["item_id"],
             value_fen=-price["value_fen"])  # fmt: skip


def _write(e: "Entry", at: Place, kind: str, item_id: int, parts: list[tuple[int, int, int]], *, priced: bool) -> None:
    day = at.on.isoformat()
    e.insert_many("stock_move", store.MOVE, [
        (day, kind, at.slip_id, at.line, item_id, lot_id, quantity, value, int(priced), at.of_slip_id, at.of_line)
        for lot_id, quantity, value in parts
    ])  # fmt: skip
    store.flow(e.db, item_id, day, kind, sum(p[1] for p in parts), sum(p[2] for p in parts))


def _unprice(e: "Entry", row: Any) -> None:
    """A month-average issue that is taken back after its month was closed gives its price back too."""
    for price in store.live_prices(e.db, row["slip_id"], row["line"], row["lot_id"]):
        reverse_price(e, price, row["on_day"])


def _same_line(one: Any, other: Any) -> bool:
    return bool(one["slip_id"] == other["slip_id"] and one["line"] == other["line"] and one["quantity_milli"] < 0)


def _replay_receipt(kept: dict[int, Layer], row: Any) -> None:
    there = kept.setdefault(row["lot_id"], Layer(row["lot_id"], row["received_on"], 0, 0))
    there.left_milli += row["quantity_milli"]
    there.cost_milli += row["quantity_milli"]
    there.cost_fen += row["value_fen"]


def _replay_issue(db: Any, kept: dict[int, Layer], group: list[Any]) -> None:
    quantity, cost = -sum(r["quantity_milli"] for r in group), -sum(r["value_fen"] for r in group)
    try:
        asked, pool = average_cost(list(kept.values()), quantity, group[0]["on_day"])
    except ValueError:
        asked, pool = -1, []
    held = sum(x.cost_fen for x in pool)
    whole = quantity == sum(x.cost_milli for x in pool)
    if asked < 0 or cost > held or (whole and cost != held):
        name = store.item_by_id(db, group[0]["item_id"])["name"]
        raise Refused("stock.value_below_zero", item=name, number=store.slip_by_id(db, group[0]["slip_id"])["number"])
    draw(pool, quantity, cost)
    for row in group:
        kept[row["lot_id"]].left_milli += row["quantity_milli"]


def _refuse_short(item: Any, on: date, wanted: int, short: int, expired: int, found: list[Layer],
                  lot: str | None) -> None:  # fmt: skip
    facts: dict[str, Any] = {
        "item": item["name"], "day": on, "wanted": Milli(wanted), "available": Milli(wanted - short), "unit": item["unit"],
    }  # fmt: skip
    if lot is not None and not any(x.label == lot for x in found):
        raise Refused("stock.no_lot", item=item["name"], lot=lot)
    if expired:
        raise Refused("stock.expired", expired=Milli(expired), **facts)
    later = sum(x.left_milli for x in found) - (wanted - short)
    if later > 0:
        raise Refused("stock.short_then", later=Milli(later), **facts)
    raise Refused("stock.short", **facts)
