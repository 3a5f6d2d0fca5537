"""Tables of this book in one line: columns named `key:kind`, `+` for a total, `key:word:prefix` for fixed values."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from logi.core.answers import Column, Table
from logi.core.messages import say, shown


def table(name: str, heading: str, specs: str, rows: Iterable[Mapping[str, Any]], *, totals: Mapping[str, Any] | None = None,
          notes: Sequence[str] = ()) -> Table:  # fmt: skip
    """A table `people.<name>`; every column's title is `people.col.<key>`."""
    return Table(f"people.{name}", heading, [_column(spec) for spec in specs.split()], rows, totals=totals, notes=notes)


def card(name: str, heading: str, facts: Mapping[str, Any]) -> Table:
    """What is known of one thing, a line a field; what is not known is left out."""
    rows = [{"field": say(f"people.col.{key}"), "content": shown(value)} for key, value in facts.items() if value is not None]
    return table(name, heading, "field content", rows)


def as_day(text: Any) -> date | None:
    """An ISO day from the ledger."""
    return date.fromisoformat(text) if text else None


def _column(spec: str) -> Column:
    key, _, rest = spec.partition(":")
    kind, _, words = rest.partition(":")
    return Column(key, say(f"people.col.{key}"), kind.rstrip("+") or "text", total=kind.endswith("+"), words=words)
