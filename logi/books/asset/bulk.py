"""Many cards at once: rows of a file become cards in memory and are written down a chunk at a time.

The rules are those of the act `add`. A row that is not plain (a card that is there, a name nobody knows, a refusal, a
thing without a price) is handed to the act itself, after all before it has been written down.
"""

import gc
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.asset import fields, rules, school, store
from logi.books.asset.actions import BATCH_MOST
from logi.books.asset.bulk_rules import OfKind, Rules
from logi.books.asset.posting import MOVE_COLUMNS
from logi.books.asset.store_bulk import number_heads, taken_after
from logi.core.answers import Fen
from logi.core.errors import LogiError
from logi.core.money import multiply
from logi.finding import named
from logi.importing.kinds import Row, Verdict
from logi.importing.running import TICK_ROWS, Options, Posted

if TYPE_CHECKING:
    from logi.journal import Entry

CHUNK = 2000
MANY = 1000  # rows for which it pays to read all codes at once
GIVEN = ("series", "n", "number", "book", "kind")
ACTS = ("buyer", "inspector", "request", "fields")  # what these say only the act can judge
PLAIN = ("invoice", "brand", "model", "spec", "fund", "unit", "used_for", "photo", "ref", "note")
CARD = (
    "code", "name", "folded", "initials", "category_id", "cost_fen", "unit_cost_fen", "quantity_milli", "acquired_on",
    "booked_on", "place_id", "spot", "keeper_id", "department_id", "vendor_id", "acquired_by", "value_type", "life_months",
    "warranty_until", "status", "serial",
)  # fmt: skip

MOVED = [name for name in MOVE_COLUMNS if name not in ("number", "note")]

Act = Callable[["Entry", Row, Options], Verdict]


def post_many(e: "Entry", rows: list[Row], options: Options, act: Act) -> Posted:
    """Post the rows of a file, in their order."""
    collecting = gc.isenabled()
    gc.disable()  # nothing here goes in circles, and the rows are many to walk through
    try:
        return _Bulk(e, options, act).run(rows)
    finally:
        if collecting:
            gc.enable()


class _NotPlain(Exception):
    """This row is for the act."""


class _Memo(dict[Any, Any]):
    """What a question was answered with, remembered."""

    def __init__(self, ask: Callable[[Any], Any]) -> None:
        self.ask = ask

    def __missing__(self, key: Any) -> Any:
        found = self[key] = self.ask(key)
        return found


class _Bulk:
    """The file on its way: cards not yet written, what names mean, codes and serials that are taken."""

    def __init__(self, e: "Entry", options: Options, act: Act) -> None:
        self.e, self.options, self.act, self.posted = e, options, act, Posted()
        self.stemmed = 0
        self.plain: list[str] = []  # which of PLAIN the file fills at all, and of ACTS
        self.acts: list[str] = []
        self._forget()
        self._empty()
        self.today = e.today.toordinal()
        self.there: set[Any] | None = None  # codes and serials (with their model) of the ledger, once they are read
        self.read = 0

    def run(self, rows: list[Row]) -> Posted:
        """Post every row."""
        filled = set().union(*(row.values for row in rows))
        self.plain, self.acts = [key for key in PLAIN if key in filled], [key for key in ACTS if key in filled]
        if len(rows) >= MANY:
            self.there = set()
            self._look()
        for n, row in enumerate(rows, 1):
            try:
                self._plain(row)
            except (LogiError, _NotPlain):
                self._flush()
                before = self.posted.changed
                self.options.attempt(self.e, row, lambda row=row: self.act(self.e, row, self.options), self.posted)  # type: ignore[misc]
                if self.posted.changed != before:  # what was read may be stale: from here each is asked for
                    self.there = None
                self._look()
                if self.options.create:  # a name may mean something new by now
                    self._forget()
            if len(self.cards) >= CHUNK:
                self._flush()
            if n % TICK_ROWS == 0:
                self.options.tick(n)
        self._flush()
        return self.posted

    def _plain(self, row: Row) -> None:
        """One row into the rows to be written; nothing is kept of one that turns out not to be plain."""
        get = row.values.get
        cost, milli, count = get("cost"), get("quantity"), get("count") or 1
        on: date = get("on")  # type: ignore[assignment]
        odd = milli is not None and (milli <= 0 or "count" in row.values)
        if not cost or odd or count > BATCH_MOST or (self.acts and any(map(get, self.acts))):
            raise _NotPlain
        day, milli = self.days[on], milli or 1000
        kind, kind_id, links, left = self.links[
            get("category"), get("category_name"), get("place"), get("keeper"), get("department"), get("vendor")
        ]
        if left and left <= day:
            raise _NotPlain
        value_type = get("value_type") or "cost"
        of = self.rules.of(kind, day)
        if of is None:
            raise _NotPlain
        life = get("life_months")
        if of.depreciates and value_type != "nominal":
            if life is not None and (life <= 0 or (of.least_life and life < of.least_life)):
                raise _NotPlain
            life = life or of.least_life
        serial = self._serial(row, count)
        codes, lowered, given = self._codes(row, on, count)
        until = get("warranty_until")
        total = cost if milli == 1000 else multiply(milli, cost)
        if not total:
            raise _NotPlain
        values = [
            *self.names[get("name")], kind_id, total, cost, milli, day, day, *links,
            get("acquired_by") or "purchase", value_type, life, until.isoformat() if until else None, "in_use",
            get("serial"), *map(get, self.plain),
        ]  # fmt: skip
        self._keep(codes, lowered, given, serial, get("ref"), values)
        self._warn(row.line, of, cost, count, on)
        self.posted.new += 1

    def _serial(self, row: Row, count: int) -> tuple[str, str] | None:
        serial, model = row.values.get("serial"), row.values.get("model") or ""
        if serial is None:
            return None
        key = (_lowered(serial), _lowered(model))
        if count > 1 or key in self.serials:
            raise _NotPlain
        if key in self.there if self.there is not None else store.same_serial(self.e.db, serial, model):
            raise _NotPlain
        return key

    def _codes(self, row: Row, on: date, count: int) -> tuple[list[str], list[str], tuple[str, int] | None]:
        """The codes of a row's cards, also as they are compared; with none typed the next number, where it is free."""
        db, typed, given = self.e.db, row.values.get("code"), None
        if typed is None:
            if row["ref"] is not None and (row["ref"] in self.refs or store.by_ref(db, row["ref"])):
                raise _NotPlain
            series = f"asset-{on.year}"
            given = (series, self.numbers.get(series) or self.e.next_in(series))
            typed = f"{on.year}-{given[1]:04d}"
            if typed in self._stems() or store.stem_taken(db, typed):
                raise _NotPlain
        elif typed in self.given or (_head(typed) in self.heads and journal.number_of(db, typed) is not None):
            raise _NotPlain
        codes = rules.batch_codes(typed, count) if count > 1 else [typed]
        lowered = [_lowered(code) for code in codes]
        if not self.taken.isdisjoint(lowered):
            raise _NotPlain
        if not self.there.isdisjoint(lowered) if self.there is not None else store.taken(db, codes):
            raise _NotPlain
        return codes, lowered, given

    def _keep(self, codes: list[str], lowered: list[str], given: tuple[str, int] | None, serial: tuple[str, str] | None,
              ref: str | None, values: list[Any]) -> None:  # fmt: skip
        for code in codes:
            self.cards.append([code, *values])
        self.taken.update(lowered)
        if given is not None:
            series, n = given
            self.numbers[series] = n + 1
            number = f"{series[-4:]}-{n:04d}"
            self.given[number] = (series, n, number, "asset", "card")
            self.heads.add(_head(number))
        if serial is not None:
            self.serials.add(serial)
        if ref is not None:
            self.refs.add(ref)

    def _stems(self) -> set[str]:
        """What codes not yet written begin with, up to any of their dashes."""
        for card in self.cards[self.stemmed :]:
            parts = card[0].split("-")
            self.stems.update("-".join(parts[:n]) for n in range(1, len(parts) + 1))
        self.stemmed = len(self.cards)
        return self.stems

    def _warn(self, line: int, of: OfKind, cost: int, count: int, on: date) -> None:
        """Warn as the act does, in its order."""
        if cost < of.least_fen and not of.batch:
            self._say(line, "asset.below_threshold", unit_cost=Fen(cost), line=Fen(of.least_fen))
        if count > 1 and cost < of.single_fen:
            self._say(line, "asset.better_one_card", unit_cost=Fen(cost), line=Fen(of.single_fen))
        if self.today - on.toordinal() > of.lag_days:
            if self.options.told_enough("asset.booked_late"):
                self.options.count_warning("asset.booked_late")
            else:
                self._say(line, "asset.booked_late", days=self.today - on.toordinal(), most=of.lag_days)

    def _say(self, at_line: int, key: str, /, **facts: Any) -> None:
        self.options.warn_row(self.e, at_line, key, **facts)

    # -- memory, and writing down ---------------------------------------------------------------------------

    def _forget(self) -> None:
        """No name is known but by the ledger."""
        e = self.e
        self.days = _Memo(lambda on: e.happened(on).isoformat())
        self.links = _Memo(self._linked)
        # each name by itself as well: rooms and keepers meet in many ways
        self.kinds = _Memo(lambda name: school.category(e, name))
        self.lacking = _Memo(lambda code: fields.required_of(e.db, code))
        self.rooms = _Memo(lambda name: school.place_spot(e, name))
        self.people = _Memo(lambda name: school.person(e, name))
        self.homes = _Memo(lambda name: school.department(e, name))
        self.vendors = _Memo(lambda name: school.vendor(e, name))
        self.names = _Memo(lambda name: tuple(named(name).values()))
        self.rules = Rules(e.db)
        self.heads = set(map(_head, number_heads(e.db)))

    def _empty(self) -> None:
        self.cards: list[list[Any]] = []
        self.given: dict[str, tuple[Any, ...]] = {}
        self.numbers: dict[str, int] = {}
        self.taken: set[str] = set()
        self.stems: set[str] = set()
        self.stemmed = 0
        self.serials: set[tuple[str, str]] = set()
        self.refs: set[str] = set()

    def _linked(self, texts: tuple[str | None, ...]) -> tuple[Any, int | None, tuple[Any, ...], str | None]:
        """What the names of a row mean: the category, its id, the links from the room on, and when the keeper left."""
        category, shown, place, keeper, department, vendor = texts
        kind = self.kinds[category] if category else None
        if shown is not None and kind is not None and shown != kind["name"]:
            raise _NotPlain
        if self.lacking[kind["code"] if kind is not None else None]:
            raise _NotPlain
        room, spot = self.rooms[place] if place else (None, None)
        person = self.people[keeper] if keeper else None
        home = self.homes[department] if department else None
        links = (
            room["id"] if room is not None else None, spot, person["id"] if person is not None else None,
            home["id"] if home is not None else person["department_id"] if person is not None else None,
            self.vendors[vendor]["id"] if vendor else None,
        )  # fmt: skip
        return kind, kind["id"] if kind is not None else None, links, person["left_on"] if person is not None else None

    def _flush(self) -> None:
        """Write down what is held back: numbers, cards, and the day each came onto the register."""
        if not self.cards:
            return
        e, many = self.e, len(self.cards)
        e.insert_many("number_given", GIVEN, list(self.given.values()))
        first = journal.next_id(e.db, "asset_card")
        card: dict[str, Sequence[Any]] = {"id": range(first, first + many)}
        card.update(zip((*CARD, *self.plain), zip(*self.cards, strict=True), strict=True))
        _write(e, "asset_card", card)
        first = journal.next_id(e.db, "asset_move")
        moved = card | {"on_day": card["booked_on"], "kind": ("add",) * many, "card_id": card["id"]}
        _write(e, "asset_move", {"id": range(first, first + many), **{name: moved[name] for name in MOVED}})
        if self.there is not None:
            self.there |= self.taken
            self.there |= self.serials
            self.read = card["id"][-1]
        self._empty()

    def _look(self) -> None:
        """Read which codes and serials have been taken since the last look."""
        if self.there is None:
            return
        for card_id, code, serial, model in taken_after(self.e.db, self.read):
            self.read = card_id
            self.there.add(code)
            if serial is not None:
                self.there.add((serial, model))


def _write(e: "Entry", table: str, columns: dict[str, Sequence[Any]]) -> None:
    """Rows given by column; a column in which nothing stands is left out, which halves the time of a wide table."""
    filled = {name: values for name, values in columns.items() if name == "id" or any(value is not None for value in values)}
    e.insert_rows(table, [*filled], list(zip(*filled.values(), strict=True)))


def _head(number: str) -> str:
    """A number or code without its digits at the end."""
    return number.rstrip("0123456789")


def _lowered(text: str) -> str:
    """As SQLite's lower() has it; beyond ASCII it knows no case, so there the act decides."""
    low = text.lower()
    if text.isascii():
        return low
    if any(a != b for a, b in zip(text, low, strict=False) if a > "\x7f"):
        raise _NotPlain
    return low
