"""What a large file is posted with: an item held in memory, why a row is not plain, the columns that are written."""

from array import array
from bisect import insort
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from logi.books.stock import store
from logi.books.stock import store_bulk as files
from logi.books.stock.rules import FAR, Layer, worth
from logi.core.errors import LogiError

if TYPE_CHECKING:
    from logi.journal import Entry

SLIP = (
    "id", "number", "kind", "on_day", "vendor_id", "department_id", "person_id", "keeper_id", "purpose",
    "invoice_no", "ref",
)  # fmt: skip
LOT = ("id", "item_id", "received_on", "price_fen", "per_milli", "label", "made_on", "expires_on")
MOVE = (
    "id", "on_day", "kind", "slip_id", "item_id", "lot_id", "quantity_milli", "value_fen", "priced",
)  # fmt: skip


class OutOfOrder(LogiError):
    """The rows do not come by day: they are sorted and posted anew."""


class Plain(Exception):
    """This row is not plain."""


class Refuses(Exception):
    """This row is refused, and its act would say just this."""

    def __init__(self, error: LogiError) -> None:
        self.error = error


class Held:
    """An item while a file is posted: what is left of its lots, what was last paid, the last day it moved."""

    __slots__ = (
        "flows", "food", "fresh", "id", "last_day", "layers", "least", "name", "plain_in", "price", "row", "shelf", "soonest",
        "told", "total",
    )  # fmt: skip

    def __init__(self, e: "Entry", row: Any, on: str, *, moved: bool) -> None:
        self.row, self.id, self.name = row, row["id"], row["name"]
        self.food, self.least, self.shelf = row["class"] == "food", row["min_milli"], row["shelf_life_days"]
        self.plain_in = not (row["tendered"] or row["chemical"])
        self.last_day = files.last_move_day(e.db, self.id) if moved else ""
        since = max(on, self.last_day)
        self.layers: list[Layer] = store.layers(e.db, self.id, since) if moved else []
        self.price = store.last_price(e.db, self.id, since) if moved else None
        self.total = sum(layer.left_milli for layer in self.layers)
        self.soonest = min((layer.expires_on or FAR for layer in self.layers), default=FAR)
        self.flows = [0, 0, 0, 0]  # this month's in, in fen, out, out fen
        # Lots that came in since and wait their turn, four numbers each: lot, quantity, price, day (20250901).
        self.fresh = array("q")
        self.told = 0  # of these, how many numbers are written down already
        if self.food:
            self.layers.sort(key=by_expiry)

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

    def unfold(self, dirty: dict[int, tuple[int, Layer]], *, valued: bool, most: int | None = None) -> None:
        """Make layers of the lots that wait their turn (the first `most`); they stand behind all others."""
        if not self.fresh:
            return
        end = len(self.fresh) if most is None else min(4 * most, len(self.fresh))
        for at in range(0, end, 4):
            lot_id, milli, price, day = self.fresh[at : at + 4]
            on = f"{day // 10000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"
            layer = Layer(lot_id, on, milli, worth(milli, price) if valued else 0, cost_milli=milli if valued else 0,
                          price_fen=price)  # fmt: skip
            self.layers.append(layer)
            if at >= self.told:
                dirty[lot_id] = (self.id, layer)
        del self.fresh[:end]
        self.told = max(self.told - end, 0)

    def untold(self, valued: bool) -> Iterator[tuple[int, int, int, int, int]]:
        """What is left of waiting lots not written down yet (lot, item, left, cost milli, cost fen); then they are."""
        for at in range(self.told, len(self.fresh), 4):
            lot_id, milli, price, _ = self.fresh[at : at + 4]
            yield (lot_id, self.id, milli, milli, worth(milli, price)) if valued else (lot_id, self.id, milli, 0, 0)
        self.told = len(self.fresh)


def by_expiry(layer: Layer) -> tuple[str, str, int]:
    """The first to expire first."""
    return layer.expires_on or FAR, layer.received_on, layer.lot_id
