"""Tells every book that listens what became of a slip, in the same entry; the repair book does not know who listens.

A book listens by a room `hearing` with `repair_assigned(e, order, day, person)` (it may refuse), `repair_closed(e, order, day,
person)`, `repair_rejected(e, order, day, person, reason)`, `repair_declined(e, order, day)`, as it offers undo its hooks.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.journal import Entry


def assigned(e: "Entry", order: Any, day: date, person: Any) -> None:
    """The job is about to be given to a worker."""
    for hooks in _listeners("repair_assigned"):
        hooks.repair_assigned(e, order, day, person)


def closed(e: "Entry", order: Any, day: date, person: Any) -> None:
    """The worker finished; `person` is None for a vendor's job."""
    for hooks in _listeners("repair_closed"):
        hooks.repair_closed(e, order, day, person)


def rejected(e: "Entry", order: Any, day: date, person: Any, reason: str) -> None:
    """The reporter did not accept the work."""
    for hooks in _listeners("repair_rejected"):
        hooks.repair_rejected(e, order, day, person, reason)


def declined(e: "Entry", order: Any, day: date) -> None:
    """The office turned the slip down: nothing will be mended by it."""
    for hooks in _listeners("repair_declined"):
        hooks.repair_declined(e, order, day)


def _listeners(name: str) -> list[Any]:
    rooms = (room(book, "hearing") for book in cards())
    return [hooks for hooks in rooms if hooks is not None and hasattr(hooks, name)]
