"""A form as one self-contained page for the printer: its own paper, no script, no outside file."""

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from logi.core.messages import language, say
from logi.forms.paging import MARGINS, label_share, paper_mm
from logi.forms.parts import RIGHT, FieldsPart, LinesPart, Part, Sheet, TextsPart

_HERE = Path(__file__).resolve().parent


def draw(sheets: Sequence[Sheet]) -> str:
    """Every form, each page a sheet of paper."""
    from jinja2 import Environment, StrictUndefined

    style = f"{_paper(sheets[0])}\n{(_HERE / 'form.css').read_text('utf-8')}"
    house = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    template = house.from_string((_HERE / "form.html.jinja").read_text("utf-8"))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = template.render(
        lang=language(), title=sheets[0].title, sheet=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        pages=[page for sheet in sheets for page in page_data(sheet)], opinion=say("forms.opinion"),
    )  # fmt: skip
    return page.rstrip("\n") + "\n"


def _paper(sheet: Sheet) -> str:
    """The paper's size and the columns' shares as style: a policy that forbids style attributes wants them here."""
    wide, high = paper_mm(sheet)
    margin = MARGINS[sheet.paper]
    rules = [
        f"@page {{ size: {wide}mm {high}mm; margin: {margin:g}mm; }}",
        f":root {{ --wide: {wide - 2 * margin:g}mm; --high: {high - 2 * margin:g}mm; --size: {sheet.size}pt; "
        f"--margin: {margin:g}mm; }}",
    ]
    for at, part in enumerate(sheet.parts):
        if isinstance(part, LinesPart):
            whole = sum(column.share for column in part.columns)
            for n, column in enumerate(part.columns, 1):
                rules.append(f".t{at} col:nth-child({n}) {{ width: {100 * column.share / whole:.2f}%; }}")
        elif isinstance(part, FieldsPart):
            named = 100 * label_share(part.across) / part.across
            rules.append(f".f{part.across} col:nth-child(odd) {{ width: {named:.2f}%; }}")
    return "\n".join(dict.fromkeys(rules))


def page_data(sheet: Sheet) -> list[dict[str, Any]]:
    """What stands on each page, for a template to lay out."""
    made: list[dict[str, Any]] = []
    places = {part.name: at for at, part in enumerate(sheet.parts) if isinstance(part, LinesPart)}
    for at, parts in enumerate(sheet.pages, 1):
        made.append({
            "title": sheet.title, "seconds": [sheet.unit, sheet.middle, sheet.number],
            "parts": [_part(part, places) for part in parts],
            "notes": sheet.notes if at == len(sheet.pages) else (),
            "qr": _sign(sheet.qr),
            "feet": [sheet.copies, say("forms.page", page=at, pages=len(sheet.pages)), sheet.head],
        })  # fmt: skip
    return made


def _sign(line: str) -> dict[str, Any] | None:
    """The QR sign of a line to be typed, None without one."""
    if not line:
        return None
    from logi.forms.labels import qr_path

    path, squares = qr_path(line)
    return {"line": line, "path": path, "squares": squares}


def _part(part: Part, places: dict[str, int]) -> dict[str, Any]:
    if isinstance(part, FieldsPart):
        return {"part": "fields", "heading": part.heading, "rows": _field_rows(part), "across": part.across}
    if isinstance(part, LinesPart):
        marks = ["figure" if c.kind in RIGHT else "words" if c.kind == "text" else "code" for c in part.columns]
        return {
            "part": "lines", "heading": part.heading, "place": places[part.name], "count": len(part.columns),
            "groups": _group_cells(part), "heads": [(c.title, bool(c.group)) for c in part.columns],
            "rows": [list(zip(marks, (cell.text for cell in row), strict=True)) for row in part.rows],
            "marks": marks, "totals": list(zip(marks, (c.text for c in part.totals), strict=True)) if part.totals else [],
            "capitals": part.capitals,
        }  # fmt: skip
    if isinstance(part, TextsPart):
        return {"part": "texts", "heading": part.heading, "texts": part.texts}
    rows = [part.items[i : i + part.across] for i in range(0, len(part.items), part.across)]
    return {"part": "sign", "heading": "", "rows": rows, "across": part.across, "opinions": part.opinions}


def _field_rows(part: FieldsPart) -> list[list[tuple[str, str, int]]]:
    """Rows of (label, value, cells the value takes): a field of several columns takes their labels' cells too."""
    rows: list[list[tuple[str, str, int]]] = [[]]
    used = 0
    for label, cell, span in part.items:
        if used + span > part.across:
            rows.append([])
            used = 0
        rows[-1].append((label, cell.text, 2 * span - 1))
        used += span
    if used < part.across and rows[-1]:
        label, text, cells = rows[-1][-1]
        rows[-1][-1] = (label, text, cells + 2 * (part.across - used))
    return rows


def _group_cells(part: LinesPart) -> list[tuple[str, int]]:
    """The upper row of headings: (title, columns it spans); a column without a group spans both rows ("", 1)."""
    cells: list[tuple[str, int]] = []
    for title, count in part.groups:
        cells += [(title, count)] if title else [("", 1)] * count
    return cells
