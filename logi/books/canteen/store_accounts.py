"""The SQL of the canteen's account, of goods looked at, and of what people bring up."""

import sqlite3
from datetime import date

from logi.core.tables import live

Row = sqlite3.Row
Db = sqlite3.Connection

MATTER = """
    SELECT m.*, o.name AS owner, b.name AS by_name, a.name AS answerer FROM canteen_matter m
    LEFT JOIN school_person o ON o.id = m.owner_id LEFT JOIN school_person b ON b.id = m.by_id
    LEFT JOIN school_person a ON a.id = m.answered_by WHERE m.void = 0"""
GOODS = f"""
    SELECT g.*, p.name AS first, q.name AS second FROM canteen_goods g JOIN school_person p ON p.id = g.first_id
    LEFT JOIN school_person q ON q.id = g.second_id WHERE {live("g", "canteen_goods")}"""


def money(db: Db, since: date, until: date) -> list[Row]:
    """The standing bookings of a stretch of days, oldest first."""
    return db.execute(
        f"""SELECT * FROM canteen_money m WHERE {live("m", "canteen_money")} AND m.on_day BETWEEN ? AND ?
            ORDER BY m.on_day, m.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def sums(db: Db, since: date, until: date) -> dict[str, int]:
    """What was booked of each kind in a stretch of days, in fen."""
    rows = db.execute(
        "SELECT kind, sum(amount_fen) FROM canteen_money WHERE on_day BETWEEN ? AND ? GROUP BY kind",
        (since.isoformat(), until.isoformat()),
    )
    return {row[0]: row[1] for row in rows}


def goods(db: Db) -> dict[int, Row]:
    """The goods looked at, by the id of their slip."""
    return {row["slip_id"]: row for row in db.execute(f"{GOODS} ORDER BY g.id")}


def inspected(db: Db, slip_id: int) -> Row | None:
    """How a slip's goods were looked at."""
    row: Row | None = db.execute(f"{GOODS} AND g.slip_id = ?", (slip_id,)).fetchone()
    return row


def matter(db: Db, number: str) -> Row | None:
    """What was brought up under a number."""
    row: Row | None = db.execute(f"{MATTER} AND m.number = upper(?)", (number,)).fetchone()
    return row


def matters(db: Db, since: date, until: date, kind: str | None = None) -> list[Row]:
    """What was brought up in a stretch of days."""
    return db.execute(
        f"{MATTER} AND m.on_day BETWEEN ? AND ? AND m.kind = coalesce(?, m.kind) ORDER BY m.on_day, m.number",
        (since.isoformat(), until.isoformat(), kind),
    ).fetchall()


def unanswered(db: Db) -> list[Row]:
    """What waits for its answer, the first due on top."""
    return db.execute(f"{MATTER} AND m.answered_on IS NULL ORDER BY m.due_on, m.number").fetchall()


def called(db: Db, text: str) -> list[Row]:
    """What was brought up in words that hold a text."""
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return db.execute(
        f"{MATTER} AND (m.number LIKE ? ESCAPE '\\' OR m.words LIKE ? ESCAPE '\\') ORDER BY m.number LIMIT 50", (like, like)
    ).fetchall()
