"""The SQL of the school bus: the register, its papers, its trips."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from logi.core.tables import live
from logi.finding import find

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

Row = sqlite3.Row
Db = sqlite3.Connection


class Crew(NamedTuple):
    """Who drives a bus, and who looks after the pupils."""

    driver_id: int
    driver_code: str
    driver: str
    attendant_code: str
    attendant: str


BUS = """
    SELECT b.*, d.code AS driver_code, d.name AS driver, a.code AS attendant_code, a.name AS attendant, c.code AS asset,
           c.name AS asset_name
    FROM gate_bus b JOIN school_person d ON d.id = b.driver_id JOIN school_person a ON a.id = b.attendant_id
    LEFT JOIN asset_card c ON c.id = b.asset_id WHERE b.void = 0"""
PAPER = f"""
    SELECT p.*, b.code AS plate, b.name AS bus, s.code AS person_code, s.name AS person
    FROM gate_bus_paper p LEFT JOIN gate_bus b ON b.id = p.bus_id LEFT JOIN school_person s ON s.id = p.person_id
    WHERE {live("p", "gate_bus_paper")}"""
TRIP = f"""
    SELECT t.*, b.code AS plate, b.name AS bus, b.seats, b.riders, d.name AS driver, a.name AS attendant
    FROM gate_trip t JOIN gate_bus b ON b.id = t.bus_id JOIN school_person d ON d.id = t.driver_id
    JOIN school_person a ON a.id = t.attendant_id WHERE {live("t", "gate_trip")}"""


def bus(source: "Ledger | Entry", text: str) -> Row:
    """The bus that a plate or a name means. NotFound, Ambiguous (3)."""
    found = find(source, "gate_bus", text, what="bus")
    row: Row = source.db.execute(f"{BUS} AND b.id = ?", (found["id"],)).fetchone()
    return row


def buses(db: Db, day: date | None = None) -> list[Row]:
    """The buses in service on a day (all ever, without one), by plate."""
    rows = db.execute(f"{BUS} ORDER BY b.code").fetchall()
    if day is None:
        return rows
    text = day.isoformat()
    return [row for row in rows if row["from_day"] <= text < (row["stopped_on"] or "9999")]


def crew_on(db: Db, row: Row, day: date) -> Crew:
    """Who drove and who looked after the pupils on a day: the crew since replaced, or the present one."""
    before: Row | None = db.execute(
        """SELECT c.driver_id, c.attendant_id, d.code AS driver_code, d.name AS driver, a.code AS attendant_code,
                  a.name AS attendant
           FROM gate_bus_crew c JOIN school_person d ON d.id = c.driver_id JOIN school_person a ON a.id = c.attendant_id
           WHERE c.void = 0 AND c.bus_id = ? AND c.until_day > ? ORDER BY c.until_day, c.id LIMIT 1""",
        (row["id"], day.isoformat()),
    ).fetchone()
    one = before if before is not None else row
    return Crew(one["driver_id"], one["driver_code"], one["driver"], one["attendant_code"], one["attendant"])


def crew_since(db: Db, bus_id: int) -> str | None:
    """The day from which the present crew drives; None if there never was another."""
    found = db.execute("SELECT max(until_day) FROM gate_bus_crew WHERE void = 0 AND bus_id = ?", (bus_id,)).fetchone()[0]
    return None if found is None else str(found)


def papers(db: Db, *, bus_id: int | None = None, person_id: int | None = None) -> list[Row]:
    """The papers of a bus, of a driver or of all, oldest first."""
    return db.execute(
        f"""{PAPER} AND (? IS NULL OR p.bus_id = ?) AND (? IS NULL OR p.person_id = ?)
            ORDER BY p.on_day, p.id""", (bus_id, bus_id, person_id, person_id)
    ).fetchall()  # fmt: skip


def trips(db: Db, since: date, until: date, bus_id: int | None = None) -> list[Row]:
    """The trips of a stretch of days in order of time."""
    return db.execute(
        f"""{TRIP} AND t.on_day BETWEEN ? AND ? AND t.bus_id = coalesce(?, t.bus_id) ORDER BY t.on_day, t.at_time, t.id""",
        (since.isoformat(), until.isoformat(), bus_id),
    ).fetchall()


def trip(db: Db, number: str) -> Row | None:
    """The trip of a number."""
    row: Row | None = db.execute(f"{TRIP} AND t.number = upper(?)", (number,)).fetchone()
    return row
