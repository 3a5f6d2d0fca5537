"""What a person holds of this book's: the places they answer for. `person leave` asks every book that has this room."""

import sqlite3

from logi.books.school import store
from logi.core.messages import say


def held_by(db: sqlite3.Connection, person_id: int) -> list[str]:
    """The places a person keeps, one sentence each."""
    return [say("school.holds_place", code=row["code"], name=row["name"]) for row in store.places_kept(db, person_id)]
