"""A form as a PDF by Typst (the extra `pdf`): the pages of the page format, on the paper the form is made for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from logi.core.messages import say
from logi.formats.typesetting import breakable, typeset
from logi.forms.html import page_data
from logi.forms.paging import MARGINS, SIDE, label_share, paper_mm
from logi.forms.parts import LinesPart, Sheet

_TEMPLATE = Path(__file__).resolve().parent / "form.typ"


def draw_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of the PDF: every page of every form."""
    pages = [_with_paper(page, sheet) for sheet in sheets for page in page_data(sheet)]
    data = {"title": sheets[0].title, "opinion": say("forms.opinion"), "pages": pages}
    made: bytes = typeset(_TEMPLATE, data)
    return made


def _with_paper(page: dict[str, Any], sheet: Sheet) -> dict[str, Any]:
    wide, high = paper_mm(sheet)
    shares = [[c.share for c in p.columns] for p in sheet.parts if isinstance(p, LinesPart)]
    names = [at for at, p in enumerate(sheet.parts) if isinstance(p, LinesPart)]
    by_place = dict(zip(names, shares, strict=True))
    return {
        **page, "wide": wide, "high": high, "margin": MARGINS[sheet.paper], "size": sheet.size,
        "notes": list(page["notes"]), "parts": [_plain(part, by_place, sheet) for part in page["parts"]],
    }  # fmt: skip


def _plain(part: dict[str, Any], shares: dict[int, list[int]], sheet: Sheet) -> dict[str, Any]:
    """A part as JSON has it, long words broken where they would run out of their column."""
    room = paper_mm(sheet)[0] - 2 * MARGINS[sheet.paper]
    if part["part"] == "fields":
        label, unit = label_share(part["across"]), room / part["across"]
        rows = [
            [(breakable(name, unit * label - SIDE, sheet.size),
              breakable(text, unit * ((cells + 1) // 2 - label) - SIDE, sheet.size), cells) for name, text, cells in row]
            for row in part["rows"]
        ]  # fmt: skip
        return {**part, "label": label, "rows": rows}
    if part["part"] == "lines":
        mine = shares[part["place"]]
        widths = [room * share / sum(mine) - SIDE for share in mine]

        def fitted(texts: list[str]) -> list[str]:
            return [breakable(text, mm, sheet.size) for text, mm in zip(texts, widths, strict=True)]

        return {
            **part, "shares": mine, "size": sheet.size, "rows": [fitted([text for _, text in row]) for row in part["rows"]],
            "totals": fitted([text for _, text in part["totals"]]) if part["totals"] else [],
        }  # fmt: skip
    if part["part"] == "sign":
        signs = [
            [{"title": i.title, "lines": list(i.lines), "state": i.state, "opinion": i.opinion or ""} for i in row]
            for row in part["rows"]
        ]
        return {**part, "rows": signs}
    return {**part, "texts": list(part["texts"])}
