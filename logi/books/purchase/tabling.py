"""Tables of this book in one line: columns named `key:kind`, `+` for a total, `key:word:prefix` for fixed values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from logi.core.answers import Column, Table
from logi.core.messages import say, shown


def table(name: str, heading: str, specs: str, rows: Iterable[Mapping[str, Any]], *, notes: Sequence[str] = ()) -> Table:
    """A table `purchase.<name>`; every column's title is `purchase.col.<key>`."""
    return Table(f"purchase.{name}", heading, [_column(spec) for spec in specs.split()], rows, notes=notes)


def card(name: str, heading: str, facts: Mapping[str, Any], *, notes: Sequence[str] = ()) -> Table:
    """The head of a document: what is known of it, line by line."""
    rows = [{"field": say(f"purchase.col.{key}"), "content": shown(value)} for key, value in facts.items() if value is not None]
    return table(name, heading, "field content", rows, notes=notes)


def _column(spec: str) -> Column:
    key, _, rest = spec.partition(":")
    kind, _, words = rest.partition(":")
    return Column(key, say(f"purchase.col.{key}"), kind.rstrip("+") or "text", total=kind.endswith("+"), words=words)
