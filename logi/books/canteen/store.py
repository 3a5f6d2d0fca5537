"""The SQL of the kitchen: seasons, workers, menus, meals, samples, steps."""

import sqlite3
from datetime import date

from logi.core.tables import live

Row = sqlite3.Row
Db = sqlite3.Connection

WORKER = """
    SELECT w.*, p.code, p.name, p.left_on AS gone_on FROM canteen_worker w JOIN school_person p ON p.id = w.person_id
    WHERE w.void = 0"""
SAMPLE = f"""
    SELECT s.*, p.name AS by_name, t.on_day AS thrown_on, t.at_time AS thrown_at, q.name AS thrown_by
    FROM canteen_sample s JOIN school_person p ON p.id = s.by_id
    LEFT JOIN canteen_thrown t ON t.number = s.number AND {live("t", "canteen_thrown")}
    LEFT JOIN school_person q ON q.id = t.by_id WHERE {live("s", "canteen_sample")}"""


# -- seasons and workers ---------------------------------------------------------------------------


def seasons(db: Db) -> list[Row]:
    """When the canteen cooks, and which meals, from the first day on."""
    return db.execute("SELECT * FROM canteen_season WHERE void = 0 ORDER BY from_day").fetchall()


def season_on(db: Db, day: date) -> Row | None:
    """The season a day lies in."""
    row: Row | None = db.execute(
        "SELECT * FROM canteen_season WHERE void = 0 AND from_day <= :day AND coalesce(until_day, '9999') >= :day "
        "ORDER BY from_day DESC LIMIT 1", {"day": day.isoformat()}
    ).fetchone()  # fmt: skip
    return row


def workers(db: Db, day: date | None = None) -> list[Row]:
    """Those who handle food on a day (all ever, without one), by code."""
    rows = db.execute(f"{WORKER} ORDER BY p.code, w.from_day").fetchall()
    if day is None:
        return rows
    text = day.isoformat()
    return [row for row in rows if row["from_day"] <= text and (row["left_on"] or "9999") > text
            and (row["gone_on"] or "9999") > text]  # fmt: skip


def worker(db: Db, person_id: int, day: date) -> Row | None:
    """A person as one who handles food on a day."""
    return next((row for row in workers(db, day) if row["person_id"] == person_id), None)


def held_once(db: Db, worker_id: int, day: date) -> bool:
    """Whether a certificate that another took the place of held on a day."""
    query = """SELECT 1 FROM canteen_certificate WHERE void = 0 AND worker_id = ? AND ? BETWEEN examined_on AND expires_on"""
    return db.execute(query, (worker_id, day.isoformat())).fetchone() is not None


def health(db: Db, worker: Row, day: date) -> Row | None:
    """The certificate of health a worker had on a day: the one of the last examination by then."""
    last: Row | None = db.execute(
        """SELECT certificate, examined_on, expires_on FROM canteen_certificate WHERE void = 0 AND worker_id = :id
           AND examined_on <= :day UNION ALL SELECT certificate, examined_on, expires_on FROM canteen_worker WHERE id = :id
           AND examined_on <= :day ORDER BY examined_on DESC LIMIT 1""", {"id": worker["id"], "day": day.isoformat()}
    ).fetchone()  # fmt: skip
    return last


def looks(db: Db, since: date, until: date) -> list[Row]:
    """The morning looks of a stretch of days, by day and person."""
    return db.execute(
        f"""SELECT k.*, p.id AS person_id, p.code, p.name, b.name AS by_name FROM canteen_look k
            JOIN canteen_worker w ON w.id = k.worker_id JOIN school_person p ON p.id = w.person_id
            JOIN school_person b ON b.id = k.by_id WHERE {live("k", "canteen_look")} AND k.on_day BETWEEN ? AND ?
            ORDER BY k.on_day, p.code""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


# -- menus and meals -------------------------------------------------------------------------------


def dishes(db: Db, since: date, until: date) -> list[Row]:
    """The menu of a stretch of days, in the order it was set down."""
    return db.execute(
        """SELECT * FROM canteen_dish WHERE void = 0 AND on_day BETWEEN ? AND ? ORDER BY on_day,
           CASE meal WHEN 'breakfast' THEN 1 WHEN 'lunch' THEN 2 WHEN 'dinner' THEN 3 ELSE 4 END, id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def meals(db: Db, since: date, until: date) -> list[Row]:
    """The meals served in a stretch of days with how many ate, and the leaders who ate with them."""
    return db.execute(
        f"""SELECT m.*, p.name AS by_name,
                (SELECT group_concat(q.name, '、') FROM canteen_guest g JOIN school_person q ON q.id = g.person_id
                 WHERE g.on_day = m.on_day AND g.meal = m.meal AND {live("g", "canteen_guest")}) AS guests
            FROM canteen_meal m JOIN school_person p ON p.id = m.by_id
            WHERE {live("m", "canteen_meal")} AND m.on_day BETWEEN ? AND ? ORDER BY m.on_day,
            CASE m.meal WHEN 'breakfast' THEN 1 WHEN 'lunch' THEN 2 WHEN 'dinner' THEN 3 ELSE 4 END""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def guests(db: Db, since: date, until: date) -> list[Row]:
    """Which leader ate which meal with the pupils, and what they said."""
    return db.execute(
        f"""SELECT g.*, p.code, p.name FROM canteen_guest g JOIN school_person p ON p.id = g.person_id
            WHERE {live("g", "canteen_guest")} AND g.on_day BETWEEN ? AND ? ORDER BY g.on_day, g.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def served_twice(db: Db) -> list[Row]:
    """Meals of a day that stand more than once."""
    return db.execute(
        f"""SELECT m.on_day, m.meal, max(m.entry) AS entry FROM canteen_meal m WHERE {live("m", "canteen_meal")}
            GROUP BY m.on_day, m.meal HAVING count(*) > 1"""
    ).fetchall()


# -- samples and steps -----------------------------------------------------------------------------


def samples(db: Db, since: date, until: date) -> list[Row]:
    """The samples of a stretch of days, with when and by whom they were thrown away."""
    return db.execute(
        f"{SAMPLE} AND s.on_day BETWEEN ? AND ? ORDER BY s.on_day, s.at_time, s.number", (since.isoformat(), until.isoformat())
    ).fetchall()


def sample(db: Db, number: str) -> Row | None:
    """The sample of a number."""
    row: Row | None = db.execute(f"{SAMPLE} AND s.number = upper(?)", (number,)).fetchone()
    return row


def kept(db: Db) -> list[Row]:
    """The samples nobody has thrown away yet, oldest first."""
    return db.execute(f"{SAMPLE} AND t.id IS NULL ORDER BY s.on_day, s.at_time, s.number").fetchall()


def thrown(db: Db) -> list[Row]:
    """All that was thrown away, with the sample it names (if it stands)."""
    return db.execute(
        f"""SELECT t.*, s.on_day AS taken_on, s.at_time AS taken_at FROM canteen_thrown t
            LEFT JOIN canteen_sample s ON s.number = t.number AND {live("s", "canteen_sample")}
            WHERE {live("t", "canteen_thrown")}"""
    ).fetchall()


def throwing(db: Db, number: str, seq: int) -> list[int]:
    """Later entries that threw a sample away."""
    return [row[0] for row in db.execute(
        f"SELECT DISTINCT t.entry FROM canteen_thrown t WHERE t.number = ? AND t.entry > ? AND {live('t', 'canteen_thrown')}",
        (number, seq))]  # fmt: skip


def steps(db: Db, since: date, until: date) -> list[Row]:
    """The records of hygiene in a stretch of days, oldest first."""
    return db.execute(
        f"""SELECT s.*, p.name AS by_name, c.name AS checker, v.name AS vendor FROM canteen_step s
            JOIN school_person p ON p.id = s.by_id LEFT JOIN school_person c ON c.id = s.checker_id
            LEFT JOIN school_vendor v ON v.id = s.vendor_id
            WHERE {live("s", "canteen_step")} AND s.on_day BETWEEN ? AND ? ORDER BY s.on_day, s.at_time, s.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def last_hand(db: Db) -> list[int]:
    """Who made the newest record of hygiene, if there is one."""
    return [row[0] for row in db.execute(
        f"SELECT s.by_id FROM canteen_step s WHERE {live('s', 'canteen_step')} ORDER BY s.on_day DESC, s.id DESC LIMIT 1")]
