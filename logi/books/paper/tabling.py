"""Tables of this book in one line: columns named `key:kind`, `+` for a total, `key:word:prefix` for fixed values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from logi.core.answers import Column, Table, Word
from logi.core.messages import say, shown


def table(name: str, heading: str, specs: str, rows: Iterable[Mapping[str, Any]], *, notes: Sequence[str] = (),
          totals: Mapping[str, Any] | None = None) -> Table:  # fmt: skip
    """A table `paper.<name>`; every column's title is `paper.col.<key>`."""
    return Table(f"paper.{name}", heading, [_column(spec) for spec in specs.split()], rows, notes=notes, totals=totals)


def card(name: str, heading: str, facts: Mapping[str, Any]) -> Table:
    """A thing's face: what is known of it, one fact a line."""
    rows = [{"field": say(f"paper.col.{key}"), "content": shown(value)} for key, value in facts.items()
            if value is not None and value != []]  # fmt: skip
    return table(name, heading, "field content", rows)


def areas(found: Sequence[str]) -> str | None:
    """Work areas as people read them."""
    return "、".join(shown(Word.of("paper.area", one)) for one in found) or None


def _column(spec: str) -> Column:
    key, _, rest = spec.partition(":")
    kind, _, words = rest.partition(":")
    return Column(key, say(f"paper.col.{key}"), kind.rstrip("+") or "text", total=kind.endswith("+"), words=words)
