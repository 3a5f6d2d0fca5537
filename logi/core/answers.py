"""The answers a command may give: a Table (what was asked), a Confirmation (what was done), a Pack of tables.

They carry values, never formatted text: a format decides how a value looks.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# What a column holds, and so how it is aligned, written and typed in a spreadsheet:
#   text      words as typed               code     an identifier: text that must never become a number
#   count     int                          money    int of fen
#   quantity  int of thousandths           day      datetime.date or None
#   instant   RFC 3339 text, UTC           month    "2025-09"
#   rate      int, tenths of a percent (833 = 83.3 %)
#   word      a fixed value's English key; `words` is the message prefix of its titles ("repair.state")
KINDS = frozenset({"text", "code", "count", "money", "quantity", "day", "instant", "month", "rate", "word"})
RIGHT = frozenset({"count", "money", "quantity", "rate"})


class Fen(int):
    """Money inside facts: an integer of fen that knows it is money."""


class Milli(int):
    """A quantity inside facts: an integer of thousandths that knows it is a quantity."""


class Word(str):
    """A fixed value inside facts: its English key; `prefix` finds the title (`Word.of("repair.state", "open")`)."""

    prefix: str

    @classmethod
    def of(cls, prefix: str, key: str) -> "Word":
        word = cls(key)
        word.prefix = prefix
        return word


class Column:
    """One column: `key` for machines, `title` (already in the reader's language) for people."""

    __slots__ = ("key", "kind", "title", "total", "words")

    def __init__(self, key: str, title: str, kind: str = "text", *, total: bool = False, words: str = "") -> None:
        self.key, self.title, self.kind, self.total, self.words = key, title, kind, total, words


Drawn = tuple[str, tuple[str, ...]]  # a chart: its label column, its columns of figures


class Table:
    """Rows of raw values under typed columns; a row is a mapping by column key (missing = None)."""

    __slots__ = ("bare", "chart", "columns", "more", "name", "notes", "rows", "telling", "title", "totals")

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        rows: Iterable[Mapping[str, Any]],
        *,
        totals: Mapping[str, Any] | None = None,
        notes: Sequence[str] = (),
        more: Sequence[Column] = (),
    ) -> None:
        self.name, self.title = name, title
        self.more = tuple(more)  # columns whose values stand in the rows, drawn only where --columns names them
        self.chart: Drawn | tuple[Drawn, ...] | None = None  # what to draw besides, once or several times
        self.bare = False  # whether a file of it is read by machines again: no words stand below its rows
        self.telling = False  # whether its notes say what having no rows means
        self.columns = tuple(columns)
        self.rows = tuple(rows)
        self.notes = tuple(notes)
        summed = {c.key: sum(row.get(c.key) or 0 for row in self.rows) for c in self.columns if c.total}
        self.totals: dict[str, Any] = {**summed, **(totals or {})}


class Confirmation:
    """What was done: the journal entry, the action, the document's number, typed facts, warnings.

    `facts` hold Fen, Milli, Word, date, int, str, None or lists of them. The sentence is the
    message `<action>.done` (`stock.out` -> `stock.out.done`) filled with these facts and `number`.
    """

    __slots__ = ("action", "dry_run", "entry", "facts", "number", "numbers", "repeated", "says", "undone", "warnings")

    def __init__(
        self,
        action: str,
        number: str | None = None,
        *,
        numbers: Sequence[str] | None = None,
        facts: Mapping[str, Any] | None = None,
        warnings: Sequence[str] = (),
        entry: int | None = None,
    ) -> None:
        self.action, self.number, self.entry = action, number, entry
        self.numbers = list(numbers) if numbers is not None else ([number] if number else [])
        self.facts: dict[str, Any] = dict(facts or {})
        self.warnings = list(warnings)
        self.dry_run = False
        self.repeated = False
        self.undone = False
        self.says = f"{action}.done"  # the key of the sentence; the front door fills in the domain


class Pack:
    """Several tables of one period with the ledger's head: a monthly pack.

    `signs` is the chain of who signs: (role, lines), the lines a name and day on record, or blanks to sign on.
    """

    __slots__ = ("head", "name", "notes", "period", "signs", "tables", "title")

    def __init__(
        self, name: str, title: str, period: str, head: str, tables: Sequence[Table], notes: Sequence[str] = (),
        signs: Sequence[tuple[str, Sequence[str]]] = (),
    ) -> None:  # fmt: skip
        self.name, self.title, self.period, self.head = name, title, period, head
        self.tables = tuple(tables)
        self.notes, self.signs = tuple(notes), tuple(signs)


Answer = Table | Confirmation | Pack
