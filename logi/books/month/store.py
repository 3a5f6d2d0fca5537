"""All the SQL of the month's book."""

import sqlite3
from collections.abc import Iterable
from datetime import date

from logi.core.tables import live

# An entry still open has no row yet: what it wrote has no instant.
DUTY = """
    SELECT d.*, y.on_day, y.roster_id, r.number, r.title, r.state, p.name, p.code, p.phone, p.left_on, e.recorded_at
    FROM month_duty d JOIN month_roster_day y ON y.id = d.day_id JOIN month_roster r ON r.id = y.roster_id
    JOIN school_person p ON p.id = d.person_id LEFT JOIN entry e ON e.seq = d.entry
    WHERE d.void = 0 AND y.void = 0 AND r.void = 0
"""
LINE = """
    SELECT l.*, (SELECT e.recorded_at FROM entry e WHERE e.seq = l.entry) AS recorded_at,
           p.name AS owner, p.code AS owner_code, b.name AS done_by_name, f.number AS from_number, w.number AS point,
           (SELECT t.number FROM month_line t WHERE t.carried_from = l.id AND t.void = 0) AS to_number
    FROM month_line l
    LEFT JOIN school_person p ON p.id = l.owner_id
    LEFT JOIN school_person b ON b.id = l.done_by
    LEFT JOIN month_line f ON f.id = l.carried_from
    LEFT JOIN month_point w ON w.id = l.point_id
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


def twins(db: sqlite3.Connection, month: str, folded: str) -> list[sqlite3.Row]:
    """All lines of a plan that say the same, oldest first."""
    return db.execute(f"{LINE} AND l.month = ? AND l.folded = ? ORDER BY l.id", (month, folded)).fetchall()


def first_month(db: sqlite3.Connection) -> str | None:
    """The earliest month that has a plan."""
    found = db.execute("SELECT min(month) FROM month_line WHERE void = 0").fetchone()[0]
    return str(found) if found else None


def first_day(db: sqlite3.Connection) -> str:
    """The day on which the ledger's first entry was made."""
    found = db.execute("SELECT min(today) FROM entry WHERE seq <= 2").fetchone()
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
        """SELECT l.*, p.code AS owner_code, d.code AS done_by_code FROM month_line l
           LEFT JOIN school_person p ON p.id = l.owner_id LEFT JOIN school_person d ON d.id = l.done_by
           WHERE l.void = 0 ORDER BY l.month, l.id"""
    ).fetchall()


# -- lines that come round ---------------------------------------------------------------------------


def recurring(db: sqlite3.Connection, month: str | None = None) -> list[sqlite3.Row]:
    """What comes round in a month (or at all, the ended ones too), with the owner's name."""
    wanted, values = "", []
    if month is not None:
        wanted, values = "AND q.first_month <= ? AND coalesce(q.last_month, '9999-12') >= ?", [month, month]
    return db.execute(
        f"""SELECT q.*, p.name AS owner FROM month_recurring q LEFT JOIN school_person p ON p.id = q.owner_id
            WHERE q.void = 0 {wanted} ORDER BY q.id""",
        values,
    ).fetchall()


def keys(db: sqlite3.Connection, month: str) -> set[str]:
    """The template keys a plan has lines of, in whatever state."""
    rows = db.execute("SELECT template_key FROM month_line WHERE void = 0 AND month = ?", (month,))
    return {row[0] for row in rows if row[0]}


# -- duty --------------------------------------------------------------------------------------------


def roster(db: sqlite3.Connection, number: str) -> sqlite3.Row | None:
    """The roster of a number."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM month_roster WHERE void = 0 AND number = ?", (number.upper(),)
    ).fetchone()
    return row


def rosters(db: sqlite3.Connection, since: date | None = None, until: date | None = None) -> list[sqlite3.Row]:
    """The rosters that touch a stretch of days, with their days, logged days and the entry's instant, by first day."""
    return db.execute(
        f"""SELECT r.*, e.recorded_at,
                   (SELECT count(*) FROM month_roster_day y WHERE y.roster_id = r.id AND y.void = 0) AS days,
                   (SELECT count(DISTINCT l.on_day) FROM month_duty_log l
                    WHERE l.roster_id = r.id AND {live("l", "month_duty_log")}) AS logged
            FROM month_roster r LEFT JOIN entry e ON e.seq = r.entry
            WHERE r.void = 0 AND r.last_on >= ? AND r.first_on <= ? ORDER BY r.first_on, r.id""",
        _between(since, until),
    ).fetchall()


def rosters_titled(db: sqlite3.Connection, folded: str, limit: int = 50) -> list[sqlite3.Row]:
    """The rosters whose title or number has this folded text in it, newest first."""
    like = "%" + folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return db.execute(
        """SELECT * FROM month_roster WHERE void = 0
           AND (folded LIKE ? ESCAPE '\\' OR lower(number) LIKE ? ESCAPE '\\') ORDER BY first_on DESC LIMIT ?""",
        (like, like, limit),
    ).fetchall()


def roster_days(db: sqlite3.Connection, *, roster_id: int | None = None, since: date | None = None,
                until: date | None = None) -> list[sqlite3.Row]:  # fmt: skip
    """The days of rosters, by day: id, on_day, note, roster_id, number, title, state of the roster."""
    first, last = _between(since, until)
    return db.execute(
        """SELECT y.*, r.number, r.title, r.state FROM month_roster_day y JOIN month_roster r ON r.id = y.roster_id
           WHERE y.void = 0 AND r.void = 0 AND y.on_day BETWEEN ? AND ? AND coalesce(?, y.roster_id) = y.roster_id
           ORDER BY y.on_day""",
        (first, last, roster_id),
    ).fetchall()


def duties(db: sqlite3.Connection, *, roster_id: int | None = None, since: date | None = None,
           until: date | None = None, person_id: int | None = None) -> list[sqlite3.Row]:  # fmt: skip
    """Who is on duty when, by day, role and order: with name, code, phone, left_on, number and state of the roster."""
    first, last = _between(since, until)
    return db.execute(
        f"""{DUTY} AND y.on_day BETWEEN ? AND ? AND coalesce(?, y.roster_id) = y.roster_id
            AND coalesce(?, d.person_id) = d.person_id
            ORDER BY y.on_day, CASE d.role WHEN 'leader' THEN 0 WHEN 'person' THEN 1 ELSE 2 END, d.id""",
        (first, last, roster_id, person_id),
    ).fetchall()


def swaps(db: sqlite3.Connection, *, roster_id: int | None = None, since: date | None = None,
          until: date | None = None) -> list[sqlite3.Row]:  # fmt: skip
    """The swaps that stand, by day of duty: both names, the day given back, the reason."""
    first, last = _between(since, until)
    return db.execute(
        f"""SELECT s.*, r.number, f.name AS from_name, t.name AS to_name
            FROM month_swap s JOIN month_roster r ON r.id = s.roster_id
            JOIN school_person f ON f.id = s.from_id JOIN school_person t ON t.id = s.to_id
            WHERE {live("s", "month_swap")} AND s.duty_on BETWEEN ? AND ?
            AND coalesce(?, s.roster_id) = s.roster_id ORDER BY s.duty_on, s.id""",
        (first, last, roster_id),
    ).fetchall()


def duty_logs(db: sqlite3.Connection, *, roster_id: int | None = None, since: date | None = None,
              until: date | None = None) -> list[sqlite3.Row]:  # fmt: skip
    """The logs that stand, by day and order: with who wrote and who took over."""
    first, last = _between(since, until)
    return db.execute(
        f"""SELECT l.*, r.number, b.name AS by_name, t.name AS taken_name
            FROM month_duty_log l JOIN month_roster r ON r.id = l.roster_id
            JOIN school_person b ON b.id = l.by_id LEFT JOIN school_person t ON t.id = l.taken_by
            WHERE {live("l", "month_duty_log")} AND l.on_day BETWEEN ? AND ?
            AND coalesce(?, l.roster_id) = l.roster_id ORDER BY l.on_day, l.id""",
        (first, last, roster_id),
    ).fetchall()


def attendance(db: sqlite3.Connection, since: date | None, until: date | None) -> list[sqlite3.Row]:
    """Who was there, stood in or was absent on days of a stretch, in the order it was written."""
    return db.execute(
        f"""SELECT a.*, p.name, p.code FROM month_attendance a JOIN school_person p ON p.id = a.person_id
            WHERE {live("a", "month_attendance")} AND a.on_day BETWEEN ? AND ? ORDER BY a.on_day, a.id""",
        _between(since, until),
    ).fetchall()


def rosters_written_by(db: sqlite3.Connection, entry: int) -> list[str]:
    """The days of rosters whose rows an entry wrote last (void ones too)."""
    rows = db.execute(
        """SELECT y.on_day FROM month_roster_day y WHERE y.entry = :n
           UNION SELECT y.on_day FROM month_duty d JOIN month_roster_day y ON y.id = d.day_id WHERE d.entry = :n
           ORDER BY 1""",
        {"n": entry},
    )
    return [row[0] for row in rows]


def twice_on_duty(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Days with two rosters, and people with two duties in one shift of a day: on_day, name, entry."""
    return db.execute(
        """SELECT y.on_day, p.name, max(d.entry) AS entry
           FROM month_duty d JOIN month_roster_day y ON y.id = d.day_id JOIN month_roster r ON r.id = y.roster_id
           JOIN school_person p ON p.id = d.person_id
           WHERE d.void = 0 AND y.void = 0 AND r.void = 0
           GROUP BY y.on_day, p.id, p.name
           HAVING count(*) > 1 AND (count(DISTINCT d.shift) < count(*) OR max(d.shift = 'all'))
           ORDER BY y.on_day, p.name"""
    ).fetchall()


def names_of(db: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Names of people by id."""
    found = {}
    for rowid in ids:
        row = db.execute("SELECT name FROM school_person WHERE id = ?", (rowid,)).fetchone()
        found[rowid] = str(row[0])
    return found


def _between(since: date | None, until: date | None) -> tuple[str, str]:
    return (since or date.min).isoformat(), (until or date.max).isoformat()
