"""Rows of a large file read as columns: what a cell means is looked up or checked for thousands of rows by one call.

Whatever is not of the commonest form makes the whole part unreadable here, and its rows are then read one by one.
"""

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from logi.books.stock.bulk_items import Plain, Refuses
from logi.core.errors import LogiError

if TYPE_CHECKING:
    from logi.books.stock.bulk import Bulk
    from logi.books.stock.bulk_items import Held

_AMOUNTS = re.compile(r"(?:(?:0|[1-9][0-9]{0,8})\.[0-9]{2}\n)*").fullmatch
_TEXTS = re.compile(r"(?:[!-~](?:[ -~]{0,98}[!-~])?\n)*").fullmatch  # mean themselves
_NAME = attrgetter("name")


class Columns:
    """The cells of some rows as values, column by column."""

    __slots__ = ("days", "helds", "homes", "kinds", "millis", "people", "prices", "refs")

    def __init__(self, bulk: "Bulk", rows: list[Any]) -> None:
        read = bulk.read
        cells = list(zip(*rows, strict=True))
        self.days: tuple[str, ...] = cells[read.on]
        self.helds = _helds(bulk, cells[read.item])
        self.kinds: list[str] = list(map(read.directions.__getitem__, cells[read.direction]))
        self.millis: list[int] = list(map(read.quantities.__getitem__, cells[read.quantity]))
        if min(self.millis) <= 0 or not {"in", "out"}.issuperset(self.kinds):
            raise Unreadable
        if read.name >= 0 and tuple(map(_NAME, self.helds)) != cells[read.name]:
            raise Unreadable
        self.prices = _amounts(read, cells)
        self.refs = _refs(bulk, cells)
        self.homes, self.people = _ids(bulk, "department", cells), _ids(bulk, "person", cells)


class Unreadable(Exception):
    """Something in these rows wants a closer look."""


def columns(bulk: "Bulk", rows: list[Any]) -> Columns | None:
    """Rows of the file's width as columns; None if one of them is to be read by itself."""
    width = len(bulk.plan.headings)
    if any(len(row) != width for row in rows):
        return None
    try:
        return Columns(bulk, rows)
    except (LogiError, Unreadable, Plain, Refuses):
        return None


def _helds(bulk: "Bulk", texts: tuple[str, ...]) -> "list[Held]":
    held = bulk.held
    for text in set(texts).difference(held):
        if not text:
            raise Unreadable
        bulk.item(text)
    return list(map(held.__getitem__, texts))


def _amounts(read: Any, cells: list[tuple[str, ...]]) -> Any:
    """Amounts in fen, None for blank cells; `1250.50` and its like are read all at once."""
    at = read.place("price")
    if at < 0:
        return [None] * len(cells[0])
    texts = cells[at]
    joined = "\n".join(texts)
    if _one_each(joined, texts) and _AMOUNTS(joined + "\n"):
        return list(map(int, joined.replace(".", "").split("\n")))
    return list(map(read.values("price").__getitem__, texts))


def _refs(bulk: "Bulk", cells: list[tuple[str, ...]]) -> Any:
    read = bulk.read
    if read.ref < 0:
        return [None] * len(cells[0])
    texts = cells[read.ref]
    joined = "\n".join(texts)
    if not _one_each(joined, texts) or not _TEXTS(joined + "\n"):
        texts = tuple(map(read.values("ref").__getitem__, texts))
    if bulk.any_refs and bulk.knows_one(texts):
        raise Unreadable
    return texts


def _one_each(joined: str, texts: tuple[str, ...]) -> bool:
    """Whether no text holds a line break of its own."""
    return joined.count("\n") == len(texts) - 1


def _ids(bulk: "Bulk", key: str, cells: list[tuple[str, ...]]) -> Any:
    """Whom or what the cells of a column name."""
    at = bulk.read.at[key]
    if at < 0:
        return [None] * len(cells[0])
    ids = bulk.ids[key]
    for text in set(cells[at]).difference(ids):
        bulk.id_of(key, text)
    return list(map(ids.__getitem__, cells[at]))
