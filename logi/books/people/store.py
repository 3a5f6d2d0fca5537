"""The SQL of trainings and certificates."""

import sqlite3
from datetime import date
from typing import Any

from logi.core.tables import live

Row = sqlite3.Row
Db = sqlite3.Connection

TRAININGS = f"""
    SELECT t.*, d.name AS department, d.code AS department_code, w.code AS trainer_code,
        (SELECT count(*) FROM people_attend a WHERE a.number = t.number AND {live("a", "people_attend")}) AS heads,
        (SELECT coalesce(sum(a.hours_milli), 0) FROM people_attend a WHERE a.number = t.number) AS person_milli
    FROM people_training t LEFT JOIN school_department d ON d.id = t.department_id
    LEFT JOIN school_person w ON w.id = t.trainer_id
    WHERE {live("t", "people_training")}"""
ATTENDED = f"""
    SELECT a.*, t.mode, t.topic, t.trainer, t.unit, p.code, p.name, p.department_id
    FROM people_attend a JOIN people_training t ON t.number = a.number AND {live("t", "people_training")}
    JOIN school_person p ON p.id = a.person_id WHERE {live("a", "people_attend")}"""
TESTED = f"""
    SELECT x.*, p.code, p.name FROM people_test x JOIN school_person p ON p.id = x.person_id
    WHERE {live("x", "people_test")}"""
CERTIFICATES = """
    SELECT c.*, p.code, p.name AS person, p.left_on, p.department_id FROM people_certificate c
    JOIN school_person p ON p.id = c.person_id WHERE c.void = 0"""


# -- trainings -------------------------------------------------------------------------------------


def trainings(db: Db, since: date, until: date) -> list[Row]:
    """The trainings of a stretch of days, with how many came and how many hours that makes."""
    return db.execute(f"{TRAININGS} AND t.on_day BETWEEN ? AND ? ORDER BY t.on_day, t.number",
                      (since.isoformat(), until.isoformat())).fetchall()  # fmt: skip


def held(db: Db, until: date) -> list[Row]:
    """Number, day and department of every training that was no self-study, by day."""
    return db.execute(
        f"""SELECT t.number, t.on_day, t.department_id FROM people_training t WHERE {live("t", "people_training")}
            AND t.mode <> 'self' AND t.on_day <= ? ORDER BY t.on_day, t.number""", (until.isoformat(),)
    ).fetchall()  # fmt: skip


def training(db: Db, number: str) -> Row | None:
    """The training of a number."""
    row: Row | None = db.execute(f"{TRAININGS} AND t.number = upper(?)", (number,)).fetchone()
    return row


def by_ref(db: Db, ref: str) -> Row | None:
    """The training that came in under a reference."""
    row: Row | None = db.execute(f"{TRAININGS} AND t.ref = ?", (ref,)).fetchone()
    return row


def attended(db: Db, since: date, until: date) -> list[Row]:
    """Who was at which training in a stretch of days, by day."""
    return db.execute(f"{ATTENDED} AND a.on_day BETWEEN ? AND ? ORDER BY a.on_day, a.number, p.code",
                      (since.isoformat(), until.isoformat())).fetchall()  # fmt: skip


def there_by_department(db: Db, until: date) -> dict[tuple[str, int], int]:
    """(training, department) with how many of those who belong to it and have not left were there."""
    rows = db.execute(
        f"""SELECT a.number, p.department_id, count(*) FROM people_attend a JOIN school_person p ON p.id = a.person_id
            WHERE {live("a", "people_attend")} AND a.on_day <= ? AND p.department_id IS NOT NULL
            AND coalesce(p.left_on, '9999') > ? GROUP BY a.number, p.department_id""", (until.isoformat(), until.isoformat())
    )  # fmt: skip
    return {(row[0], row[1]): row[2] for row in rows}


def at(db: Db, number: str) -> list[Row]:
    """Who was at a training."""
    return db.execute(f"{ATTENDED} AND a.number = ? ORDER BY p.code", (number,)).fetchall()


def results(db: Db, number: str | None = None, until: date | None = None) -> list[Row]:
    """Test results by training, oldest first: of one training or of all."""
    return db.execute(f"{TESTED} AND x.number = coalesce(?, x.number) AND x.on_day <= ? ORDER BY x.on_day, x.id",
                      (number, (until or date.max).isoformat())).fetchall()  # fmt: skip


def begun_on(db: Db) -> date | None:
    """The day of the first training on record."""
    found = db.execute(f"SELECT min(t.on_day) FROM people_training t WHERE {live('t', 'people_training')}").fetchone()
    return date.fromisoformat(found[0]) if found[0] else None


# -- certificates ----------------------------------------------------------------------------------


def certificates(db: Db, person_id: int | None = None, kinds: tuple[str, ...] = ()) -> list[Row]:
    """Certificates by person, kind and day, also those run out or taken away."""
    marks = f"AND c.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    return db.execute(f"""{CERTIFICATES} AND c.person_id = coalesce(?, c.person_id) {marks}
                          ORDER BY p.code, c.kind, c.name, c.issued_on, c.id""", (person_id, *kinds)).fetchall()  # fmt: skip


def trainings_called(db: Db, text: str) -> list[Any]:
    """Trainings whose topic has a text in it, for `logi find`."""
    return db.execute(f"{TRAININGS} AND (instr(t.topic, ?) OR instr(t.number, upper(?))) ORDER BY t.on_day DESC LIMIT 20",
                      (text, text)).fetchall()  # fmt: skip
