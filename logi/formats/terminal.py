"""The screen: Rich for short tables, folded so that no figure is ever cut; our own padding for long ones."""

from collections.abc import Sequence

from logi.core.answers import RIGHT, Answer, Column, Confirmation, Table
from logi.core.messages import say
from logi.core.text import show, width
from logi.formats import Style, agenda
from logi.formats.cells import heading, human, totals_row
from logi.formats.sentences import done_lines, pack_lines

TIMES = ("day", "week", "month")  # label columns that go on in time
_SHORT = 200  # Rich costs 139 times plain printing
_GAP = 2
_SEVERAL, _MOST_PARTS = 3, 4  # rows from which a wide table is cut rather than listed; pieces it is cut into
_FOLDABLE = frozenset({"text", "word"})
_FOLDED = 12  # a text column is folded to this many cells before the table gives way to records
_CELL = 8  # and this many where the whole table is texts side by side, like a calendar
_INK = {"warning": "\x1b[33m", "hint": "\x1b[2m", "title": "\x1b[1m"}

Cells = list[list[str]]


def draw(answer: Answer, style: Style) -> str:
    """The answer for a screen of `style.width` cells (None: as wide as it likes)."""
    if isinstance(answer, Confirmation):
        return "".join(_inked(role, line, style) + "\n" for role, line in done_lines(answer, warnings=False))
    if isinstance(answer, Table):
        return _table(answer, style)
    head = [_inked("title", show(answer.title), style), *pack_lines(answer)]
    return "\n".join(head) + "\n" + "".join("\n" + _table(table, style) for table in answer.tables)


def _table(table: Table, style: Style) -> str:
    headers = [heading(c, style.header) for c in table.columns]
    rows = [[human(c, row.get(c.key)) for c in table.columns] for row in table.rows]
    totals = totals_row(table) if rows else None
    drawn = _inked("title", show(table.title), style) + "\n" if table.title else ""
    if headers and rows:
        drawn += _body(table, headers, rows, totals, style)
    if not rows and not table.telling:
        drawn += show(say("formats.none")) + "\n"
    return drawn + "".join(show(note) + "\n" for note in table.notes) + _charts(table, style)


def _charts(table: Table, style: Style) -> str:
    """The bars of a table, and beside several weeks how they went, small."""
    if not table.chart or style.width is None:
        return ""
    from logi.formats.charts import bar_lines, charts_of, spark

    drawn = ""
    for chart in charts_of(table):
        bars = bar_lines(chart, style.width)
        drawn += "\n" + show(" / ".join(c.title for c in chart.figures)) + "\n" + "".join(f"{show(bar)}\n" for bar in bars)
        if chart.label.key in TIMES:
            lines = [(c.title, spark([row.get(c.key) or 0 for row in table.rows])) for c in chart.figures]
            drawn += "".join(f"{show(name)} {line}\n" for name, line in lines)
    return drawn


def _body(table: Table, headers: list[str], rows: Cells, totals: list[str] | None, style: Style) -> str:
    if style.width is not None and _cuts_commands(table, headers, rows, style.width):
        return agenda.draw(table.columns, headers, rows, style.width)
    if style.width is None or len(rows) > _SHORT:
        return _plain(table, headers, rows, totals)
    every = [*rows, totals] if totals else rows
    widths = _layout(table.columns, headers, every, style.width)
    if widths is not None:
        return _rich(table.columns, headers, rows, totals, widths, style)
    parts = _parts(table, headers, every, style.width) if len(rows) >= _SEVERAL else None
    if parts is None:
        return _records(headers, rows, totals)
    drawn = []
    for places in parts:
        columns, heads = [table.columns[n] for n in places], [headers[n] for n in places]
        cells = [[row[n] for n in places] for row in rows]
        foot = [totals[n] for n in places] if totals else None
        widths = _layout(columns, heads, [*cells, foot] if foot else cells, style.width)
        assert widths is not None
        drawn.append(_rich(columns, heads, cells, foot, widths, style))
    return "\n".join(drawn)


def _cuts_commands(table: Table, headers: list[str], rows: Cells, room: int) -> bool:
    """Whether a table's commands would have to be folded, and could not be copied."""
    place = agenda.place_of(table)
    if place is None:
        return False
    widest = [max(width(cell) for cell in column) for column in zip(headers, *rows, strict=True)]
    return sum(widest) + _GAP * (len(widest) - 1) > room


def _plain(table: Table, headers: list[str], rows: Cells, totals: list[str] | None) -> str:
    from logi.formats.grid import grid

    lines = grid(headers, [*rows, totals] if totals else rows, [c.kind in RIGHT for c in table.columns])
    if totals:
        lines.insert(-1, lines[1])
    return "\n".join(lines) + "\n"


def _parts(table: Table, headers: list[str], rows: Cells, room: int) -> list[list[int]] | None:
    """A wide table as a few narrower ones under each other, the column that names its rows in each; None if it is too wide
    even so."""
    key = next((n for n, column in enumerate(table.columns[:3]) if column.kind == "code"), 0)
    parts = [[key]]
    for place in range(len(headers)):
        if place == key:
            continue
        for tried in ([*parts[-1], place], [key, place]):
            cells = [[row[n] for n in tried] for row in rows]
            if _layout([table.columns[n] for n in tried], [headers[n] for n in tried], cells, room) is not None:
                parts = [*(parts[:-1] if len(tried) > 2 or parts == [[key]] else parts), tried]
                break
        else:
            return None
    return parts if len(parts) <= _MOST_PARTS else None


def _layout(columns: Sequence[Column], headers: Sequence[str], rows: Cells, room: int) -> list[int] | None:
    """Widths that fit into `room`: whole columns, else folded texts, else headers folded between words, then anywhere."""
    from rich.cells import cell_len

    values = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    titles = [cell_len(h) for h in headers]
    texts = [c.kind in _FOLDABLE for c in columns]
    room -= _GAP * (len(headers) - 1)
    natural = [max(pair) for pair in zip(values, titles, strict=True)]
    floor = _CELL if all(texts) else _FOLDED
    words = [max(cell_len(word) if word.isascii() else 4 for word in h.split() or [""]) for h in headers]
    for least in (titles, words, [min(t, 4) for t in titles]):
        fixed = [max(pair) for pair in zip(values, least, strict=True)]
        floors = [min(n, floor) if text else f for n, f, text in zip(natural, fixed, texts, strict=True)]
        wanted = [n if text else f for n, f, text in zip(natural, fixed, texts, strict=True)]
        if sum(floors) <= room:
            return _shrunk(wanted, floors, room)
    return None


def _shrunk(wanted: list[int], floors: list[int], room: int) -> list[int]:
    """The widest foldable column gives way first, cell by cell, until all fit."""
    widths = list(wanted)
    for _ in range(max(0, sum(widths) - room)):
        widest = max((w, i) for i, (w, f) in enumerate(zip(widths, floors, strict=True)) if w > f)[1]
        widths[widest] -= 1
    return widths


def _records(headers: list[str], rows: Cells, totals: list[str] | None) -> str:
    from logi.formats.grid import pad

    widest = max(map(width, headers))
    named = [pad(header, widest) for header in headers]
    records = [
        "".join(f"{name}: {value}".rstrip() + "\n" for name, value in zip(named, row, strict=True)) for row in rows
    ]
    if totals and len(rows) > 1:  # one row is its own sum
        word = show(say("formats.total"))
        figures = [(name, value) for name, value in zip(named, totals, strict=True) if value and value != word]
        records.append(f"{word}\n" + "".join(f"{name}: {value}\n" for name, value in figures))
    return "\n".join(records)


def _rich(
    columns: Sequence[Column], headers: list[str], rows: Cells, totals: list[str] | None, widths: list[int], style: Style
) -> str:
    from rich.box import Box
    from rich.table import Table as RichTable
    from rich.text import Text

    # ASCII rules: box-drawing characters are two cells wide on some Chinese terminals
    box = Box("    \n    \n -  \n    \n    \n -  \n    \n    \n", ascii=True)
    drawn = RichTable(
        box=box, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), show_footer=totals is not None,
        header_style="bold" if style.color else "", footer_style="",
    )  # fmt: skip
    for place, column in enumerate(columns):
        text = column.kind in _FOLDABLE
        drawn.add_column(
            Text(headers[place], no_wrap=False, overflow="fold"),
            footer=Text(totals[place], overflow="fold") if totals else "",
            justify="right" if column.kind in RIGHT else "left",
            width=widths[place], no_wrap=not text, overflow="fold",
        )  # fmt: skip
    for row in rows:
        drawn.add_row(*(Text(cell, overflow="fold") for cell in row))
    return _printed(drawn, sum(widths) + _GAP * len(widths), style)


def _printed(drawn: object, room: int, style: Style) -> str:
    from io import StringIO

    from rich.console import Console

    paper = StringIO()
    console = Console(
        file=paper, width=room, color_system="standard" if style.color else None, force_terminal=style.color,
        no_color=not style.color, legacy_windows=False, markup=False, emoji=False, highlight=False, _environ={},
    )  # fmt: skip
    console.print(drawn)
    return paper.getvalue()


def _inked(role: str, line: str, style: Style) -> str:
    ink = _INK.get(role) if style.color else None
    return f"{ink}{line}\x1b[0m" if ink else line
