"""The bad rows alone, under the file's own headings and in its own shape, ready to be mended and imported."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from logi.importing.headers import Plan
from logi.importing.jsonrows import written
from logi.importing.reading import SUFFIXES, Shape

if TYPE_CHECKING:
    from logi.importing.reading import Source

# Of rows that come from elsewhere: with a byte order mark, so that spreadsheets read them.
_OURS = {"csv": Shape("utf-8-sig", ",", "\r\n"), "tsv": Shape("utf-8-sig", "\t", "\r\n")}


def rejects_bytes(plan: Plan, lines: Mapping[int, Sequence[str]], suffix: str, source: "Source") -> bytes:
    """The rows in the format of the suffix; in the encoding, separators and line ends of the file if it is the same."""
    rows = [lines[line] for line in sorted(lines)]
    format = SUFFIXES.get(suffix.lower(), source.format)
    if format in ("json", "jsonl"):
        objects = [_object(plan.headings, row) for row in rows]
        return ("[\n" + ",\n".join(objects) + "\n]\n" if format == "json" else "".join(f"{one}\n" for one in objects)).encode()
    texts = [list(plan.headings), *([str(cell) for cell in row] for row in rows)]
    if format in ("xlsx", "xls", "ods"):
        return _workbook(texts)
    shape = source.shape if source.shape is not None and source.format == format else _OURS[format]
    paper = io.StringIO(newline="")
    csv.writer(paper, delimiter=shape.delimiter, lineterminator=shape.end).writerows(texts)
    return paper.getvalue().encode(shape.encoding)


def _object(headings: Sequence[str], row: Sequence[str]) -> str:
    filled = ((heading, cell) for heading, cell in zip(headings, row, strict=False) if cell)
    return "{" + ", ".join(f"{json.dumps(heading, ensure_ascii=False)}: {written(cell)}" for heading, cell in filled) + "}"


def _workbook(rows: Sequence[Sequence[str]]) -> bytes:
    from xlsxwriter import Workbook

    paper = io.BytesIO()
    with Workbook(paper, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        look = book.add_format({"num_format": "@"})
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(at, place, cell[:32_767], look)
    return paper.getvalue()
