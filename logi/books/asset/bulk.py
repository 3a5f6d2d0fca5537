"""Many cards at once: rows of a file become cards in memory and are written down a chunk at a time.

The rules are those of the act `add`. A row that is not plain (a card that is there, a name nobody knows, a refusal, a
thing without a price) is handed to the act itself, after all before it has been written down.
"""

from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.asset import rules, school, store
from logi.books.asset.actions import BATCH_MOST
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
PLAIN = ("invoice", "brand", "model", "spec", "fund", "unit", "used_for", "request", "photo", "ref", "note")
CARD = (
    "code", "name", "folded", "initials", "category_id", "cost_fen", "unit_cost_fen", "quantity_milli", "acquired_on",
    "booked_on", "place_id", "spot", "keeper_id", "department_id", "vendor_id", "acquired_by", "value_type", "life_months",
    "warranty_until", "status", "serial", *PLAIN,
)  # fmt: skip

Act = Callable[["Entry", Row, Options], Verdict]


def post_many(e: "Entry", rows: list[Row], options: Options, act: Act) -> Posted:
    """Post the rows of a file, in their order."""
    return _Bulk(e, options, act).run(rows)


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
        self._forget()
        self._empty()
        self.there: set[Any] | None = None  # codes and serials (with their model) of the ledger, once they are read
        self.read = 0

    def run(self, rows: list[Row]) -> Posted:
        """Post every row."""
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
        if not cost or odd or count > BATCH_MOST or get("buyer") or get("inspector"):
            raise _NotPlain
        day, milli = self.days[on], milli or 1000
        kind = self.categories[get("category")]
        if (shown := get("category_name")) is not None and kind is not None and shown != kind["name"]:
            raise _NotPlain
        place_id, spot = self.places[get("place")]
        keeper = self.people[get("keeper")]
        if keeper is not None and keeper["left_on"] and keeper["left_on"] <= day:
            raise _NotPlain
        home = self.departments[get("department")] or (keeper["department_id"] if keeper is not None else None)
        value_type = get("value_type") or "cost"
        life = self._life(kind, get("life_months"), value_type, on)
        serial = self._serial(row, count)
        codes, given = self._codes(row, on, count)
        until = get("warranty_until")
        total = multiply(milli, cost)
        if not total:
            raise _NotPlain
        said = self._warnings(kind, cost, count, on)
        values = [
            *self.names[get("name")], kind["id"] if kind is not None else None, total, cost, milli, day, day,
            place_id, spot, keeper["id"] if keeper is not None else None, home, self.vendors[get("vendor")],
            get("acquired_by") or "purchase", value_type, life, until.isoformat() if until else None, "in_use", get("serial"),
            *map(get, PLAIN),
        ]  # fmt: skip
        self._keep(codes, given, serial, get("ref"), values)
        for key, facts in said:
            self.options.warn_row(self.e, row.line, key, **facts)
        self.posted.new += 1

    def _life(self, kind: Any, months: int | None, value_type: str, on: date) -> int | None:
        code = kind["code"] if kind is not None else None
        exempt = self._policy("asset.not_depreciated_prefixes", on)
        if not rules.depreciates(code, kind["method"] if kind is not None else None, value_type, exempt):
            return months
        least: int | None = kind["life_months"] if kind is not None else None
        least = least or rules.least_life(self._policy("asset.life_months", on), code)
        if months is not None and (months <= 0 or (least and months < least)):
            raise _NotPlain
        return months or least

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

    def _codes(self, row: Row, on: date, count: int) -> tuple[list[str], tuple[str, int] | None]:
        """The codes of a row's cards; with none typed the next running number, where that is free."""
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
        codes = rules.batch_codes(typed, count)
        lowered = [_lowered(code) for code in codes]
        if not self.taken.isdisjoint(lowered):
            raise _NotPlain
        if not self.there.isdisjoint(lowered) if self.there is not None else store.taken(db, codes):
            raise _NotPlain
        return codes, given

    def _keep(self, codes: list[str], given: tuple[str, int] | None, serial: tuple[str, str] | None, ref: str | None,
              values: list[Any]) -> None:  # fmt: skip
        for code in codes:
            self.cards.append([code, *values])
            self.taken.add(_lowered(code))
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

    def _warnings(self, kind: Any, cost: int, count: int, on: date) -> list[tuple[str, dict[str, Any]]]:
        code = kind["code"] if kind is not None else ""
        said: list[tuple[str, dict[str, Any]]] = []
        least = self._threshold(kind, on)
        if cost < least and not code.startswith(tuple(self._policy("asset.batch_prefixes", on))):
            said.append(("asset.below_threshold", {"unit_cost": Fen(cost), "line": Fen(least)}))
        if count > 1 and cost < (single := self._policy("asset.single_card_min_fen", on)):
            said.append(("asset.better_one_card", {"unit_cost": Fen(cost), "line": Fen(single)}))
        most = self._policy("asset.entry_lag_days", on)
        if (lag := (self.e.today - on).days) > most:
            said.append(("asset.booked_late", {"days": lag, "most": most}))
        return said

    def _threshold(self, kind: Any, on: date) -> int:
        key = (kind["id"] if kind is not None else None, on)
        found = self.thresholds.get(key)
        if found is None:
            from logi.books.asset.actions import threshold

            found = self.thresholds[key] = threshold(self.e, kind, on)
        return found

    def _policy(self, name: str, on: date) -> Any:
        """The value in force on a day, from the policy's whole history."""
        days, values = self.policies[name]
        at = bisect_right(days, self.days[on])
        if not at:
            raise _NotPlain
        return values[at - 1]

    # -- memory, and writing down ---------------------------------------------------------------------------

    def _forget(self) -> None:
        """No name is known but by the ledger."""
        e = self.e
        self.days = _Memo(lambda on: e.happened(on).isoformat())
        self.categories = _Memo(lambda text: school.category(e, text) if text else None)
        self.people = _Memo(lambda text: school.person(e, text) if text else None)
        self.departments = _Memo(lambda text: school.department(e, text)["id"] if text else None)
        self.vendors = _Memo(lambda text: school.vendor(e, text)["id"] if text else None)
        self.places = _Memo(self._place)
        self.names = _Memo(lambda name: tuple(named(name).values()))
        self.policies = _Memo(self._history)
        self.thresholds: dict[Any, int] = {}
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

    def _place(self, text: str | None) -> tuple[int | None, str | None]:
        if not text:
            return None, None
        row, spot = school.place_spot(self.e, text)
        return row["id"], spot

    def _history(self, name: str) -> tuple[list[str], list[Any]]:
        import json

        rows = school.policy_history(self.e.db, name)
        return [row["from_day"] for row in rows], [json.loads(row["value"]) for row in rows]

    def _flush(self) -> None:
        """Write down what is held back: numbers, cards, and the day each came onto the register."""
        if not self.cards:
            return
        e, at = self.e, {name: n for n, name in enumerate(CARD)}
        e.insert_many("number_given", GIVEN, list(self.given.values()))
        first = e.insert_many("asset_card", CARD, self.cards)
        moved = [at[name] for name in ("category_id", "quantity_milli", "cost_fen", "place_id", "keeper_id")]
        home = at["department_id"]
        e.insert_many("asset_move", MOVE_COLUMNS, [
            [card[at["booked_on"]], "add", first + n, *(card[one] for one in moved), None, None, card[home]]
            for n, card in enumerate(self.cards)
        ])  # fmt: skip
        if self.there is not None:
            self.there |= self.taken
            self.there |= self.serials
            self.read = first + len(self.cards) - 1
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
