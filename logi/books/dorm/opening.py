"""What the dorm book asks of the opening's: the pupils, and the bed each of them is told at the opening of term."""

import sqlite3
from typing import TYPE_CHECKING

from logi.books.opening.actions import add_pupil, give_bed, place_pupil, pupil
from logi.books.opening.store import in_room, pupils
from logi.books.opening.store import pupil as coded
from logi.core.errors import Refused
from logi.core.folding import fold
from logi.finding import find

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

__all__ = ["add_pupil", "any_pupil", "coded", "give_bed", "in_room", "named_so", "place_pupil", "pupil", "pupils"]


def any_pupil(source: "Ledger | Entry", text: str) -> sqlite3.Row:
    """The pupil a text names, also one who has left (3)."""
    return find(source, "opening_pupil", text, what="pupil")


def named_so(code: str, known: str, given: str) -> None:
    """The number decides, the name is checked (4)."""
    if fold(known) != fold(given):
        raise Refused("dorm.other_name", code=code, name=known, given=given)
