"""Tables of this book in one line: columns named `key:kind`, `+` for a total, `key:word:prefix` for fixed values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from logi.core.answers import Column, Table
from logi.core.messages import say


def table(name: str, heading: str, specs: str, rows: Iterable[Mapping[str, Any]], *, totals: Mapping[str, Any] | None = None,
          notes: Sequence[str] = ()) -> Table:  # fmt: skip
    """A table `kindergarten.<name>`; every column's title is `kindergarten.col.<key>`."""
    return Table(f"kindergarten.{name}", heading, [_column(spec) for spec in specs.split()], rows, totals=totals, notes=notes)


def _column(spec: str) -> Column:
    key, _, rest = spec.partition(":")
    kind, _, words = rest.partition(":")
    return Column(key, say(f"kindergarten.col.{key}"), kind.rstrip("+") or "text", total=kind.endswith("+"), words=words)
