"""All the SQL of the safety book."""

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

MEASURES = f"""
    SELECT m.*, l.code AS place, l.name AS place_name, o.name AS owner, o.code AS owner_code, o.left_on AS owner_left,
        (SELECT max(s.on_day) FROM safety_step s WHERE s.measure_id = m.id AND s.what = 'act' AND s.on_day <= :day
            AND {live("s", "safety_step")}) AS acted_on,
        (SELECT max(s.on_day) FROM safety_step s WHERE s.measure_id = m.id AND s.what = 'aware' AND s.on_day <= :day
            AND {live("s", "safety_step")}) AS aware_on
    FROM safety_measure m LEFT JOIN school_place l ON l.id = m.place_id LEFT JOIN school_person o ON o.id = m.owner_id
    WHERE m.void = 0"""
EVENTS = f"""
    SELECT v.*, l.code AS place, l.name AS place_name, p.name AS by_name, f.name AS vendor
    FROM safety_event v LEFT JOIN school_place l ON l.id = v.place_id LEFT JOIN school_person p ON p.id = v.by_id
    LEFT JOIN school_vendor f ON f.id = v.vendor_id WHERE {live("v", "safety_event")}"""
EQUIPMENT = f"""
    SELECT q.*, l.code AS place, l.name AS place_name, o.name AS owner, o.left_on AS owner_left,
        (SELECT max(k.on_day) FROM safety_look k WHERE k.equipment_id = q.id AND k.on_day <= :day
            AND {live("k", "safety_look")}) AS looked_on,
        (SELECT k.passed FROM safety_look k WHERE k.equipment_id = q.id AND k.on_day <= :day
            AND {live("k", "safety_look")} ORDER BY k.on_day DESC, k.id DESC LIMIT 1) AS passed
    FROM safety_equipment q JOIN school_place l ON l.id = q.place_id LEFT JOIN school_person o ON o.id = q.owner_id
    WHERE q.void = 0"""


# -- measures --------------------------------------------------------------------------------------


def measure(source: "Source", text: str) -> Row:
    """The measure a text names. NotFound, Ambiguous (3)."""
    return _named(source, "safety_measure", text, "safety.no_measure")


def measures(db: Db, day: date, *, stopped: bool = False) -> list[Row]:
    """The measures in force on a day (or all), with owner, place and their last days of action and awareness, by code."""
    rows = db.execute(f"{MEASURES} ORDER BY m.code", {"day": day.isoformat()}).fetchall()
    text = day.isoformat()
    return [row for row in rows if stopped or (row["from_day"] <= text and (row["stopped_on"] or "9999") > text)]


def steps(db: Db, since: date, until: date, *, measure_id: int | None = None) -> list[Row]:
    """What was done for measures in a stretch of days, oldest first."""
    return db.execute(
        f"""SELECT s.*, m.code, m.name, p.name AS by_name FROM safety_step s JOIN safety_measure m ON m.id = s.measure_id
            LEFT JOIN school_person p ON p.id = s.by_id WHERE {live("s", "safety_step")}
            AND s.on_day BETWEEN ? AND ? AND s.measure_id = coalesce(?, s.measure_id) ORDER BY s.on_day, s.id""",
        (since.isoformat(), until.isoformat(), measure_id),
    ).fetchall()


# -- events ----------------------------------------------------------------------------------------


def events(db: Db, since: date | None, until: date | None, kind: str | None = None) -> list[Row]:
    """Live events of a stretch of days with place and who held them, oldest first."""
    span = ((since or date.min).isoformat(), (until or date.max).isoformat())
    return db.execute(
        f"{EVENTS} AND v.on_day BETWEEN ? AND ? AND v.kind = coalesce(?, v.kind) ORDER BY v.on_day, v.number", (*span, kind)
    ).fetchall()


def event(db: Db, number: str) -> Row | None:
    """The live event of a number."""
    row: Row | None = db.execute(f"{EVENTS} AND v.number = upper(?)", (number,)).fetchone()
    return row


def events_called(db: Db, text: str) -> list[Row]:
    """Events whose number, topic or audience holds a text."""
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return db.execute(
        f"""{EVENTS} AND (v.number LIKE ? ESCAPE '\\' OR v.topic LIKE ? ESCAPE '\\' OR v.audience LIKE ? ESCAPE '\\')
            ORDER BY v.number LIMIT 50""",
        (like, like, like),
    ).fetchall()


# -- equipment -------------------------------------------------------------------------------------


def thing(source: "Source", text: str) -> Row:
    """The piece of equipment a text names. NotFound, Ambiguous (3)."""
    return _named(source, "safety_equipment", text, "safety.no_equipment")


def equipment(db: Db, day: date, *, dropped: bool = False) -> list[Row]:
    """The equipment on the register on a day (or all ever) with place, owner and its last check, by code."""
    rows = db.execute(f"{EQUIPMENT} ORDER BY q.code", {"day": day.isoformat()}).fetchall()
    text = day.isoformat()
    return [row for row in rows if dropped or (row["from_day"] <= text and (row["dropped_on"] or "9999") > text)]


def looks(db: Db, since: date, until: date, *, equipment_id: int | None = None) -> list[Row]:
    """Checks and renewals of equipment in a stretch of days, oldest first."""
    return db.execute(
        f"""SELECT k.*, q.code, q.name, p.name AS by_name FROM safety_look k JOIN safety_equipment q ON q.id = k.equipment_id
            LEFT JOIN school_person p ON p.id = k.by_id WHERE {live("k", "safety_look")}
            AND k.on_day BETWEEN ? AND ? AND k.equipment_id = coalesce(?, k.equipment_id) ORDER BY k.on_day, k.id""",
        (since.isoformat(), until.isoformat(), equipment_id),
    ).fetchall()


# -- all -------------------------------------------------------------------------------------------


def begun_on(db: Db) -> date | None:
    """The first day the book knows of; None while nothing stands in it."""
    row = db.execute(
        f"""SELECT min(day) FROM (
                SELECT min(from_day) AS day FROM safety_measure WHERE void = 0
                UNION ALL SELECT min(from_day) FROM safety_equipment WHERE void = 0
                UNION ALL SELECT min(v.on_day) FROM safety_event v WHERE {live("v", "safety_event")})"""
    ).fetchone()
    return date.fromisoformat(row[0]) if row[0] else None


def above(db: Db, place_id: int) -> set[int]:
    """A place and all places it lies in."""
    query = """WITH RECURSIVE outer_place (id) AS (
            SELECT ? UNION SELECT p.parent_id FROM school_place p JOIN outer_place o ON o.id = p.id
            WHERE p.parent_id IS NOT NULL
        ) SELECT id FROM outer_place"""
    return {row[0] for row in db.execute(query, (place_id,))}


def _named(source: "Source", table: str, text: str, key: str) -> Row:
    from logi.finding import find

    try:
        return find(source, table, text, what="document")
    except Ambiguous:
        raise
    except NotFound as error:
        raise NotFound(key, text=text) from error
