"""How far the cells of an ODS workbook reach: repeated rows and cells are a few bytes in the file and millions in memory."""

import re
from typing import IO, Any
from xml.parsers import expat

from logi.core.errors import BadData
from logi.core.text import cut

_BLOCK = 1 << 20
_ROWS = re.compile(rb"number-rows-repeated=[\"']([0-9]{1,9})")
_COLUMNS = re.compile(rb"number-columns-repeated=[\"']([0-9]{1,9})")


def quick(file: IO[bytes]) -> int:
    """The most cells that the sheets may reach over, blank ones and all: never too few."""
    rows = columns = 1
    tail = b""
    while block := file.read(_BLOCK):
        block = tail + block
        end = block.rfind(b"<")
        block, tail = (block[:end], block[end:]) if end > 0 else (block, b"")
        rows += block.count(b"table-row") + sum(map(int, _ROWS.findall(block)))
        columns = max(columns, block.count(b"table-cell"), sum(map(int, _COLUMNS.findall(block))))
    return rows * min(columns, 16_384)


def refuse_far(file: IO[bytes], most: int) -> None:
    """Refuse (5) a sheet whose cells with something in them reach over more than `most`."""
    seen = _Reach(most)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = seen.start, seen.end
    parser.CharacterDataHandler = seen.words
    parser.ParseFile(file)


class _Reach:
    """Row and column of the farthest filled cell of the sheet that is being read."""

    def __init__(self, most: int) -> None:
        self.most, self.sheet = most, ""
        self._sheet("")

    def _sheet(self, name: str) -> None:
        self.sheet, self.row, self.rows, self.columns = name, 0, 0, 0
        self.column = self.far = self.repeated = self.row_repeated = 0
        self.filled = False

    def start(self, tag: str, about: dict[str, Any]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "table":
            self._sheet(next((value for key, value in about.items() if key.endswith(":name")), ""))
        elif tag == "table-row":
            self.column = self.far = 0
            self.row_repeated = _times(about, "rows")
        elif tag in ("table-cell", "covered-table-cell"):
            self.repeated = _times(about, "columns")
            self.filled = any(key.endswith(("value-type", ":formula")) for key in about)

    def words(self, text: str) -> None:
        self.filled = self.filled or bool(text.strip())

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in ("table-cell", "covered-table-cell"):
            self.column += self.repeated
            if self.filled:
                self.far = self.column
            self.filled = False
        elif tag == "table-row":
            self.row += self.row_repeated
            if self.far:
                self.rows, self.columns = self.row, max(self.columns, self.far)
                if self.rows * self.columns > self.most:
                    raise BadData("importing.far_cell", sheet=cut(self.sheet), rows=self.rows, columns=self.columns)


def _times(about: dict[str, Any], what: str) -> int:
    found = next((value for key, value in about.items() if key.endswith(f"number-{what}-repeated")), "1")
    return int(found) if found.isascii() and found.isdigit() else 1
