"""The SQL of the year's work points, of what is worth telling, and of who cannot serve when."""

import sqlite3
from datetime import date

from logi.core.tables import live


def point(db: sqlite3.Connection, number: str) -> sqlite3.Row | None:
    """The work point of a number, with its owner's name."""
    row: sqlite3.Row | None = db.execute(
        """SELECT w.*, p.name AS owner FROM month_point w LEFT JOIN school_person p ON p.id = w.owner_id
           WHERE w.void = 0 AND w.number = ?""",
        (number.upper(),),
    ).fetchone()
    return row


def points(db: sqlite3.Connection, first: int, last: int) -> list[sqlite3.Row]:
    """The work points of some years in the order of their numbers, with their owners' names."""
    return db.execute(
        """SELECT w.*, p.name AS owner FROM month_point w LEFT JOIN school_person p ON p.id = w.owner_id
           WHERE w.void = 0 AND w.year BETWEEN ? AND ? ORDER BY w.year, w.id""",
        (first, last),
    ).fetchall()


def point_titled(db: sqlite3.Connection, year: int, folded: str) -> sqlite3.Row | None:
    """The work point of a year that says the same."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM month_point WHERE void = 0 AND year = ? AND folded = ?", (year, folded)
    ).fetchone()
    return row


def highlights(db: sqlite3.Connection, since: date, until: date) -> list[sqlite3.Row]:
    """What was noted as new, as worth telling or as an effect on days of a stretch, with the line it belongs to."""
    return db.execute(
        f"""SELECT h.*, l.number FROM month_highlight h LEFT JOIN month_line l ON l.id = h.line_id
            WHERE {live("h", "month_highlight")} AND h.on_day BETWEEN ? AND ?
            ORDER BY CASE h.kind WHEN 'innovation' THEN 0 WHEN 'highlight' THEN 1 ELSE 2 END, h.on_day, h.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def away(db: sqlite3.Connection, since: date, until: date, person_id: int | None = None) -> list[sqlite3.Row]:
    """Who cannot serve on some day of a stretch: person_id, name, first_on, last_on, reason."""
    return db.execute(
        """SELECT a.*, p.name FROM month_away a JOIN school_person p ON p.id = a.person_id
           WHERE a.void = 0 AND a.first_on <= ? AND a.last_on >= ? AND coalesce(?, a.person_id) = a.person_id
           ORDER BY a.first_on, a.id""",
        (until.isoformat(), since.isoformat(), person_id),
    ).fetchall()


SUBMISSION = """SELECT s.*, p.name AS by_name FROM month_submission s LEFT JOIN school_person p ON p.id = s.by_id
    WHERE s.void = 0"""


def submission(db: sqlite3.Connection, number: str) -> sqlite3.Row | None:
    """The submitted plan of a number, with who drew it up."""
    row: sqlite3.Row | None = db.execute(f"{SUBMISSION} AND s.number = ?", (number.upper(),)).fetchone()
    return row


def submission_of(db: sqlite3.Connection, month: str, day: date) -> sqlite3.Row | None:
    """The newest submission of a month's plan by a day."""
    row: sqlite3.Row | None = db.execute(
        f"{SUBMISSION} AND s.month = ? AND s.on_day <= ? ORDER BY s.id DESC LIMIT 1", (month, day.isoformat())
    ).fetchone()
    return row
