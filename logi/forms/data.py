"""Where a form's content comes from: the room `forms.py` of its book, and what other books add to its tables.

A book's room has FORMS: {form: fill(ledger, number, asked) -> FormData, or several of them}; it may have NUMBERS:
{form: numbers(ledger, since, until)} for `--all`, and ADDS: {form of another book: {table: lines(ledger, number)}}.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.core.errors import Usage
from logi.core.forms import Asked, FormData
from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.forms.shapes import Shape

Hook = Callable[["Ledger", str | None, Asked], FormData | Sequence[FormData]]


def hook(shape: "Shape") -> Hook | None:
    """What fills a form, if its book can."""
    found = room(shape.book, "forms") if shape.book else None
    made: Hook | None = found.FORMS.get(shape.name) if found is not None else None
    return made


def data_of(ledger: "Ledger", shape: "Shape", number: str | None, asked: Asked) -> list[FormData]:
    """The content of a form, one for each sheet it takes; NotFound (3) for an unknown number, Usage (2) where no book
    fills it."""
    fill = hook(shape)
    if fill is None:
        raise Usage("forms.blank_only", title=shape.title, name=shape.name)
    filled = fill(ledger, number, asked)
    found = [filled] if isinstance(filled, FormData) else list(filled)
    for book in cards():
        other = room(book, "forms")
        added = getattr(other, "ADDS", {}).get(shape.name, {}) if other is not None else {}
        for data in found:
            for table, lines in added.items():
                data.lists[table] = tuple(lines(ledger, data.number or number))
    return found


def numbers_of(ledger: "Ledger", shape: "Shape", since: date, until: date) -> list[str]:
    """The documents of a period that a form is printed for."""
    found: Any = room(shape.book, "forms") if shape.book else None
    numbers = getattr(found, "NUMBERS", {}).get(shape.name)
    if numbers is None:
        raise Usage("forms.not_all", title=shape.title)
    return list(numbers(ledger, since, until))
