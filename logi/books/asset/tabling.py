"""Tables of this book in one line: columns named `key:kind`, `+` for a total, `key:word:prefix` for fixed values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from logi.core.answers import Column, Table
from logi.core.messages import say


def table(name: str, heading: str, specs: str, rows: Iterable[Mapping[str, Any]], *, notes: Sequence[str] = ()) -> Table:
    """A table `asset.<name>`; every column's title is `asset.col.<key>`."""
    return Table(f"asset.{name}", heading, columns_of(specs), rows, notes=notes)


def columns_of(specs: str) -> list[Column]:
    """The columns that specs name."""
    return [_column(spec) for spec in specs.split()]


def _column(spec: str) -> Column:
    key, _, rest = spec.partition(":")
    kind, _, words = rest.partition(":")
    total = kind.endswith("+")
    return Column(key, say(f"asset.col.{key}"), kind.rstrip("+") or "text", total=total, words=words)
