"""The ledger's side of a large file: what the posting asks of the ledger, and all that it has written down.

The posting may run in a process of its own (`beside`): what it asks is answered with plain values, and what it tells is
taken in the order in which it was told.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.aside import pushed
from logi.books.stock import school, store
from logi.books.stock import store_bulk as files
from logi.books.stock.bulk_chunk import Block, Told
from logi.books.stock.bulk_held import SOME, ItemFacts, Lot, OutOfOrder, facts_of
from logi.books.stock.posting import FIFO, costing
from logi.core.errors import Ambiguous, LogiError
from logi.importing.kinds import Row, Verdict
from logi.importing.running import WARNINGS, Options, Posted, parsed_row

if TYPE_CHECKING:
    from logi.journal import Entry

UNINDEXED_AFTER = 25_000  # plain rows in a stretch, and a quarter of the ledger's: then indexes are made anew at the end
FINDERS = {"person": school.person, "department": school.department, "vendor": school.vendor}
TOLD = frozenset({"give", "write", "flows", "layers", "settled", "finding", "tick"})  # what needs no answer

Act = Callable[[Row, dict[str, list[dict[str, Any]]]], Verdict]

UNMADE = "unmade"  # a name that its row's act will make


class Clerk:
    """Looks up and writes down for the posting of one file."""

    def __init__(self, e: "Entry", options: Options, act: Act, tick: Callable[[int, float], None]) -> None:
        self.e, self.options, self.act = e, options, act
        self.posted = Posted()
        self.tick = tick
        self.seen: dict[str, list[dict[str, Any]]] = {}
        self.any_refs = files.any_ref(e.db)
        self.creatable = {col.key for _, col in options.plan.columns if col.names and col.names in options.create}
        self.known: set[tuple[str, str]] = set()  # names made on the way
        self.shelved, self.stretch = files.Shelved(e.db), 0
        self.soonest = {} if self.shelved.blank else files.first_expiries(e.db)
        self.shelf: dict[int, ItemFacts] = {}  # items as they were before the indexes were put away
        self.sums: dict[int, list[int]] = {}  # items' flows not yet carried into their sums
        self.given: set[int] = set()  # items that were asked for
        self.allowed: dict[str, set[int]] = {key: set() for key in ("item_id", "vendor_id", "department_id", "person_id")}
        self.allowed["keeper_id"] = self.allowed["person_id"]

    # -- what is asked --------------------------------------------------------------------------------------

    def start(self) -> dict[str, Any]:
        """What holds throughout, and the next ids."""
        limits = [
            [(row["from_day"], json.loads(row["value"])) for row in school.policy_history(self.e.db, name)]
            for name in ("stock.price_jump_percent", "asset.threshold_general_fen")
        ]
        return {"valued": costing(self.e) == FIFO, "any_refs": self.any_refs, "limits": limits,
                "ids": files.next_ids(self.e.db)}  # fmt: skip

    def items(self, texts: Sequence[str]) -> "list[ItemFacts | LogiError]":
        """The items that texts name as they stand, or why one names none."""
        rows = store.items_by_code(self.e.db, texts)
        found = [rows.get(text) or self._item(text) for text in texts]
        asked = {row["id"]: row for row in found if not isinstance(row, LogiError)}
        self.given |= asked.keys()
        self.allowed["item_id"] |= asked.keys()
        unread = [row for item_id, row in asked.items() if item_id not in self.shelf]
        facts = self.shelf | {one.id: one for one in self._facts(unread)}
        return [row if isinstance(row, LogiError) else facts[row["id"]] for row in found]

    def _item(self, text: str) -> "store.Row | LogiError":
        try:
            return store.item(self.e, text)
        except LogiError as error:
            return error

    def _facts(self, rows: Sequence[Any]) -> list[ItemFacts]:
        return facts_of(self.e.db, rows, any_moves=not self.shelved.blank, soonest=self.soonest)

    def more_lots(self, item_id: int, day: str, lot_id: int, before: int) -> "list[Lot]":
        """The next lots of an item after one, of those that were there before the file."""
        return files.lots_left(self.e.db, item_id, most=SOME, after=(day, lot_id), before=before)

    def ids(self, key: str, texts: Sequence[str]) -> "list[int | str | LogiError]":
        """Whom or what texts name; UNMADE where a name is made by its row."""
        return [self._id(key, text) for text in texts]

    def _id(self, key: str, text: str) -> "int | str | LogiError":
        new = key in self.creatable and (key, text) not in self.known
        hints, self.e.ledger.hints = self.e.ledger.hints, not new
        try:
            found = int(FINDERS[key](self.e, text)["id"])
        except LogiError as error:
            return UNMADE if new and not isinstance(error, Ambiguous) else error
        finally:
            self.e.ledger.hints = hints
        self.allowed[f"{key}_id"].add(found)
        return found

    def number(self, series: str) -> int:
        """The next number of a series."""
        return self.e.next_in(series)

    def knows_one(self, refs: Iterable[str]) -> bool:
        """Whether an earlier entry posted something under one of these references."""
        return any(files.ref_known(self.e.db, ref, before=self.e.n) for ref in refs)

    def happened(self, day: date) -> None:
        """The day of the first row that went in, for the warning that it is long ago."""
        self.e.happened(day)

    def warn(self, line: int, key: str, facts: Mapping[str, Any]) -> None:
        """Warn of something in a row."""
        self.options.warn_row(self.e, line, key, **facts)

    def make(self, line: int, cells: Any) -> dict[str, int] | None:
        """Make the new names of a row that is right in all else: key -> id of what it names; None where one cannot be made."""
        row = parsed_row(self.options.plan, line, cells, self.options)
        if row is None or not self.options.names_made(self.e, row):
            return None
        self._know(row)
        found = {key: self._id(key, row[key]) for key in self.creatable if key in FINDERS and row[key] is not None}
        ids = {key: one for key, one in found.items() if isinstance(one, int)}
        return ids if len(ids) == len(found) else None

    def _know(self, row: Row) -> None:
        self.known |= {(key, row[key]) for key in self.creatable if row[key] is not None}

    def refuse(self, line: int, cells: Any, error: LogiError) -> None:
        """A row whose refusal is known without its act."""
        row = parsed_row(self.options.plan, line, cells, self.options)
        if row is None:
            return

        def no() -> Verdict:
            raise error

        self.options.cells[line] = cells
        self.options.attempt(self.e, row, no, self.posted)
        self.options.cells.clear()

    def by_act(self, line: int, cells: Any, day: str) -> dict[str, Any]:
        """Post a row by its act on what is written by now; all that the posting held back has been told before."""
        self.shelved.back()
        self.shelf.clear()
        self.stretch = 0
        row = parsed_row(self.options.plan, line, cells, self.options)
        assert row is not None  # the posting has looked
        if row["on"].isoformat() < day:
            raise OutOfOrder("importing.row_clash")
        self.options.cells[line] = cells
        done = self.options.attempt(self.e, row, lambda: self.act(row, self.seen), self.posted)
        self.options.cells.clear()
        ignored = False
        if done:
            self._know(row)
            ignored = row["direction"] in ("out", "return") and row["price"] is not None
        item_id = self._item_id(row["item"])
        self.soonest.pop(item_id, None)
        self.soonest.update(files.first_expiries(self.e.db, item_id))
        self.given.discard(item_id)  # the posting will ask for it again
        return {"item": item_id, "ids": files.next_ids(self.e.db), "ignored": ignored}

    def _item_id(self, text: str) -> int:
        try:
            return int(store.item(self.e, text)["id"])
        except LogiError:
            return 0

    # -- what is told ---------------------------------------------------------------------------------------

    def finding(self, line: int, cells: Any) -> None:
        """A row whose cells cannot be read."""
        parsed_row(self.options.plan, line, cells, self.options)

    def give(self, given: Mapping[str, tuple[int, int, str]]) -> None:
        """Write down which numbers are given: series -> first, last, kind."""
        for series, (first, last, kind) in given.items():
            self.e.give_run(series, first, last, width=4, book="stock", kind=kind)

    def write(self, given: Mapping[str, tuple[int, int, str]], told: Told) -> None:
        """Write rows down: numbers given (series -> first, last, kind), slips, lots and moves."""
        rows = len(told["stock_slip"][1]["kind"])
        self.stretch += rows
        if self.stretch >= max(UNINDEXED_AFTER, self.shelved.moves // 4) and not self.shelved.away and not self.any_refs:
            self._keep_all()
            self.shelved.put_away()
        self.give(given)
        for table, (first, columns) in told.items():
            block = Block(self.e.n, table, first, columns)
            self._check_links(block)
            self.e.insert_columns(table, first, block.count, block.columns, block.same, block.texts)
        self.posted.new += rows

    def _check_links(self, block: Block) -> None:
        """What rows point at is what was looked up before: this once for a block, not once for every row."""
        for name, ids in self.allowed.items():
            found = set(block.columns.get(name) or ()) - {None}
            if name in block.same:
                found.add(block.same[name])
            if not ids.issuperset(found):
                raise AssertionError(f"{name}: {sorted(found - ids)[:3]} was never looked up")

    def _keep_all(self) -> None:
        """Without indexes nothing can be looked up: the items that may still come are read now."""
        if self.shelved.blank:
            return
        rows = [row for row in store.items(self.e.db) if row["id"] not in self.given]
        self.shelf |= {one.id: one for one in self._facts(rows)}

    def flows(self, month: str, found: Mapping[int, Sequence[int]]) -> None:
        """Carry a month's flows into the items' months: item -> in, in fen, out, out fen."""
        files.carry_flows(self.e.db, month, found)
        for item_id, (came, came_fen, went, went_fen) in found.items():
            pair = self.sums.setdefault(item_id, [0, 0])
            pair[0] += came - went
            pair[1] += came_fen - went_fen

    def layers(self, kept: Any, gone: Any, fresh: Any) -> None:
        """What is left of lots: (lot, item, left, cost milli, cost fen), lots of which nothing is, and of new ones."""
        files.keep_layers(self.e.db, kept, gone, fresh)

    def settled(self) -> None:
        """All that was held back is told."""
        files.carry_sums(self.e.db, self.sums)
        self.sums = {}

    def end(self, warned: Mapping[str, int], example: int) -> None:
        """All rows are told: warnings that were only counted, the line of the template's example; looking up works again."""
        for key, count in warned.items():
            self.options.count_warning(key, max(count - WARNINGS, 0))
        if example:
            self.options.skipped_example = example
        with pushed(self.e.ledger.path) if self.shelved.away else nullcontext():
            self.shelved.back()
