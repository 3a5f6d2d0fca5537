"""Tables of this book in one line: columns named `key:kind`, `+` for a total, `key:word:prefix` for fixed values."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from logi.core.answers import Column, Table, Word
from logi.core.messages import say, shown


def table(name: str, heading: str, specs: str, rows: Iterable[Mapping[str, Any]], *, notes: Sequence[str] = (),
          totals: Mapping[str, Any] | None = None) -> Table:  # fmt: skip
    """A table `canteen.<name>`; every column's title is `canteen.col.<key>`."""
    return Table(f"canteen.{name}", heading, [_column(spec) for spec in specs.split()], rows, notes=notes, totals=totals)


def as_day(text: Any) -> date | None:
    """An ISO day from the ledger."""
    return date.fromisoformat(text) if text else None


def words(prefix: str, keys: Iterable[str]) -> str | None:
    """Several fixed values as people read them; None if there are none."""
    named = [Word.of(prefix, key) for key in keys]
    return shown(named) if named else None


def _column(spec: str) -> Column:
    key, _, rest = spec.partition(":")
    kind, _, prefix = rest.partition(":")
    return Column(key, say(f"canteen.col.{key}"), kind.rstrip("+") or "text", total=kind.endswith("+"), words=prefix)
