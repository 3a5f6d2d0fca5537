"""The bad rows alone, under the file's own headings, ready to be mended and imported."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

from logi.importing.headers import Plan


def rejects_bytes(plan: Plan, lines: Mapping[int, Sequence[str]], suffix: str) -> bytes:
    """The rows as CSV (with a BOM, so that spreadsheets read it), TSV, JSON Lines or XLSX by the file's suffix."""
    rows = [[str(cell) for cell in lines[line]] for line in sorted(lines)]
    suffix = suffix.lower()
    if suffix in (".json", ".jsonl", ".ndjson"):
        objects = [{name: cell for name, cell in zip(plan.headings, row, strict=False) if cell} for row in rows]
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects).encode()
    if suffix == ".xlsx":
        return _workbook([list(plan.headings), *rows])
    paper = io.StringIO()
    writer = csv.writer(paper, delimiter="\t" if suffix in (".tsv", ".tab") else ",", lineterminator="\r\n")
    writer.writerow(plan.headings)
    writer.writerows(rows)
    return paper.getvalue().encode("utf-8-sig")


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
