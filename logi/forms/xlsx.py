"""A form as a workbook: one sheet a form, true numbers and days, its paper and page breaks set, the same bytes twice."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from logi.core.answers import Column
from logi.core.messages import say
from logi.core.text import width
from logi.formats.xlsx import exact, letters, sheet_name, write_text
from logi.forms.grid import Grid
from logi.forms.parts import Cell, FieldsPart, LinesPart, Part, Sheet, SignPart, TextsPart

_BORN = datetime(2025, 1, 1, tzinfo=UTC)
_LOOK = {"money": "#,##0.00", "quantity": "General", "rate": "0.0%", "count": "0", "n": "0", "day": "yyyy-mm-dd"}
_PAPER = {"A4": 9, "A5": 11}
_FOOT = 255
_LINE = 14.5  # points a line of text takes


def draw_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of an XLSX file."""
    from xlsxwriter import Workbook

    paper = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(paper, options) as book:
        book.set_properties({"title": sheets[0].title, "created": _BORN})
        looks = _looks(book)
        names: set[str] = set()
        for one in sheets:
            _Writer(book.add_worksheet(sheet_name(one.plain_number or one.title, names)), one, looks).write()
    return paper.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    box = {"border": 1, "text_wrap": True, "valign": "vcenter"}
    made = {kind: book.add_format({**box, "num_format": look, "align": "right"}) for kind, look in _LOOK.items()}
    made |= {"text": book.add_format(box), "code": book.add_format({**box, "num_format": "@", "align": "center"})}
    made["check"] = made["code"]
    made |= {f"field {kind}": book.add_format({**box, "num_format": _LOOK.get(kind, "@" if kind == "code" else "General"),
                                               "align": "left"}) for kind in list(made)}  # fmt: skip
    for name, look in (
        ("title", {"bold": True, "font_size": 16, "align": "center"}),
        ("left", {"align": "left"}), ("middle", {"align": "center"}), ("right", {"align": "right"}),
        ("heading", {"bold": True}), ("head", {**box, "bold": True, "align": "center"}),
        ("label", {**box, "bg_color": "#F3F3F3"}), ("plain", {"text_wrap": True, "valign": "top"}),
        ("sign", {**box, "valign": "top"}),
    ):  # fmt: skip
        made[name] = book.add_format(look)
    made["sum"] = book.add_format({**box, "bold": True, "num_format": "#,##0.00", "align": "right"})
    return made


class _Writer:
    """Writes one form on one sheet. The widest table gives the columns where it can; other parts merge over them."""

    def __init__(self, sheet: Any, form: Sheet, looks: dict[str, Any]) -> None:
        self.sheet, self.form, self.looks = sheet, form, looks
        self.grid = Grid(form)
        self.count = self.grid.count
        self.at = 0
        self.most = 1  # lines of text in the row being written
        self.breaks: list[int] = []
        self.heads: tuple[int, int] | None = None

    def write(self) -> None:
        """Everything from the title to the notes, then the page."""
        for place, wide in enumerate(self.grid.widths):
            self.sheet.set_column(place, place, round(wide, 1))
        self._merged(self.form.title, "title", 0, self.count)
        self._next(26)
        seconds = ((self.form.unit, "left"), (self.form.middle, "middle"), (self.form.number, "right"))
        edges = self.grid.cut([max(width(text), 12) for text, _ in seconds])
        for n, (text, look) in enumerate(seconds):
            self._merged(text, look, edges[n], edges[n + 1])
        self._next()
        for part in self.form.parts:
            self._part(part)
        for note in self.form.notes:
            self._merged(note, "plain", 0, self.count)
            self._next()
        self._page()

    def _next(self, high: float = 0.0) -> None:
        """The row is done: as high as its longest text asks for."""
        if high or self.most > 1:
            self.sheet.set_row(self.at, high or _LINE * self.most + 2)
        self.at, self.most = self.at + 1, 1

    def _part(self, part: Part) -> None:
        if not isinstance(part, SignPart) and part.heading:
            self._merged(part.heading, "heading", 0, self.count)
            self._next()
        if isinstance(part, FieldsPart):
            self._fields(part)
        elif isinstance(part, LinesPart):
            self._lines(part)
        elif isinstance(part, TextsPart):
            for n, text in enumerate(part.texts, 1):
                self._merged(f"{n}. {text}", "plain", 0, self.count)
                self._next()
        else:
            self._signs(part)

    def _fields(self, part: FieldsPart) -> None:
        used, edges = 0, self.grid.fields(part.across)
        for label, cell, span in part.items:
            if used + span > part.across:
                self._close(edges, used)
                used = 0
            self._merged(label, "label", edges[2 * used], edges[2 * used + 1])
            self._merged_cell(cell, edges[2 * used + 1], edges[2 * (used + span)], look="value")
            used += span
        self._close(edges, used)

    def _close(self, edges: Sequence[int], used: int) -> None:
        """The frame goes on where a row of fields ends early."""
        if edges[2 * used] < self.count:
            self._merged("", "text", edges[2 * used], self.count)
        self._next()

    def _lines(self, part: LinesPart) -> None:
        edges = self.grid.edges(part)
        top = self.at
        if part.groups:
            start = 0
            for title, count in part.groups:
                if title:
                    self._merged(title, "head", edges[start], edges[start + count])
                start += count
            self._next()
        for n, column in enumerate(part.columns):
            if part.groups and not column.group:
                self.sheet.merge_range(self.at - 1, edges[n], self.at, edges[n + 1] - 1, column.title, self.looks["head"])
                continue
            self._merged(column.title, "head", edges[n], edges[n + 1])
        self._next()
        first = self.at
        for row in part.rows:
            for n, cell in enumerate(row):
                self._merged_cell(cell, edges[n], edges[n + 1])
            self._next()
            done = self.at - first
            if part.rows_a_page and done % part.rows_a_page == 0 and done < len(part.rows):
                self.breaks.append(self.at)
        if len(part.columns) == max(len(one.columns) for one in self.form.parts if isinstance(one, LinesPart)):
            self.heads = (top, first - 1)
        if part.totals:
            self._totals(part, edges, first)
        if part.capitals:
            self._merged(part.capitals, "text", 0, self.count)
            self._next()

    def _totals(self, part: LinesPart, edges: Sequence[int], first: int) -> None:
        """Sums as formulas whose cached value is the form's; a sum that is not the lines' stays a number."""
        for n, cell in enumerate(part.totals or ()):
            number = exact(Column("", "", cell.kind), cell.raw)
            summed = sum(row[n].raw or 0 for row in part.rows if not isinstance(row[n].raw, date))
            if number is None or summed != cell.raw:
                self._merged_cell(cell, edges[n], edges[n + 1])
                continue
            letter = letters(edges[n])
            look = self.looks["sum" if cell.kind == "money" else cell.kind]
            if edges[n + 1] - edges[n] > 1:
                self.sheet.merge_range(self.at, edges[n], self.at, edges[n + 1] - 1, "", look)
            self.sheet.write_formula(self.at, edges[n], f"=SUM({letter}{first + 1}:{letter}{self.at})", look, number)
        self._next()

    def _signs(self, part: SignPart) -> None:
        edges = self.grid.cut([1] * part.across)
        for start in range(0, len(part.items), part.across):
            row = part.items[start : start + part.across]
            for n, item in enumerate(row):
                said = [item.opinion] if item.opinion else [say("forms.opinion")] if part.opinions else []
                lines = [item.title, *said, *item.lines]
                end = self.count if n == len(row) - 1 else edges[n + 1]
                self._merged("\n".join(lines), "sign", edges[n], end)
            self._next(_LINE * self.most + 4 + (18 if part.opinions else 0))

    def _merged_cell(self, cell: Cell, start: int, end: int, look: str = "") -> None:
        """One value over the columns from `start` to before `end`: a number or a day as such, else text; `look` "value"
        keeps it at the left, as fields have it."""
        kind = cell.kind if cell.kind in self.looks else "text"
        shape = self.looks[f"field {kind}" if look else kind]
        number = exact(Column("", "", cell.kind if cell.kind != "n" else "count"), cell.raw)
        if number is None and not isinstance(cell.raw, date):
            self._put(cell.text, shape, start, end)
            return
        if end - start > 1:
            self.sheet.merge_range(self.at, start, self.at, end - 1, "", shape)
        if number is not None:
            self.sheet.write_number(self.at, start, number, shape)
        else:
            self.sheet.write_datetime(self.at, start, cell.raw, shape)

    def _merged(self, text: str, look: str, start: int, end: int) -> None:
        self._put(text, self.looks[look], start, end)

    def _put(self, text: str, look: Any, start: int, end: int) -> None:
        self.most = max(self.most, self.grid.lines(text, start, end))
        if end - start > 1:
            self.sheet.merge_range(self.at, start, self.at, end - 1, "", look)
        write_text(self.sheet, self.at, start, text, look)

    def _page(self) -> None:
        form, sheet = self.form, self.sheet
        sheet.set_paper(_PAPER[form.paper])
        if form.landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        if self.heads and len(form.pages) > 1:
            sheet.repeat_rows(*self.heads)
        if self.breaks:
            sheet.set_h_pagebreaks(self.breaks)
        page = say("forms.page", page="\0", pages="\1").replace("&", "&&").replace("\0", "&P").replace("\1", "&N")
        left = form.copies.replace("&", "&&")
        right = form.head.replace("&", "&&")
        sheet.set_footer(f"&L&8{left}&C&8{page}&R&8{right}"[:_FOOT])
