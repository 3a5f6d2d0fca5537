"""Where a form's content comes from: the room `forms.py` of its book, and what other books add to its tables.

A book's room has FORMS: {form: fill(ledger, number, asked) -> FormData, or several of them}; it may have NUMBERS:
{form: numbers(ledger, since, until)} for `--all`, and ADDS: {form of another book: {table: lines(ledger, number)}}.
"""

import contextlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from logi.core.errors import NotFound, Usage
from logi.core.forms import Asked, FormData
from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.forms.shapes import Shape

Hook = Callable[["Ledger", str | None, Asked], FormData | Sequence[FormData]]


def hooks(shape: "Shape") -> list[Hook]:
    """What fills a form: its own book first, then any other that knows it too."""
    books = dict.fromkeys([*([shape.book] if shape.book else []), *cards()])
    rooms = [found for book in books if (found := room(book, "forms")) is not None]
    return [found.FORMS[shape.name] for found in rooms if shape.name in found.FORMS]


def data_of(ledger: "Ledger", shape: "Shape", number: str | None, asked: Asked) -> list[FormData]:
    """The content of a form, one for each sheet it takes; NotFound (3) for an unknown number, Usage (2) where no book
    fills it."""
    found = _filled(ledger, shape, number, asked)
    for book in cards():
        other = room(book, "forms")
        added = getattr(other, "ADDS", {}).get(shape.name, {}) if other is not None else {}
        for data in found:
            for table, lines in added.items():
                data.lists[table] = tuple(lines(ledger, data.number or number))
    return found


def numbers_of(ledger: "Ledger", shape: "Shape", since: date, until: date) -> list[str]:
    """The documents of a period that a form is printed for."""
    rooms = [found for book in cards() if (found := room(book, "forms")) is not None]
    known = [found.NUMBERS[shape.name] for found in rooms if shape.name in getattr(found, "NUMBERS", {})]
    if not known:
        raise Usage("forms.not_all", title=shape.title)
    return [number for numbers in known for number in numbers(ledger, since, until)]


def _filled(ledger: "Ledger", shape: "Shape", number: str | None, asked: Asked) -> list[FormData]:
    known = hooks(shape)
    if not known:
        raise Usage("forms.blank_only", title=shape.title, name=shape.name)
    for fill in known[:-1]:
        with contextlib.suppress(NotFound):
            return _several(fill(ledger, number, asked))
    return _several(known[-1](ledger, number, asked))


def _several(filled: FormData | Sequence[FormData]) -> list[FormData]:
    return [filled] if isinstance(filled, FormData) else list(filled)
