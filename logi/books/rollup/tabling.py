"""Tables of this book in one line: columns named `key:kind`, `+` for a total, `key:word:prefix` for fixed values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from logi.core.answers import Column, Table
from logi.core.messages import say, shown


def table(name: str, heading: str, specs: str, rows: Iterable[Mapping[str, Any]], *, totals: Mapping[str, Any] | None = None,
          notes: Sequence[str] = (), more: str = "") -> Table:  # fmt: skip
    """A table `rollup.<name>`; every column's title is `rollup.col.<key>`; `more` are columns shown when asked for."""
    return Table(f"rollup.{name}", heading, [_column(spec) for spec in specs.split()], rows, totals=totals, notes=notes,
                 more=[_column(spec) for spec in more.split()])  # fmt: skip


def card(name: str, heading: str, facts: Mapping[str, Any]) -> Table:
    """A thing's header: what is said of it, one line each."""
    rows = [{"field": say(f"rollup.col.{key}"), "content": shown(value)} for key, value in facts.items() if value is not None]
    return table(name, heading, "field content", rows)


def _column(spec: str) -> Column:
    key, _, rest = spec.partition(":")
    kind, _, words = rest.partition(":")
    return Column(key, say(f"rollup.col.{key}"), kind.rstrip("+") or "text", total=kind.endswith("+"), words=words)
