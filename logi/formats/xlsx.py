"""A workbook: true numbers and days, text that stays text, one sheet a table, the same bytes on two runs."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from logi.core.answers import Answer, Column, Confirmation, Pack, Table
from logi.core.errors import Refused
from logi.core.messages import say
from logi.core.text import exact as exact_text
from logi.core.text import width
from logi.formats import Style
from logi.formats.cells import as_table, fenced, heading, human, joined, totals_row
from logi.formats.charts import charts_of, svg_parts
from logi.formats.sentences import pack_lines

_BORN = datetime(2025, 1, 1, tzinfo=UTC)  # fixed: a clock in the file would make two runs differ
_ROWS, _CHARACTERS, _NAME, _FOOT = 1_048_000, 32_767, 31, 255
_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number; longer figures are written as text
_SCALE = {"money": 2, "quantity": 3, "rate": 3, "count": 0}
_LOOK = {"money": "#,##0.00", "quantity": "General", "rate": "0.0%", "count": "0", "day": "yyyy-mm-dd"}
_FIRST = date(1900, 3, 1)  # before it spreadsheets count days wrongly

Formats = Mapping[str, Any]


def draw_bytes(answer: Answer, style: Style) -> bytes:
    """The bytes of an XLSX file: a table is one sheet; a pack has a cover and one sheet a table."""
    from xlsxwriter import Workbook

    paper = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(paper, options) as book:
        book.set_properties({"title": fenced(_title(answer)), "created": _BORN})
        formats = _formats(book)
        names: set[str] = set()
        drawn: list[tuple[str, Table]] = []
        if isinstance(answer, Pack):
            _cover(book.add_worksheet(sheet_name(answer.title or answer.name, names)), answer, formats)
        foot = say("formats.head", head=answer.head) if isinstance(answer, Pack) else ""
        for table in _tables(answer):
            sheet = book.add_worksheet(sheet_name(table.title or table.name, names))
            _Sheet(sheet, table, formats, style).write()
            _page(sheet, table, foot)
            drawn.append((sheet.get_name(), table))
        _charts(book, drawn, names)
    return paper.getvalue()


def sheet_name(title: str, taken: set[str]) -> str:
    """A name spreadsheets accept: no []:*?/ or backslash, at most 31 UTF-16 units, unique whatever the case."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", fenced(title)).strip("' ") or "logi"
    count = 1
    while True:
        tail = f" ({count})" if count > 1 else ""
        name = _short(plain, _NAME - len(tail)).rstrip("' ") + tail
        if name.casefold() not in taken and name.casefold() != "history":
            taken.add(name.casefold())
            return name
        count += 1


def _short(text: str, units: int) -> str:
    return text.encode("utf-16-le", "replace")[: 2 * units].decode("utf-16-le", "ignore")


def _title(answer: Answer) -> str:
    return answer.action if isinstance(answer, Confirmation) else answer.title


def _tables(answer: Answer) -> tuple[Table, ...]:
    if isinstance(answer, Pack):
        return answer.tables
    return (as_table(answer) if isinstance(answer, Confirmation) else answer,)


def _formats(book: Any) -> Formats:
    made: dict[str, dict[str, Any]] = {kind: {"num_format": look} for kind, look in _LOOK.items()}
    for kind in ("text", "word"):
        made[kind] = {"text_wrap": True}
    for kind in ("code", "instant", "month"):
        made[kind] = {"num_format": "@"}
    drawn = {kind: book.add_format({"valign": "top"} | look) for kind, look in made.items()}
    sums = {"total " + kind: book.add_format({"bold": True, "top": 1} | look) for kind, look in made.items()}
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    title = book.add_format({"bold": True, "font_size": 14})
    return drawn | sums | {"head": head, "note": book.add_format({}), "title": title}


def _cover(sheet: Any, pack: Pack, formats: Formats) -> None:
    """What the paper says about itself: title, period, head, notes, and the sheets that follow."""
    lines = [fenced(pack.title), *pack_lines(pack), "", say("formats.contents"), *(t.title for t in pack.tables)]
    for place, line in enumerate(lines):
        write_text(sheet, place, 0, fenced(line), formats["title" if place == 0 else "text"], "")
    sheet.set_column(0, 0, 80)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _charts(book: Any, drawn: list[tuple[str, Table]], names: set[str]) -> None:
    """Native charts on a sheet of their own, fed by the cells of their tables."""
    found = [(name, chart) for name, table in drawn for chart in charts_of(table)]
    if not found:
        return
    sheet = book.add_worksheet(sheet_name(say("formats.charts"), names))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    below = 0
    for name, chart in found:
        places = {column.key: place for place, column in enumerate(chart.table.columns)}
        last = len(chart.table.rows)
        bars = book.add_chart({"type": "bar"})
        for column in chart.figures:
            bars.add_series({
                "name": fenced(column.title), "categories": [name, 1, places[chart.label.key], last, places[chart.label.key]],
                "values": [name, 1, places[column.key], last, places[column.key]], "gap": 60,
            })  # fmt: skip
        what = "" if len(chart.figures) > 1 else f" {chart.figures[0].title}"
        bars.set_title({"name": fenced(chart.table.title + what), "overlay": False})
        bars.set_y_axis({"reverse": True})
        bars.set_legend({"position": "bottom"} if len(chart.figures) > 1 else {"none": True})
        high = 120 + 26 * last * len(chart.figures)
        bars.set_size({"width": 720, "height": high})
        alt = svg_parts(chart)["alt"]
        sheet.insert_chart(below, 0, bars, {"description": _short(alt, 1000)})
        below += high // 20 + 2


def _page(sheet: Any, table: Table, foot: str) -> None:
    """A4, as wide as the page, the header repeated; the title above and the head below every printed page."""
    sheet.freeze_panes(1, 0)
    sheet.hide_gridlines(0)  # printed too: a sheet without lines is hard to follow on paper
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if len(table.columns) > 6:
        sheet.set_landscape()
    page = say("formats.page", page="\0", pages="\1").replace("&", "&&").replace("\0", "&P").replace("\1", "&N")
    sheet.set_header(_short("&C" + fenced(table.title).replace("&", "&&"), _FOOT))
    sheet.set_footer(_short("&L" + fenced(foot).replace("&", "&&"), _FOOT - len(page) - 2) + "&R" + page)


def write_text(sheet: Any, row: int, place: int, text: str, look: Any, title: str = "") -> None:
    """A text as text, whatever it begins with; longer than a cell takes is Refused (4)."""
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length > _CHARACTERS:
        raise Refused("formats.too_long", column=title, length=length, limit=_CHARACTERS)
    if text.startswith("<r>") and text.endswith("</r>"):  # XlsxWriter would take it for its own raw XML
        sheet.write_rich_string(row, place, "<", look, text[1:], look)
    elif text:
        sheet.write_string(row, place, text, look)
    else:
        sheet.write_blank(row, place, None, look)


class _Sheet:
    """One table on its sheet: header in the first row, so that the file can be imported again."""

    __slots__ = ("formats", "sheet", "style", "table")

    def __init__(self, sheet: Any, table: Table, formats: Formats, style: Style) -> None:
        self.sheet, self.table, self.formats, self.style = sheet, table, formats, style

    def write(self) -> None:
        table = self.table
        if len(table.rows) > _ROWS:
            raise Refused("formats.too_many_rows", table=table.title, rows=len(table.rows), limit=_ROWS)
        for place, column in enumerate(table.columns):
            self._words(0, place, heading(column, self.style.header), self.formats["head"])
            self.sheet.set_column(place, place, self._breadth(column))
        for number, row in enumerate(table.rows, start=1):
            for place, column in enumerate(table.columns):
                self._cell(number, place, column, row.get(column.key), self.formats[column.kind])
        below = len(table.rows) + 1
        totals = totals_row(table) if table.rows else None
        if totals:
            self._totals(below, totals)
            below += 1
        notes = table.notes if table.rows or table.bare else (say("formats.none"), *table.notes)
        for offset, note in enumerate(notes, start=1):
            self._words(below + offset, 0, fenced(note), self.formats["note"])

    def _cell(self, row: int, place: int, column: Column, value: Any, look: Any) -> None:
        number = exact(column, value)
        if number is not None:
            self.sheet.write_number(row, place, number, look)
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST:
            self.sheet.write_datetime(row, place, value, look)
        elif column.kind == "word" and self.style.header == "keys":
            self._words(row, place, fenced(str(value or "")), look)
        elif value is not None:
            words = self.table.bare and column.kind in ("text", "code")
            self._words(row, place, exact_text(joined(value)) if words else human(column, value, lines=True), look)

    def _totals(self, row: int, totals: list[str]) -> None:
        for place, column in enumerate(self.table.columns):
            look = self.formats["total " + column.kind]
            value = self.table.totals.get(column.key)
            number = exact(column, value)
            if value is None:
                self._words(row, place, totals[place], look)
                continue
            if number is None or value != sum(r.get(column.key) or 0 for r in self.table.rows):
                self._cell(row, place, column, value, look)
                continue
            letter = letters(place)
            # the cached value is what phones and readers without a calculator show
            self.sheet.write_formula(row, place, f"=SUM({letter}2:{letter}{row})", look, number)

    def _words(self, row: int, place: int, text: str, look: Any) -> None:
        title = self.table.columns[place].title if place < len(self.table.columns) else ""
        write_text(self.sheet, row, place, text, look, title)

    def _breadth(self, column: Column) -> int:
        """Room for the longest of the first thousand values, within reason."""
        texts = [human(column, row.get(column.key)) for row in self.table.rows[:1000]]
        texts += [heading(column, self.style.header), human(column, self.table.totals.get(column.key))]
        return min(max(map(width, texts)) + 2, 48)


def exact(column: Column, value: Any) -> Decimal | None:
    """The number a cell holds, exact to the last digit; None where the cell is text, empty or too long a figure."""
    scale = _SCALE.get(column.kind)
    if scale is None or not isinstance(value, int) or abs(value) >= _EXACT:
        return None
    return Decimal(int(value)).scaleb(-scale)


def letters(place: int) -> str:
    """A spreadsheet's name for a column: 0 -> A, 26 -> AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
