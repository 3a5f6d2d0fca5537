"""All the SQL of the kindergarten book."""

import sqlite3
from collections import defaultdict
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

AREA = """
    SELECT a.*, l.code AS place, l.name AS place_name, k.code AS keeper_code, k.name AS keeper, k.left_on AS keeper_left
    FROM kindergarten_area a JOIN school_place l ON l.id = a.place_id LEFT JOIN school_person k ON k.id = a.keeper_id
    WHERE a.void = 0"""
TOY = """
    SELECT t.*, a.code AS area, a.name AS area_name, l.code AS place, c.code AS asset, a.keeper_id
    FROM kindergarten_toy t JOIN kindergarten_area a ON a.id = t.area_id JOIN school_place l ON l.id = a.place_id
    LEFT JOIN asset_card c ON c.id = t.asset_id WHERE t.void = 0"""
EVENT = """
    SELECT v.*, l.code AS place, l.name AS place_name, p.code AS leader_code, p.name AS leader, c.name AS closed_name
    FROM kindergarten_event v JOIN school_place l ON l.id = v.place_id JOIN school_person p ON p.id = v.leader_id
    LEFT JOIN school_person c ON c.id = v.closed_by WHERE v.void = 0"""
NOTICE = f"""
    SELECT n.*, p.name AS by_name,
        (SELECT coalesce(sum(r.families), 0) FROM kindergarten_reached r WHERE r.number = n.number) AS reached,
        (SELECT coalesce(sum(r.of_families), 0) FROM kindergarten_reached r WHERE r.number = n.number
            AND {live("r", "kindergarten_reached")}) AS of_families
    FROM kindergarten_notice n JOIN school_person p ON p.id = n.by_id WHERE {live("n", "kindergarten_notice")}"""


# -- areas and toys --------------------------------------------------------------------------------


def area(source: "Source", text: str) -> Row:
    """The area a text names. NotFound, Ambiguous (3)."""
    found = find(source, "kindergarten_area", text, what="area")
    row: Row = source.db.execute(f"{AREA} AND a.id = ?", (found["id"],)).fetchone()
    return row


def areas(db: Db, day: date | None = None) -> list[Row]:
    """The areas in use on a day (all ever, without one), by code."""
    rows = db.execute(f"{AREA} ORDER BY a.code").fetchall()
    if day is None:
        return rows
    return [row for row in rows if row["from_day"] <= day.isoformat() < (row["ended_on"] or "9999")]


def toy(source: "Source", text: str) -> Row:
    """The toy a text names. NotFound, Ambiguous (3)."""
    found = find(source, "kindergarten_toy", text, what="toy")
    row: Row = source.db.execute(f"{TOY} AND t.id = ?", (found["id"],)).fetchone()
    return row


def toys(db: Db) -> list[Row]:
    """Every toy, by code."""
    return db.execute(f"{TOY} ORDER BY t.code").fetchall()


def mends(db: Db, until: date, toy_id: int | None = None) -> dict[int, list[Row]]:
    """What became of each toy up to a day, oldest first."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in db.execute(
        f"""SELECT m.*, p.name AS by_name FROM kindergarten_mend m LEFT JOIN school_person p ON p.id = m.by_id
            WHERE {live("m", "kindergarten_mend")} AND m.on_day <= ? AND m.toy_id = coalesce(?, m.toy_id)
            ORDER BY m.on_day, m.id""", (until.isoformat(), toy_id)
    ):  # fmt: skip
        found[row["toy_id"]].append(row)
    return found


def mends_of_slip(db: Db, slip: str) -> list[Row]:
    """What was written of toys under a repair slip."""
    return db.execute(
        f"SELECT m.* FROM kindergarten_mend m WHERE m.slip = ? AND {live('m', 'kindergarten_mend')} ORDER BY m.id", (slip,)
    ).fetchall()


# -- events ----------------------------------------------------------------------------------------


def event(source: "Source", number: str) -> Row:
    """The event of a number. NotFound (3)."""
    row = numbered(source.db, number)
    if row is None:
        raise NotFound("kindergarten.no_event", number=number)
    return row


def numbered(db: Db, number: str) -> Row | None:
    """The event of a number, if there is one."""
    row: Row | None = db.execute(f"{EVENT} AND v.number = upper(?)", (number,)).fetchone()
    return row


def events(db: Db, since: date, until: date) -> list[Row]:
    """The events of a stretch of days."""
    return db.execute(
        f"{EVENT} AND v.on_day BETWEEN ? AND ? ORDER BY v.on_day, v.number", (since.isoformat(), until.isoformat())
    ).fetchall()


def needs(db: Db, event_id: int) -> list[Row]:
    """The checklist of an event, in order."""
    return db.execute(
        """SELECT d.*, o.code AS owner_code, o.name AS owner, b.name AS done_name FROM kindergarten_need d
           LEFT JOIN school_person o ON o.id = d.owner_id LEFT JOIN school_person b ON b.id = d.done_by
           WHERE d.void = 0 AND d.event_id = ? ORDER BY d.n""", (event_id,)
    ).fetchall()  # fmt: skip


# -- notices and the lead --------------------------------------------------------------------------


def notices(db: Db, since: date, until: date) -> list[Row]:
    """The notices of a stretch of days, with how many families they reached."""
    return db.execute(
        f"{NOTICE} AND n.on_day BETWEEN ? AND ? ORDER BY n.on_day, n.number", (since.isoformat(), until.isoformat())
    ).fetchall()


def notice(db: Db, number: str) -> Row | None:
    """The notice of a number."""
    row: Row | None = db.execute(f"{NOTICE} AND n.number = upper(?)", (number,)).fetchone()
    return row


def reached(db: Db, number: str) -> list[Row]:
    """Which classes a notice reached."""
    return db.execute(
        f"""SELECT r.*, p.name AS by_name FROM kindergarten_reached r JOIN school_person p ON p.id = r.by_id
            WHERE r.number = ? AND {live("r", "kindergarten_reached")} ORDER BY r.class""", (number,)
    ).fetchall()  # fmt: skip


def last_notice(db: Db, kind: str, until: date) -> Row | None:
    """The newest notice of a kind up to a day."""
    row: Row | None = db.execute(
        f"{NOTICE} AND n.kind = ? AND n.on_day <= ? ORDER BY n.on_day DESC, n.id DESC LIMIT 1", (kind, until.isoformat())
    ).fetchone()
    return row


def menu_told(db: Db, since: date, until: date) -> bool:
    """Whether families were told of the menu of any of these days."""
    query = f"""{NOTICE} AND n.kind = 'menu' AND n.since_day <= ? AND n.until_day >= ? LIMIT 1"""
    return db.execute(query, (until.isoformat(), since.isoformat())).fetchone() is not None


def reaching(db: Db, numbers: list[str], seq: int) -> set[int]:
    """Later entries that say whom these notices reached."""
    stands = live("r", "kindergarten_reached")
    query = f"SELECT r.entry FROM kindergarten_reached r WHERE r.number = ? AND r.entry > ? AND {stands}"
    return {row[0] for number in numbers for row in db.execute(query, (number, seq))}


def leads(db: Db) -> list[Row]:
    """Who led safety education, and from when."""
    return db.execute(
        """SELECT d.*, p.code, p.name, p.left_on FROM kindergarten_lead d JOIN school_person p ON p.id = d.person_id
           WHERE d.void = 0 ORDER BY d.from_day, d.id"""
    ).fetchall()


def lead_on(db: Db, day: date) -> Row | None:
    """Who leads safety education on a day."""
    text = day.isoformat()
    rows = [row for row in leads(db)
            if row["from_day"] <= text < min(row["until_day"] or "9999", row["left_on"] or "9999")]  # fmt: skip
    return rows[-1] if rows else None
