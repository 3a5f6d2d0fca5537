"""A form once filled: its parts from top to bottom and its pages, drawn values beside raw ones, no format yet."""

from collections.abc import Sequence
from typing import Any, NamedTuple

RIGHT = frozenset({"n", "count", "quantity", "money", "rate"})


class Cell(NamedTuple):
    """A value as people read it, its kind, and the raw value for spreadsheets."""

    text: str
    kind: str = "text"
    raw: Any = None


class FieldsPart(NamedTuple):
    """Labels and values in rows of `across`; each item is (label, value, columns taken)."""

    heading: str
    across: int
    items: Sequence[tuple[str, Cell, int]]


class Head(NamedTuple):
    """One column of a table."""

    key: str
    title: str
    kind: str
    share: int
    group: str


class LinesPart(NamedTuple):
    """A table; `totals` and `capitals` stand under its last row only."""

    heading: str
    name: str
    columns: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Cell] | None = None
    capitals: str = ""
    rows_a_page: int = 0
    first: int = 0  # which row of the whole table the first one here is

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The headings over the headings: (title or "", columns); empty if there are none."""
        found: list[tuple[str, int]] = []
        for column in self.columns:
            if found and column.group and found[-1][0] == column.group:
                found[-1] = (column.group, found[-1][1] + 1)
            else:
                found.append((column.group, 1))
        return found if any(title for title, _ in found) else []


class TextsPart(NamedTuple):
    """Numbered paragraphs."""

    heading: str
    texts: Sequence[str]


class SignLine(NamedTuple):
    """One place in the chain: who, and the lines under it; `state` is signed, open or unneeded."""

    title: str
    lines: Sequence[str]
    state: str
    opinion: str | None = None


class SignPart(NamedTuple):
    """The chain of signatures in its order."""

    across: int
    opinions: bool
    items: Sequence[SignLine]


Part = FieldsPart | LinesPart | TextsPart | SignPart


class Sheet:
    """One filled form: what stands over it, its parts as they flow, the same parts cut into pages, what stands below."""

    __slots__ = ("code", "copies", "head", "landscape", "middle", "name", "notes", "number", "pages", "paper", "parts",
                 "plain_number", "qr", "size", "title", "unit")  # fmt: skip

    def __init__(self, name: str, code: str, title: str, *, unit: str, middle: str, number: str, plain_number: str | None,
                 copies: str, head: str, paper: str, landscape: bool, size: int, parts: Sequence[Part],
                 notes: Sequence[str], qr: str = "") -> None:  # fmt: skip
        self.name, self.code, self.title = name, code, title
        self.unit, self.middle, self.number, self.plain_number = unit, middle, number, plain_number
        self.copies, self.head = copies, head
        self.paper, self.landscape, self.size = paper, landscape, size
        self.parts, self.notes, self.qr = tuple(parts), tuple(notes), qr
        self.pages: tuple[tuple[Part, ...], ...] = (self.parts,)
