"""All the SQL of the opening book."""

import sqlite3

Row = sqlite3.Row

CLASS = """
    SELECT c.*, d.name AS class_name, d.code AS class_code, p.code AS place, p.name AS place_name, s.name AS staff,
           t.code AS term, t.starts_on,
           (SELECT coalesce(sum(a.pupils), 0) FROM opening_arrival a WHERE a.class_id = c.id) AS arrived
    FROM opening_class c JOIN school_department d ON d.id = c.department_id JOIN school_place p ON p.id = c.place_id
    JOIN school_person s ON s.id = c.staff_id JOIN school_term t ON t.id = c.term_id
    WHERE c.void = 0
"""
PUPIL = """
    SELECT u.*, d.name AS class_name, d.code AS class_code, p.code AS room, p.name AS room_name
    FROM opening_pupil u LEFT JOIN school_department d ON d.id = u.department_id LEFT JOIN school_place p ON p.id = u.place_id
    WHERE u.void = 0
"""


def classes(db: sqlite3.Connection, term_id: int) -> list[Row]:
    """The classes arranged for a term, by day, time and class, with how many pupils have come."""
    return db.execute(f"{CLASS} AND c.term_id = ? ORDER BY c.on_day, c.starts, d.code", (term_id,)).fetchall()


def classes_between(db: sqlite3.Connection, since: str, until: str) -> list[Row]:
    """The classes whose registration lies in a stretch of days."""
    return db.execute(f"{CLASS} AND c.on_day BETWEEN ? AND ? ORDER BY c.on_day, c.starts, d.code", (since, until)).fetchall()


def class_of(db: sqlite3.Connection, term_id: int, department_id: int) -> Row | None:
    """A class as arranged for a term."""
    row: Row | None = db.execute(
        f"{CLASS} AND c.term_id = ? AND c.department_id = ?", (term_id, department_id)
    ).fetchone()
    return row


def pupils(db: sqlite3.Connection) -> list[Row]:
    """Every pupil who has not left, by class, name and code."""
    return db.execute(f"{PUPIL} AND u.left_on IS NULL ORDER BY d.code IS NULL, d.code, u.code").fetchall()


def pupil(db: sqlite3.Connection, code: str) -> Row | None:
    """The pupil of a code, also one who has left."""
    row: Row | None = db.execute(f"{PUPIL} AND u.code = ?", (code,)).fetchone()
    return row


def in_room(db: sqlite3.Connection, place_id: int) -> list[Row]:
    """Who sleeps in a room, by bed."""
    return db.execute(f"{PUPIL} AND u.left_on IS NULL AND u.place_id = ? ORDER BY u.bed", (place_id,)).fetchall()


def dorm_rooms(db: sqlite3.Connection) -> list[Row]:
    """The rooms of the dormitory, by code."""
    return db.execute("SELECT id, code, name FROM school_place WHERE void = 0 AND kind = 'dorm' ORDER BY code").fetchall()


def in_classes(db: sqlite3.Connection) -> dict[int, int]:
    """How many pupils each class has."""
    rows = db.execute(
        "SELECT department_id, count(*) FROM opening_pupil WHERE void = 0 AND left_on IS NULL GROUP BY department_id"
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def negative(db: sqlite3.Connection) -> list[Row]:
    """Classes in which fewer than nobody has come."""
    return db.execute(
        """SELECT d.name AS class_name, max(a.entry) AS entry FROM opening_arrival a JOIN opening_class c ON c.id = a.class_id
           JOIN school_department d ON d.id = c.department_id GROUP BY c.id, d.name HAVING sum(a.pupils) < 0"""
    ).fetchall()
