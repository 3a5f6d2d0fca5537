"""The SQL of vehicles at the gate: the register, passes with their speed, who was told of speeding."""

import sqlite3
from datetime import date

from logi.core.tables import live

Row = sqlite3.Row
Db = sqlite3.Connection

PASS = f"""
    SELECT p.*, v.name AS vehicle, v.kind, g.code AS guard_code, g.name AS guard, t.on_day AS told_on,
           t.words AS told, b.name AS told_by
    FROM gate_pass p LEFT JOIN gate_vehicle v ON v.code = p.plate AND v.void = 0
    LEFT JOIN school_person g ON g.id = p.guard_id
    LEFT JOIN gate_told t ON t.number = p.number AND {live("t", "gate_told")} LEFT JOIN school_person b ON b.id = t.by_id
    WHERE {live("p", "gate_pass")}"""
VEHICLE = """
    SELECT v.*, p.code AS driver_code, p.name AS driver FROM gate_vehicle v LEFT JOIN school_person p ON p.id = v.driver_id
    WHERE v.void = 0"""


def vehicles(db: Db) -> list[Row]:
    """Every vehicle on the register, by plate."""
    return db.execute(f"{VEHICLE} ORDER BY v.code").fetchall()


def vehicle(db: Db, plate: str) -> Row | None:
    """The vehicle of a plate."""
    row: Row | None = db.execute(f"{VEHICLE} AND v.code = ?", (plate,)).fetchone()
    return row


def passes(db: Db, since: date, until: date) -> list[Row]:
    """The passes of a stretch of days in order of time."""
    return db.execute(
        f"{PASS} AND p.on_day BETWEEN ? AND ? ORDER BY p.on_day, p.at_time, p.id", (since.isoformat(), until.isoformat())
    ).fetchall()


def speeding(db: Db, number: str) -> Row | None:
    """The pass that was too fast and bears this number."""
    row: Row | None = db.execute(f"{PASS} AND p.number = upper(?)", (number,)).fetchone()
    return row


def untold(db: Db) -> list[Row]:
    """Passes that were too fast and whose driver nobody has told yet."""
    return db.execute(f"{PASS} AND p.number IS NOT NULL AND t.id IS NULL ORDER BY p.on_day, p.at_time").fetchall()


def times_fast(db: Db, plate: str, since: date, day: str, time: str) -> int:
    """How often a vehicle was too fast from a day on up to an instant."""
    query = f"""SELECT count(*) FROM gate_pass p WHERE p.plate = ? AND p.number IS NOT NULL AND p.on_day >= ?
                AND (p.on_day, p.at_time) <= (?, ?) AND {live("p", "gate_pass")}"""
    return int(db.execute(query, (plate, since.isoformat(), day, time)).fetchone()[0])


def last_pass(db: Db, plate: str, day: str, time: str) -> Row | None:
    """The last pass of a vehicle up to an instant."""
    row: Row | None = db.execute(
        f"{PASS} AND p.plate = ? AND (p.on_day, p.at_time) <= (?, ?) ORDER BY p.on_day DESC, p.at_time DESC, p.id DESC LIMIT 1",
        (plate, day, time),
    ).fetchone()
    return row


def pass_of_ref(db: Db, ref: str) -> Row | None:
    """The pass that a file called so."""
    row: Row | None = db.execute(f"{PASS} AND p.ref = ?", (ref,)).fetchone()
    return row


def same_pass(db: Db, plate: str, way: str, day: date, time: str) -> Row | None:
    """The pass of this vehicle, this way, in this minute, if it stands."""
    query = f"{PASS} AND p.plate = ? AND p.way = ? AND p.on_day = ? AND p.at_time = ? LIMIT 1"
    row: Row | None = db.execute(query, (plate, way, day.isoformat(), time)).fetchone()
    return row


def inside(db: Db) -> list[Row]:
    """The vehicles whose last pass was in, by when they came."""
    return db.execute(
        f"""{PASS} AND p.way = 'in' AND NOT EXISTS (
                SELECT 1 FROM gate_pass q WHERE q.plate = p.plate AND {live("q", "gate_pass")}
                AND (q.on_day, q.at_time, q.id) > (p.on_day, p.at_time, p.id)) ORDER BY p.on_day, p.at_time"""
    ).fetchall()
