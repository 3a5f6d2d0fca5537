"""The rows of a file read by column: what a text means is asked once, and only rows that are not plain go cell by cell."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from logi.core.errors import BadValue, LogiError
from logi.core.folding import fold
from logi.core.text import cut
from logi.importing import headers
from logi.importing.kinds import Col, Flaw, Kind, Row, Shown
from logi.importing.running import MEANT, TICK_ROWS, cell_value, parsed_row

if TYPE_CHECKING:
    from logi.importing.csvrows import Batch
    from logi.importing.headers import Plan
    from logi.importing.rereading import Below
    from logi.importing.running import Options

MANY_TEXTS = 100  # different ones of a column, from which it pays to look whether all of them mean themselves
# Codes and words of plain letters and figures, or nothing: whatever cleans a text leaves these as they are.
_SELVES = re.compile(r"(?:(?:[0-9A-Za-z][0-9A-Za-z._/-]{0,63})?\n)*").fullmatch

Column = list[Any]


class Many:
    """Rows behind the door, held as columns: their values by key (None = absent), and where each stood."""

    __slots__ = ("_lines", "_order", "_texts", "_values")

    def __init__(self, keys: Iterable[str]) -> None:
        self._values: dict[str, Column] = {key: [] for key in keys}
        self._texts: dict[str, list[str]] = {key: [] for key in self._values}
        self._lines: list[int] = []
        self._order: Sequence[int] | None = None  # None: as they stand in the file

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def keys(self) -> list[str]:
        """The columns that the file has."""
        return list(self._values)

    @property
    def lines(self) -> list[int]:
        """Where each row stood."""
        return self._ordered(self._lines)

    def column(self, key: str) -> Column | None:
        """The values of a column; None where nothing stands in it."""
        column = self._values.get(key, [])
        filled = column and (column[0] is not None or column.count(None) < len(column))
        return self._ordered(column) if filled else None

    def add(self, lines: Sequence[int], values: Sequence[Column], texts: Sequence[list[str]]) -> None:
        """More rows, as columns in the order of the keys."""
        self._lines.extend(lines)
        for column, more in zip((*self._values.values(), *self._texts.values()), (*values, *texts), strict=True):
            column.extend(more)

    def sort(self, keys: Sequence[Any]) -> None:
        """Put the rows in the order of keys, one for each as they stand now; equal ones stay as they stand."""
        if all(type(key) is date for key in keys):
            keys = list(map(date.toordinal, keys))  # compared in half the time
        places = sorted(range(len(keys)), key=keys.__getitem__)
        if places != list(range(len(keys))):
            self._order = places if self._order is None else [self._order[at] for at in places]

    def row(self, at: int) -> Row:
        """One row by itself."""
        at = at if self._order is None else self._order[at]
        values = {key: value for key, column in self._values.items() if (value := column[at]) is not None}
        return Row(self._lines[at], values, partial(self._texts_of, at, values))

    def rows(self) -> list[Row]:
        """All of them one by one."""
        return list(map(self.row, range(len(self))))

    def _ordered(self, column: Column) -> Column:
        return column if self._order is None else list(map(column.__getitem__, self._order))

    def _texts_of(self, at: int, values: Iterable[str]) -> dict[str, str]:
        return {key: self._texts[key][at].strip() for key in list(values) if key in self._texts}


def read(kind: Kind, plan: "Plan", below: "Below", options: "Options") -> Many:
    """The rows whose cells can all be read, in (day, line) order; the others become findings."""
    reader = _Reader(kind, plan, options)
    unsaid = 0
    while len(batch := below.batch()):
        reader.take(batch)
        unsaid += len(batch)
        for _ in range(unsaid // TICK_ROWS):
            options.tick(0)
        unsaid %= TICK_ROWS
    if kind.day is not None and len(reader.rows):
        reader.rows.sort(reader.rows.column(kind.day) or ())
    return reader.rows


class _Reader:
    """A file on its way in: its good rows so far, and the things that stood in it."""

    def __init__(self, kind: Kind, plan: "Plan", options: "Options") -> None:
        self.plan, self.options = plan, options
        self.rows = Many(col.key for _, col in plan.columns)
        self.key, self.seen = kind.key, dict[str, int]()

    def take(self, batch: "Batch") -> None:
        """Read some rows."""
        odd: set[int] = set()  # rows to be read cell by cell
        columns = self._columns(batch, odd)
        gone = _blank(columns, odd)
        values = [self._values(at, col, columns, odd) for at, col in self.plan.columns]
        texts = [columns[at] for at, _ in self.plan.columns]
        for at in sorted(odd):
            if not self._read_alone(batch, at, values, texts):
                gone.add(at)
        lines: Sequence[int] = batch.lines
        if self.key is not None:
            self._once(batch, values, texts, gone)
        if self.options.rejects:
            self.options.cells.update((line, batch.row(at)) for at, line in enumerate(lines) if at not in gone)
        if gone:
            left = [at for at in range(len(batch)) if at not in gone]
            lines, *columns = ([column[at] for at in left] for column in (lines, *values, *texts))
            values, texts = columns[: len(values)], columns[len(values) :]
        self.rows.add(lines, values, texts)

    def _columns(self, batch: "Batch", odd: set[int]) -> list[list[str]]:
        """The cells by column; a row of another width is odd and stands there empty."""
        width = len(self.plan.headings)
        columns = batch.part(0, len(batch), width)
        if columns is not None:
            return list(columns)
        rows = [batch.row(at) for at in range(len(batch))]
        odd.update(at for at, cells in enumerate(rows) if len(cells) != width)
        empty = [""] * width
        return [list(column) for column in zip(*(empty if at in odd else rows[at] for at in range(len(rows))), strict=True)]

    def _values(self, at: int, col: Col, columns: list[list[str]], odd: set[int]) -> Column:
        """What the texts of a column mean; rows of which one cannot be read are odd."""
        column = columns[at]
        if (kinds := set(map(type, column))) != {str}:
            if Flaw in kinds:
                odd.update(place for place, text in enumerate(column) if type(text) is Flaw)
            words = col.kind in ("text", "code")
            column = [text if type(text) is str else _bare(text, words) for text in column]
        different = set(column)
        if len(different) > MANY_TEXTS and getattr(col.parse, "selves", False) and _SELVES("\n".join(column) + "\n"):
            if "" not in different:
                return column
            if not col.filled:
                return [text or None for text in column]
        known, bad = self.options.meant[at], set()
        if len(known) > MEANT:
            known.clear()
        for text in different.difference(known):
            try:
                known[text] = cell_value(col, text)
            except BadValue:
                bad.add(text)
        if bad:
            odd.update(place for place, text in enumerate(column) if text in bad)
        return list(map(known.get, column))

    def _read_alone(self, batch: "Batch", at: int, values: list[Column], texts: list[list[str]]) -> bool:
        """Read a row cell by cell and put it where it belongs; False if it is blank or bad."""
        cells = batch.row(at)
        if not any(cell.strip() for cell in cells):
            return False
        row = parsed_row(self.plan, batch.lines[at], cells, self.options)
        if row is None:
            return False
        for n, (place, col) in enumerate(self.plan.columns):
            if values[n] is texts[n]:
                values[n] = list(values[n])
            values[n][at] = row[col.key]
            texts[n][at] = cells[place] if place < len(cells) else ""
        return True

    def _once(self, batch: "Batch", values: Sequence[Column], texts: Sequence[list[str]], gone: set[int]) -> None:
        """A thing may stand only once in a file."""
        place = next((n for n, (_, col) in enumerate(self.plan.columns) if col.key == self.key), None)
        if place is None:
            return
        column = values[place]
        named = [at for at, value in enumerate(column) if value is not None and at not in gone]
        forms = _folded([str(column[at]) for at in named])
        lines = [batch.lines[at] for at in named]
        if len(set(forms)) == len(forms) and self.seen.keys().isdisjoint(forms):
            self.seen.update(zip(forms, lines, strict=True))
            return
        for at, form, line in zip(named, forms, lines, strict=True):
            before = self.seen.setdefault(form, line)
            if before != line:
                error = LogiError("importing.twice", code=cut(column[at]), before=before)
                self.options.findings.cell(line, batch.row(at), str(self.key), texts[place][at].strip(), error)
                gone.add(at)


def _blank(columns: Sequence[Sequence[str]], odd: set[int]) -> set[int]:
    """The rows in which nothing stands; those that look like a sum line are odd."""
    left: Iterable[int] = range(len(columns[0]) if columns else 0)
    for column in columns:
        blank: set[str] = set()
        totals: set[str] = set()
        for text in set(column):
            if not text.strip():
                blank.add(text)
            elif not text[-1:].isdigit() and (headers.is_total((text,)) or headers.is_signed((text,))):
                totals.add(text)
        if totals:
            odd.update(at for at in left if column[at] in totals)
        if not blank:
            return set()
        left = [at for at in left if column[at] in blank]
        if not left:
            return set()
    return set(left) - odd


def _bare(text: str, words: bool) -> str:
    """The text of a marked cell."""
    if type(text) is Shown and not words:
        return text.figure
    return "" if type(text) is Flaw else str(text)


def _folded(texts: list[str]) -> list[str]:
    """Each text in the form names are compared by."""
    joined = "".join(texts)
    if joined.isascii() and joined.isprintable() and " " not in joined:
        return [text.lower() for text in texts]
    return list(map(fold, texts))
