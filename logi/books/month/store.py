"""All the SQL of the month's book."""

import sqlite3
from datetime import date

LINE = """
    SELECT l.*, p.name AS owner, p.code AS owner_code, b.name AS done_by_name, f.number AS from_number,
           (SELECT t.number FROM month_line t WHERE t.carried_from = l.id AND t.void = 0) AS to_number
    FROM month_line l
    LEFT JOIN school_person p ON p.id = l.owner_id
    LEFT JOIN school_person b ON b.id = l.done_by
    LEFT JOIN month_line f ON f.id = l.carried_from
    WHERE l.void = 0
"""


def line(db: sqlite3.Connection, number: str) -> sqlite3.Row | None:
    """The line of a number, with owner, done_by_name, from_number and to_number."""
    row: sqlite3.Row | None = db.execute(f"{LINE} AND l.number = ?", (number,)).fetchone()
    return row


def line_by_id(db: sqlite3.Connection, rowid: int) -> sqlite3.Row | None:
    """The line of an id."""
    row: sqlite3.Row | None = db.execute(f"{LINE} AND l.id = ?", (rowid,)).fetchone()
    return row


def plan(db: sqlite3.Connection, month: str) -> list[sqlite3.Row]:
    """The lines of a month's plan, in the order of their numbers."""
    return db.execute(f"{LINE} AND l.month = ? ORDER BY l.id", (month,)).fetchall()


def plans(db: sqlite3.Connection, first: str, last: str) -> list[sqlite3.Row]:
    """The lines of every plan from one month to another."""
    return db.execute(f"{LINE} AND l.month BETWEEN ? AND ? ORDER BY l.month, l.id", (first, last)).fetchall()


def open_lines(db: sqlite3.Connection, last: str = "9999-12") -> list[sqlite3.Row]:
    """The lines that wait to be done, dropped or carried, in the plans up to a month."""
    return db.execute(f"{LINE} AND l.state = 'open' AND l.month <= ? ORDER BY l.month, l.id", (last,)).fetchall()


def due_between(db: sqlite3.Connection, first: date, last: date) -> list[sqlite3.Row]:
    """The lines whose day lies in a stretch of days, whatever plan they stand in; dropped and carried ones are gone."""
    return db.execute(
        f"{LINE} AND l.due_on BETWEEN ? AND ? AND l.state IN ('open', 'done') ORDER BY l.due_on, l.id",
        (first.isoformat(), last.isoformat()),
    ).fetchall()


def done_between(db: sqlite3.Connection, first: date, last: date) -> list[sqlite3.Row]:
    """The lines done on days of a stretch."""
    return db.execute(
        f"{LINE} AND l.done_on BETWEEN ? AND ? ORDER BY l.done_on, l.id", (first.isoformat(), last.isoformat())
    ).fetchall()


def titled(db: sqlite3.Connection, folded: str, limit: int = 50) -> list[sqlite3.Row]:
    """The lines whose title or number has this folded text in it, newest plan first."""
    like = "%" + folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return db.execute(
        f"{LINE} AND (l.folded LIKE ? ESCAPE '\\' OR lower(l.number) LIKE ? ESCAPE '\\') "
        "ORDER BY l.month DESC, l.id LIMIT ?",
        (like, like, limit),
    ).fetchall()


def twin(db: sqlite3.Connection, month: str, folded: str) -> sqlite3.Row | None:
    """The line of a plan that says the same."""
    row: sqlite3.Row | None = db.execute(f"{LINE} AND l.month = ? AND l.folded = ?", (month, folded)).fetchone()
    return row


def first_month(db: sqlite3.Connection) -> str | None:
    """The earliest month that has a plan."""
    found = db.execute("SELECT min(month) FROM month_line WHERE void = 0").fetchone()[0]
    return str(found) if found else None


def first_day(db: sqlite3.Connection) -> str:
    """The day on which the ledger's first entry was made."""
    found = db.execute("SELECT today FROM entry ORDER BY seq LIMIT 1").fetchone()
    return str(found[0]) if found else ""


def staff(db: sqlite3.Connection, on: date) -> list[sqlite3.Row]:
    """Everybody who has not left by a day: id, code, name, post."""
    return db.execute(
        """SELECT id, code, name, post FROM school_person
           WHERE void = 0 AND (left_on IS NULL OR left_on > ?) ORDER BY code""",
        (on.isoformat(),),
    ).fetchall()


def written_by(db: sqlite3.Connection, entry: int) -> list[sqlite3.Row]:
    """The lines whose last writer is an entry (void ones too): number, month."""
    return db.execute("SELECT number, month FROM month_line WHERE entry = ? ORDER BY id", (entry,)).fetchall()


def closings(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """The closed months in order: id, entry, month."""
    return db.execute("SELECT id, entry, month FROM month_closed WHERE void = 0 ORDER BY month").fetchall()


def closing(db: sqlite3.Connection, month: str) -> sqlite3.Row | None:
    """The closing of a month that stands."""
    row: sqlite3.Row | None = db.execute(
        "SELECT id, entry, month FROM month_closed WHERE void = 0 AND month = ?", (month,)
    ).fetchone()
    return row


def reopenings(db: sqlite3.Connection, since: date, until: date) -> list[sqlite3.Row]:
    """The entries that reopened a month on days of a stretch: seq, today, subject (the month), actor, reason."""
    return db.execute(
        """SELECT seq, today, subject, actor, reason FROM entry
           WHERE action = 'month.reopen' AND today BETWEEN ? AND ? ORDER BY seq""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def reopenings_of(db: sqlite3.Connection, month: str) -> list[sqlite3.Row]:
    """The entries that reopened this month."""
    return db.execute(
        "SELECT seq, today, actor, reason FROM entry WHERE action = 'month.reopen' AND subject = ? ORDER BY seq",
        (month,),
    ).fetchall()


def torn_lines(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Lines that cannot be: carried without a successor, a successor miscounted, or open in a closed month."""
    return db.execute(
        """SELECT l.number, l.entry,
                  CASE WHEN l.state = 'carried' AND n.id IS NULL THEN 'no_successor'
                       WHEN f.id IS NOT NULL AND (f.state <> 'carried' OR l.carried <> f.carried + 1) THEN 'miscounted'
                       ELSE 'open_in_closed' END AS what
           FROM month_line l
           LEFT JOIN month_line n ON n.carried_from = l.id AND n.void = 0
           LEFT JOIN month_line f ON f.id = l.carried_from
           WHERE l.void = 0 AND (
               (l.state = 'carried' AND n.id IS NULL)
               OR (f.id IS NOT NULL AND (f.state <> 'carried' OR l.carried <> f.carried + 1))
               OR (l.state = 'open'
                   AND l.month <= coalesce((SELECT max(month) FROM month_closed WHERE void = 0), '')))
           ORDER BY l.id"""
    ).fetchall()


def for_export(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Every live line with its owner by code, by month and number."""
    return db.execute(
        """SELECT l.*, p.code AS owner_code FROM month_line l LEFT JOIN school_person p ON p.id = l.owner_id
           WHERE l.void = 0 ORDER BY l.month, l.id"""
    ).fetchall()
