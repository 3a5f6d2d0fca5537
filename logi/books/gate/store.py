"""The SQL of people at the gate: visits, bans, what is carried out."""

import sqlite3
from datetime import date

from logi.core.tables import live

Row = sqlite3.Row
Db = sqlite3.Connection

VISIT = f"""
    SELECT v.*, h.code AS host_code, h.name AS host, l.name AS leader, g.code AS guard_code, g.name AS guard,
           o.on_day AS left_day, o.at_time AS left_time, og.name AS left_guard, o.note AS left_note
    FROM gate_visit v LEFT JOIN school_person h ON h.id = v.host_id LEFT JOIN school_person l ON l.id = v.leader_id
    JOIN school_person g ON g.id = v.guard_id
    LEFT JOIN gate_leave o ON o.number = v.number AND {live("o", "gate_leave")}
    LEFT JOIN school_person og ON og.id = o.guard_id WHERE {live("v", "gate_visit")}"""
GOODS = f"""
    SELECT c.*, p.code AS person_code, p.name AS person, a.name AS allowed, g.name AS guard, k.code AS asset,
           b.on_day AS back_day, b.at_time AS back_time,
           v.name AS visitor, v.on_day AS visit_day
    FROM gate_goods c LEFT JOIN school_person p ON p.id = c.person_id JOIN school_person a ON a.id = c.allowed_id
    JOIN school_person g ON g.id = c.guard_id LEFT JOIN asset_card k ON k.id = c.asset_id
    LEFT JOIN gate_back b ON b.number = c.number AND {live("b", "gate_back")}
    LEFT JOIN gate_visit v ON v.number = c.visit AND {live("v", "gate_visit")} WHERE {live("c", "gate_goods")}"""
BAN = """
    SELECT b.*, p.name AS by_name FROM gate_ban b JOIN school_person p ON p.id = b.by_id WHERE b.void = 0"""
# What names another by number: who wrote it later leans on the entry that gave the number.
NAMING = {
    "gate_visit": (("gate_leave", "number"), ("gate_goods", "visit"), ("gate_pass", "visit")),
    "gate_goods": (("gate_back", "number"),),
    "gate_pass": (("gate_told", "number"),),
    "gate_event": (("gate_settled", "number"),),
}


def visits(db: Db, since: date, until: date) -> list[Row]:
    """Who came in a stretch of days, let in or turned away, with when they left."""
    order = "ORDER BY v.on_day, v.at_time, v.id"
    return db.execute(f"{VISIT} AND v.on_day BETWEEN ? AND ? {order}", _span(since, until)).fetchall()


def visit(db: Db, number: str) -> Row | None:
    """The visit of a number."""
    row: Row | None = db.execute(f"{VISIT} AND v.number = upper(?)", (number,)).fetchone()
    return row


def visit_of_ref(db: Db, ref: str) -> Row | None:
    """The visit that a file called so."""
    row: Row | None = db.execute(f"{VISIT} AND v.ref = ?", (ref,)).fetchone()
    return row


def inside(db: Db, until: date | None = None) -> list[Row]:
    """Visitors who were let in (up to a day) and have not been signed out, the longest here on top."""
    day = (until or date.max).isoformat()
    return db.execute(
        f"{VISIT} AND v.outcome = 'in' AND o.id IS NULL AND v.on_day <= ? ORDER BY v.on_day, v.at_time, v.id", (day,)
    ).fetchall()


def there_called(db: Db, folded: str, day: str, time: str) -> list[Row]:
    """The visits of people of a name who were inside at an instant."""
    return db.execute(
        f"""{VISIT} AND v.folded = :folded AND v.outcome = 'in' AND (v.on_day, v.at_time) <= (:day, :time)
            AND (o.id IS NULL OR (o.on_day, o.at_time) > (:day, :time)) ORDER BY v.on_day, v.at_time, v.id""",
        {"folded": folded, "day": day, "time": time},
    ).fetchall()


def badge_last(db: Db, badge: str, day: str, time: str) -> Row | None:
    """The last visit up to an instant that bore a badge: no badge is handed out before it came back."""
    row: Row | None = db.execute(
        f"""{VISIT} AND v.badge = ? AND v.outcome = 'in' AND (v.on_day, v.at_time) <= (?, ?)
            ORDER BY v.on_day DESC, v.at_time DESC, v.id DESC LIMIT 1""",
        (badge, day, time),
    ).fetchone()
    return row


def inside_at(db: Db, day: str, time: str) -> int:
    """How many visitors were inside at an instant."""
    query = f"""SELECT coalesce(sum(v.heads), 0) FROM gate_visit v
        LEFT JOIN gate_leave o ON o.number = v.number AND {live("o", "gate_leave")}
        WHERE {live("v", "gate_visit")} AND v.outcome = 'in' AND (v.on_day, v.at_time) <= (:day, :time)
        AND (o.id IS NULL OR (o.on_day, o.at_time) > (:day, :time))"""
    return int(db.execute(query, {"day": day, "time": time}).fetchone()[0])


def called(db: Db, folded: str, since: date, limit: int = 50) -> list[Row]:
    """Visits whose visitor, unit or plate bears a text, newest first; only of days from `since` on."""
    like = "%" + folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return db.execute(
        f"""{VISIT} AND v.on_day >= ? AND (v.folded LIKE ? ESCAPE '\\' OR lower(v.plate) LIKE ? ESCAPE '\\'
            OR v.unit_folded LIKE ? ESCAPE '\\') ORDER BY v.on_day DESC, v.id DESC LIMIT ?""",
        (since.isoformat(), like, like, like, limit),
    ).fetchall()


def left_twice(db: Db) -> list[Row]:
    """Visits that were left more than once, or left before they began, or that nobody knows."""
    return db.execute(
        f"""SELECT o.number, max(o.entry) AS entry FROM gate_leave o
            LEFT JOIN gate_visit v ON v.number = o.number AND {live("v", "gate_visit")}
            WHERE {live("o", "gate_leave")} GROUP BY o.number
            HAVING count(*) > 1 OR max(v.id IS NULL) OR max((o.on_day, o.at_time) < (v.on_day, v.at_time))"""
    ).fetchall()


def bans(db: Db, day: date | None = None) -> list[Row]:
    """Who and what may not come in on a day (all ever, without one)."""
    rows = db.execute(f"{BAN} ORDER BY b.from_day, b.id").fetchall()
    if day is None:
        return rows
    text = day.isoformat()
    return [row for row in rows if row["from_day"] <= text <= (row["until_day"] or "9999")
            and (row["lifted_on"] is None or text < row["lifted_on"])]  # fmt: skip


def goods(db: Db, since: date, until: date) -> list[Row]:
    """What was carried out in a stretch of days, with when it came back."""
    order = "ORDER BY c.on_day, c.at_time, c.id"
    return db.execute(f"{GOODS} AND c.on_day BETWEEN ? AND ? {order}", _span(since, until)).fetchall()


def slip(db: Db, number: str) -> Row | None:
    """The slip of a number."""
    row: Row | None = db.execute(f"{GOODS} AND c.number = upper(?)", (number,)).fetchone()
    return row


def slips_of(db: Db, visit_number: str) -> list[Row]:
    """What a visitor carried out."""
    return db.execute(f"{GOODS} AND c.visit = ? ORDER BY c.id", (visit_number,)).fetchall()


def naming(db: Db, table: str, numbers: list[str], seq: int) -> set[int]:
    """Later entries that name these numbers of a table."""
    found: set[int] = set()
    for other, column in NAMING[table]:
        query = f"SELECT x.entry FROM {other} x WHERE x.{column} = ? AND x.entry > ? AND {live('x', other)}"
        for number in numbers:
            found |= {row[0] for row in db.execute(query, (number, seq))}
    return found


def _span(since: date, until: date) -> tuple[str, str]:
    return since.isoformat(), until.isoformat()
