"""Tables of a book in one line: columns named `key:kind`, `+` for a total, `key:word:prefix` for fixed values."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from logi.core.answers import Column, Table
from logi.core.messages import say, shown


class Tabler:
    """Makes a book's tables: each is named `<book>.<name>`, the title of each column stands under `<book>.col.<key>`."""

    __slots__ = ("_book",)

    def __init__(self, book: str) -> None:
        self._book = book

    def __call__(self, name: str, heading: str, specs: str, rows: Iterable[Mapping[str, Any]], *,
                 totals: Mapping[str, Any] | None = None, notes: Sequence[str] = (), more: str = "") -> Table:  # fmt: skip
        """A table; `more` are columns that are shown when they are asked for."""
        columns, further = self.columns(specs), self.columns(more)
        return Table(f"{self._book}.{name}", heading, columns, rows, totals=totals, notes=notes, more=further)

    def columns(self, specs: str) -> list[Column]:
        """The columns that specs name."""
        return [self._column(spec) for spec in specs.split()]

    def card(self, name: str, heading: str, facts: Mapping[str, Any], *, notes: Sequence[str] = ()) -> Table:
        """What is known of one thing, a line a field; what is not known is left out."""
        known = {key: value for key, value in facts.items() if value is not None and value != []}
        rows = [{"field": say(f"{self._book}.col.{key}"), "content": shown(value)} for key, value in known.items()]
        return self(name, heading, "field content", rows, notes=notes)

    def _column(self, spec: str) -> Column:
        key, _, rest = spec.partition(":")
        kind, _, words = rest.partition(":")
        return Column(key, say(f"{self._book}.col.{key}"), kind.rstrip("+") or "text", total=kind.endswith("+"), words=words)


def as_day(text: Any) -> date | None:
    """An ISO day from the ledger."""
    return date.fromisoformat(text) if text else None
