"""The SQL of the organisation by level, of pilots and exchanges."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from logi.core.errors import NotFound
from logi.core.tables import live
from logi.finding import find

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

Row = sqlite3.Row
Db = sqlite3.Connection


def functions(db: Db, unit_id: int | None = None, *, dropped: bool = False) -> list[Row]:
    """The duties and tasks of a unit, or of all, in order."""
    alive = "1" if dropped else "void = 0"
    return db.execute(f"SELECT * FROM people_function WHERE {alive} AND unit_id = coalesce(?, unit_id) ORDER BY unit_id, n",
                      (unit_id,)).fetchall()  # fmt: skip


def pilot(source: "Source", text: str) -> Row:
    """The pilot a text names. NotFound, Ambiguous (3)."""
    try:
        return find(source, "people_pilot", text, what="document")
    except NotFound as error:
        if hasattr(error, "choices"):
            raise
        raise NotFound("people.no_pilot", text=text) from None


def pilots(db: Db) -> list[Row]:
    """All pilots with their owners, by day."""
    return db.execute("""SELECT t.*, p.code AS owner_code, p.name AS owner FROM people_pilot t
                         JOIN school_person p ON p.id = t.owner_id WHERE t.void = 0 ORDER BY t.from_day, t.code""").fetchall()


def exchanges(db: Db, since: date, until: date, pilot: str | None = None) -> list[Row]:
    """Steps of pilots, visits, meetings and reports of a stretch of days."""
    return db.execute(
        f"""SELECT x.*, p.code AS by_code, p.name AS by_name FROM people_exchange x JOIN school_person p ON p.id = x.by_id
            WHERE {live("x", "people_exchange")} AND x.on_day BETWEEN ? AND ?
            AND coalesce(x.pilot, '') = coalesce(?, x.pilot, '')
            ORDER BY x.on_day, x.number""", (since.isoformat(), until.isoformat(), pilot)
    ).fetchall()  # fmt: skip
