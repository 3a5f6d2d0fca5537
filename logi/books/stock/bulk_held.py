"""An item while a large file is posted: what is left of its lots, what was last paid, the last day it moved."""

import sqlite3
from array import array
from bisect import insort
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.stock import store_bulk as files
from logi.books.stock.rules import FAR, Layer, worth
from logi.core.errors import LogiError

if TYPE_CHECKING:
    from logi.books.stock.bulk_poster import Poster


FEW = 4  # lots of an item read at first: most files take from few
SOME = 24  # and then at once


class OutOfOrder(LogiError):
    """The rows do not come by day: they are sorted and posted anew."""


class Plain(Exception):
    """This row is not plain."""


class Refuses(Exception):
    """This row is refused, and its act would say just this."""

    def __init__(self, error: LogiError) -> None:
        self.error = error


Lot = tuple[int, str, int, int, int, int, int, "str | None", "str | None"]


class ItemFacts(NamedTuple):
    """What the posting must know of an item.

    A lot is (id, received on, left, cost milli, cost fen, price, per so many thousandths, expires on, label); `more` says
    that there are later ones than these.
    """

    id: int
    name: str
    unit: str
    food: bool
    least: int | None
    shelf_days: int | None
    plain_in: bool
    last_day: str
    total: int
    soonest: str
    lots: list[Lot]
    more: bool
    price: tuple[int, int] | None


def facts_of(db: sqlite3.Connection, rows: Sequence[Any], *, any_moves: bool, soonest: Mapping[int, str]) -> list[ItemFacts]:
    """Items as they stand in the ledger; `soonest` are the first expiry days of items."""
    moved = files.moved(db, [row["id"] for row in rows]) if any_moves else {}
    return [_facts(db, row, moved.get(row["id"]), soonest.get(row["id"], FAR)) for row in rows]


def _facts(db: sqlite3.Connection, row: Any, moved: tuple[str, int, int | None, int | None] | None, soonest: str) -> ItemFacts:
    food, plain_in = row["class"] == "food", not (row["tendered"] or row["chemical"])
    last_day, on_hand, price, per = moved or ("", 0, None, None)
    lots = files.lots_left(db, row["id"], most=-1 if food else FEW) if moved else []
    return ItemFacts(
        row["id"], row["name"], row["unit"], food, row["min_milli"], row["shelf_life_days"], plain_in, last_day, on_hand,
        soonest, lots, not food and len(lots) == FEW, None if price is None or per is None else (price, per),
    )  # fmt: skip


class Held:
    """An item in the posting's hands; it is asked for once and known from then on."""

    __slots__ = (
        "before", "flows", "food", "fresh", "id", "last_day", "latest", "layers", "least", "more", "name", "per",
        "plain_in", "price", "shelf", "soonest", "told", "total", "unit",
    )  # fmt: skip

    def __init__(self, facts: ItemFacts, before: int) -> None:
        self.before = before  # lots of lower ids were in the ledger when it was asked
        self.id, self.name, self.unit, self.food, self.least = facts[:5]
        self.shelf, self.plain_in, self.last_day, self.total, self.soonest = facts[5:10]
        self.layers: list[Layer] = []
        self.more = facts.more  # whether the ledger holds later lots than those that were read
        self.latest = ("", 0)  # of those that were read: day, id
        self.read(facts.lots)
        self.price, self.per = facts.price or (0, 0)  # in fen for so many thousandths; 0: never bought
        self.flows = [0, 0, 0, 0]  # this month's in, in fen, out, out fen
        self.fresh = array("q")  # lots that came in since and wait their turn
        self.told = 0  # of these, how many are written down already
        if self.food:
            self.layers.sort(key=by_expiry)

    def read(self, lots: "Sequence[Lot]") -> None:
        """Lots that the ledger held before the file."""
        for lot_id, on, left, cost_milli, cost_fen, price, per, until, label in lots:
            self.layers.append(Layer(lot_id, on, left, cost_fen, cost_milli=cost_milli, price_fen=price, per_milli=per,
                                     expires_on=until, label=label))  # fmt: skip
            self.latest = on, lot_id

    def read_on(self, poster: "Poster") -> None:
        """Read the next lots of those that the ledger held before."""
        lots = poster.clerk.more_lots(self.id, *self.latest, self.before)
        self.more = len(lots) == SOME
        self.read(lots)

    def receive(self, layer: Layer, value: int) -> None:
        """A lot that came in."""
        if self.food:
            insort(self.layers, layer, key=by_expiry)
        else:
            self.layers.append(layer)
        if layer.expires_on is not None and layer.expires_on < self.soonest:
            self.soonest = layer.expires_on
        self.total += layer.left_milli
        self.flows[0] += layer.left_milli
        self.flows[1] += value

    def wait(self, lot_id: int, milli: int, value: int) -> None:
        """A lot that came in and is no layer yet: nothing but its quantity, price and day is to be known of it."""
        self.fresh.append(lot_id)
        self.total += milli
        self.flows[0] += milli
        self.flows[1] += value

    def unfold(self, poster: "Poster", most: int | None = None) -> None:
        """Make layers of the lots that wait their turn (the first `most`); they stand behind all others."""
        while self.more:
            self.read_on(poster)
            if most is not None and self.layers:  # there may have been just so many as were read before
                return
        if not self.fresh:
            return
        end = len(self.fresh) if most is None else min(most, len(self.fresh))
        for at, lot_id in enumerate(self.fresh[:end]):
            milli, price, day = poster.lot(lot_id)
            on = f"{day // 10000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"
            layer = Layer(lot_id, on, milli, worth(milli, price) if poster.valued else 0,
                          cost_milli=milli if poster.valued else 0, price_fen=price)  # fmt: skip
            self.layers.append(layer)
            if at >= self.told:
                poster.dirty[lot_id] = (self.id, layer)
        del self.fresh[:end]
        self.told = max(self.told - end, 0)

    def take(self, poster: "Poster", milli: int) -> list[tuple[int, int, int]]:
        """Take from the lots in their order: (lot, quantity, cost), half a fen up as rules.fifo_cost has it."""
        taken_of, valued, layers, item_id = [], poster.valued, self.layers, self.id
        while milli:
            if not layers:
                self.unfold(poster, most=1)
            layer, cost = layers[0], 0
            there, lot_id = layer.left_milli, layer.lot_id
            taken = min(there, milli)
            if valued:
                cost = layer.cost_fen
                if taken != there:
                    cost = min((2 * taken * layer.price_fen + layer.per_milli) // (2 * layer.per_milli), cost)
                layer.cost_milli -= taken
                layer.cost_fen -= cost
            layer.left_milli = layer.free_milli = there - taken
            taken_of.append((lot_id, taken, cost))
            milli -= taken
            if taken != there:
                poster.dirty[lot_id] = (item_id, layer)
                break
            del layers[0]
            if lot_id < poster.settled_lot:
                poster.dirty[lot_id] = (item_id, layer)
            else:
                poster.dirty.pop(lot_id, None)
        return taken_of

    def untold(self, poster: "Poster") -> Iterator[tuple[int, int, int, int, int]]:
        """What is left of waiting lots not written down yet (lot, item, left, cost milli, cost fen); then they are."""
        for lot_id in self.fresh[self.told :]:
            milli, price, _ = poster.lot(lot_id)
            yield (lot_id, self.id, milli, milli, worth(milli, price)) if poster.valued else (lot_id, self.id, milli, 0, 0)
        self.told = len(self.fresh)


def by_expiry(layer: Layer) -> tuple[str, str, int]:
    """The first to expire first."""
    return layer.expires_on or FAR, layer.received_on, layer.lot_id
