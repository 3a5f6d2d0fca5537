"""All the SQL of the green book."""

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

ZONES = """
    SELECT z.*, p.code AS place, p.name AS place_name FROM green_zone z JOIN school_place p ON p.id = z.place_id
    WHERE z.void = 0"""
WORKS = f"""
    SELECT w.*, z.code, z.name, z.kind, p.name AS by_name, v.name AS vendor, c.name AS checker, s.number AS slip,
        n.on_day AS posted_on, n.posted_at
    FROM green_work w JOIN green_zone z ON z.id = w.zone_id LEFT JOIN school_person p ON p.id = w.by_id
    LEFT JOIN school_vendor v ON v.id = w.vendor_id LEFT JOIN school_person c ON c.id = w.checker_id
    LEFT JOIN stock_slip s ON s.id = w.slip_id
    LEFT JOIN green_notice n ON n.number = w.number AND {live("n", "green_notice")}
    WHERE {live("w", "green_work")}"""
PLANTINGS = f"""
    SELECT g.*, z.code, z.name, p.name AS by_name, v.name AS vendor FROM green_planting g JOIN green_zone z ON z.id = g.zone_id
    LEFT JOIN school_person p ON p.id = g.by_id LEFT JOIN school_vendor v ON v.id = g.vendor_id
    WHERE {live("g", "green_planting")}"""


# -- zones -----------------------------------------------------------------------------------------


def zone(source: "Source", text: str) -> Row:
    """The zone a text names. NotFound, Ambiguous (3)."""
    from logi.finding import find

    try:
        return find(source, "green_zone", text, what="zone")
    except Ambiguous:
        raise
    except NotFound as error:
        raise NotFound("green.no_zone", text=text) from error


def zones(db: Db) -> list[Row]:
    """Every zone ever registered with its place, by kind and code."""
    order = "CASE z.kind WHEN 'green' THEN 1 WHEN 'hygiene' THEN 2 ELSE 3 END"
    return db.execute(f"{ZONES} ORDER BY {order}, z.code").fetchall()


def zone_of(db: Db, zone_id: int) -> Row:
    """The zone of an id with its place."""
    row: Row = db.execute(f"{ZONES} AND z.id = ?", (zone_id,)).fetchone()
    return row


def areas(db: Db) -> dict[int, list[Row]]:
    """How large each zone is from which day on, oldest first."""
    return _by_zone(db, "SELECT * FROM green_area WHERE void = 0 ORDER BY from_day")


def keepers(db: Db) -> dict[int, list[Row]]:
    """Who answers for each zone from which day on, oldest first."""
    return _by_zone(db, """SELECT k.*, p.name AS person, p.code AS person_code, p.left_on FROM green_keeper k
                           LEFT JOIN school_person p ON p.id = k.person_id WHERE k.void = 0 ORDER BY k.from_day""")  # fmt: skip


def dated(db: Db, table: str, zone_id: int, from_day: date) -> Row | None:
    """The row of `green_area` or `green_keeper` that begins on a day."""
    row: Row | None = db.execute(
        f"SELECT * FROM {table} WHERE void = 0 AND zone_id = ? AND from_day = ?", (zone_id, from_day.isoformat())
    ).fetchone()
    return row


def last_use(db: Db, zone_id: int) -> str | None:
    """The last day on which anything was done or planted in a zone."""
    row = db.execute(
        f"""SELECT max(on_day) FROM (SELECT on_day FROM green_work w WHERE zone_id = ?1 AND {live("w", "green_work")}
            UNION ALL SELECT on_day FROM green_planting g WHERE zone_id = ?1 AND {live("g", "green_planting")})""",
        (zone_id,),
    ).fetchone()
    return None if row[0] is None else str(row[0])


# -- plants ----------------------------------------------------------------------------------------


def plantings(db: Db, since: date, until: date, zone_id: int | None = None) -> list[Row]:
    """What was planted and lost in a stretch of days, oldest first."""
    return db.execute(
        f"{PLANTINGS} AND g.on_day BETWEEN ? AND ? AND g.zone_id = coalesce(?, g.zone_id) ORDER BY g.on_day, g.id",
        (since.isoformat(), until.isoformat(), zone_id),
    ).fetchall()


# -- works -----------------------------------------------------------------------------------------


def works(db: Db, since: date, until: date, zone_id: int | None = None) -> list[Row]:
    """The works of a stretch of days with who did them and the notices put up by its end, oldest first."""
    by_then = WORKS.replace("n.number = w.number", "n.number = w.number AND n.on_day <= ?2")
    return db.execute(
        f"""{by_then} AND w.on_day BETWEEN ?1 AND ?2 AND w.zone_id = coalesce(?3, w.zone_id)
            ORDER BY w.on_day, w.at_time, w.number, z.code""",
        (since.isoformat(), until.isoformat(), zone_id),
    ).fetchall()


def work(db: Db, number: str) -> list[Row]:
    """The zones of the work of a number."""
    return db.execute(f"{WORKS} AND w.number = upper(?) ORDER BY z.code", (number,)).fetchall()


def planting(db: Db, number: str) -> Row | None:
    """The planting of a number."""
    row: Row | None = db.execute(f"{PLANTINGS} AND g.number = upper(?)", (number,)).fetchone()
    return row


def treated(db: Db, day: date) -> list[Row]:
    """The treatments whose safe interval runs on a day, the soonest over first."""
    return db.execute(
        f"{WORKS} AND w.what = 'pest' AND w.on_day <= ?1 AND w.safe_until >= ?1 ORDER BY w.safe_until, w.number, z.code",
        (day.isoformat(),),
    ).fetchall()


def last_hands(db: Db, what: str) -> list[int]:
    """Who did a kind of work last, the latest first."""
    query = f"""SELECT w.by_id FROM green_work w WHERE {live("w", "green_work")} AND w.what = ? AND w.by_id IS NOT NULL
                ORDER BY w.on_day DESC, w.id DESC LIMIT 5"""
    return [row[0] for row in db.execute(query, (what,))]


def notices_of(db: Db, number: str, seq: int) -> list[int]:
    """Later entries that put up a notice about a work."""
    query = f"""SELECT n.entry FROM green_notice n WHERE n.number = ? AND n.entry > ? AND {live("n", "green_notice")}"""
    return [row[0] for row in db.execute(query, (number, seq))]


def _by_zone(db: Db, query: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in db.execute(query):
        found.setdefault(row["zone_id"], []).append(row)
    return found
