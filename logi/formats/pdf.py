"""A PDF by Typst (the extra `pdf`): tables with repeated heads, page x of y, the ledger's head at the foot."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from logi.core.answers import RIGHT, Answer, Confirmation, Pack, Table
from logi.core.messages import say
from logi.core.text import show, width
from logi.formats import Style
from logi.formats.cells import fenced, heading, human, totals_row
from logi.formats.charts import charts_of, svg_parts
from logi.formats.sentences import done_lines, pack_lines
from logi.formats.typesetting import breakable, typeset

_TEMPLATE = Path(__file__).resolve().parent / "pack.typ"
_PORTRAIT = 137  # Latin letters of the smallest size that fit on an upright page; wider tables are printed across
_UPRIGHT, _ACROSS, _LARGE, _EDGES = 186.0, 273.0, 1.75, 2.4  # mm: the page, a letter of 9 points, a cell's edges
_FEW, _LOW = 12, 150  # rows, and the height of charts, of a table that stays where the page lies
_LONG = 40  # a column's wish for width, in Latin letters, is heeded up to this


def draw_bytes(answer: Answer, style: Style) -> bytes:
    """The bytes of the PDF: a table, or a pack with its contents and every table."""
    tables = answer.tables if isinstance(answer, Pack) else (answer,) if isinstance(answer, Table) else ()
    lines = [line for _, line in done_lines(answer)] if isinstance(answer, Confirmation) else []
    lines += pack_lines(answer, signs=False) if isinstance(answer, Pack) else []
    signs = answer.signs if isinstance(answer, Pack) else ()
    drawn = [_table(table, style) for table in tables]
    data = {
        "title": _title(answer), "lines": lines, "pack": isinstance(answer, Pack), "contents": say("formats.contents"),
        "head": show(answer.head) if isinstance(answer, Pack) else "", "none": say("formats.none"),
        "page": say("formats.page", page="\0", pages="\1"), "tables": drawn,
        "runs": _runs(drawn), "signs": [[fenced(role), [fenced(line) for line in said]] for role, said in signs],
    }  # fmt: skip
    made: bytes = typeset(_TEMPLATE, data)
    return made


def _title(answer: Answer) -> str:
    if isinstance(answer, Confirmation):
        return fenced(answer.number or answer.action)
    return fenced(answer.title or answer.name)


def _table(table: Table, style: Style) -> dict[str, Any]:
    heads = [heading(c, style.header) for c in table.columns]
    rows = [[human(c, row.get(c.key), lines=True) for c in table.columns] for row in table.rows]
    totals = totals_row(table) if rows else None
    every = [heads, *rows[:500], *([totals] if totals else [])]
    wishes = [min(max(map(width, column), default=1), _LONG) for column in zip(*every, strict=True)]
    shares = [(11 * max(wish, 3) + 29) // 10 for wish in wishes]  # capitals are wider than a letter; room for the edges
    whole = sum(shares)
    wide = whole > _PORTRAIT
    # As wide as its words ask in letters of 7 to 9 points, but no wider than the page.
    unit = min(_LARGE, (_ACROSS if wide else _UPRIGHT) / max(whole, 1))
    points = max(7.0, 9 * unit / _LARGE)

    def fitted(row: Sequence[str]) -> list[str]:
        return [breakable(cell, share * unit - _EDGES, points) for cell, share in zip(row, shares, strict=True)]

    return {
        "title": fenced(table.title), "wide": wide, "heads": fitted(heads), "rows": [fitted(row) for row in rows],
        "totals": fitted(totals) if totals else [], "notes": [fenced(note) for note in table.notes],
        "rights": [c.kind in RIGHT for c in table.columns], "points": points,
        "millimetres": [round(share * unit, 3) for share in shares],
        "charts": [{**svg_parts(chart), "alt": ""} for chart in charts_of(table)],
    }  # fmt: skip


def _runs(tables: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Neighbours that lie the same way share their pages: {"wide", "first", "count"}; a short upright table after a wide
    one stays on the wide page, so that no page is turned for a few lines."""
    runs: list[dict[str, Any]] = []
    for at, table in enumerate(tables):
        short = len(table["rows"]) <= _FEW and sum(chart["height"] for chart in table["charts"]) < _LOW
        if runs and (runs[-1]["wide"] == table["wide"] or (runs[-1]["wide"] and short)):
            runs[-1]["count"] += 1
        else:
            runs.append({"wide": table["wide"], "first": at, "count": 1})
    return runs
