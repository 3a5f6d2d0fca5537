"""A form as a workbook: one sheet a form, true numbers and days, its paper and page breaks set, the same bytes twice."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from logi.core.answers import Column
from logi.core.messages import say
from logi.core.text import width
from logi.formats.xlsx import exact, letters, sheet_name, write_text
from logi.forms.parts import Cell, FieldsPart, LinesPart, Part, Sheet, SignPart, TextsPart

_BORN = datetime(2025, 1, 1, tzinfo=UTC)
_LOOK = {"money": "#,##0.00", "quantity": "General", "rate": "0.0%", "count": "0", "n": "0", "day": "yyyy-mm-dd"}
_PAPER = {"A4": 9, "A5": 11}
_FOOT = 255


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
    """Writes one form on one sheet. The widest table gives the columns; other parts merge over them."""

    def __init__(self, sheet: Any, form: Sheet, looks: dict[str, Any]) -> None:
        self.sheet, self.form, self.looks = sheet, form, looks
        tables = [part for part in form.parts if isinstance(part, LinesPart)]
        self.main = max(tables, key=lambda part: len(part.columns), default=None)
        self.count = max(len(self.main.columns) if self.main else 0, 8)
        self.at = 0
        self.breaks: list[int] = []
        self.heads: tuple[int, int] | None = None

    def write(self) -> None:
        """Everything from the title to the notes, then the page."""
        self._columns()
        self._merged(self.form.title, "title", 0, self.count)
        self.sheet.set_row(self.at, 26)
        self.at += 1
        third = self.count // 3
        for text, look, start, end in (
            (self.form.unit, "left", 0, third), (self.form.middle, "middle", third, self.count - third),
            (self.form.number, "right", self.count - third, self.count),
        ):  # fmt: skip
            self._merged(text, look, start, end)
        self.at += 1
        for part in self.form.parts:
            self._part(part)
        for note in self.form.notes:
            self._merged(note, "plain", 0, self.count)
            self.at += 1
        self._page()

    def _columns(self) -> None:
        shares = [column.share for column in self.main.columns] if self.main else []
        shares += [10] * (self.count - len(shares))
        whole = 130 if self.form.landscape and self.form.paper == "A4" else 92
        for place, share in enumerate(shares):
            self.sheet.set_column(place, place, max(4.0, round(whole * share / sum(shares), 1)))

    def _part(self, part: Part) -> None:
        if not isinstance(part, SignPart) and part.heading:
            self._merged(part.heading, "heading", 0, self.count)
            self.at += 1
        if isinstance(part, FieldsPart):
            self._fields(part)
        elif isinstance(part, LinesPart):
            self._lines(part)
        elif isinstance(part, TextsPart):
            for n, text in enumerate(part.texts, 1):
                self._merged(f"{n}. {text}", "plain", 0, self.count)
                self.sheet.set_row(self.at, 15 * max(1, -(-width(text) // 88)))
                self.at += 1
        else:
            self._signs(part)

    def _fields(self, part: FieldsPart) -> None:
        used = 0
        for label, cell, span in part.items:
            if used + span > part.across:
                self.at, used = self.at + 1, 0
            start, end = (self.count * n // part.across for n in (used, used + span))
            middle = start + max(1, (self.count // part.across) * 2 // 5)
            self._merged(label, "label", start, min(middle, end))
            if middle < end:
                self._merged_cell(cell, middle, end)
            used += span
        self.at += 1

    def _lines(self, part: LinesPart) -> None:
        edges = self._edges(part)
        if part.groups:
            start = 0
            for title, count in part.groups:
                self._merged(title, "head", edges[start], edges[start + count])
                start += count
            self.at += 1
        for n, column in enumerate(part.columns):
            self._merged(column.title, "head", edges[n], edges[n + 1])
        self.at += 1
        first = self.at
        for row in part.rows:
            for n, cell in enumerate(row):
                self._merged_cell(cell, edges[n], edges[n + 1])
            self.at += 1
            done = self.at - first
            if part.rows_a_page and done % part.rows_a_page == 0 and done < len(part.rows):
                self.breaks.append(self.at)
        if part is self.main:
            self.heads = (first - (2 if part.groups else 1), first - 1)
        if part.totals:
            self._totals(part, edges, first)
        if part.capitals:
            self._merged(part.capitals, "text", 0, self.count)
            self.at += 1

    def _totals(self, part: LinesPart, edges: Sequence[int], first: int) -> None:
        """Sums as formulas whose cached value is the form's; a sum that is not the lines' stays a number."""
        for n, cell in enumerate(part.totals or ()):
            number = exact(Column("", "", cell.kind), cell.raw)
            summed = sum(row[n].raw or 0 for row in part.rows if not isinstance(row[n].raw, date))
            if number is None or summed != cell.raw or edges[n + 1] - edges[n] > 1:
                self._merged_cell(cell, edges[n], edges[n + 1])
                continue
            letter = letters(edges[n])
            look = self.looks["sum" if cell.kind == "money" else cell.kind]
            self.sheet.write_formula(self.at, edges[n], f"=SUM({letter}{first + 1}:{letter}{self.at})", look, number)
        self.at += 1

    def _signs(self, part: SignPart) -> None:
        for start in range(0, len(part.items), part.across):
            row = part.items[start : start + part.across]
            most = 1
            for n, item in enumerate(row):
                said = [item.opinion] if item.opinion else [say("forms.opinion")] if part.opinions else []
                lines = [item.title, *said, *item.lines]
                most = max(most, len(lines))
                end = self.count if n == len(row) - 1 else self.count * (n + 1) // part.across
                self._merged("\n".join(lines), "sign", self.count * n // part.across, end)
            self.sheet.set_row(self.at, 15.5 * most + (18 if part.opinions else 0))
            self.at += 1

    def _edges(self, part: LinesPart) -> list[int]:
        """Where each column of a table begins among the sheet's, and where the last ends."""
        if part is self.main:
            return [*range(len(part.columns)), self.count]
        whole, so_far, edges = sum(c.share for c in part.columns), 0, [0]
        for n, column in enumerate(part.columns, 1):
            so_far += column.share
            left = len(part.columns) - n
            edges.append(min(max(edges[-1] + 1, round(self.count * so_far / whole)), self.count - left))
        return edges

    def _merged_cell(self, cell: Cell, start: int, end: int) -> None:
        """One value over the columns from `start` to before `end`: a number or a day as such, else text."""
        look = self.looks[cell.kind if cell.kind in self.looks else "text"]
        number = exact(Column("", "", cell.kind if cell.kind != "n" else "count"), cell.raw)
        if number is None and not isinstance(cell.raw, date):
            self._put(cell.text, look, start, end)
            return
        if end - start > 1:
            self.sheet.merge_range(self.at, start, self.at, end - 1, "", look)
        if number is not None:
            self.sheet.write_number(self.at, start, number, look)
        else:
            self.sheet.write_datetime(self.at, start, cell.raw, look)

    def _merged(self, text: str, look: str, start: int, end: int) -> None:
        self._put(text, self.looks[look], start, end)

    def _put(self, text: str, look: Any, start: int, end: int) -> None:
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
