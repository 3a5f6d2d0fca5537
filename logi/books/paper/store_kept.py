"""The SQL of what documents ask and how it is answered, of the ledgers that are kept, and of archive volumes."""

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

POINT = """
    SELECT t.*, d.code || '/' || t.n AS code, d.code AS doc_code, d.name AS doc_name, d.kind AS doc_kind, d.doc_no, d.on_day
    FROM paper_point t JOIN paper_document d ON d.id = t.doc_id WHERE t.void = 0
"""
MEASURE = """
    SELECT m.*, d.code || '/' || t.n AS point, t.words, t.doc_id, t.n, d.code AS doc_code, d.name AS doc_name,
           d.kind AS doc_kind, d.doc_no, d.on_day, coalesce(m.area, t.area) AS its_area,
           o.name AS owner, o.left_on AS owner_left, c.name AS checker
    FROM paper_measure m JOIN paper_point t ON t.id = m.point_id JOIN paper_document d ON d.id = t.doc_id
    LEFT JOIN school_person o ON o.id = m.owner_id LEFT JOIN school_person c ON c.id = m.verified_by
    WHERE m.void = 0
"""
LEDGER = """
    SELECT l.*, k.name AS keeper, k.left_on AS keeper_left FROM paper_ledger l
    LEFT JOIN school_person k ON k.id = l.keeper_id WHERE l.void = 0
"""
VOLUME = """
    SELECT v.*, p.name AS by_name, p.code AS by_code
    FROM paper_volume v LEFT JOIN school_person p ON p.id = v.handed_by WHERE v.void = 0
"""


# -- requirements and measures -------------------------------------------------------------------------


def points(db: Db, doc_id: int | None = None) -> list[Row]:
    """What documents ask, by document and number."""
    return db.execute(f"{POINT} AND (?1 IS NULL OR t.doc_id = ?1) ORDER BY d.code, t.n", (doc_id,)).fetchall()


def point(source: "Source", code: str) -> Row:
    """The requirement of a number like WJ-2025-0001/2 (NotFound, 3)."""
    head, _, n = code.rpartition("/")
    found: Row | None = None
    if n.isascii() and n.isdigit() and len(n) < 6:
        found = source.db.execute(f"{POINT} AND d.code = ? AND t.n = ?", (head, int(n))).fetchone()
    if found is None:
        raise NotFound("paper.no_point", text=code)
    return found


def measures(db: Db, doc_id: int | None = None) -> list[Row]:
    """The measures, by what they answer and their number."""
    return db.execute(f"{MEASURE} AND (?1 IS NULL OR t.doc_id = ?1) ORDER BY d.code, t.n, m.code", (doc_id,)).fetchall()


def measure(source: "Source", text: str) -> Row:
    """The measure a text names (NotFound, Ambiguous, 3)."""
    try:
        rowid = find(source, "paper_measure", text, what="measure")["id"]
    except NotFound as error:
        if hasattr(error, "choices"):
            raise
        raise NotFound("paper.no_measure", text=text) from None
    found: Row | None = source.db.execute(f"{MEASURE} AND m.id = ?", (rowid,)).fetchone()
    assert found is not None
    return found


def measure_of(db: Db, code: str) -> Row | None:
    """The measure of a number."""
    row: Row | None = db.execute(f"{MEASURE} AND m.code = ?", (code,)).fetchone()
    return row


# -- ledgers -------------------------------------------------------------------------------------------


def ledgers(db: Db, *, closed: bool = False) -> list[Row]:
    """The ledgers that are kept (or have been), by code."""
    return db.execute(f"{LEDGER} AND (?1 OR l.closed_on IS NULL) ORDER BY l.code", (int(closed),)).fetchall()


def kept_ledger(source: "Source", text: str) -> Row:
    """The ledger a text names (NotFound, Ambiguous, 3)."""
    try:
        rowid = find(source, "paper_ledger", text, what="ledger")["id"]
    except NotFound as error:
        if hasattr(error, "choices"):
            raise
        raise NotFound("paper.no_ledger", text=text) from None
    found: Row | None = source.db.execute(f"{LEDGER} AND l.id = ?", (rowid,)).fetchone()
    assert found is not None
    return found


def lines(db: Db, ledger_id: int, until: date) -> list[Row]:
    """What was noted of a ledger on paper, oldest first."""
    return db.execute(
        f"""SELECT n.*, p.name AS by_name FROM paper_line n LEFT JOIN school_person p ON p.id = n.by_id
            WHERE {live("n", "paper_line")} AND n.ledger_id = ? AND n.on_day <= ? ORDER BY n.on_day, n.id""",
        (ledger_id, until.isoformat()),
    ).fetchall()


def last_fact(db: Db, table: str, column: str, since: str, until: str) -> str | None:
    """The day of the newest standing fact of a table in a stretch of days; `table` and `column` come from a book's schema."""
    row = db.execute(
        f"""SELECT f.{column} FROM {table} f WHERE f.{column} BETWEEN ? AND ? AND {live("f", table)}
            ORDER BY f.{column} DESC LIMIT 1""",
        (since, until),
    ).fetchone()
    return str(row[0]) if row else None


# -- volumes -------------------------------------------------------------------------------------------


def volumes(db: Db, year: int | None = None, category: str | None = None) -> list[Row]:
    """The volumes of a school year (of all), by year, category and number."""
    return db.execute(
        f"{VOLUME} AND (?1 IS NULL OR v.year = ?1) AND (?2 IS NULL OR v.category = ?2) ORDER BY v.year, v.category, v.n",
        (year, category),
    ).fetchall()


def volume(source: "Source", text: str) -> Row:
    """The volume a text names (NotFound, Ambiguous, 3)."""
    try:
        rowid = find(source, "paper_volume", text, what="volume")["id"]
    except NotFound as error:
        if hasattr(error, "choices"):
            raise
        raise NotFound("paper.no_volume", text=text) from None
    found: Row | None = source.db.execute(f"{VOLUME} AND v.id = ?", (rowid,)).fetchone()
    assert found is not None
    return found


def volume_of(db: Db, code: str) -> Row | None:
    """The volume of a number."""
    row: Row | None = db.execute(f"{VOLUME} AND v.code = ?", (code,)).fetchone()
    return row


def next_volume(db: Db, category: str, year: int) -> int:
    """The next number of a category and school year."""
    row = db.execute(
        "SELECT coalesce(max(n), 0) + 1 FROM paper_volume WHERE void = 0 AND category = ? AND year = ?", (category, year)
    ).fetchone()
    return int(row[0])


def volume_at(db: Db, category: str, year: int, n: int) -> Row | None:
    """The volume of a category, school year and number."""
    row: Row | None = db.execute(
        f"{VOLUME} AND v.category = ? AND v.year = ? AND v.n = ?", (category, year, n)
    ).fetchone()
    return row
