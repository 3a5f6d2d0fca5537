"""Where a form's content comes from: the room `forms.py` of its book, and what other books add to its tables.

A book's room has FORMS: {form: fill(ledger, number, asked) -> FormData}; it may have NUMBERS: {form: numbers(ledger,
since, until)} for `--all`, and ADDS: {form of another book: {table: lines(ledger, number)}}.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.core.errors import NotFound, Usage
from logi.core.forms import Asked, FormData
from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.forms.shapes import Shape

Hook = Callable[["Ledger", str | None, Asked], FormData]


def hook(shape: "Shape") -> Hook | None:
    """What fills a form, if its book can."""
    found = room(shape.book, "forms") if shape.book else None
    made: Hook | None = found.FORMS.get(shape.name) if found is not None else None
    return made


def data_of(ledger: "Ledger", shape: "Shape", number: str | None, asked: Asked) -> FormData:
    """The content of a form; NotFound (3) for an unknown number, Usage (2) where no book fills it."""
    fill = hook(shape)
    if fill is None:
        raise Usage("forms.blank_only", title=shape.title, name=shape.name)
    data = fill(ledger, number, asked)
    for book in cards():
        other = room(book, "forms")
        for table, lines in (getattr(other, "ADDS", {}).get(shape.name, {}) if other is not None else {}).items():
            data.lists[table] = tuple(lines(ledger, data.number or number))
    return data


def numbers_of(ledger: "Ledger", shape: "Shape", since: date, until: date) -> list[str]:
    """The documents of a period that a form is printed for."""
    found: Any = room(shape.book, "forms") if shape.book else None
    numbers = getattr(found, "NUMBERS", {}).get(shape.name)
    if numbers is None:
        raise Usage("forms.not_all", title=shape.title)
    return list(numbers(ledger, since, until))


def unknown(number: str) -> NotFound:
    """The refusal for a number that stands nowhere."""
    return NotFound("front.nothing_found", text=number)
