"""What the money book asks of the opening's: the pupils, by class."""

import sqlite3
from typing import TYPE_CHECKING

from logi.books.opening.store import pupils
from logi.finding import find

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

__all__ = ["of_classes", "pupil", "pupils"]


def pupil(source: "Ledger | Entry", text: str) -> sqlite3.Row:
    """The pupil a text names, also one who has left (3)."""
    return find(source, "opening_pupil", text, what="pupil")


def of_classes(source: "Ledger | Entry", departments: set[int]) -> list[sqlite3.Row]:
    """The pupils of some classes who have not left; of all without any."""
    return [row for row in pupils(source.db) if not departments or row["department_id"] in departments]
