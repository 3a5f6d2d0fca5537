"""All the SQL of the dorm book."""

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

FLOORS = """
    SELECT f.*, g.code AS building, g.name AS building_name, g.place_id AS building_place
    FROM dorm_floor f JOIN dorm_building g ON g.id = f.building_id WHERE f.void = 0"""
ROOMS = """
    SELECT r.*, l.code AS room, l.name AS room_name, l.keeper_id, f.floor, f.sex, f.building_id, g.code AS building,
        g.name AS building_name
    FROM dorm_room r JOIN school_place l ON l.id = r.place_id JOIN dorm_floor f ON f.id = r.floor_id
    JOIN dorm_building g ON g.id = f.building_id WHERE r.void = 0"""
STAYS = """
    SELECT s.*, u.code, u.name, u.left_on, d.name AS class_name, d.code AS class_code, b.sex, l.code AS room,
        l.name AS room_name, r.place_id, r.floor_id, r.beds, f.floor, f.building_id, g.code AS building
    FROM dorm_stay s JOIN opening_pupil u ON u.id = s.pupil_id JOIN dorm_boarder b ON b.pupil_id = u.id AND b.void = 0
    LEFT JOIN school_department d ON d.id = u.department_id JOIN dorm_room r ON r.id = s.room_id
    JOIN school_place l ON l.id = r.place_id JOIN dorm_floor f ON f.id = r.floor_id
    JOIN dorm_building g ON g.id = f.building_id WHERE s.void = 0"""
PUPIL = """JOIN opening_pupil u ON u.id = {0}.pupil_id LEFT JOIN school_department d ON d.id = u.department_id
    JOIN school_person p ON p.id = {0}.by_id"""
PUPIL_SAID = "u.code, u.name, d.name AS class_name, p.name AS by_name"
LEAVES = f"""
    SELECT x.*, {PUPIL_SAID}, o.name AS out_by, k.name AS back_by FROM dorm_leave x {PUPIL.format("x")}
    LEFT JOIN school_person o ON o.id = x.out_id LEFT JOIN school_person k ON k.id = x.back_id WHERE x.void = 0"""
VISITS = f"""
    SELECT v.*, u.code AS pupil, u.name AS pupil_name, d.name AS class_name, p.name AS by_name, k.name AS left_by
    FROM dorm_visit v {PUPIL.format("v")} LEFT JOIN school_person k ON k.id = v.left_id WHERE v.void = 0"""


# -- buildings, floors, rooms ----------------------------------------------------------------------


def building(source: "Source", text: str) -> Row:
    """The building a text names. NotFound, Ambiguous (3)."""
    from logi.finding import find

    try:
        return find(source, "dorm_building", text, what="building")
    except Ambiguous:
        raise
    except NotFound as error:
        raise NotFound("dorm.no_building", text=text) from error


def buildings(db: Db) -> list[Row]:
    """Every building with its place, by code."""
    return db.execute(
        """SELECT g.*, l.code AS place FROM dorm_building g LEFT JOIN school_place l ON l.id = g.place_id
           WHERE g.void = 0 ORDER BY g.code"""
    ).fetchall()


def floors(db: Db, building_id: int | None = None) -> list[Row]:
    """The floors of one building or of all, by building and number."""
    return db.execute(f"{FLOORS} AND f.building_id = coalesce(?, f.building_id) ORDER BY g.code, f.floor",
                      (building_id,)).fetchall()  # fmt: skip


def floor(db: Db, building_id: int, number: int) -> Row | None:
    """One floor of a building."""
    row: Row | None = db.execute(f"{FLOORS} AND f.building_id = ? AND f.floor = ?", (building_id, number)).fetchone()
    return row


def rooms(db: Db, day: date) -> list[Row]:
    """The rooms in use on a day, by building, floor and code."""
    on = day.isoformat()
    return db.execute(
        f"{ROOMS} AND r.from_day <= ? AND (r.closed_on IS NULL OR r.closed_on > ?) ORDER BY g.code, f.floor, l.code", (on, on)
    ).fetchall()


def room_at(db: Db, place_id: int) -> Row | None:
    """The room of a place that is not closed."""
    row: Row | None = db.execute(f"{ROOMS} AND r.place_id = ? AND r.closed_on IS NULL", (place_id,)).fetchone()
    return row


# -- who sleeps where ------------------------------------------------------------------------------


def sleeping(db: Db, day: date) -> list[Row]:
    """Who has a bed in the night of a day, by building, floor, room and bed."""
    on = day.isoformat()
    return db.execute(
        f"""{STAYS} AND s.from_day <= ? AND (s.until_day IS NULL OR s.until_day > ?)
            ORDER BY g.code, f.floor, l.code, s.bed""", (on, on)
    ).fetchall()  # fmt: skip


def stays(db: Db) -> list[Row]:
    """Every stay, by pupil and first night."""
    return db.execute(f"{STAYS} ORDER BY u.code, s.from_day, s.id").fetchall()


def stays_of(db: Db, pupil_id: int) -> list[Row]:
    """A pupil's stays, the first one first."""
    return db.execute(f"{STAYS} AND s.pupil_id = ? ORDER BY s.from_day, s.id", (pupil_id,)).fetchall()


def stays_in(db: Db, room_id: int) -> list[Row]:
    """The stays in a room, the first one first."""
    return db.execute(f"{STAYS} AND s.room_id = ? ORDER BY s.from_day, s.id", (room_id,)).fetchall()


def sex_of(db: Db, pupil_id: int) -> Row | None:
    """What is known of a pupil's sex."""
    row: Row | None = db.execute("SELECT * FROM dorm_boarder WHERE void = 0 AND pupil_id = ?", (pupil_id,)).fetchone()
    return row


# -- nights ----------------------------------------------------------------------------------------


def counts(db: Db, since: date, until: date) -> list[Row]:
    """The counts of a stretch of nights, by night, building and floor."""
    return db.execute(
        f"""SELECT c.*, f.floor, g.code AS building, p.name AS by_name, p.code AS by_code
            FROM dorm_count c JOIN dorm_floor f ON f.id = c.floor_id
            JOIN dorm_building g ON g.id = f.building_id JOIN school_person p ON p.id = c.by_id
            WHERE {live("c", "dorm_count")} AND c.on_day BETWEEN ? AND ? ORDER BY c.on_day, g.code, f.floor""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def absent(db: Db, since: date, until: date) -> list[Row]:
    """Who was not there and had no leave in a stretch of nights, by night and pupil."""
    return db.execute(
        f"""SELECT a.*, u.code, u.name, d.name AS class_name FROM dorm_absent a JOIN opening_pupil u ON u.id = a.pupil_id
            LEFT JOIN school_department d ON d.id = u.department_id
            WHERE {live("a", "dorm_absent")} AND a.on_day BETWEEN ? AND ? ORDER BY a.on_day, u.code""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def found(db: Db, since: date, until: date) -> list[Row]:
    """What became of those who were not there, for a stretch of nights."""
    return db.execute(
        f"""SELECT x.*, {PUPIL_SAID} FROM dorm_found x {PUPIL.format("x")}
            WHERE {live("x", "dorm_found")} AND x.night BETWEEN ? AND ? ORDER BY x.night, u.code""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def lates(db: Db, since: date, until: date) -> list[Row]:
    """Who came late in a stretch of nights, by night and time; a time before noon belongs to the night before."""
    return db.execute(
        f"""SELECT x.*, {PUPIL_SAID} FROM dorm_late x {PUPIL.format("x")}
            WHERE {live("x", "dorm_late")} AND x.on_day BETWEEN ? AND ? ORDER BY x.on_day, x.at_time < '12:00', x.at_time""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def found_after(db: Db, night: str, pupil_id: int, seq: int) -> list[int]:
    """The later entries that said what became of a pupil who was not there in a night."""
    query = f"""SELECT x.entry FROM dorm_found x WHERE {live("x", "dorm_found")} AND x.night = ? AND x.pupil_id = ?
                AND x.entry > ?"""
    return [row[0] for row in db.execute(query, (night, pupil_id, seq))]


# -- leave slips and visitors ----------------------------------------------------------------------


def leaves(db: Db, since: date = date.min, until: date = date.max) -> list[Row]:
    """The leave slips whose time touches a stretch of days, by first day and number."""
    return db.execute(
        f"{LEAVES} AND x.from_day <= ? AND coalesce(x.back_day, x.until_day) >= ? ORDER BY x.from_day, x.number",
        (until.isoformat(), since.isoformat()),
    ).fetchall()


def out_slips(db: Db, until: date) -> list[Row]:
    """The slips that somebody went out with by a day, by first day and number."""
    return db.execute(f"{LEAVES} AND x.out_day <= ? ORDER BY x.out_day, x.number", (until.isoformat(),)).fetchall()


def leave(db: Db, number: str) -> Row | None:
    """The leave slip of a number."""
    row: Row | None = db.execute(f"{LEAVES} AND x.number = upper(?)", (number,)).fetchone()
    return row


def leaves_of(db: Db, pupil_id: int) -> list[Row]:
    """A pupil's leave slips, the first one first."""
    return db.execute(f"{LEAVES} AND x.pupil_id = ? ORDER BY x.from_day, x.from_time, x.number", (pupil_id,)).fetchall()


def visits(db: Db, since: date, until: date) -> list[Row]:
    """The visitors of a stretch of days, by day and time."""
    return db.execute(f"{VISITS} AND v.on_day BETWEEN ? AND ? ORDER BY v.on_day, v.at_time, v.number",
                      (since.isoformat(), until.isoformat())).fetchall()  # fmt: skip


def visit(db: Db, number: str) -> Row | None:
    """The visit of a number."""
    row: Row | None = db.execute(f"{VISITS} AND v.number = upper(?)", (number,)).fetchone()
    return row


# -- wardens and evening care ----------------------------------------------------------------------


def wardens(db: Db) -> list[Row]:
    """Every warden of every building, by building, person and first day; `gone_on` is the day the person left the school."""
    return db.execute(
        """SELECT w.*, p.code, p.name, p.left_on AS gone_on, g.code AS building, g.name AS building_name
           FROM dorm_warden w JOIN school_person p ON p.id = w.person_id JOIN dorm_building g ON g.id = w.building_id
           WHERE w.void = 0 ORDER BY g.code, p.code, w.from_day"""
    ).fetchall()


def trainings(db: Db, until: date) -> list[Row]:
    """Who was trained in what by a day, the newest last."""
    return db.execute(
        f"""SELECT t.*, p.code, p.name, b.name AS by_name FROM dorm_training t JOIN school_person p ON p.id = t.person_id
            LEFT JOIN school_person b ON b.id = t.by_id WHERE {live("t", "dorm_training")} AND t.on_day <= ?
            ORDER BY t.on_day, t.id""", (until.isoformat(),)
    ).fetchall()  # fmt: skip


def cares(db: Db, since: date, until: date) -> list[Row]:
    """The roster of evening care for a stretch of days, by day, place and person."""
    return db.execute(
        """SELECT c.*, l.code AS place, l.name AS place_name, p.code, p.name, p.phone FROM dorm_care c
           JOIN school_place l ON l.id = c.place_id JOIN school_person p ON p.id = c.person_id
           WHERE c.void = 0 AND c.on_day BETWEEN ? AND ? ORDER BY c.on_day, l.code, p.code""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def care_logs(db: Db, since: date, until: date) -> list[Row]:
    """What was written of evening care in a stretch of days, by day and place."""
    return db.execute(
        f"""SELECT c.*, l.code AS place, l.name AS place_name, p.code, p.name FROM dorm_care_log c
            JOIN school_place l ON l.id = c.place_id JOIN school_person p ON p.id = c.by_id
            WHERE {live("c", "dorm_care_log")} AND c.on_day BETWEEN ? AND ? ORDER BY c.on_day, l.code, c.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def day_of(db: Db, table: str, rowid: int) -> list[str]:
    """The day of a visit or of an evening on the roster."""
    return [row[0] for row in db.execute(f"SELECT on_day FROM {table} WHERE id = ?", (rowid,))]


# -- what must hold --------------------------------------------------------------------------------


def mixed(db: Db) -> list[Row]:
    """Stays on a floor of the other sex that last still."""
    return db.execute(
        """SELECT s.entry, u.name, l.code AS room FROM dorm_stay s JOIN opening_pupil u ON u.id = s.pupil_id
           JOIN dorm_boarder b ON b.pupil_id = s.pupil_id AND b.void = 0 JOIN dorm_room r ON r.id = s.room_id
           JOIN dorm_floor f ON f.id = r.floor_id JOIN school_place l ON l.id = r.place_id
           WHERE s.void = 0 AND s.until_day IS NULL AND b.sex <> f.sex ORDER BY u.code"""
    ).fetchall()
