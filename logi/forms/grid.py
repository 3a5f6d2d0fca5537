"""The columns of a form's sheet: the main table's own, wide enough for what stands in them; other parts lie over them."""

from collections.abc import Sequence
from itertools import accumulate

from logi.core.text import width
from logi.forms.parts import FieldsPart, LinesPart, Sheet

TWELFTHS = 12
LABEL_SHARE = 0.4
WIDEST, NARROWEST, SPARE = 42, 5.0, 2.0
LANDSCAPE, PORTRAIT, SMALL_LANDSCAPE, SMALL_PORTRAIT = 140, 96, 110, 72


class Grid:
    """Column widths in letters, and where parts of a row begin among them."""

    def __init__(self, form: Sheet) -> None:
        tables = [part for part in form.parts if isinstance(part, LinesPart)]
        self.main = max(tables, key=lambda part: len(part.columns), default=None)
        needed = max((2 * part.across for part in form.parts if isinstance(part, FieldsPart)), default=6)
        if self.main is None or len(self.main.columns) < needed:
            self.main = None  # too few columns to lay fields over: every part lies over twelfths
        wide = LANDSCAPE if form.landscape else PORTRAIT
        if form.paper == "A5":
            wide = SMALL_LANDSCAPE if form.landscape else SMALL_PORTRAIT
        if self.main is None:
            self.widths = [wide / TWELFTHS] * TWELFTHS
        else:
            whole = sum(column.share for column in self.main.columns)
            self.widths = [max(wide * c.share / whole, self._longest(at)) for at, c in enumerate(self.main.columns)]
        self.count = len(self.widths)
        self._sums = [0.0, *accumulate(self.widths)]

    def breadth(self, start: int, end: int) -> float:
        """How many letters stand from column `start` to before `end`."""
        return self._sums[end] - self._sums[start]

    def cut(self, shares: Sequence[float]) -> list[int]:
        """Where pieces of these shares begin, and where the last ends: at least one column each."""
        whole, so_far, edges = sum(shares), 0.0, [0]
        for n, share in enumerate(shares, 1):
            so_far += share
            wanted = self._sums[-1] * so_far / whole
            near = min(range(self.count + 1), key=lambda at: (abs(self._sums[at] - wanted), at))
            edges.append(min(max(edges[-1] + 1, near), self.count - (len(shares) - n)))
        return edges

    def edges(self, part: LinesPart) -> list[int]:
        """Where each column of a table begins."""
        if part is self.main:
            return list(range(self.count + 1))
        return self.cut([column.share for column in part.columns])

    def fields(self, across: int) -> list[int]:
        """Where labels and values of fields begin, by turns."""
        return self.cut([LABEL_SHARE, 1 - LABEL_SHARE] * across)

    def lines(self, text: str, start: int, end: int) -> int:
        """How many lines a text takes from column `start` to before `end`."""
        letters = max(1.0, self.breadth(start, end) - 1)
        return sum(max(1, -int(-width(line) // letters)) for line in text.split("\n"))

    def _longest(self, at: int) -> float:
        """Room for a figure, a day or a code whole; words may be folded."""
        assert self.main is not None
        column = self.main.columns[at]
        cells = [row[at].text for row in self.main.rows]
        if self.main.totals:
            cells.append(self.main.totals[at].text)
        title = width(column.title) if not column.group else 0
        longest = max(map(width, cells), default=0)
        if column.kind == "text":
            return min(max(NARROWEST, min(title, 10) + SPARE), WIDEST)
        return max(NARROWEST, longest + SPARE, min(title, 12) + SPARE)
