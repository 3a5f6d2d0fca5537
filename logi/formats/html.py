"""One self-contained page: no script, no outside file, readable on a phone, in the dark and on A4 paper."""

import base64
import hashlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from logi.core.answers import RIGHT, Answer, Column, Confirmation, Pack, Table
from logi.core.messages import language, say
from logi.core.text import width
from logi.formats import Style
from logi.formats.cells import fenced, heading, human, totals_row
from logi.formats.charts import charts_of, svg_parts
from logi.formats.sentences import done_lines, pack_lines

_HERE = Path(__file__).resolve().parent
_SHORT, _LOOKED = 14, 500  # cells; rows looked at
_FEW, _LOW = 12, 150  # rows, and the height of charts, of a table that stays where the page lies
_WIDE = 7  # more columns than this are printed across the page


def draw(answer: Answer, style: Style) -> str:
    """The answer as an HTML page; a pack begins with a list of its contents."""
    from jinja2 import Environment, StrictUndefined

    sheet = (_HERE / "page.css").read_text("utf-8")
    house = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    template = house.from_string((_HERE / "page.html.jinja").read_text("utf-8"))
    page = template.render(
        lang=language(),
        title=_title(answer),
        sheet=sheet,
        policy=f"default-src 'none'; style-src 'sha256-{_fingerprint(sheet)}'; base-uri 'none'; form-action 'none'",
        lines=_lines(answer),
        contents=say("formats.contents") if isinstance(answer, Pack) else "",
        tables=_lying([_table(table, style) for table in _tables(answer)]),
        nothing=say("formats.none"),
        signs=_signs(answer),
    )
    return page.rstrip("\n") + "\n"


def _fingerprint(sheet: str) -> str:
    """The digest by which the page's policy knows its own style sheet, and no other."""
    return base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()


def _title(answer: Answer) -> str:
    if isinstance(answer, Confirmation):
        return fenced(answer.number or answer.action)
    return fenced(answer.title or answer.name)


def _lines(answer: Answer) -> list[tuple[str, str]]:
    if isinstance(answer, Confirmation):
        return done_lines(answer)
    return [("said", line) for line in pack_lines(answer, signs=False)] if isinstance(answer, Pack) else []


def _signs(answer: Answer) -> list[tuple[str, list[str]]]:
    chain = answer.signs if isinstance(answer, Pack) else ()
    return [(fenced(role), [fenced(line) for line in lines]) for role, lines in chain]


def _tables(answer: Answer) -> tuple[Table, ...]:
    if isinstance(answer, Pack):
        return answer.tables
    return (answer,) if isinstance(answer, Table) else ()


def _table(table: Table, style: Style) -> dict[str, Any]:
    rows = [[human(c, row.get(c.key), lines=True) for c in table.columns] for row in table.rows]
    marks = [_mark(column, [row[at] for row in rows[:_LOOKED]]) for at, column in enumerate(table.columns)]
    totals = totals_row(table) if rows else None
    return {
        "title": fenced(table.title),
        "wide": len(table.columns) > _WIDE and bool(rows),
        "heads": list(zip(marks, (heading(c, style.header) for c in table.columns), strict=True)),
        "rows": [list(zip(marks, row, strict=True)) for row in rows],
        "totals": list(zip(marks, totals, strict=True)) if totals else [],
        "notes": [fenced(note) for note in table.notes],
        "charts": [svg_parts(chart) for chart in charts_of(table)],
    }


def _lying(tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A short upright table after a wide one stays on the wide page, so that no page is turned for a few lines."""
    for before, one in pairwise(tables):
        if before["wide"] and len(one["rows"]) <= _FEW and sum(chart["height"] for chart in one["charts"]) < _LOW:
            one["wide"] = True
    return tables


def _mark(column: Column, cells: Sequence[str]) -> str:
    """How a column is set: figures, codes whole, words folded; long words keep a width that can be read on a phone."""
    if column.kind in RIGHT:
        return "figure"
    if column.kind not in {"text", "word"}:
        return "code"
    return "words long" if max(map(width, cells), default=0) > _SHORT else "words"
