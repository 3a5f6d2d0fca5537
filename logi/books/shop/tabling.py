"""Tables of this book in one line: columns named `key:kind`, `+` for a total, `key:word:prefix` for fixed values."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from logi.core.answers import Column, Table
from logi.core.messages import say


def table(name: str, heading: str, specs: str, rows: Iterable[Mapping[str, Any]], *, totals: Mapping[str, Any] | None = None,
          notes: Sequence[str] = ()) -> Table:  # fmt: skip
    """A table `shop.<name>`; every column's title is `shop.col.<key>`."""
    return Table(f"shop.{name}", heading, [_column(spec) for spec in specs.split()], rows, totals=totals, notes=notes)


def as_day(text: Any) -> date | None:
    """An ISO day from the ledger."""
    return date.fromisoformat(text) if text else None


def rate(part: int, whole: int) -> int | None:
    """A share in tenths of a percent, rounded half up; None of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else None


def rate_text(part: int, whole: int) -> str:
    """A share in percent with one decimal."""
    tenths = rate(part, whole) or 0
    return f"{tenths // 10}.{tenths % 10}"


def _column(spec: str) -> Column:
    key, _, rest = spec.partition(":")
    kind, _, words = rest.partition(":")
    return Column(key, say(f"shop.col.{key}"), kind.rstrip("+") or "text", total=kind.endswith("+"), words=words)
