"""Many movements at once: receipts and issues in the order of days are posted from memory, a chunk at a time.

The rules are those of the acts: whatever is not plain (a return, an adjustment, a late row, a tendered item, a refusal,
a ref that is there already) is handed to the act itself, after all before it has been written down.
"""

import gc
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from logi.books.stock import bulk_cells as cells_
from logi.books.stock import school, store
from logi.books.stock import store_bulk as files
from logi.books.stock.bulk_columns import columns
from logi.books.stock.bulk_items import LOT, MOVE, SLIP, Held, OutOfOrder, Plain, Refuses
from logi.books.stock.bulk_posting import post_columns
from logi.books.stock.bulk_writer import Writer
from logi.books.stock.posting import FIFO, MOVING, costing
from logi.books.stock.rules import SERIES, Layer, worth
from logi.books.stock.store_costing import own_costings
from logi.core.answers import Fen, Milli
from logi.core.errors import BadValue, LogiError, NotFound, Refused
from logi.core.money import ratio_half_up
from logi.importing.kinds import Row, Verdict
from logi.importing.running import Options, Posted, parsed_row

if TYPE_CHECKING:
    from logi.importing.headers import Plan
    from logi.journal import Entry

CHUNK = 5000
BUFFER = 4096  # rows read at once
FEW = 8  # rows posted one by one around one that is not plain
UNINDEXED_AFTER = 25_000  # plain rows in a stretch, and a quarter of the ledger's: then indexes are made anew at the end
FINDERS = {"person": school.person, "department": school.department, "vendor": school.vendor}

Numbered = tuple[int, Any]
Act = Callable[[Row, dict[str, list[dict[str, Any]]]], Verdict]


def post_many(e: "Entry", plan: "Plan", reread: Callable[[], Iterator[Numbered]], options: Options,
              act: Act) -> tuple[Posted, int] | None:  # fmt: skip
    """Post a file; None where the costing needs the slow way (a moving average draws on every lot)."""
    if costing(e) == MOVING or files.carried_over(e.db) or own_costings(e.db):
        return None
    try:
        with e.attempt():
            return Bulk(e, plan, options, act).run(reread())
    except OutOfOrder:
        from logi.importing.sorting import by_day

        options.reset(plan)
        days = cells_.Parsed(next(col for _, col in plan.columns if col.key == "on"))
        at = next(at for at, col in plan.columns if col.key == "on")
        return Bulk(e, plan, options, act).run(by_day(reread(), lambda cells: _day(days, cells, at)))


def _day(days: cells_.Parsed, cells: Any, at: int) -> date:
    try:
        return days[cells[at]] or date.min
    except (BadValue, IndexError):
        return date.min


class Bulk:
    """The file on its way: rows not yet written, items held in memory, numbers and ids still to come."""

    def __init__(self, e: "Entry", plan: "Plan", options: Options, act: Act) -> None:
        self.e, self.plan, self.options, self.act = e, plan, options, act
        self.posted, self.count, self.price_ignored = Posted(), 0, 0
        self.read = cells_.Reader(plan)
        self.seen: dict[str, list[dict[str, Any]]] = {}
        self.valued = costing(e) == FIFO
        self.any_refs = files.any_ref(e.db)
        self.ids: dict[str, dict[str, int | None]] = {key: {} for key in FINDERS}
        self.creatable = {col.key for _, col in plan.columns if col.names and col.names in options.create}
        self.known: set[tuple[str, str]] = set()
        self.day, self.day_text, self.day_number = "", "", 0
        self.limit, self.size = 0, BUFFER
        self.held: dict[str, Held] = {}
        self.by_id: dict[int, Held] = {}
        self.stretch, self.shelved, self.writer = 0, files.Shelved(e.db), Writer(e.db)
        self.numbers: dict[str, int] = {}
        self.next_slip = self.next_lot = self.next_move = 0
        self._count_on()
        self._empty()
        self.series: dict[str, str] = {}
        self.dirty: dict[int, tuple[int, Layer]] = {}  # lots whose rest is not as it is written
        self.filled: set[Held] = set()  # items with new lots that are not written

    def run(self, rows: Iterable[Numbered]) -> tuple[Posted, int]:
        """Post every row."""
        collecting = gc.isenabled()
        gc.disable()  # millions of rows without a circle among them
        try:
            return self._run(rows)
        finally:
            self.writer.stop()
            if collecting:
                gc.enable()

    def _run(self, rows: Iterable[Numbered]) -> tuple[Posted, int]:
        rows = iter(rows)
        while buffer := list(islice(rows, BUFFER)):
            if self.read.in_columns:
                self._many(buffer)
            else:
                for line, cells in buffer:
                    self._one(line, cells)
            if len(self.slips) >= CHUNK:
                self._write()
            self.options.tick(self.count)
        self._settle()
        self.shelved.back()
        if self.price_ignored:
            self.e.warn("importing.price_ignored", rows=self.price_ignored)
        return self.posted, self.count

    def _many(self, buffer: list[Numbered]) -> None:
        """Rows as columns, as many at a time as go well; around a row that does not, a few are posted one by one."""
        at = 0
        while at < len(buffer):
            part = buffer[at : at + self.size]
            found = columns(self, [cells for _, cells in part])
            done = post_columns(self, found, part) if found is not None else 0
            at += done
            self.count += done
            if done == len(part):
                self.size = min(2 * self.size, BUFFER)
                continue
            self.size = max(self.size // 2, FEW)
            for line, cells in buffer[at : at + FEW]:
                self._one(line, cells)
            at += FEW

    def _one(self, line: int, cells: Any) -> None:
        try:
            if len(cells) != len(self.plan.headings):
                raise Plain
            self._plain(line, cells)
        except OutOfOrder:
            raise
        except Refuses as no:
            self._refuse(line, cells, no.error)
        except (Plain, LogiError):
            self._by_act(line, cells)
        else:
            self.count += 1

    # -- plain rows -----------------------------------------------------------------------------------------

    def _plain(self, line: int, cells: Any) -> None:
        read = self.read
        if (text := cells[read.on]) != self.day_text:
            self.turn_to(text)
        held = self.held.get(cells[read.item]) or self.item(cells[read.item])
        held.unfold(self.dirty, valued=self.valued)
        milli, ref, day = read.quantities[cells[read.quantity]], None, self.day
        if read.ref >= 0:
            ref = read.text("ref", cells[read.ref])
            if self.any_refs and ref is not None and files.ref_known(self.e.db, ref, before=self.e.n):
                raise Plain
        if day < held.last_day:
            raise Plain
        name = cells[read.name] if read.name >= 0 else None
        if name and name != held.name and read.value("item_name", cells) not in (None, held.name):
            raise Plain
        direction = read.directions[cells[read.direction]]
        if milli <= 0:
            raise Plain
        if direction == "out":
            self._out(line, cells, held, day, milli, ref)
        elif direction == "in":
            self._in(line, cells, held, day, milli, ref)
        else:
            raise Plain

    def turn_to(self, text: str) -> None:
        on = self.read.days[text]
        day = self.e.happened(on).isoformat()
        if day < self.day:
            raise OutOfOrder("importing.row_clash")
        if day[:7] != self.day[:7]:
            self._carry()
        self._come_to(day, text)

    def _come_to(self, day: str, text: str) -> None:
        if day[:4] != self.day[:4]:
            self.series = {kind: f"{letters}-{day[:4]}" for kind, letters in SERIES.items()}
        self.day, self.day_text, self.limit = day, text, 0
        self.day_number = int(day.replace("-", ""))

    def item(self, text: str) -> Held:
        try:
            row = store.item(self.e, self.read.items[text])
        except LogiError as error:
            if "item" in self.creatable or not isinstance(error, NotFound):
                raise
            raise Refuses(error) from None
        held = self.by_id.get(row["id"])
        if held is None:
            held = self.by_id[row["id"]] = Held(self.e, row, self.day, moved=not self.shelved.blank)
        self.held[text] = held
        return held

    def _id(self, key: str, cells: Any) -> int | None:
        """Whom or what a cell names."""
        at, ids = self.read.at[key], self.ids[key]
        if at < 0:
            return None
        try:
            return ids[cells[at]]
        except KeyError:
            return self.id_of(key, cells[at])

    def id_of(self, key: str, typed: str) -> int | None:
        """Whom or what a text names; a name that may be made and is new is made by the row's act."""
        text, found = self.read.values(key)[typed], None
        if text is not None:
            if key in self.creatable and (key, text) not in self.known:
                raise Plain
            found = int(FINDERS[key](self.e, text)["id"])
        self.ids[key][typed] = found
        return found

    def knows_one(self, refs: Iterable[str | None]) -> bool:
        """Whether an earlier entry posted something under one of these references."""
        return any(ref is not None and files.ref_known(self.e.db, ref, before=self.e.n) for ref in refs)

    def _look_at(self, key: str, cells: Any) -> None:
        """A name that the row does not use must be readable, and is made where it may be."""
        if key in self.creatable:
            self._id(key, cells)
        else:
            self.read.check((key,), cells)

    def _in(self, line: int, cells: Any, held: Held, day: str, milli: int, ref: str | None) -> None:
        read = self.read
        price = read.amount("price", cells)
        made = expires = label = invoice = None
        if read.more:
            made, expires, label, invoice = (read.value(key, cells) for key in ("made", "expires", "lot", "invoice"))
            read.check(("purpose",), cells)
        if price is None or not held.plain_in or (made and expires and expires < made):
            raise Plain
        value = worth(milli, price)
        if expires is None and made and held.shelf:
            expires = made + timedelta(days=held.shelf)
        until = expires.isoformat() if expires else None
        self._look_at("department", cells)
        vendor, keeper = self._id("vendor", cells), self._id("person", cells)
        number, slip_id = self._number("in")
        self.slips.append((slip_id, number, "in", day, vendor, None, None, keeper, None, invoice, ref))
        warn = self.options.warn_row
        warn(self.e, line, "stock.no_request", number=number)
        if until is not None and until < day:
            warn(self.e, line, "stock.came_expired", item=held.name, expires=expires)
        self.look_at_price(line, held, price)
        lot_id = self.next_lot
        self.next_lot = lot_id + 1
        self.lots.append((lot_id, held.id, day, price, 1000, label, made.isoformat() if made else None, until))
        self.moves.append((self.next_move, day, "in", slip_id, held.id, lot_id, milli, value, 1))
        self.next_move += 1
        layer = Layer(lot_id, day, milli, value if self.valued else 0, cost_milli=milli if self.valued else 0,
                      price_fen=price, expires_on=until, label=label)  # fmt: skip
        held.receive(layer, value)
        held.price, held.last_day = (price, 1000), day
        self.dirty[lot_id] = (held.id, layer)

    def look_at_price(self, line: int, held: Held, price: int) -> None:
        """Warn of a price far above the last one."""
        if held.price is None:
            return
        if not self.limit:
            self.limit = school.policy(self.e, "stock.price_jump_percent", date.fromisoformat(self.day))
        before, per = held.price
        if price * per * 100 > before * 1000 * self.limit:
            self.options.warn_row(self.e, line, "stock.price_jump", item=held.name, price=Fen(price),
                                  before=Fen(ratio_half_up(before * 1000, per)), percent=self.limit)  # fmt: skip

    def _out(self, line: int, cells: Any, held: Held, day: str, milli: int, ref: str | None) -> None:
        read = self.read
        by, to, purpose = self._id("person", cells), self._id("department", cells), None
        if read.more:
            purpose = read.value("purpose", cells)
            read.check(("made", "expires", "invoice"), cells)
        if held.soonest < day or by is None or to is None or (read.more and read.value("lot", cells) is not None):
            raise Plain
        if read.at["vendor"] >= 0:
            self._look_at("vendor", cells)
        price = read.amount("price", cells)
        if milli > held.total:
            raise Refuses(Refused("stock.short", item=held.name, day=date.fromisoformat(day), wanted=Milli(milli),
                                   available=Milli(held.total), unit=held.row["unit"]))  # fmt: skip
        self.price_ignored += price is not None
        number, slip_id = self._number("out")
        self.slips.append((slip_id, number, "out", day, None, to, by, None, purpose, None, ref))
        held.flows[3] += self.take(held, slip_id, day, milli)
        held.flows[2] += milli
        held.total, held.last_day = held.total - milli, day
        if held.least is not None and held.total < held.least:
            self.options.warn_row(self.e, line, "stock.below_minimum", item=held.name, left=Milli(held.total),
                                  minimum=Milli(held.least), unit=held.row["unit"])  # fmt: skip

    def take(self, held: Held, slip_id: int, day: str, milli: int) -> int:
        """Take from the lots in their order; returns the cost, half a fen up as rules.fifo_cost has it."""
        value, valued, layers, item_id = 0, self.valued, held.layers, held.id
        while milli:
            if not layers:
                held.unfold(self.dirty, valued=valued, most=1)
            layer, cost = layers[0], 0
            there, lot_id = layer.left_milli, layer.lot_id
            taken = min(there, milli)
            if valued:
                cost = layer.cost_fen
                if taken != there:
                    cost = min((2 * taken * layer.price_fen + layer.per_milli) // (2 * layer.per_milli), cost)
                layer.cost_milli -= taken
                layer.cost_fen -= cost
                value += cost
            layer.left_milli = layer.free_milli = there - taken
            self.moves.append((self.next_move, day, "out", slip_id, item_id, lot_id, -taken, -cost, int(valued)))
            self.next_move += 1
            milli -= taken
            if taken != there:
                self.dirty[lot_id] = (item_id, layer)
                break
            del layers[0]
            if lot_id < self.settled_lot:
                self.dirty[lot_id] = (item_id, layer)
            else:
                self.dirty.pop(lot_id, None)
        return value

    # -- what is held back ----------------------------------------------------------------------------------

    def _number(self, kind: str) -> tuple[str, int]:
        """The next number of a kind, and the id of its slip."""
        series, n = self.numbering(kind)
        self.numbered(kind, 1)
        at = self.next_slip
        self.next_slip = at + 1
        return f"{series}-{n:04d}", at

    def numbering(self, kind: str) -> tuple[str, int]:
        """The series of a kind on this day, and its next number."""
        series = self.series[kind]
        if series not in self.numbers:
            self.numbers[series] = self.e.next_in(series)
        return series, self.numbers[series]

    def numbered(self, kind: str, count: int) -> None:
        """So many numbers of a kind have been given to new slips."""
        if not count:
            return
        series, n = self.numbering(kind)
        self.numbers[series] = n + count
        self.given.setdefault(series, [n, n, kind])[1] = n + count - 1
        self.posted.new += count

    def _by_act(self, line: int, cells: Any) -> None:
        """A row that is not plain: read anew for its findings, then posted by its act on what is written by now."""
        if not any(cell.strip() for cell in cells):
            return
        self.count += 1
        row = parsed_row(self.plan, line, cells, self.options)
        if row is None:
            return
        if row["on"].isoformat() < self.day:
            raise OutOfOrder("importing.row_clash")
        self._settle()
        self.shelved.back()
        self.stretch = 0
        self._come_to(row["on"].isoformat(), "")
        self.options.cells[line] = cells
        done = self.options.attempt(self.e, row, lambda: self.act(row, self.seen), self.posted)
        self.options.cells.clear()
        if done:
            self.known |= {(key, row[key]) for key in self.creatable if row[key] is not None}
            self.price_ignored += row["direction"] in ("out", "return") and row["price"] is not None
        self._forget(row["item"])
        self._count_on()

    def _refuse(self, line: int, cells: Any, error: LogiError) -> None:
        """A row whose refusal is known without its act."""
        self.count += 1
        row = parsed_row(self.plan, line, cells, self.options)
        if row is None:
            return

        def no() -> Verdict:
            raise error

        self.writer.wait()  # a refused row is rolled back to where it began: nothing may be written meanwhile
        self.options.cells[line] = cells
        self.options.attempt(self.e, row, no, self.posted)
        self.options.cells.clear()

    def _forget(self, text: str) -> None:
        """What the act may have moved is read anew when it comes again."""
        try:
            item_id = store.item(self.e, text)["id"]
        except LogiError:
            return
        self.by_id.pop(item_id, None)
        self.held = {key: one for key, one in self.held.items() if one.id != item_id}

    def _count_on(self) -> None:
        """Numbers and ids go on from what the ledger says."""
        self.numbers = {}
        self.next_slip, self.next_lot, self.next_move = files.next_ids(self.e.db)
        self.settled_lot = self.next_lot  # lots before this one may stand among what is left

    def _empty(self) -> None:
        self.given: dict[str, list[Any]] = {}  # series -> first number, last number, kind
        self.slips: list[tuple[Any, ...]] = []
        self.lots: list[tuple[Any, ...]] = []
        self.moves: list[tuple[Any, ...]] = []

    def _write(self) -> None:
        """Have the rows held back written down, while others are read."""
        if not self.slips:
            return
        self.stretch += len(self.slips)
        if self.stretch >= max(UNINDEXED_AFTER, self.shelved.moves // 4) and not self.shelved.away and not self.any_refs:
            self.writer.wait()
            self._hold_all()
            self.shelved.put_away()
        self.writer.do(partial(self._put, self.given, self.slips, self.lots, self.moves))
        self._empty()

    def _put(self, given: dict[str, list[Any]], slips: list[Any], lots: list[Any], moves: list[Any]) -> None:
        e = self.e
        for series, (first, last, kind) in given.items():
            e.give_run(series, first, last, width=4, book="stock", kind=kind)
        e.insert_rows("stock_slip", SLIP, slips)
        e.insert_rows("stock_lot", LOT, lots)
        e.insert_rows("stock_move", MOVE, moves, line=1)

    def _hold_all(self) -> None:
        """Without indexes nothing can be looked up: every item is held from here on."""
        if self.shelved.blank:
            return
        for row in store.items(self.e.db):
            if row["id"] not in self.by_id:
                self.by_id[row["id"]] = Held(self.e, row, self.day, moved=True)

    def _carry(self) -> None:
        """Carry the month's flows into the sums."""
        self.writer.wait()
        month, found = self.day[:7], {}
        for held in self.by_id.values():
            if any(held.flows):
                found[month, held.id] = held.flows
                held.flows = [0, 0, 0, 0]
        files.carry_flows(self.e.db, found)

    def _settle(self) -> None:
        """Write down everything, the sums and what is left of lots too; then the ledger may be looked at and written to."""
        self._write()
        self._carry()
        files.keep_layers(self.e.db, self.dirty, (row for held in self.filled for row in held.untold(self.valued)))
        self.dirty, self.filled, self.settled_lot = {}, set(), self.next_lot
