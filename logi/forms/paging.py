"""Cuts a filled form into pages: how much fits on its paper is reckoned from the letters, the same for every format."""

import re
from collections.abc import Sequence

from logi.core.text import width
from logi.forms.parts import FieldsPart, LinesPart, Part, Sheet, SignLine, SignPart, TextsPart
from logi.forms.shapes import PAPERS, Block, Shape

# Millimetres, as page.css and form.typ have them.
MARGINS = {"A4": 12.0, "A5": 8.0}
TOP, FOOT, HEADING, GAP = 17.0, 7.0, 5.5, 2.0
PADDING, SIDE = 1.6, 2.0
POINT, LEADING, HALF = 0.3528, 1.28, 0.55  # mm in a point; line height in ems; a Latin letter or half a Han character
SIGN_LINE, OPINION = 6.0, 10.0
LABEL = {1: 0.14, 2: 0.28, 3: 0.36}  # what a label takes of its field's width
_WORD = re.compile(r"[!-~\u00a1-\u024f]+|.")
_NARROW = frozenset(" .,:;'|!()[]ijlItf/-")
KEPT = 3  # rows that go with the signatures to the next page, so that nobody signs an empty one


def paginate(sheet: Sheet, shape: Shape) -> tuple[tuple[Part, ...], ...]:
    """The parts of every page in order; tables are cut between rows, signatures for every page stand on each."""
    return tuple(tuple(page) for page in _Cutter(sheet, shape).cut())


def paper_mm(sheet: Sheet) -> tuple[int, int]:
    """Width and height of the paper as it lies."""
    across, along = PAPERS[sheet.paper]
    return (along, across) if sheet.landscape else (across, along)


def label_share(across: int) -> float:
    """How much of a field's width its label takes."""
    return LABEL.get(across, 0.4)


def folded(line: str, ems: float) -> int:
    """How many lines a text takes in a column of so many ems: Latin words stay whole where they fit a line."""
    lines, used = 1, 0.0
    for word in _WORD.findall(line):
        long = sum(map(_em, word))
        if used + long <= ems:
            used += long
        elif word == " ":
            continue  # blanks hang over the edge
        elif long > ems:
            more, used = divmod(used + long, ems)
            lines += int(more)
        else:
            lines, used = lines + 1, long
    return lines


def _em(char: str) -> float:
    """A letter's width in ems, a little generous: Noto Sans is about this wide, as are its kin."""
    if width(char) == 2:
        return 1.0
    if char in _NARROW:
        return 0.34
    if char.isdigit():
        return 0.57
    return 0.9 if char in "mwMW@%" else 0.66 if char.isupper() else 0.56


class _Cutter:
    """Lays part after part on pages until all are placed."""

    def __init__(self, sheet: Sheet, shape: Shape) -> None:
        wide, high = paper_mm(sheet)
        margin = MARGINS[sheet.paper]
        self.size, self.wide = sheet.size, wide - 2 * margin
        pairs = list(zip(sheet.parts, shape.blocks, strict=True))
        self.flow: list[tuple[Part, Block]] = [(p, b) for p, b in pairs if not b.every_page]
        self.always: list[Part] = [p for p, b in pairs if b.every_page]
        notes = len(sheet.notes) * self._line()
        self.room = high - 2 * margin - TOP - FOOT - sum(self._height(part) for part in self.always) - notes
        self.pages: list[list[Part]] = [[]]
        self.left = self.room

    def cut(self) -> list[list[Part]]:
        """All pages."""
        for at, (part, block) in enumerate(self.flow):
            if block.new_page and self.pages[-1]:
                self._turn()
            if isinstance(part, LinesPart):
                self._lay_lines(part, after=self._after(at))
            else:
                self._lay(part, self._height(part))
        for page in self.pages:
            page += self.always
        return self.pages

    def _turn(self) -> None:
        self.pages.append([])
        self.left = self.room

    def _lay(self, part: Part, height: float) -> None:
        if height > self.left and self.pages[-1]:
            self._turn()
        self.pages[-1].append(part)
        self.left -= height

    def _after(self, at: int) -> float:
        """What stands under a table and should not stand alone: the parts up to the next table or page."""
        height = 0.0
        for part, block in self.flow[at + 1 :]:
            if isinstance(part, LinesPart) or block.new_page:
                break
            height += self._height(part)
        return height

    def _lay_lines(self, part: LinesPart, *, after: float) -> None:
        heights = [self._row_height(part, [cell.text for cell in row]) for row in part.rows]
        top = self._top(part)
        tail = (self._row_height(part, [c.text for c in part.totals]) if part.totals else 0.0) + GAP
        tail += self._line() + PADDING if part.capitals else 0.0
        first, end = 0, len(part.rows)
        while True:
            rest = end - first
            fits = self._fitting(heights[first:], self.left - top, part.rows_a_page)
            whole = top + sum(heights[first:]) + tail
            if fits >= rest and whole + (after if rest > KEPT else 0.0) <= self.left:
                break
            if fits >= rest > KEPT:
                fits = rest - KEPT
            elif self.pages[-1] and (fits >= rest or fits < min(2, rest)):
                self._turn()
                continue
            elif fits >= rest:
                break
            fits = max(1, fits)
            self.pages[-1].append(part._replace(rows=part.rows[first : first + fits], totals=None, capitals="", first=first))
            first += fits
            self._turn()
        self.pages[-1].append(part._replace(rows=part.rows[first:], first=first))
        self.left -= top + sum(heights[first:]) + tail

    @staticmethod
    def _fitting(heights: Sequence[float], room: float, most: int) -> int:
        used, count = 0.0, 0
        for height in heights:
            used += height
            if used > room or (most and count >= most):
                break
            count += 1
        return count

    def _line(self) -> float:
        return self.size * POINT * LEADING

    def _lines_of(self, text: str, mm: float) -> int:
        if not text:
            return 1
        em = self.size * POINT
        letters = max(1, int((mm - SIDE) / (em * HALF)))
        if "\n" not in text and width(text) <= letters:
            return 1
        return sum(folded(line, max(1.0, (mm - SIDE) / em)) for line in text.split("\n"))

    def _row_height(self, part: LinesPart, texts: Sequence[str]) -> float:
        whole = sum(column.share for column in part.columns)
        most = max(
            (self._lines_of(text, self.wide * c.share / whole) for text, c in zip(texts, part.columns, strict=True)),
            default=1,
        )
        return most * self._line() + PADDING

    def _top(self, part: LinesPart) -> float:
        titles = self._row_height(part, [column.title for column in part.columns])
        groups = self._line() + PADDING if part.groups else 0.0
        return titles + groups + (HEADING if part.heading else 0.0)

    def _height(self, part: Part) -> float:
        if isinstance(part, FieldsPart):
            return self._fields_height(part)
        if isinstance(part, TextsPart):
            lines = sum(self._lines_of(text, self.wide - 8) for text in part.texts)
            return lines * self._line() * 1.15 + (HEADING if part.heading else 0.0) + GAP
        if isinstance(part, SignPart):
            return self._sign_height(part)
        return self._top(part) + sum(self._row_height(part, [c.text for c in row]) for row in part.rows) + GAP

    def _fields_height(self, part: FieldsPart) -> float:
        unit = self.wide / part.across
        height, used, most = 0.0, 0, 0
        for label, cell, span in part.items:
            if used + span > part.across:
                height, used, most = height + most * self._line() + PADDING, 0, 0
            named = unit * label_share(part.across)
            most = max(most, self._lines_of(cell.text, unit * span - named), self._lines_of(label, named))
            used += span
        return height + most * self._line() + PADDING + (HEADING if part.heading else 0.0) + GAP

    def _sign_height(self, part: SignPart) -> float:
        height = 0.0
        for start in range(0, len(part.items), part.across):
            row = part.items[start : start + part.across]
            unit = self.wide / part.across
            lines = max(self._lines_of(item.title, unit) + self._sign_lines(item, unit) for item in row)
            height += lines * max(self._line(), SIGN_LINE) + PADDING + (OPINION if part.opinions else 0.0)
        return height + GAP

    def _sign_lines(self, item: SignLine, unit: float) -> int:
        """Lines to sign on are never folded; what was signed may be."""
        if item.state == "open":
            return len(item.lines)
        return sum(self._lines_of(line, unit) for line in [*item.lines, *([item.opinion] if item.opinion else [])])
