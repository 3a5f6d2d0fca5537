"""Many movements at once: receipts and issues in the order of days are posted from memory, a chunk at a time.

The rules are those of the acts: whatever is not plain (a return, an adjustment, a late row, a tendered item, a refusal,
a name to be made, a ref that is there already) is handed to the act itself, after all before it has been written down.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from logi.books.stock import school, store
from logi.books.stock import store_bulk as files
from logi.books.stock.posting import FIFO, MOVING, costing
from logi.books.stock.rules import SERIES, Layer, fifo_cost, worth
from logi.core.answers import Fen, Milli
from logi.core.errors import BadValue, LogiError
from logi.core.money import ratio_half_up
from logi.importing.kinds import Row, Verdict
from logi.importing.running import Options, Posted, cell_value, parsed_row

if TYPE_CHECKING:
    from logi.importing.headers import Plan
    from logi.journal import Entry

CHUNK = 5000
KEPT = 50_000  # parsed texts remembered per column
SLIP = (
    "number", "kind", "on_day", "vendor_id", "department_id", "person_id", "keeper_id", "purpose", "invoice_no", "ref",
)  # fmt: skip
LOT = ("item_id", "received_on", "price_fen", "per_milli", "label", "made_on", "expires_on")
KEYS = (
    "on", "direction", "quantity", "ref", "item", "item_name", "price", "person", "department", "vendor", "lot", "made",
    "expires", "purpose", "invoice",
)  # fmt: skip
GIVEN = ("series", "n", "number", "book", "kind")

Numbered = tuple[int, Any]
Act = Callable[[Row, dict[str, list[dict[str, Any]]]], Verdict]


class OutOfOrder(LogiError):
    """The rows do not come by day: they are sorted and posted anew."""


class _Plain(Exception):
    """This row is not plain."""


class _Parsed(dict[str, Any]):
    """What the texts of a column mean, remembered."""

    def __init__(self, column: Any) -> None:
        self.column = column

    def __missing__(self, text: str) -> Any:
        if len(self) >= KEPT:
            self.clear()
        value = self[text] = cell_value(self.column, text)
        return value


class _Held:
    """An item while a file is posted: what is left of its lots, what was last paid, the last day it moved."""

    __slots__ = ("food", "last_day", "layers", "least", "price", "row", "total")

    def __init__(self, e: "Entry", row: Any, on: str) -> None:
        self.row, self.food, self.least = row, row["class"] == "food", row["min_milli"]
        self.last_day = files.last_move_day(e.db, row["id"])
        self.layers: list[Layer] = store.layers(e.db, row["id"], max(on, self.last_day))
        self.price = store.last_price(e.db, row["id"], max(on, self.last_day))
        self.total = sum(layer.left_milli for layer in self.layers)


def post_many(e: "Entry", plan: "Plan", reread: Callable[[], Iterator[Numbered]], options: Options,
              act: Act) -> tuple[Posted, int] | None:  # fmt: skip
    """Post a file; None where the costing needs the slow way (a moving average draws on every lot)."""
    if costing(e) == MOVING:
        return None
    try:
        with e.attempt():
            return _Bulk(e, plan, options, act).run(reread())
    except OutOfOrder:
        from logi.importing.sorting import by_day

        options.reset(plan)
        days = _Parsed(next(col for _, col in plan.columns if col.key == "on"))
        at = next(at for at, col in plan.columns if col.key == "on")
        return _Bulk(e, plan, options, act).run(by_day(reread(), lambda cells: _day(days, cells, at)))


def _day(days: _Parsed, cells: Any, at: int) -> date:
    try:
        return days[cells[at]] or date.min
    except (BadValue, IndexError):
        return date.min


class _Bulk:
    """The file on its way: rows not yet written, items held in memory, numbers and ids still to come."""

    def __init__(self, e: "Entry", plan: "Plan", options: Options, act: Act) -> None:
        self.e, self.plan, self.options, self.act = e, plan, options, act
        self.posted, self.count, self.price_ignored = Posted(), 0, 0
        self.width = len(plan.headings)
        self.pairs = [(at, _Parsed(col)) for at, col in plan.columns]
        places = {col.key: n for n, (_, col) in enumerate(plan.columns)}
        self.values = itemgetter(*(places.get(key, -1) for key in KEYS))  # a column that is not there is None
        self.seen: dict[str, list[dict[str, Any]]] = {}
        self.valued = costing(e) == FIFO
        self.any_refs = files.any_ref(e.db)
        self.names: dict[tuple[str, str], int] = {}
        self.days: dict[date, str] = {}
        self.limits: dict[str, int] = {}
        self.last = date.min
        self._start()

    def run(self, rows: Iterable[Numbered]) -> tuple[Posted, int]:
        """Post every row."""
        for line, cells in rows:
            try:
                if len(cells) != self.width:
                    raise _Plain
                self._plain(line, cells)
                self.count += 1
            except OutOfOrder:
                raise
            except (_Plain, LogiError):
                self._by_act(line, cells)
            if len(self.slips) >= CHUNK:
                self._flush()
                self.options.tick(self.count)
        self._flush()
        if self.price_ignored:
            self.e.warn("importing.price_ignored", rows=self.price_ignored)
        return self.posted, self.count

    # -- plain rows -----------------------------------------------------------------------------------------

    def _plain(self, line: int, cells: Any) -> None:
        read = [parsed[cells[at]] for at, parsed in self.pairs]
        read.append(None)
        row = self.values(read)
        on, direction, milli, ref, item, name = row[:6]
        if on < self.last:
            raise OutOfOrder("importing.row_clash")
        self.last = on
        if milli <= 0 or (ref is not None and self.any_refs and files.ref_known(self.e.db, ref, before=self.e.n)):
            raise _Plain
        day = self.days.get(on)
        if day is None:
            day = self.days[on] = self.e.happened(on).isoformat()
        held = self._item(item, name, day)
        if direction == "out":
            self._out(line, row, held, day, milli, ref)
        elif direction == "in":
            self._in(line, row, held, day, milli, ref)
        else:
            raise _Plain

    def _item(self, text: str, name: str | None, day: str) -> _Held:
        held = self.held.get(text)
        if held is None:
            row = store.item(self.e, text)
            held = self.by_id.get(row["id"]) or _Held(self.e, row, day)
            self.held[text] = self.by_id[row["id"]] = held
        if (name is not None and name != held.row["name"]) or day < held.last_day:
            raise _Plain
        return held

    def _name(self, kind: str, text: str | None, find: Callable[..., Any]) -> int | None:
        if text is None:
            return None
        found = self.names.get((kind, text))
        if found is None:
            found = self.names[kind, text] = int(find(self.e, text)["id"])
        return found

    def _in(self, line: int, row: Any, held: _Held, day: str, milli: int, ref: str | None) -> None:
        item = held.row
        price, person, _, seller, label, made, expires, _, invoice = row[6:]
        if price is None or item["tendered"] or item["chemical"] or (made and expires and expires < made):
            raise _Plain
        vendor = self._name("vendor", seller, school.vendor)
        keeper = self._name("person", person, school.person)
        value = worth(milli, price)
        if expires is None and made and item["shelf_life_days"]:
            expires = made + timedelta(days=item["shelf_life_days"])
        number, slip_id = self._slip("in", day, vendor, None, None, keeper, None, invoice, ref)
        self.options.warn_row(self.e, line, "stock.no_request", number=number)
        if expires is not None and expires.isoformat() < day:
            self.options.warn_row(self.e, line, "stock.came_expired", item=item["name"], expires=expires)
        self._look_at_price(line, held, price, day)
        lot_id = self.next_lot + len(self.lots)
        until = expires.isoformat() if expires else None
        self.lots.append((item["id"], day, price, 1000, label, made.isoformat() if made else None, until))
        self.moves.append((day, "in", slip_id, 1, item["id"], lot_id, milli, value, 1, None, None))
        layer = Layer(lot_id, day, milli, value if self.valued else 0, cost_milli=milli if self.valued else 0,
                      price_fen=price, per_milli=1000, expires_on=until, label=label)  # fmt: skip
        held.layers.append(layer)
        held.price, held.last_day = (price, 1000), day
        held.total += milli
        self._flow(item["id"], day, 0, milli, value)
        self.dirty[lot_id] = (item["id"], layer)

    def _look_at_price(self, line: int, held: _Held, price: int, day: str) -> None:
        if held.price is None:
            return
        limit = self.limits.get(day)
        if limit is None:
            limit = self.limits[day] = school.policy(self.e, "stock.price_jump_percent", date.fromisoformat(day))
        before, per = held.price
        if price * per * 100 > before * 1000 * limit:
            self.options.warn_row(self.e, line, "stock.price_jump", item=held.row["name"], price=Fen(price),
                                  before=Fen(ratio_half_up(before * 1000, per)), percent=limit)  # fmt: skip

    def _out(self, line: int, row: Any, held: _Held, day: str, milli: int, ref: str | None) -> None:
        item = held.row
        price, person, department, _, lot, _, _, purpose, _ = row[6:]
        if held.food or milli > held.total or lot is not None or person is None or department is None:
            raise _Plain
        picks, left = [], milli
        for layer in held.layers:
            if layer.expires_on is not None and layer.expires_on < day:
                raise _Plain
            if not left:
                break
            if layer.left_milli > 0:
                picks.append((layer, min(layer.left_milli, left)))
                left -= picks[-1][1]
        by = self._name("person", person, school.person)
        to = self._name("department", department, school.department)
        _, slip_id = self._slip("out", day, None, to, by, None, purpose, None, ref)
        self.price_ignored += price is not None
        value = 0
        for layer, taken in picks:
            cost = fifo_cost(layer, taken) if self.valued else 0
            if self.valued:
                layer.cost_milli -= taken
                layer.cost_fen -= cost
            layer.left_milli = layer.free_milli = layer.left_milli - taken
            value += cost
            self.dirty[layer.lot_id] = (item["id"], layer)
            self.moves.append((day, "out", slip_id, 1, item["id"], layer.lot_id, -taken, -cost, int(self.valued), None, None))
        if not picks[0][0].left_milli:
            held.layers = [layer for layer in held.layers if layer.left_milli]
        held.total, held.last_day = held.total - milli, day
        self._flow(item["id"], day, 2, milli, value)
        if held.least is not None and held.total < held.least:
            self.options.warn_row(self.e, line, "stock.below_minimum", item=item["name"], left=Milli(held.total),
                                  minimum=Milli(item["min_milli"]), unit=item["unit"])  # fmt: skip

    def _slip(self, kind: str, day: str, *rest: Any) -> tuple[str, int]:
        series = f"{SERIES[kind]}-{day[:4]}"
        n = self.numbers.get(series) or self.e.next_in(series)
        self.numbers[series] = n + 1
        number = f"{series}-{n:04d}"
        self.given.append((series, n, number, "stock", kind))
        self.slips.append((number, kind, day, *rest))
        self.posted.new += 1
        return number, self.next_slip + len(self.slips) - 1

    def _flow(self, item_id: int, day: str, side: int, milli: int, fen: int) -> None:
        key = (day[:7], item_id)
        sums = self.months.get(key)
        if sums is None:
            sums = self.months[key] = [0, 0, 0, 0]
        sums[side] += milli
        sums[side + 1] += fen

    # -- rows for the acts, and writing down ----------------------------------------------------------------

    def _by_act(self, line: int, cells: Any) -> None:
        """A row that is not plain: read anew for its findings, then posted by its act on what is written by now."""
        if not any(cell.strip() for cell in cells):
            return
        self.count += 1
        row = parsed_row(self.plan, line, cells, self.options)
        if row is None:
            return
        if row["on"] < self.last:
            raise OutOfOrder("importing.row_clash")
        self.last = row["on"]
        self._flush()
        self.options.cells[line] = cells
        done = self.options.attempt(self.e, row, lambda: self.act(row, self.seen), self.posted)
        self.options.cells.clear()
        if done:
            self.price_ignored += row["direction"] in ("out", "return") and row["price"] is not None
        self._start()

    def _start(self) -> None:
        """Nothing is held: what the ledger says holds."""
        self.held: dict[str, _Held] = {}
        self.by_id: dict[int, _Held] = {}
        self.numbers: dict[str, int] = {}
        self._empty()

    def _empty(self) -> None:
        self.given: list[tuple[Any, ...]] = []
        self.slips: list[tuple[Any, ...]] = []
        self.lots: list[tuple[Any, ...]] = []
        self.moves: list[tuple[Any, ...]] = []
        self.dirty: dict[int, tuple[int, Layer]] = {}
        self.months: dict[tuple[str, int], list[int]] = {}
        self.next_slip, self.next_lot = files.next_ids(self.e.db)

    def _flush(self) -> None:
        """Write down what is held back."""
        if not self.slips:
            return
        e = self.e
        e.insert_many("number_given", GIVEN, self.given)
        e.insert_many("stock_slip", SLIP, self.slips)
        e.insert_many("stock_lot", LOT, self.lots)
        e.insert_many("stock_move", store.MOVE, self.moves)
        files.carry_flows(e.db, self.months)
        files.keep_layers(e.db, self.dirty)
        self._empty()

