"""One self-contained page: no script, no outside file, readable on a phone, in the dark and on A4 paper."""

import base64
import hashlib
from pathlib import Path
from typing import Any

from logi.core.answers import RIGHT, Answer, Column, Confirmation, Pack, Table
from logi.core.messages import language, say
from logi.formats import Style
from logi.formats.cells import fenced, heading, human, totals_row
from logi.formats.charts import chart_of, svg_parts
from logi.formats.sentences import done_lines, pack_lines

_HERE = Path(__file__).resolve().parent
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
        tables=[_table(table, style) for table in _tables(answer)],
        nothing=say("formats.none"),
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
    return [("said", line) for line in pack_lines(answer)] if isinstance(answer, Pack) else []


def _tables(answer: Answer) -> tuple[Table, ...]:
    if isinstance(answer, Pack):
        return answer.tables
    return (answer,) if isinstance(answer, Table) else ()


def _table(table: Table, style: Style) -> dict[str, Any]:
    marks = [_mark(column) for column in table.columns]
    rows = [[human(c, row.get(c.key), lines=True) for c in table.columns] for row in table.rows]
    totals = totals_row(table) if rows else None
    return {
        "title": fenced(table.title),
        "wide": len(table.columns) > _WIDE,
        "heads": list(zip(marks, (heading(c, style.header) for c in table.columns), strict=True)),
        "rows": [list(zip(marks, row, strict=True)) for row in rows],
        "totals": list(zip(marks, totals, strict=True)) if totals else [],
        "notes": [fenced(note) for note in table.notes],
        "chart": svg_parts(chart) if (chart := chart_of(table)) else None,
    }


def _mark(column: Column) -> str:
    if column.kind in RIGHT:
        return "figure"
    return "words" if column.kind in {"text", "word"} else "code"
