"""Posting a large file from memory: rows become columns of slips, lots and moves without the ledger being touched.

The rules are those of the acts: whatever is not plain (a return, an adjustment, a late row, a tendered item, a refusal,
a ref that is there already) is handed to the act itself, after all before it has been written down.
"""

import gc
from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from logi.books.stock import bulk_cells as cells_
from logi.books.stock.bulk_batch import MOST, post_batch
from logi.books.stock.bulk_chunk import Chunk
from logi.books.stock.bulk_clerk import UNMADE
from logi.books.stock.bulk_columns import no_row
from logi.books.stock.bulk_held import Held, OutOfOrder, Plain, Refuses
from logi.books.stock.bulk_numbers import Numbers
from logi.books.stock.rules import Layer, worth
from logi.core.answers import Fen, Milli
from logi.core.errors import LogiError, NotFound, Refused
from logi.core.money import ratio_half_up
from logi.importing.rereading import Below
from logi.importing.running import WARNINGS, Options, parsed_row

if TYPE_CHECKING:
    from logi.books.stock.bulk_clerk import Clerk
    from logi.importing.headers import Plan
    from logi.journal import Entry

CHUNK = 2000  # slips written at once
TIDIED_AFTER = 5000  # rows that are not plain
KEYS = ("person", "department", "vendor")


class Poster:
    """The file on its way: rows not yet written, items held in memory, numbers and ids still to come.

    Of the entry it takes what is settled before the first row (which days it admits), never the ledger.
    """

    def __init__(self, e: "Entry", plan: "Plan", options: Options, clerk: "Clerk") -> None:
        self.admit, self.plan, self.clerk = e.admit, plan, clerk
        self.count = self.price_ignored = self.untidy = 0
        self.read = cells_.Reader(plan)
        # Cells before any that stands in every row: one of them may say that this is a sum.
        self.heads = range(min(self.read.on, self.read.direction, self.read.quantity))
        self.creatable = {col.key for _, col in plan.columns if col.names and col.names in options.create}
        start = clerk.start()
        self.valued: bool = start["valued"]
        self.any_refs: bool = start["any_refs"]
        self.limits: list[list[tuple[str, int]]] = start["limits"]  # since when a price has jumped, since when it is an asset's
        self.limit = self.asset_line = 0  # on this day: percent, fen; 0: none is in force
        self.begun = False  # whether a row went in
        self.unmade = False  # whether a row bears names that are to be made
        self.ids: dict[str, dict[str, int | None]] = {key: {} for key in KEYS}
        self.new: dict[str, set[str]] = {key: set() for key in KEYS}  # cells that name what their row is to make
        self.day, self.day_number = "", 0
        self.day_text: str | None = None  # the cell that means this day; a blank one never does
        self.size = MOST
        self.held: dict[str, Held] = {}
        self.by_id: dict[int, Held] = {}
        self.latest = ""  # the last day on which any of them had moved before
        self.warned: dict[str, int] = {}
        self._look = Options()  # rows are looked at before they are told; nobody hears of what is found here
        self._look.padded = options.padded
        self._look.reset(plan)
        self.dirty: dict[int, tuple[int, Layer]] = {}  # lots whose rest is not as it is written
        # Of lots that came in as columns, by id from the first one on: quantity, price, day (20250901).
        self.lots: tuple[array[int], array[int], array[int]] = (array("q"), array("q"), array("l"))
        self.first_lot: int = start["ids"][1]
        self._count_on(start["ids"])

    def run(self, rows: Below, part: Callable[[], float]) -> tuple[int, int]:
        """Post every row; returns how many there were, and how many issues bore a price."""
        while len(batch := rows.batch()):
            if self.read.in_columns:
                post_batch(self, batch)
            else:
                for at in range(len(batch)):
                    self.post_one(batch.lines[at], batch.row(at))
            if len(self.chunk) >= CHUNK:
                self._write()
            self.clerk.tick(self.count, part())
        self._settle()
        return self.count, self.price_ignored

    def post_one(self, line: int, cells: Any) -> None:
        """Post one row, or have it refused."""
        try:
            if len(cells) != len(self.plan.headings) or (self.heads and no_row(cells)):
                raise Plain
            self._plain(line, cells)
        except OutOfOrder:
            raise
        except Refuses as no:
            self.count += 1
            self.clerk.refuse(line, cells, no.error)
            self._tidy()
        except (Plain, LogiError):
            self._by_act(line, cells)
            self._tidy()
        else:
            self.count += 1

    def _tidy(self) -> None:
        """Errors hold what stood around them in circles, which nobody collects while a file is posted."""
        self.untidy += 1
        if self.untidy == TIDIED_AFTER:
            self.untidy = 0
            gc.collect()

    # -- plain rows -----------------------------------------------------------------------------------------

    def _plain(self, line: int, cells: Any) -> None:
        read, self.unmade = self.read, False
        if (text := cells[read.on]) != self.day_text:
            self.turn_to(text)
        held = self.held.get(cells[read.item]) or self.item(cells[read.item])
        milli, ref, day = read.quantities[cells[read.quantity]], None, self.day
        if read.ref >= 0:
            ref = read.text("ref", cells[read.ref])
            if self.knows_one((ref,)):
                raise Plain
        if day < held.last_day:
            raise Plain
        name = cells[read.name] if read.name >= 0 else None
        if name and name != held.name and read.value("item_name", cells) not in (None, held.name):
            raise Plain
        direction = read.directions[cells[read.direction]]
        if milli <= 0:
            wanted = ("price",) if direction == "in" else ("person", "department")
            if direction not in ("in", "out") or any(read.value(key, cells) is None for key in wanted):
                raise Plain
            raise Refuses(Refused("importing.not_above_zero", quantity=cells[read.quantity].strip()))
        if direction == "out":
            self._out(line, cells, held, day, milli, ref)
        elif direction == "in":
            self._in(line, cells, held, day, milli, ref)
        else:
            raise Plain

    def turn_to(self, text: str) -> None:
        """Come to the day of a row. Errors: the day cannot be read, may not be written to, lies before the last one."""
        on = self.read.days[text]
        self.admit(on)
        day = on.isoformat()
        if day < self.day:
            raise OutOfOrder("importing.row_clash")
        if day[:7] != self.day[:7]:
            self._carry()
        self._come_to(day, text)

    def other_year(self, text: str) -> bool:
        """Whether a day lies in another year than the last one. BadValue if it cannot be read."""
        return bool(self.day) and self.read.days[text].isoformat()[:4] != self.day[:4]

    def _come_to(self, day: str, text: str | None) -> None:
        self.numbers.year = day[:4]
        self.day, self.day_text = day, text
        self.day_number = int(day.replace("-", ""))
        self.limit, self.asset_line = (
            next((value for since, value in reversed(known) if since <= day), 0) for known in self.limits
        )

    def item(self, text: str) -> Held:
        """The item a cell names."""
        self.meet([text])
        return self.held[text]

    def meet(self, texts: Sequence[str]) -> None:
        """Ask for the items that cells name. Errors: one of them names none; all others are known then."""
        wrong: Exception | None = None
        for text, found in zip(texts, self.clerk.items([self.read.items[text] for text in texts]), strict=True):
            if isinstance(found, LogiError):
                refused = "item" not in self.creatable and isinstance(found, NotFound)
                wrong = wrong or (Refuses(found) if refused else found)
                continue
            held = self.by_id.get(found.id)
            if held is None:
                held = self.by_id[found.id] = Held(found, self.chunk.next_lot)
                self.latest = max(self.latest, held.last_day)
            self.held[text] = held
        if wrong is not None:
            raise wrong

    def _id(self, key: str, cells: Any) -> int | None:
        """Whom or what a cell names; where its row is to make that, 0 until it has."""
        at, ids = self.read.at[key], self.ids[key]
        if at < 0:
            return None
        if cells[at] not in ids and not self.learn(key, [cells[at]]):
            self.unmade = True
            return 0
        return ids[cells[at]]

    def _make(self, line: int, cells: Any) -> bool:
        """Have the new names of a row made, now that all else about it is known to be right; whether there were any."""
        if not self.unmade:
            return False
        self.unmade = False
        self.clerk.give(self.numbers.told())  # numbers are given in the order of the rows, to slips and to what they name
        made = self.clerk.make(line, cells)
        if made is None:
            raise Plain
        for key, found in made.items():
            text = cells[self.read.at[key]]
            self.ids[key][text] = found
            self.new[key].discard(text)
        return True

    def learn(self, key: str, typed: Iterable[str]) -> bool:
        """Ask whom or what cells name; False where some of them name what is new and may be made."""
        new = self.new[key]
        means = {one: self.read.values(key)[one] for one in typed if one not in new}
        asked = [one for one, text in means.items() if text is not None]
        found = self.clerk.ids(key, [means[one] for one in asked]) if asked else []
        for known in found:
            if isinstance(known, LogiError):
                raise known
        new.update(one for one, known in zip(asked, found, strict=True) if known == UNMADE)
        self.ids[key].update((one, None) for one, text in means.items() if text is None)
        self.ids[key].update((one, known) for one, known in zip(asked, found, strict=True) if known != UNMADE)  # type: ignore[misc]
        return not new.intersection(typed)

    def knows_one(self, refs: Iterable[str | None]) -> bool:
        """Whether an earlier entry posted something under one of these references."""
        asked = [ref for ref in refs if ref is not None] if self.any_refs else []
        return bool(asked) and self.clerk.knows_one(asked)

    def lot(self, lot_id: int) -> tuple[int, int, int]:
        """A lot that came in as columns: quantity, price, day."""
        at = lot_id - self.first_lot
        return self.lots[0][at], self.lots[1][at], self.lots[2][at]

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
        if price is None or not held.plain_in or not (self.limit and self.asset_line) or (made and expires and expires < made):
            raise Plain
        value = worth(milli, price)
        if expires is None and made and held.shelf:
            expires = made + timedelta(days=held.shelf)
        until = expires.isoformat() if expires else None
        self._look_at("department", cells)
        vendor, keeper = self._id("vendor", cells), self._id("person", cells)
        if self._make(line, cells):
            vendor, keeper = self._id("vendor", cells), self._id("person", cells)
        number = self.numbers.one("in")
        slip_id = self.chunk.slip(number, "in", day, ref=ref, vendor_id=vendor, keeper_id=keeper, invoice_no=invoice)
        self.warn(line, "stock.no_request", number=number)
        if until is not None and until < day:
            self.warn(line, "stock.came_expired", item=held.name, expires=expires)
        self.look_at_price(line, held, price)
        lot_id = self.chunk.lot(held.id, day, price, label, made.isoformat() if made else None, until)
        self.chunk.move(day, "in", slip_id, held.id, lot_id, milli, value, 1)
        held.price, held.per = price, 1000
        waits = not (held.food or until or label or made)  # as those do that come in as columns
        for known, one in zip(self.lots, (milli, price, self.day_number) if waits else (0, 0, 0), strict=True):
            known.append(one)
        if waits:
            held.wait(lot_id, milli, value)
            return
        held.unfold(self)  # it stands behind all others
        layer = Layer(lot_id, day, milli, value if self.valued else 0, cost_milli=milli if self.valued else 0,
                      price_fen=price, expires_on=until, label=label)  # fmt: skip
        held.receive(layer, value)
        self.dirty[lot_id] = (held.id, layer)

    def begin(self) -> None:
        """The first row goes in: if its day is long ago, that is said before all else."""
        if not self.begun:
            self.begun = True
            self.clerk.happened(date.fromisoformat(self.day))

    def warn(self, line: int, key: str, **facts: Any) -> None:
        """Warn of something in a row; of each kind only the first few are told, the others are counted."""
        self.begin()
        if self.tells(key):
            self.clerk.warn(line, key, facts)

    def tells(self, key: str) -> bool:
        """Count a warning; whether it is one of the first few."""
        self.warned[key] = self.warned.get(key, 0) + 1
        return self.warned[key] <= WARNINGS

    def look_at_price(self, line: int, held: Held, price: int) -> None:
        """Warn of a price far above the last one, and of one that fixed assets have."""
        before, per = held.price, held.per
        if per and price * per * 100 > before * 1000 * self.limit:
            self.warn(line, "stock.price_jump", item=held.name, price=Fen(price),
                      before=Fen(ratio_half_up(before * 1000, per)), percent=self.limit)  # fmt: skip
        if price >= self.asset_line:
            self.warn(line, "stock.asset_line", item=held.name, price=Fen(price), limit=Fen(self.asset_line))

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
                                  available=Milli(held.total), unit=held.unit))  # fmt: skip
        if self._make(line, cells):
            by, to = self._id("person", cells), self._id("department", cells)
        self.begin()
        self.price_ignored += price is not None
        slip_id = self.chunk.slip(self.numbers.one("out"), "out", day, ref=ref, department_id=to, person_id=by, purpose=purpose)
        for lot_id, taken, cost in held.take(self, milli):
            self.chunk.move(day, "out", slip_id, held.id, lot_id, -taken, -cost, int(self.valued))
            held.flows[3] += cost
        held.flows[2] += milli
        held.total -= milli
        self.warn_of_little(line, held)

    def warn_of_little(self, line: int, held: Held) -> None:
        """Warn of an item below its minimum."""
        if held.least is not None and held.total < held.least:
            self.warn(line, "stock.below_minimum", item=held.name, left=Milli(held.total), minimum=Milli(held.least),
                      unit=held.unit)  # fmt: skip

    # -- what is held back ----------------------------------------------------------------------------------

    def _by_act(self, line: int, cells: Any) -> None:
        """A row that is not plain: read anew for its findings, then posted by its act on what is written by now."""
        if not any(cell.strip() for cell in cells):
            return
        self.count += 1
        row = parsed_row(self.plan, line, cells, self._look)
        if row is None:
            self.clerk.finding(line, list(cells))
            return
        self._settle()
        done = self.clerk.by_act(line, cells, self.day)
        self._come_to(row["on"].isoformat(), None)
        self.price_ignored += done["ignored"]
        self.by_id.pop(done["item"], None)
        self.held = {key: one for key, one in self.held.items() if one.id != done["item"]}
        self._count_on(done["ids"])

    def _count_on(self, ids: tuple[int, int, int]) -> None:
        """Numbers and ids go on from what the ledger says."""
        self.numbers = Numbers(self.clerk, self.day[:4])
        self.chunk = Chunk(*ids)
        for known in self.lots:
            known.extend([0] * (ids[1] - self.first_lot - len(known)))  # those of acts
        self.settled_lot = ids[1]  # lots before this one may stand among what is left

    def _write(self) -> None:
        """Have the rows held back written down, while others are read."""
        chunk = self.chunk
        if not len(chunk):
            return
        self.clerk.write(self.numbers.told(), chunk.told())
        self.chunk = Chunk(chunk.next_slip, chunk.next_lot, chunk.next_move)

    def _carry(self) -> None:
        """Carry the month's flows into the sums."""
        found = {held.id: held.flows for held in self.by_id.values() if any(held.flows)}
        if found:
            self.clerk.flows(self.day[:7], found)
        for held in self.by_id.values():
            held.flows = [0, 0, 0, 0]

    def _settle(self) -> None:
        """Write down everything, the sums and what is left of lots too; then the ledger may be looked at and written to."""
        self._write()
        self._carry()
        kept, gone = [], []
        for lot_id, (item_id, layer) in self.dirty.items():
            if layer.left_milli == layer.cost_milli == layer.cost_fen == 0:
                gone.append(lot_id)
            else:
                kept.append((lot_id, item_id, layer.left_milli, layer.cost_milli, layer.cost_fen))
        fresh = (row for held in self.by_id.values() for row in held.untold(self))
        self.clerk.layers(kept, gone, [])
        while some := list(islice(fresh, CHUNK)):
            self.clerk.layers([], [], some)
        self.clerk.settled()
        self.dirty, self.settled_lot = {}, self.chunk.next_lot
