"""Rows that each name a command, on a narrow screen: short cells on one line, the text below, the command whole to copy."""

import re
from collections.abc import Sequence

from logi.core.answers import RIGHT, Column, Table
from logi.core.text import show, width

COMMAND = "command"
_WHOLE = re.compile(r"[!-~]+|.", re.DOTALL)  # what is not parted at a line's end: numbers, codes, words of a command
_SHORT_TEXT = 12  # a text column this narrow stands with the short cells
_ROOM = 48  # cells that must be left beside the short ones for the text to begin on their line
_GAP = 2


def place_of(table: Table) -> int | None:
    """Where a table has its commands, if it has any."""
    return next((n for n, column in enumerate(table.columns) if column.key == COMMAND), None)


def draw(columns: Sequence[Column], headers: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> str:
    """Every row as an item of an agenda."""
    at = next(n for n, column in enumerate(columns) if column.key == COMMAND)
    natural = [max(map(width, (header, *(row[n] for row in rows)))) for n, header in enumerate(headers)]
    short = [n for n, c in enumerate(columns) if n != at and (c.kind not in ("text", "word") or natural[n] <= _SHORT_TEXT)]
    texts = [n for n in range(len(columns)) if n != at and n not in short]
    indent = natural[short[0]] + _GAP if short else _GAP
    lead = sum(natural[n] + _GAP for n in short)
    beside = bool(texts) and room - lead >= _ROOM
    lines = [_cells(columns, headers, short, natural) + (" " * _GAP + headers[texts[0]] if beside else "")]
    for row in rows:
        first = _cells(columns, row, short, natural)
        told = " · ".join(row[n] for n in texts if row[n])
        if beside:
            parts = folded(told, room - lead)
            lines += [f"{first}{' ' * (lead - width(first))}{parts[0]}", *(f"{' ' * lead}{part}" for part in parts[1:])]
        else:
            lines += [first, *(f"{' ' * indent}{part}" for part in folded(told, room - indent))]
        if row[at]:
            lines.append(f"{' ' * indent}→ {row[at]}")
    return "".join(show(line).rstrip() + "\n" for line in lines)


def folded(text: str, room: int) -> list[str]:
    """A text in lines of so many cells, parted between Chinese signs and between words."""
    lines = [""]
    for piece in _WHOLE.findall(text):
        if width(lines[-1]) + width(piece) > room and lines[-1]:
            lines.append("")
        if piece != " " or lines[-1]:
            lines[-1] += piece
    return lines


def _cells(columns: Sequence[Column], row: Sequence[str], places: Sequence[int], widths: Sequence[int]) -> str:
    cells = []
    for n in places:
        blank = " " * (widths[n] - width(row[n]))
        cells.append(blank + row[n] if columns[n].kind in RIGHT else row[n] + blank)
    return (" " * _GAP).join(cells).rstrip()
