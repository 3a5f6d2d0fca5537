"""Who signs at a level, and whether the person named is plainly not the one: by what the document names, and by office."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from logi import entries
from logi.core.errors import Refused
from logi.journal import Entry
from logi.registry import cards, room


def holder(e: Entry, book: str, hooks: Any, number: str, level: str, on: date) -> str:
    """Who signs at a level if nobody is named: whom the document names, the one holder, else who enters it."""
    if hasattr(hooks, "holder"):
        known = hooks.holder(e, number, level)
        return known or e.ledger.who.actor
    if (named := _named(e, book, number, level)) is not None:
        return named
    held = [name for offices in _offices() for name in offices.holders(e, level, on)]
    return held[0] if len(held) == 1 else e.ledger.who.actor


def check(e: Entry, book: str, hooks: Any, number: str, missing: Sequence[str], who: str, on: date, *, told: bool) -> None:
    """Refuse (4) or warn where somebody is plainly not the one to sign at the first level that is missing.

    A document whose row has a person for the level (`inspector_id`) is signed by that one. `told`: the level was typed; else
    who holds the office of a later level means that one, and is out of turn. An office that does not carry the level is warned
    of: posts are loosely kept. A book that knows who holds its levels (`holder`) checks for itself.
    """
    if hasattr(hooks, "holder"):
        return
    level = missing[0]
    facts = {"number": number, "person": who, "level": hooks.level_title(level)}
    for day in (offices.left(e, who, on) for offices in _offices()):
        if day is not None:
            e.warn("front.sign_left", day=day, **facts)
    named = _named(e, book, number, level)
    if named is not None:
        if named != who:
            e.overridable(Refused("front.sign_other_named", named=named, **facts), number)
        return
    for offices in _offices():
        fits = offices.fits(e, who, level, on)
        later = [] if fits or told else [one for one in missing[1:] if offices.own(e, who, one, on)]
        if later:
            raise Refused("front.sign_later", means=hooks.level_title(later[0]), typed=level, **facts)
        if fits is False:
            e.warn("front.sign_office", holders=offices.holders(e, level, on), **facts)


def _named(e: Entry, book: str, number: str, level: str) -> str | None:
    return entries.person_on(e.db, book, number, level) if re.fullmatch("[a-z_]+", level) else None


def _offices() -> Iterator[Any]:
    """The rooms of books that know who holds an office: `holders`, `own`, `fits` and `left`."""
    return (hooks for book in cards() if (hooks := room(book, "offices")) is not None)
