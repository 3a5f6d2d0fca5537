"""The SQL of the people around the canteen: duties, events and who came, notices, surveys."""

import sqlite3
from datetime import date

from logi.core.tables import live

Row = sqlite3.Row
Db = sqlite3.Connection


def duties(db: Db) -> dict[str, Row]:
    """Who answers for which area."""
    return {row["area"]: row for row in db.execute(
        """SELECT d.*, p.code, p.name, p.left_on FROM canteen_duty d JOIN school_person p ON p.id = d.person_id
           WHERE d.void = 0 ORDER BY d.area""")}  # fmt: skip


def events(db: Db, since: date, until: date, kind: str | None = None) -> list[Row]:
    """What was held in a stretch of days, with who led it and how many came."""
    return db.execute(
        f"""SELECT v.*, p.name AS by_name,
                (SELECT coalesce(sum(a.heads), 0) FROM canteen_attend a WHERE a.number = v.number) AS heads,
                (SELECT group_concat(coalesce(q.name, a.party || ' ' || a.heads), '、') FROM canteen_attend a
                 LEFT JOIN school_person q ON q.id = a.person_id
                 WHERE a.number = v.number AND {live("a", "canteen_attend")}) AS people
            FROM canteen_event v JOIN school_person p ON p.id = v.by_id WHERE {live("v", "canteen_event")}
            AND v.on_day BETWEEN ? AND ? AND v.kind = coalesce(?, v.kind) ORDER BY v.on_day, v.number""",
        (since.isoformat(), until.isoformat(), kind),
    ).fetchall()


def last_trained(db: Db, until: date) -> dict[int, str]:
    """The last day on which each person was at a training."""
    return {row[0]: row[1] for row in db.execute(
        f"""SELECT a.person_id, max(a.on_day) FROM canteen_attend a JOIN canteen_event v ON v.number = a.number
            WHERE v.kind = 'training' AND a.person_id IS NOT NULL AND {live("a", "canteen_attend")}
            AND {live("v", "canteen_event")} AND a.on_day <= ? GROUP BY a.person_id""", (until.isoformat(),))}  # fmt: skip


def notices(db: Db, since: date, until: date) -> list[Row]:
    """Praise, blame and rewards of a stretch of days."""
    return db.execute(
        f"""SELECT n.*, p.code, p.name FROM canteen_notice n JOIN school_person p ON p.id = n.person_id
            WHERE {live("n", "canteen_notice")} AND n.on_day BETWEEN ? AND ? ORDER BY n.on_day, n.number""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def surveys(db: Db, since: date, until: date) -> list[Row]:
    """The surveys of a stretch of days."""
    return db.execute(
        f"""SELECT s.* FROM canteen_survey s WHERE {live("s", "canteen_survey")} AND s.on_day BETWEEN ? AND ?
            ORDER BY s.on_day, s.id""", (since.isoformat(), until.isoformat())
    ).fetchall()  # fmt: skip
