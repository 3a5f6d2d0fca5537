"""Markdown: pipe tables whose cells cannot break the row or speak HTML."""

import re
from collections.abc import Sequence

from logi.core.answers import RIGHT, Answer, Confirmation, Table
from logi.core.messages import say
from logi.core.text import width
from logi.formats import Style
from logi.formats.cells import fenced, human, totals_row
from logi.formats.cells import heading as column_heading
from logi.formats.grid import pad
from logi.formats.sentences import done_lines, pack_lines

_SPECIAL = re.compile(r"[\\`*~|]|(?<=\])\(|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
_ENTITY = re.compile(r"&(?=#?[0-9A-Za-z]+;)")


def draw(answer: Answer, style: Style) -> str:
    """Headings, paragraphs and pipe tables."""
    if isinstance(answer, Confirmation):
        return "".join(f"{escape(line)}\n\n" for _, line in done_lines(answer))[:-1]
    if isinstance(answer, Table):
        return "\n".join(_table(answer, style, "#")) + "\n"
    lines = [f"# {escape(answer.title)}", ""]
    for line in pack_lines(answer):
        lines += [escape(line), ""]
    for table in answer.tables:
        lines += [*_table(table, style, "##"), ""]
    return "\n".join(lines[:-1]) + "\n"


def escape(text: str) -> str:
    """Text that Markdown shows as it was typed, inside a table cell too."""
    text = _ENTITY.sub("&amp;", fenced(text))
    text = _SPECIAL.sub(lambda found: "\\" + found.group(), text)
    return text.replace("<", "&lt;").replace("\n", "<br>").replace("\t", " ")


def pipes(headers: Sequence[str], rows: Sequence[Sequence[str]], rights: Sequence[bool]) -> list[str]:
    """A table of escaped cells, columns padded to one width."""
    widths = [max(3, *map(width, column)) for column in zip(headers, *rows, strict=True)]
    drawn = ["| " + " | ".join(map(pad, row, widths, rights)) + " |" for row in [headers, *rows]]
    rule = ["-" * (w + 1) + ":" if right else "-" * (w + 2) for w, right in zip(widths, rights, strict=True)]
    drawn.insert(1, "|" + "|".join(rule) + "|")
    return drawn


def _table(table: Table, style: Style, hashes: str) -> list[str]:
    lines = [f"{hashes} {escape(table.title)}", ""] if table.title else []
    headers = [escape(column_heading(c, style.header)) for c in table.columns]
    rows = [[escape(human(c, row.get(c.key), lines=True)) for c in table.columns] for row in table.rows]
    totals = totals_row(table) if rows else None
    if totals:
        rows.append([f"**{escape(cell)}**" if cell else "" for cell in totals])
    if headers:
        lines += pipes(headers, rows, [c.kind in RIGHT for c in table.columns])
    if not table.rows:
        lines += ["", escape(say("formats.none"))]
    for note in table.notes:
        lines += ["", escape(note)]
    return lines
