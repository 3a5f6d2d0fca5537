"""Many cards at once: rows of a file become columns of cards, and are written down as such, a chunk at a time.

The rules are those of the act `add`. A row that is not plain (a card that is there, a name nobody knows, a refusal, a
thing without a price) is handed to the act itself, after all before it has been written down.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.asset import rules, store
from logi.books.asset.bulk_window import WARNED, Meaning, Window
from logi.books.asset.posting import MOVE_COLUMNS
from logi.books.asset.store_bulk import number_heads, taken_after
from logi.core.collecting import uncollected
from logi.importing.columns import Many
from logi.importing.kinds import Row, Verdict
from logi.importing.running import TICK_ROWS, WARNINGS, Options, Posted

if TYPE_CHECKING:
    from logi.journal import Entry

CHUNK = 2000
FIRST = 8  # rows looked at together after names were made; then twice as many, and so on
MANY = 1000  # rows for which it pays to read all codes at once
FIGURES = "0123456789"
GIVEN = ("series", "n", "number", "book", "kind")
MOVED = [name for name in MOVE_COLUMNS if name not in ("number", "note", "on_day", "kind", "card_id")]

Act = Callable[["Entry", Row, Options], Verdict]


def post_many(e: "Entry", rows: Many, options: Options, act: Act) -> Posted:
    """Post the rows of a file, in their order."""
    with uncollected():
        return _Bulk(e, rows, options, act).run()


class _NotPlain(Exception):
    """This row is for the act."""


class _Bulk:
    """The file on its way: cards not yet written, what names mean, codes and serials that are taken."""

    def __init__(self, e: "Entry", rows: Many, options: Options, act: Act) -> None:
        self.e, self.rows, self.options, self.act, self.posted = e, rows, options, act, Posted()
        self.file = {key: column for key in rows.keys if (column := rows.column(key)) is not None}
        self.lines = rows.lines
        self.means = Meaning(e)
        self.there: set[Any] | None = None  # codes and serials (with their model) of the ledger, once they are read
        self.taken: set[str] = set()  # by this file
        self.serials: set[tuple[str, str]] = set()
        self.refs: set[str] = set()
        self.heads: set[str] = set()
        self.stemmed = 0
        self.read = self.numbered = 0  # the last card and the last number that were looked at
        self._empty()

    def run(self) -> Posted:
        """Post every row."""
        if len(self.rows) >= MANY:
            self.there = set()
        self._look()
        at, size = 0, FIRST if self.options.create else CHUNK
        while at < len(self.rows):
            end = min(at + size, len(self.rows))
            window = self._window(at, end)
            before, at = at, self._post(window)
            size = min(size * 2, CHUNK) if at == end else FIRST
            if len(self.codes) >= CHUNK:
                self._flush()
            if at // TICK_ROWS > before // TICK_ROWS:
                self.options.tick(at)
        self._flush()
        return self.posted

    def _window(self, at: int, end: int) -> Window:
        ledger = self.e.ledger
        hints, ledger.hints = ledger.hints, False  # what is not found is for the act, which says what there is like it
        try:
            return Window(self.means, {key: column[at:end] for key, column in self.file.items()}, at, self.e.today)
        finally:
            ledger.hints = hints

    def _post(self, window: Window) -> int:
        """Post the rows of a window; returns where to go on, before its end where names may mean something new by now."""
        at, first = 0, window.first
        for stop in (*sorted(window.odd), window.size):
            if self._free(window, at, stop):
                self._keep(window, at, stop)
                at = stop
            while at < min(stop + 1, window.size):
                if (at == stop or not self._keep_one(window, at)) and self._by_act(first + at):
                    return first + at + 1
                at += 1
        return first + window.size

    def _by_act(self, at: int) -> bool:
        """Post one row by the act; whether names may mean something new since."""
        self._flush()
        before, made, row = self.posted.changed, len(self.options.made), self.rows.row(at)
        self.options.attempt(self.e, row, lambda: self.act(self.e, row, self.options), self.posted)
        if self.posted.changed != before:  # what was read may be stale: from here each is asked for
            self.there = None
        self._look()
        if len(self.options.made) == made:
            return False
        self.means.forget()
        return True

    # -- codes and serials ----------------------------------------------------------------------------------

    def _free(self, window: Window, start: int, end: int) -> bool:
        """Whether all of these rows bear codes, and codes and serials that nothing bears; False also where it is not clear."""
        if start == end or self.there is None:
            return start == end
        codes, serials = window.codes[start:end], [one for one in window.serials[start:end] if one and one[0] is not None]
        if None in codes or (window.counts is not None and any(count > 1 for count in window.counts[start:end])):
            return False
        if not _caseless([*codes, *(text for pair in serials for text in pair if text)]):
            return False
        if not self.heads.isdisjoint(map(str.rstrip, codes, repeat(FIGURES))):
            return False
        for found, known in ((list(map(str.lower, codes)), self.taken), (list(map(_key, serials)), self.serials)):
            once: set[Any] = set(found)
            if len(once) != len(found) or not once.isdisjoint(known) or not once.isdisjoint(self.there):
                return False
        return True

    def _serial(self, window: Window, at: int, count: int) -> tuple[str, str] | None:
        serial, model = window.serials[at] or (None, None)
        if serial is None:
            return None
        if not _caseless([serial, model or ""]) or count > 1:
            raise _NotPlain
        key = _key((serial, model))
        if key in self.serials:
            raise _NotPlain
        if key in self.there if self.there is not None else store.same_serial(self.e.db, serial, model):
            raise _NotPlain
        return key

    def _codes(self, window: Window, at: int, count: int) -> tuple[list[str], tuple[str, int] | None]:
        """The codes of a row's cards; with none typed the next number, where it is free."""
        db, given = self.e.db, None
        typed, ref = window.codes[at], window.refs[at]
        if typed is None:
            if ref is not None and (ref in self.refs or store.by_ref(db, ref)):
                raise _NotPlain
            series = f"asset-{window.cards['acquired_on'][at][:4]}"
            given = (series, self.numbers.get(series) or self.e.next_in(series))
            typed = f"{series[-4:]}-{given[1]:04d}"
            if typed in self._stems() or store.stem_taken(db, typed):
                raise _NotPlain
        elif typed in self.given or (_head(typed) in self.heads and journal.number_of(db, typed) is not None):
            raise _NotPlain
        codes = rules.batch_codes(typed, count) if count > 1 else [typed]
        lowered = [code.lower() for code in codes]
        if not _caseless(codes) or not self.taken.isdisjoint(lowered):
            raise _NotPlain
        if not self.there.isdisjoint(lowered) if self.there is not None else store.taken(db, codes):
            raise _NotPlain
        return codes, given

    def _stems(self) -> set[str]:
        """What codes not yet written begin with, up to any of their dashes."""
        for code in self.codes[self.stemmed :]:
            parts = code.split("-")
            self.stems.update("-".join(parts[:n]) for n in range(1, len(parts) + 1))
        self.stemmed = len(self.codes)
        return self.stems

    # -- what is held back, and writing down ----------------------------------------------------------------

    def _empty(self) -> None:
        self.codes: list[str] = []
        self.cards: dict[str, list[Any]] = defaultdict(list)
        self.given: dict[str, tuple[Any, ...]] = {}
        self.numbers: dict[str, int] = {}
        self.stems: set[str] = set()  # of the first `stemmed` codes
        self.stemmed = 0

    def _keep_one(self, window: Window, at: int) -> bool:
        """Hold the cards of one row back, if it is plain."""
        count = window.counts[at] if window.counts is not None else 1
        try:
            serial = self._serial(window, at, count)
            codes, given = self._codes(window, at, count)
        except _NotPlain:
            return False
        self.codes += codes
        self.taken.update(map(str.lower, codes))
        for name, column in window.cards.items():
            self.cards[name] += [column[at]] * count
        if given is not None:
            series, n = given
            self.numbers[series] = n + 1
            number = f"{series[-4:]}-{n:04d}"
            self.given[number] = (series, n, number, "asset", "card")
            self.heads.add(_head(number))
        if serial is not None:
            self.serials.add(serial)
        if window.refs[at] is not None:
            self.refs.add(window.refs[at])
        self._warn(window, at, at + 1)
        return True

    def _keep(self, window: Window, start: int, end: int) -> None:
        """Hold the cards of rows back, each of which is one plain card of a typed code."""
        codes = window.codes[start:end]
        self.codes += codes
        self.taken.update(map(str.lower, codes))
        for name, column in window.cards.items():
            self.cards[name] += column[start:end]
        self.serials.update(_key(one) for one in window.serials[start:end] if one and one[0] is not None)
        self.refs.update(ref for ref in window.refs[start:end] if ref is not None)
        self._warn(window, start, end)

    def _flush(self) -> None:
        """Write down what is held back: numbers, cards, and the day each came onto the register."""
        if not self.codes:
            return
        e, many, same = self.e, len(self.codes), {"entry": self.e.n}
        e.insert_many("number_given", GIVEN, list(self.given.values()))
        first, cards = journal.next_id(e.db, "asset_card"), {"code": self.codes, **self.cards}
        e.insert_columns("asset_card", first, many, _filled(cards), same)
        moves = {"on_day": cards["booked_on"], "kind": ["add"] * many, "card_id": range(first, first + many)}
        moves.update((name, cards[name]) for name in MOVED)
        e.insert_columns("asset_move", journal.next_id(e.db, "asset_move"), many, _filled(moves), same)
        self.read = first + many - 1
        self._empty()

    def _look(self) -> None:
        """Read which codes, serials and numbers have been taken since the last look."""
        for number_id, head in number_heads(self.e.db, self.numbered):
            self.numbered = max(self.numbered, number_id)
            self.heads.add(head)
        if self.there is None:
            return
        for card_id, code, serial, model in taken_after(self.e.db, self.read):
            self.read = card_id
            self.there.add(code)
            if serial is not None:
                self.there.add((serial, model))

    def _warn(self, window: Window, start: int, end: int) -> None:
        """Count rows as posted, and warn as the act does: the first few of each kind, row by row; the others are counted."""
        self.posted.new += end - start
        places = [[at for at in range(start, end) if flags[at]] for flags in window.flags]
        for at, which in sorted((at, which) for which, found in enumerate(places) for at in found[:WARNINGS]):
            self.options.warn_row(self.e, self.lines[window.first + at], WARNED[which], **window.warned(at, which))
        for key, found in zip(WARNED, places, strict=True):
            if len(found) > WARNINGS:
                self.options.count_warning(key, len(found) - WARNINGS)


def _filled(columns: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """Columns but for those in which nothing stands, which halves the time of a wide table."""
    return {name: values for name, values in columns.items() if values[0] is not None or values.count(None) < len(values)}


def _head(number: str) -> str:
    """A number or code without its digits at the end."""
    return number.rstrip(FIGURES)


def _key(serial: tuple[str, str | None]) -> tuple[str, str]:
    """A serial number with its model, as they are compared."""
    return serial[0].lower(), (serial[1] or "").lower()


def _caseless(texts: Sequence[str]) -> bool:
    """Whether lower() makes of texts what SQLite's does: beyond ASCII it knows no case, so there the act decides."""
    joined = "".join(texts)
    return joined.isascii() or all(char == char.lower() for char in set(joined) if char > "\x7f")
