"""The SQL of schemes, rounds, scores, results, conduct and notices."""

import sqlite3
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

ROUNDS = """
    SELECT r.*, s.code AS scheme, s.name AS scheme_name, s.target, p.name AS accepter
    FROM people_round r JOIN people_scheme s ON s.id = r.scheme_id LEFT JOIN school_person p ON p.id = r.accepted_by
    WHERE r.void = 0"""
NOTICES = f"""
    SELECT n.*, coalesce(p.code, d.code) AS code, coalesce(p.name, d.name) AS name
    FROM people_notice n LEFT JOIN school_person p ON p.id = n.person_id
    LEFT JOIN school_department d ON d.id = n.department_id WHERE {live("n", "people_notice")}"""


def scheme(source: "Source", text: str) -> Row:
    """The scheme a text names. NotFound, Ambiguous (3)."""
    try:
        return find(source, "people_scheme", text, what="document")
    except NotFound as error:
        if hasattr(error, "choices"):
            raise
        raise NotFound("people.no_scheme", text=text) from None


def schemes(db: Db) -> list[Row]:
    """All schemes by code."""
    return db.execute("SELECT * FROM people_scheme WHERE void = 0 ORDER BY code").fetchall()


def items(db: Db, scheme_id: int) -> list[Row]:
    """The items of a scheme in order."""
    return db.execute("SELECT * FROM people_item WHERE void = 0 AND scheme_id = ? ORDER BY n", (scheme_id,)).fetchall()


def rounds(db: Db, until: date = date.max) -> list[Row]:
    """The rounds opened by a day, by the days they are about."""
    return db.execute(f"{ROUNDS} AND r.opened_on <= ? ORDER BY r.until_day, r.number", (until.isoformat(),)).fetchall()


def round_(db: Db, number: str) -> Row | None:
    """The round of a number."""
    row: Row | None = db.execute(f"{ROUNDS} AND r.number = upper(?)", (number,)).fetchone()
    return row


def subjects(db: Db, round_id: int) -> list[Row]:
    """Who is assessed in a round: code, name, and a person's department."""
    return db.execute(
        """SELECT u.*, coalesce(p.code, d.code) AS code, coalesce(p.name, d.name) AS name,
                  coalesce(p.department_id, d.id) AS unit_id, h.name AS department
           FROM people_subject u LEFT JOIN school_person p ON p.id = u.person_id
           LEFT JOIN school_department d ON d.id = u.department_id LEFT JOIN school_department h ON h.id = p.department_id
           WHERE u.void = 0 AND u.round_id = ? ORDER BY coalesce(p.code, d.code)""", (round_id,)
    ).fetchall()  # fmt: skip


def scores(db: Db, round_id: int) -> list[Row]:
    """The scores given in a round."""
    return db.execute(
        f"""SELECT c.*, p.name AS rater FROM people_score c JOIN people_subject u ON u.id = c.subject_id
            JOIN school_person p ON p.id = c.by_id WHERE {live("c", "people_score")} AND u.round_id = ? ORDER BY c.id""",
        (round_id,),
    ).fetchall()


def results(db: Db, round_id: int) -> list[Row]:
    """What closing a round stored: a line for each item, and one without item for the whole."""
    return db.execute(
        f"""SELECT t.* FROM people_result t JOIN people_subject u ON u.id = t.subject_id
            WHERE {live("t", "people_result")} AND u.round_id = ? ORDER BY t.id""", (round_id,)
    ).fetchall()  # fmt: skip


def closing(db: Db, subject_id: int, seq: int) -> list[int]:
    """The entries after one that stored the result of somebody."""
    return [row[0] for row in db.execute(
        f"""SELECT DISTINCT t.entry FROM people_result t WHERE {live("t", "people_result")} AND t.subject_id = ?
            AND t.entry > ?""", (subject_id, seq))]  # fmt: skip


def conduct(db: Db, since: date, until: date, person_id: int | None = None) -> list[Row]:
    """What the attendance and discipline log says of a stretch of days."""
    return db.execute(
        f"""SELECT k.*, p.code, p.name, p.department_id, b.name AS by_name FROM people_conduct k
            JOIN school_person p ON p.id = k.person_id JOIN school_person b ON b.id = k.by_id
            WHERE {live("k", "people_conduct")} AND k.on_day BETWEEN ? AND ? AND k.person_id = coalesce(?, k.person_id)
            ORDER BY k.on_day, k.id""", (since.isoformat(), until.isoformat(), person_id)
    ).fetchall()  # fmt: skip


def notices(db: Db, since: date = date.min, until: date = date.max) -> list[Row]:
    """Commendations, criticism and rewards of a stretch of days."""
    return db.execute(f"{NOTICES} AND n.on_day BETWEEN ? AND ? ORDER BY n.on_day, n.number",
                      (since.isoformat(), until.isoformat())).fetchall()  # fmt: skip


def notice(db: Db, number: str) -> Row | None:
    """The notice of a number."""
    row: Row | None = db.execute(f"{NOTICES} AND n.number = upper(?)", (number,)).fetchone()
    return row
