"""Tables of this book in one line: columns named `key:kind`, `+` for a total, `key:word:prefix` for fixed values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from logi.core.answers import Column, Table
from logi.core.messages import say


def table(name: str, heading: str, specs: str, rows: Iterable[Mapping[str, Any]], *, notes: Sequence[str] = ()) -> Table:
    """A table `safety.<name>`; every column's title is `safety.col.<key>`."""
    return Table(f"safety.{name}", heading, [_column(spec) for spec in specs.split()], rows, notes=notes)


def place_text(row: Any) -> str | None:
    """A row's place as people read it."""
    if not row["place"]:
        return None
    spot = row["spot"] if "spot" in row.keys() else None  # noqa: SIM118 - a row of sqlite3 is no dict
    return f"{row['place']} {row['place_name']}" + (f"/{spot}" if spot else "")


def _column(spec: str) -> Column:
    key, _, rest = spec.partition(":")
    kind, _, words = rest.partition(":")
    return Column(key, say(f"safety.col.{key}"), kind.rstrip("+") or "text", total=kind.endswith("+"), words=words)
