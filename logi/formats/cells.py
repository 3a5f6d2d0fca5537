"""The two ways to write a value: for people, behind the output fence, and for machines, as the contract says."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from logi.core.answers import Column, Confirmation, Fen, Milli, Table, Word
from logi.core.instants import local
from logi.core.messages import money_text, quantity_text, say, shown, title
from logi.core.text import show


def human(column: Column, value: Any, *, lines: bool = False) -> str:
    """A value as people read it, safe to print; with `lines` the line breaks of a text stay."""
    if value is None:
        return ""
    kind = column.kind
    if kind == "money":
        return money_text(value, grouped=True)
    if kind == "quantity":
        return quantity_text(value)
    if kind == "rate":
        return rate_text(value) + "%"
    if kind == "word":
        return show(word_title(column, value))
    if kind == "instant" and isinstance(value, str):
        return show(local(value))
    text = value if value.__class__ is str else shown(value)
    return fenced(text) if lines else show(text)


def human_columns(table: Table) -> list[list[str]]:
    """Every column of a table as people read it: what a column's cells are is asked once, and its fixed values once each."""
    return [_human_column(column, [row.get(column.key) for row in table.rows]) for column in table.columns]


def _human_column(column: Column, values: list[Any]) -> list[str]:
    if column.kind in ("money", "quantity"):  # many are nothing, or the same
        drawn = {value: human(column, value) for value in set(values)}
        return [drawn[value] for value in values]
    if column.kind != "word":
        return [human(column, value) for value in values]
    known = {value: human(column, value) for value in set(values) if value.__class__ is str}
    return [known[value] if value.__class__ is str else human(column, value) for value in values]


def machine(column: Column, value: Any) -> Any:
    """A value as the contract writes it in JSON: decimal strings, ISO days, integers, keys, null."""
    if value is None:
        return None
    kind = column.kind
    if kind == "money":
        return money_text(value)
    if kind == "quantity":
        return quantity_text(value)
    if kind == "rate":
        return rate_text(value)
    if kind == "count":
        return int(value)
    drawn = fact(value)
    return str(drawn) if isinstance(drawn, int) and not isinstance(drawn, bool) else drawn


def fact(value: Any) -> Any:
    """A typed fact as the contract writes it in JSON; lists and mappings are walked."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Fen):
        return money_text(value)
    if isinstance(value, Milli):
        return quantity_text(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [fact(v) for v in value]
    if isinstance(value, Mapping):
        return {str(k): fact(v) for k, v in value.items()}
    return str(value)


def rate_text(tenths: int) -> str:
    """833 -> "83.3": tenths of a percent with one decimal."""
    sign, value = ("-", -tenths) if tenths < 0 else ("", tenths)
    return f"{sign}{value // 10}.{value % 10}"


def word_title(column: Column, value: str) -> str:
    """The title of a fixed value in the language spoken now."""
    if isinstance(own := getattr(value, "shown_as", None), str):
        return own
    prefix = column.words or getattr(value, "prefix", "")
    return title(prefix, value) if prefix else str(value)


def fenced(text: str) -> str:
    """The output fence for formats that can hold line breaks: those and tabs stay, the rest is shown."""
    if text.isprintable():
        return text
    return "\t".join(show(part, lines=True) for part in text.replace("\r\n", "\n").split("\t"))


def heading(column: Column, header: str) -> str:
    """What stands over a column: its title, or its key under `--header keys`."""
    return column.key if header == "keys" else show(column.title)


def totals_row(table: Table) -> list[str] | None:
    """The totals line for people: figures under their columns, the word 合計 in the first column without one."""
    if not any(c.key in table.totals for c in table.columns):
        return None
    cells = [human(c, table.totals.get(c.key)) for c in table.columns]
    for place, column in enumerate(table.columns):
        if column.key not in table.totals:
            cells[place] = show(say("formats.total"))
            break
    return cells


def joined(value: Any) -> str:
    """A value that may be a list or a mapping, as one text."""
    if isinstance(value, Mapping):
        return "; ".join(f"{k}={joined(v)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(joined(v) for v in value)
    said = fact(value)
    return "" if said is None else str(said)


def as_table(done: Confirmation) -> Table:
    """A confirmation as one row, for formats that know rows alone: entry, action, number and the facts."""
    columns = [
        Column("entry", say("formats.column.entry"), "count"),
        Column("action", say("formats.column.action"), "code"),
        Column("number", say("formats.column.number"), "code"),
    ]
    row: dict[str, Any] = {"entry": done.entry, "action": done.action, "number": done.number}
    for key, value in done.facts.items():
        if key not in row:
            columns.append(Column(key, key, _kind(value), words=getattr(value, "prefix", "")))
            row[key] = value if not isinstance(value, list | tuple | Mapping) else joined(value)
    return Table(done.action, done.action, columns, [row])


def _kind(value: Any) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (Fen, "money"), (Milli, "quantity"), (bool, "text"), (int, "count"), (date, "day"), (Word, "word"),
    )  # fmt: skip
    return next((kind for known, kind in kinds if isinstance(value, known)), "text")
