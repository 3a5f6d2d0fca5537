"""JSON and JSON Lines in exactly the contract's shapes: UTF-8 unescaped, keys in the order the contract lists."""

import json
from typing import Any
from unicodedata import category

from logi.core.answers import Answer, Confirmation, Pack, Table
from logi.core.errors import LogiError
from logi.formats import Style
from logi.formats.cells import fact, machine


def draw(answer: Answer, style: Style) -> str:
    """One object on one line; under `jsonl` the rows alone, one a line."""
    if style.name == "jsonl":
        return "".join(_line(row) for row in _rows(answer))
    return _line(_object(answer))


def error_json(error: LogiError, message: str) -> str:
    """The error object scripts read on stdout; `message` is the sentence as people read it."""
    return _line(
        {
            "kind": "error",
            "code": error.exit_code,
            "key": error.key,
            "message": message,
            "facts": fact(error.facts),
            "retry": error.retry,
        }
    )


def _object(answer: Answer) -> dict[str, Any]:
    if isinstance(answer, Table):
        return _table(answer)
    if isinstance(answer, Confirmation):
        return _done(answer)
    return {
        "kind": "pack",
        "name": answer.name,
        "title": answer.title,
        "period": answer.period,
        "head": answer.head,
        "tables": [_table(table) for table in answer.tables],
        "notes": list(answer.notes),
        "signs": [{"role": role, "lines": list(lines)} for role, lines in answer.signs],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "name": table.name,
        "title": table.title,
        "columns": [{"key": c.key, "title": c.title, "kind": c.kind} for c in table.columns],
        "rows": _table_rows(table),
        "totals": _totals(table),
        "notes": list(table.notes),
    }


def _table_rows(table: Table) -> list[dict[str, Any]]:
    return [{c.key: machine(c, row.get(c.key)) for c in table.columns} for row in table.rows]


def _totals(table: Table) -> dict[str, Any]:
    columns = {c.key: c for c in table.columns}
    drawn = {key: machine(c, table.totals[key]) for key, c in columns.items() if key in table.totals}
    return drawn | {key: fact(value) for key, value in table.totals.items() if key not in columns}


def _done(done: Confirmation) -> dict[str, Any]:
    drawn = {
        "kind": "done",
        "entry": done.entry,
        "action": done.action,
        "number": done.number,
        "numbers": done.numbers,
        "facts": fact(done.facts),
        "warnings": done.warnings,
    }
    flags = {"dry_run": done.dry_run, "repeated": done.repeated, "undone": done.undone}
    return drawn | {key: True for key, flag in flags.items() if flag}


def _rows(answer: Answer) -> list[dict[str, Any]]:
    if isinstance(answer, Table):
        return _table_rows(answer)
    if isinstance(answer, Pack):
        return [{"table": table.name} | row for table in answer.tables for row in _table_rows(table)]
    own = {"entry": answer.entry, "action": answer.action, "number": answer.number}
    return [own | {key: value for key, value in fact(answer.facts).items() if key not in own}]


def _line(value: dict[str, Any]) -> str:
    return _fenced(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)) + "\n"


def _fenced(text: str) -> str:
    """The output fence, without loss: what a terminal might obey or not draw is written as a JSON escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or category(c) == "Zs" else json.dumps(c)[1:-1] for c in text)
