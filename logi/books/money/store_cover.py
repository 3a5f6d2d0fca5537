"""The SQL of pupils' insurance: the yearly drive, how each pupil stands, what classes were told, cases after accidents."""

import sqlite3
from datetime import date

from logi.core.tables import live

Row = sqlite3.Row
Db = sqlite3.Connection

CASE = """SELECT c.*, u.code, u.name, d.name AS class_name FROM money_case c JOIN opening_pupil u ON u.id = c.pupil_id
    LEFT JOIN school_department d ON d.id = u.department_id WHERE c.void = 0"""


def drive(db: Db, year: str) -> Row | None:
    """The drive of a year."""
    row: Row | None = db.execute("SELECT * FROM money_drive WHERE year = ? AND void = 0", (year,)).fetchone()
    return row


def drives(db: Db) -> list[Row]:
    """Every drive, newest first."""
    return db.execute("SELECT * FROM money_drive WHERE void = 0 ORDER BY year DESC").fetchall()


def stands(db: Db, drive_id: int, day: date = date.max) -> dict[int, Row]:
    """How each pupil stood in a drive on a day: the last that was marked, by pupil."""
    rows = db.execute(
        f"""SELECT s.*, p.name AS by_name FROM money_cover s LEFT JOIN school_person p ON p.id = s.by_id
            WHERE {live("s", "money_cover")} AND s.drive_id = ? AND s.on_day <= ? ORDER BY s.on_day, s.id""",
        (drive_id, day.isoformat()),
    )
    return {row["pupil_id"]: row for row in rows}


def newest_day(db: Db, drive: Row) -> str:
    """The last day on which anybody was marked in a drive; its first day before."""
    found = db.execute(
        f"SELECT max(s.on_day) FROM money_cover s WHERE {live('s', 'money_cover')} AND s.drive_id = ?", (drive["id"],)
    ).fetchone()[0]
    return max(str(found or ""), str(drive["from_day"]))


def covered_before(db: Db, year: str) -> set[int]:
    """The pupils who were marked in a drive of an earlier year."""
    rows = db.execute(
        f"""SELECT DISTINCT s.pupil_id FROM money_cover s JOIN money_drive d ON d.id = s.drive_id
            WHERE {live("s", "money_cover")} AND d.year < ?""",
        (year,),
    )
    return {row[0] for row in rows}


def told(db: Db, drive_id: int, day: date = date.max) -> list[Row]:
    """What classes were told in a drive by a day, oldest first."""
    return db.execute(
        f"""SELECT t.*, d.name AS class_name, p.name AS by_name FROM money_told t
            JOIN school_department d ON d.id = t.department_id LEFT JOIN school_person p ON p.id = t.by_id
            WHERE {live("t", "money_told")} AND t.drive_id = ? AND t.on_day <= ? ORDER BY t.on_day, t.id""",
        (drive_id, day.isoformat()),
    ).fetchall()


def case(db: Db, number: str) -> Row | None:
    """The live case of a number."""
    row: Row | None = db.execute(f"{CASE} AND c.number = upper(?)", (number,)).fetchone()
    return row


def cases(db: Db, since: date | None = None, until: date | None = None) -> list[Row]:
    """The cases of accidents in a stretch of days, oldest first."""
    span = ((since or date.min).isoformat(), (until or date.max).isoformat())
    return db.execute(f"{CASE} AND c.on_day BETWEEN ? AND ? ORDER BY c.on_day, c.number", span).fetchall()
