"""The SQL of surveys, opinions and class visits."""

import sqlite3
from datetime import date

from logi.core.tables import live

Row = sqlite3.Row
Db = sqlite3.Connection

OPINIONS = """
    SELECT o.*, w.code AS owner_code, w.name AS owner, w.left_on AS owner_left, a.name AS answered_name, s.number AS survey
    FROM people_opinion o LEFT JOIN school_person w ON w.id = o.owner_id LEFT JOIN school_person a ON a.id = o.answered_by
    LEFT JOIN people_survey s ON s.id = o.survey_id WHERE o.void = 0"""
VISITS = f"""
    SELECT v.*, d.name AS class, d.code AS class_code, p.name AS by_name
    FROM people_visit v JOIN school_department d ON d.id = v.department_id JOIN school_person p ON p.id = v.by_id
    WHERE {live("v", "people_visit")}"""


def surveys(db: Db, since: date = date.min, until: date = date.max) -> list[Row]:
    """The rounds opened in a stretch of days, oldest first."""
    return db.execute("SELECT * FROM people_survey WHERE void = 0 AND on_day BETWEEN ? AND ? ORDER BY on_day, number",
                      (since.isoformat(), until.isoformat())).fetchall()  # fmt: skip


def survey(db: Db, number: str) -> Row | None:
    """The round of a number or name."""
    row: Row | None = db.execute("SELECT * FROM people_survey WHERE void = 0 AND (number = upper(?) OR name = ?) "
                                 "ORDER BY on_day DESC LIMIT 1", (number, number)).fetchone()  # fmt: skip
    return row


def answers(db: Db, survey_id: int, until: date = date.max) -> list[Row]:
    """The answers that came in for a round by a day."""
    return db.execute(f"""SELECT a.* FROM people_answer a WHERE {live("a", "people_answer")} AND a.survey_id = ?
                          AND a.on_day <= ? ORDER BY a.party, a.area, a.question, a.id""",
                      (survey_id, until.isoformat())).fetchall()  # fmt: skip


def opinions(db: Db, since: date = date.min, until: date = date.max) -> list[Row]:
    """What was said in a stretch of days, by day."""
    return db.execute(f"{OPINIONS} AND o.on_day BETWEEN ? AND ? ORDER BY o.on_day, o.number",
                      (since.isoformat(), until.isoformat())).fetchall()  # fmt: skip


def waiting(db: Db) -> list[Row]:
    """What was not answered yet, and what was adopted and is not carried out."""
    return db.execute(f"""{OPINIONS} AND (o.answered_on IS NULL OR (o.verdict = 'adopted' AND o.done_on IS NULL))
                          ORDER BY o.on_day, o.number""").fetchall()  # fmt: skip


def improved(db: Db, survey_id: int) -> set[str]:
    """The areas that somebody set out to improve after a survey."""
    return {row[0] for row in db.execute("SELECT area FROM people_opinion WHERE void = 0 AND survey_id = ?", (survey_id,))}


def kept(db: Db) -> bool:
    """Whether anything was ever said or asked."""
    query = "SELECT EXISTS (SELECT 1 FROM people_opinion WHERE void = 0) OR EXISTS (SELECT 1 FROM people_survey WHERE void = 0)"
    return bool(db.execute(query).fetchone()[0])


def opinion(db: Db, number: str) -> Row | None:
    """What was said under a number."""
    row: Row | None = db.execute(f"{OPINIONS} AND o.number = upper(?)", (number,)).fetchone()
    return row


def opinions_called(db: Db, text: str) -> list[Row]:
    """What was said with a text in it, for `logi find`."""
    return db.execute(f"{OPINIONS} AND (instr(o.words, ?) OR instr(o.number, upper(?))) ORDER BY o.on_day DESC LIMIT 20",
                      (text, text)).fetchall()  # fmt: skip


def visits(db: Db, since: date = date.min, until: date = date.max) -> list[Row]:
    """Visits to classes in a stretch of days."""
    return db.execute(f"{VISITS} AND v.on_day BETWEEN ? AND ? ORDER BY v.on_day, v.number",
                      (since.isoformat(), until.isoformat())).fetchall()  # fmt: skip


def visit(db: Db, number: str) -> Row | None:
    """The visit of a number."""
    row: Row | None = db.execute(f"{VISITS} AND v.number = upper(?)", (number,)).fetchone()
    return row
