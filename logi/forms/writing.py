"""Where a drawn form goes: each format by its own hand; csv, json and the like as the tables behind the form."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from logi.core.answers import Column, Pack, Table
from logi.core.errors import Usage
from logi.core.messages import say
from logi.formats import draw as draw_answer
from logi.formats import draw_bytes as draw_answer_bytes
from logi.formats.writing import BINARY, check, emit, write_file
from logi.forms.parts import FieldsPart, LinesPart, Sheet, SignPart

OWN = {"html": "html", "text": "text", "terminal": "text", "md": "markdown", "xlsx": "xlsx", "pdf": "pdf"}
ENDINGS = {"text": "txt", "terminal": "txt"}


def write(sheets: Sequence[Sheet], formats: Sequence[str], output: Path | None, *, header: str = "titles",
          excel: bool = False) -> None:  # fmt: skip
    """Draw forms in the formats named, to a file, into a folder, or to stdout."""
    check(formats, output)
    if output is not None and (output.is_dir() or len(formats) > 1):
        for name in formats:
            write_file(output / file_name(sheets, name), draw(sheets, name, header=header, excel=excel))
        return
    if len(formats) != 1:
        raise Usage("formats.one_without_folder", formats=list(formats))
    if output is not None:
        write_file(output, draw(sheets, formats[0], header=header, excel=excel))
    else:
        emit(draw(sheets, formats[0], header=header).decode("utf-8"))


def draw(sheets: Sequence[Sheet], name: str, *, header: str = "titles", excel: bool = False) -> bytes:
    """The bytes of forms in one format."""
    if name in OWN:
        hand = import_module(f"logi.forms.{OWN[name]}")
        made: bytes = hand.draw_bytes(sheets) if name in BINARY else hand.draw(sheets).encode("utf-8")
        return made
    tables = [table for sheet in sheets for table in as_tables(sheet)]
    if name in ("csv", "jsonl"):
        lines = next((table for table in tables if table.name not in ("fields", "signatures")), tables[0])
        return draw_answer_bytes(lines, name, header=header, excel=excel)
    first = sheets[0]
    pack = Pack(f"form.{first.name}", first.title, "", first.head, tables, first.notes)
    return draw_answer(pack, name, header=header).encode("utf-8")


def file_name(sheets: Sequence[Sheet], name: str) -> str:
    """`logi-form-stock-in-RK-2025-0001.pdf`."""
    number = "".join(c if c.isascii() and (c.isalnum() or c in "-.") else "-" for c in sheets[0].plain_number or "")
    stem = f"logi-form-{sheets[0].name}" + (f"-{number}" if number and len(sheets) == 1 else "")
    return f"{stem}.{ENDINGS.get(name, name)}"


def as_tables(sheet: Sheet) -> list[Table]:
    """The form as tables: its fields, its lines with raw values, its signatures."""
    tables: list[Table] = []
    named = [(label, cell.text) for part in sheet.parts if isinstance(part, FieldsPart) for label, cell, _ in part.items]
    columns = (Column("field", say("forms.column.field")), Column("value", say("forms.column.value")))
    heads = [(sheet.title, sheet.plain_number or ""), ("", sheet.unit), ("", sheet.middle)]
    rows = [{"field": label, "value": text} for label, text in [*heads, *named]]
    tables.append(Table("fields", sheet.title, columns, rows))
    tables += [_lines_table(part) for part in sheet.parts if isinstance(part, LinesPart)]
    columns = (Column("role", say("forms.column.role")), Column("signed", say("forms.column.signed")))
    chain = [item for part in sheet.parts if isinstance(part, SignPart) for item in part.items]
    ends = [{"role": i.title, "signed": " ".join(i.lines) if i.state == "signed" else None} for i in chain]
    tables.append(Table("signatures", say("forms.column.signed"), columns, ends))
    return tables


def _lines_table(part: LinesPart) -> Table:
    kinds = {"n": "count", "check": "text"}
    columns = [
        Column(c.key, f"{c.group} {c.title}" if c.group else c.title, kinds.get(c.kind, c.kind)) for c in part.columns
    ]
    rows = [
        {c.key: cell.raw if cell.raw is not None else cell.text or None for c, cell in zip(part.columns, row, strict=True)}
        for row in part.rows
        if any(cell.text for cell in row)
    ]
    return Table(part.name, part.heading, columns, rows)
