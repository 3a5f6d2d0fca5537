"""All the SQL of the campus book."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from logi.core.errors import Ambiguous, NotFound
from logi.core.tables import live

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

Row = sqlite3.Row
Db = sqlite3.Connection

ITEMS = """
    SELECT i.*, l.code AS place, l.name AS place_name, p.name AS owner, p.code AS owner_code, p.left_on AS owner_left
    FROM campus_item i LEFT JOIN school_place l ON l.id = i.place_id LEFT JOIN school_person p ON p.id = i.owner_id
    WHERE i.void = 0"""
PROJECTS = """
    SELECT j.*, l.code AS place, l.name AS place_name, i.code AS item, s.code AS scheme, p.name AS owner,
        p.code AS owner_code, p.left_on AS owner_left, v.name AS vendor, v.code AS vendor_code
    FROM campus_project j LEFT JOIN school_place l ON l.id = j.place_id LEFT JOIN campus_item i ON i.id = j.item_id
    LEFT JOIN campus_scheme s ON s.id = j.scheme_id LEFT JOIN school_person p ON p.id = j.owner_id
    LEFT JOIN school_vendor v ON v.id = j.vendor_id WHERE j.void = 0"""


def _named(source: "Source", table: str, text: str, key: str) -> Row:
    from logi.finding import find

    try:
        return find(source, table, text, what="document")
    except Ambiguous:
        raise
    except NotFound as error:
        raise NotFound(key, text=text) from error


def item(source: "Source", text: str) -> Row:
    """The item of the master plan a text names. NotFound, Ambiguous (3)."""
    return _named(source, "campus_item", text, "campus.no_item")


def items(db: Db) -> list[Row]:
    """Every item of the master plan, by phase and code."""
    return db.execute(f"{ITEMS} ORDER BY i.phase, i.code").fetchall()


def item_of(db: Db, rowid: int) -> Row:
    """The item of an id with its names."""
    row: Row = db.execute(f"{ITEMS} AND i.id = ?", (rowid,)).fetchone()
    return row


def scheme(source: "Source", text: str) -> Row:
    """The renovation scheme a text names. NotFound, Ambiguous (3)."""
    return _named(source, "campus_scheme", text, "campus.no_scheme")


def schemes(db: Db) -> list[Row]:
    """Every scheme, by first year and code."""
    return db.execute("SELECT * FROM campus_scheme WHERE void = 0 ORDER BY first_year, code").fetchall()


def project(source: "Source", text: str) -> Row:
    """The project of a number, or of a name only one bears. NotFound, Ambiguous (3)."""
    row = source.db.execute(f"{PROJECTS} AND j.number = upper(?)", (text,)).fetchone()
    if row is not None:
        found: Row = row
        return found
    from logi.core.folding import fold

    rows = [one for one in projects(source.db) if fold(text) and fold(text) in one["folded"]]
    if len(rows) > 1:
        pairs = [(one["number"], one["name"]) for one in rows]
        from logi.core.answers import Word

        raise Ambiguous("front.ambiguous", candidates=pairs, what=Word.of("front.thing", "project"), text=text)
    if not rows:
        raise NotFound("campus.no_project", text=text)
    return rows[0]


def projects(db: Db) -> list[Row]:
    """Every project with its names, by number."""
    return db.execute(f"{PROJECTS} ORDER BY j.number").fetchall()


def progress(db: Db, until: date) -> dict[int, list[Row]]:
    """What was logged of each project up to a day, oldest first."""
    found: dict[int, list[Row]] = {}
    for row in db.execute(
        f"""SELECT g.*, p.name AS by_name FROM campus_progress g LEFT JOIN school_person p ON p.id = g.by_id
            WHERE {live("g", "campus_progress")} AND g.on_day <= ? ORDER BY g.on_day, g.id""",
        (until.isoformat(),),
    ):
        found.setdefault(row["project_id"], []).append(row)
    return found


def acceptances(db: Db, project_id: int | None = None) -> list[Row]:
    """The acceptances of projects and of the standard (or of one project), oldest first."""
    return db.execute(
        """SELECT a.*, j.number AS project, j.name AS project_name FROM campus_acceptance a
           LEFT JOIN campus_project j ON j.id = a.project_id
           WHERE a.void = 0 AND (?1 IS NULL OR a.project_id = ?1) ORDER BY a.on_day, a.number""",
        (project_id,),
    ).fetchall()


def acceptance(db: Db, number: str) -> Row | None:
    """The acceptance of a number."""
    return next((row for row in acceptances(db) if row["number"] == number.upper()), None)


def standards(db: Db, day: date) -> list[Row]:
    """The standards in force on a day, the newest of each code, by code."""
    rows = db.execute(
        "SELECT * FROM campus_standard WHERE void = 0 AND from_day <= ? ORDER BY code, from_day", (day.isoformat(),)
    ).fetchall()
    newest = {row["code"]: row for row in rows}
    return [row for row in newest.values() if row["ended_on"] is None or row["ended_on"] > day.isoformat()]


def standard(source: "Source", text: str) -> Row:
    """The newest standard of a code or of a name; NotFound (3)."""
    rows = source.db.execute("SELECT * FROM campus_standard WHERE void = 0 ORDER BY from_day DESC").fetchall()
    found = next((row for row in rows if row["code"] == text), None) or next((row for row in rows if row["name"] == text), None)
    if found is None:
        raise NotFound("campus.no_standard", text=text)
    standing: Row = found
    return standing


def every_standard(db: Db) -> list[Row]:
    """Every standard ever set, by code and first day."""
    return db.execute("SELECT * FROM campus_standard WHERE void = 0 ORDER BY code, from_day").fetchall()
