"""Tables of this book in one line: columns named `key:kind`, `+` for a total, `key:word:prefix` for fixed values."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from logi.core.answers import Column, Table
from logi.core.messages import say


def table(name: str, heading: str, specs: str, rows: Iterable[Mapping[str, Any]], *, notes: Sequence[str] = ()) -> Table:
    """A table `money.<name>`; every column's title is `money.col.<key>`."""
    return Table(f"money.{name}", heading, [_column(spec) for spec in specs.split()], rows, notes=notes)


def as_day(text: str | None) -> date | None:
    """A stored day."""
    return date.fromisoformat(text) if text else None


def _column(spec: str) -> Column:
    key, _, rest = spec.partition(":")
    kind, _, words = rest.partition(":")
    return Column(key, say(f"money.col.{key}"), kind.rstrip("+") or "text", total=kind.endswith("+"), words=words)
