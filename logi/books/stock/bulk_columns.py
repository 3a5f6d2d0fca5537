"""Rows of a large file read as columns: what a cell means is looked up or checked for thousands of rows by one call.

Whatever is not of the commonest form makes the whole part unreadable here, and its rows are then read one by one.
"""

import re
from collections.abc import Callable, Sequence
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from logi.books.stock.bulk_held import Plain, Refuses
from logi.core.errors import LogiError
from logi.importing.headers import is_signed, is_total

if TYPE_CHECKING:
    from logi.books.stock.bulk_held import Held
    from logi.books.stock.bulk_poster import Poster

_AMOUNTS = re.compile(r"(?:(?:0|[1-9][0-9]{0,8})\.[0-9]{2}\n)*").fullmatch
_TEXTS = re.compile(r"(?:[!-~](?:[ -~]{0,98}[!-~])?\n)*").fullmatch  # mean themselves
_NAME = attrgetter("name")


class Columns:
    """The cells of some rows as values, column by column."""

    __slots__ = ("came", "days", "helds", "homes", "keepers", "kinds", "millis", "people", "prices", "refs")

    def __init__(self, poster: "Poster", cells: list[list[str]]) -> None:
        read = poster.read
        if any(no_row((text,)) for at in poster.heads for text in set(cells[at]) if not text[-1:].isdigit()):
            raise Unreadable
        self.days = cells[read.on]
        self.helds = _helds(poster, cells[read.item])
        self.kinds: list[str] = list(map(read.directions.__getitem__, cells[read.direction]))
        self.millis: list[int] = list(map(read.quantities.__getitem__, cells[read.quantity]))
        if min(self.millis) <= 0 or not {"in", "out"}.issuperset(self.kinds):
            raise Unreadable
        if read.name >= 0 and list(map(_NAME, self.helds)) != cells[read.name]:
            raise Unreadable
        self.prices = _amounts(read, cells)
        self.refs = _refs(poster, cells)
        homes, people = _ids(poster, "department", cells), _ids(poster, "person", cells)
        if homes is None or people is None:  # new names: all of them are known now
            raise Unreadable
        # Who gave out to whom; of what came in, who keeps it.
        self.homes: list[int | None] = homes
        self.people: list[int | None] = people
        self.keepers: list[int | None] = [None] * len(homes)
        self.came = list(map("in".__eq__, self.kinds))
        for at in compress(range(len(self.came)), self.came):
            self.keepers[at] = people[at]
            homes[at] = people[at] = None
        issues = self.came.count(False)
        if len(self.days) - self.homes.count(None) != issues or len(self.days) - self.people.count(None) != issues:
            raise Unreadable


class Unreadable(Exception):
    """Something in these rows wants a closer look."""


def columns(poster: "Poster", cells: list[list[str]] | None) -> Columns | None:
    """Columns of texts as columns of values; None if one of the rows is to be read by itself."""
    if cells is None:
        return None
    try:
        return Columns(poster, cells)
    except (LogiError, Unreadable, Plain, Refuses):
        return None


def no_row(cells: Sequence[str]) -> bool:
    """Whether a row is a sum line or one of signatures, however much of it is filled in."""
    return is_total(cells) or is_signed(cells)


def first_odd(poster: "Poster", cells: list[list[str]]) -> int | None:
    """The first row that cannot be read as the others are; None where its cells by themselves do not tell."""
    read, found = poster.read, len(cells[0])
    fits: list[tuple[int, Callable[[str], bool]]] = [
        (read.item, poster.held.__contains__),
        (read.direction, lambda text: read.directions[text] in ("in", "out")),
        (read.quantity, lambda text: read.quantities[text] > 0),
    ]
    if (prices := read.place("price")) >= 0:
        fits.append((prices, lambda text: (read.values("price")[text] or 0) >= 0))  # it may be blank
    fits += [(at, lambda text: not no_row((text,))) for at in poster.heads]
    for column, fit in fits:
        found = next((at for at, text in enumerate(cells[column][:found]) if not _well(fit, text)), found)
    return found if found < len(cells[0]) else None


def _well(fit: Callable[[str], bool], text: str) -> bool:
    try:
        return fit(text)
    except (LogiError, TypeError):  # cannot be read; is blank
        return False


def _helds(poster: "Poster", texts: list[str]) -> "list[Held]":
    held = poster.held
    try:
        return list(map(held.__getitem__, texts))  # mostly all of them were met before
    except KeyError:
        unmet = set(texts).difference(held)
    if "" in unmet:
        raise Unreadable
    poster.meet(sorted(unmet))
    return list(map(held.__getitem__, texts))


def _amounts(read: Any, cells: list[list[str]]) -> Any:
    """Amounts in fen, None for blank cells; `1250.50` and its like are read all at once."""
    at = read.place("price")
    if at < 0:
        return [None] * len(cells[0])
    texts = cells[at]
    joined = "\n".join(texts)
    if _one_each(joined, texts) and _AMOUNTS(joined + "\n"):
        return list(map(int, joined.replace(".", "").split("\n")))
    return list(map(read.values("price").__getitem__, texts))


def _refs(poster: "Poster", cells: list[list[str]]) -> Any:
    read = poster.read
    if read.ref < 0:
        return [None] * len(cells[0])
    texts = cells[read.ref]
    joined = "\n".join(texts)
    if not _one_each(joined, texts) or not _TEXTS(joined + "\n"):
        texts = list(map(read.values("ref").__getitem__, texts))
    if poster.knows_one(texts):
        raise Unreadable
    return texts


def _one_each(joined: str, texts: list[str]) -> bool:
    """Whether no text holds a line break of its own."""
    return joined.count("\n") == len(texts) - 1


def _ids(poster: "Poster", key: str, cells: list[list[str]]) -> Any:
    """Whom or what the cells of a column name; None where one of them names what is new."""
    at = poster.read.at[key]
    if at < 0:
        return [None] * len(cells[0])
    ids = poster.ids[key]
    try:
        return list(map(ids.__getitem__, cells[at]))
    except KeyError:
        if not poster.learn(key, sorted(set(cells[at]).difference(ids))):
            return None
    return list(map(ids.__getitem__, cells[at]))
