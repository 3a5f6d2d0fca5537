"""The rows of a CSV file: one by one, or many at a time as columns where no quotes stand in the way."""

import contextlib
import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import IO

from logi.core.errors import BadData

FIELD_LIMIT = 131_072
BLOCK = 400_000  # characters read at once
MANY = 4096  # rows read at once

_BREAK = re.compile(r"\r\n|\r|\n")
_GUARD = re.compile("'+[=+@\t\r\n＝＋－＠-]")

Cells = Sequence[str]
Numbered = tuple[int, Cells]


class Batch:
    """Some rows of a file that follow each other, with the line each begins on; as `columns` where that came cheap."""

    __slots__ = ("_rows", "columns", "lines")

    def __init__(self, lines: Sequence[int], rows: Sequence[Cells] | None, columns: list[list[str]] | None = None) -> None:
        self.lines, self._rows, self.columns = lines, rows, columns

    @classmethod
    def of(cls, rows: Sequence[Numbered]) -> "Batch":
        """Rows that were read one by one."""
        return cls([line for line, _ in rows], [cells for _, cells in rows])

    def __len__(self) -> int:
        return len(self.lines)

    def row(self, at: int) -> Cells:
        """The cells of one row."""
        if self.columns is not None:
            return [column[at] for column in self.columns]
        assert self._rows is not None
        return self._rows[at]

    def part(self, start: int, end: int, width: int) -> list[list[str]] | None:
        """Some rows as columns; None if one of them has not so many cells."""
        if self.columns is not None:
            if len(self.columns) != width:
                return None
            return self.columns if end - start == len(self) else [column[start:end] for column in self.columns]
        assert self._rows is not None
        rows = self._rows[start:end]
        return [list(column) for column in zip(*rows, strict=True)] if set(map(len, rows)) == {width} else None


class Rows:
    """Rows with the line each begins on. What cannot be parsed ends the file with one clear finding (5).

    A `sound` file is one whose every byte is known to be what its encoding says. In a `guarded` one, as spreadsheets have it,
    a ' before a sign that would begin a formula is no part of the text.
    """

    def __init__(self, file: IO[bytes], encoding: str, delimiter: str, *, sound: bool, guarded: bool = False) -> None:
        self._text: io.TextIOWrapper | None = None
        self._text = io.TextIOWrapper(file, encoding, errors="strict", newline="")
        csv.field_size_limit(FIELD_LIMIT)
        self._delimiter, self._encoding, self._plain, self._guarded = delimiter, encoding, sound, guarded
        self._reader, self._before, self._line = self._reading(self._text), 0, 1

    def __iter__(self) -> "Rows":
        return self

    def __next__(self) -> Numbered:
        try:
            row = self._line, self._bare(next(self._reader))
        except (csv.Error, UnicodeError) as error:
            raise self._told(error) from None
        self._line = self._after
        return row

    def batch(self) -> Batch:
        """The next rows, many of them; none at the end."""
        if not self._plain or self._text is None:
            return self._many()
        block = self._text.read(BLOCK)
        if block and not block.endswith("\n"):
            block += self._text.readline()
        if '"' in block or (self._guarded and "'" in block):  # from here on a row may go on in the next block
            self._plain = False
            self._reader = self._reading(chain(io.StringIO(block, newline=""), self._text))
            self._before = self._line - 1
            return self._many()
        plain = block.replace("\r\n", "\n")
        if plain and not plain.endswith("\n"):
            plain += "\n"
        lines = range(self._line, self._line + plain.count("\n"))
        found = self._split(plain, len(lines))
        if found is None:
            self._reader, self._before = self._reading(io.StringIO(block, newline="")), self._line - 1
            return self._many(len(block))
        self._line = lines.stop
        return Batch(lines, None, found)

    def _split(self, plain: str, count: int) -> list[list[str]] | None:
        """Lines without quotes as columns; None unless all have as many cells as the first."""
        if not count or "\r" in plain:
            return None if plain else []
        cells = plain.replace("\n", f"{self._delimiter}\n{self._delimiter}").split(self._delimiter)
        width = cells.index("\n")
        if len(cells) != count * (width + 1) + 1 or cells[width :: width + 1].count("\n") != count:
            return None
        if _long_line(plain) and max(map(len, cells)) > FIELD_LIMIT:
            return None
        return [cells[at : -1 : width + 1] for at in range(width)]

    def _many(self, most: int = MANY) -> Batch:
        rows: list[Cells] = []
        try:
            rows.extend(map(self._bare, islice(self._reader, most)) if self._guarded else islice(self._reader, most))
        except (csv.Error, UnicodeError) as error:
            self._line = self._begun(rows)[-1]
            raise self._told(error) from None
        lines = self._begun(rows)
        self._line = self._after
        return Batch(lines[:-1], rows)

    def _bare(self, cells: list[str]) -> list[str]:
        """Cells without the guard before what would be a formula."""
        return [cell[1:] if cell[:1] == "'" and _GUARD.match(cell) else cell for cell in cells] if self._guarded else cells

    @property
    def _after(self) -> int:
        """The line after those that were read."""
        read: int = self._reader.line_num
        return self._before + read + 1

    def _begun(self, rows: Sequence[Cells]) -> Sequence[int]:
        """The lines on which rows begin, and the one after them."""
        after = self._line + len(rows)
        if self._after == after:
            return range(self._line, after + 1)
        lines = [self._line]
        for cells in rows:
            lines.append(lines[-1] + 1 + sum(len(_BREAK.findall(cell)) for cell in cells))
        return lines

    def _reading(self, lines: "Iterator[str] | io.TextIOBase") -> "csv._reader":  # type: ignore[name-defined]
        return csv.reader(lines, delimiter=self._delimiter, strict=True)

    def _told(self, error: Exception) -> BadData:
        self.close()
        if isinstance(error, csv.Error):
            return BadData(_csv_problem(str(error)), line=self._line, limit=FIELD_LIMIT)
        return BadData("importing.undecodable", line=self._after, encoding=self._encoding.upper().removesuffix("-SIG"))

    def close(self) -> None:
        """Let go of the file without closing it."""
        text, self._text = self._text, None
        if text is not None:
            with contextlib.suppress(ValueError):  # an interrupted import has closed the file already
                text.detach()

    __del__ = close


def _long_line(plain: str) -> bool:
    """Whether there may be a line longer than a cell may be: it covers one of these stretches from end to end."""
    half = FIELD_LIMIT // 2
    return any(plain.find("\n", at, at + half) < 0 for at in range(0, len(plain) - half, half))


def _csv_problem(said: str) -> str:
    if "unexpected end of data" in said:
        return "importing.open_quote"
    if "field larger" in said:
        return "importing.long_field"
    if "NUL" in said:
        return "importing.nul"
    return "importing.stray_quote"
