"""All the SQL of the school's book, and what its neighbours may ask of it."""

import json
import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.core.calendar import SchoolCalendar, Term
from logi.core.errors import NotFound
from logi.finding import find

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry


# -- finding, for this book and its neighbours ---------------------------------------------------


def person(source: "Source", text: str) -> sqlite3.Row:
    """The person a text names: columns id, code, name, department_id, post, phone, left_on."""
    return find(source, "school_person", text, what="person")


def place(source: "Source", text: str) -> sqlite3.Row:
    """The place a text names: columns id, code, name, kind, keeper_id, parent_id. No spot allowed."""
    return find(source, "school_place", text, what="place")


def place_spot(source: "Source", text: str) -> tuple[sqlite3.Row, str | None]:
    """`A201/厕所` -> (the row of A201, "厕所"); `A201` -> (row, None)."""
    head, slash, spot = text.partition("/")
    return place(source, head.strip()), (spot.strip() or None) if slash else None


def vendor(source: "Source", text: str) -> sqlite3.Row:
    """The vendor a text names: columns id, code, name, credit_code, class, tendered_from, tendered_to."""
    return find(source, "school_vendor", text, what="vendor")


def category(source: "Source", text: str) -> sqlite3.Row:
    """The asset category a text names: columns id, code, name, life_months, method ('straight'|'none'), special."""
    return find(source, "school_category", text, what="category")


def department(source: "Source", text: str) -> sqlite3.Row:
    """The department a text names (never made here: see actions.department)."""
    return find(source, "school_department", text, what="department")


def by_id(db: sqlite3.Connection, table: str, rowid: int | None) -> sqlite3.Row | None:
    """A row of one of this book's tables by id (also a void one)."""
    if rowid is None:
        return None
    row: sqlite3.Row | None = db.execute(f"SELECT * FROM {table} WHERE id = ?", (rowid,)).fetchone()
    return row


def rows(db: sqlite3.Connection, table: str, order: str = "code") -> list[sqlite3.Row]:
    """All live rows of one of this book's tables."""
    return db.execute(f"SELECT * FROM {table} WHERE void = 0 ORDER BY {order}").fetchall()


# -- calendar and policies -------------------------------------------------------------------------


def calendar(source: "Source") -> SchoolCalendar:
    """The school's calendar from the ledger's holidays and terms."""
    off, makeup, names = set(), set(), {}
    for row in source.db.execute("SELECT day, kind, name FROM school_day WHERE void = 0"):
        day = date.fromisoformat(row["day"])
        (off if row["kind"] == "off" else makeup).add(day)
        names[day] = row["name"]
    terms = [
        Term(row["code"], row["name"], date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))
        for row in rows(source.db, "school_term", "starts_on")
    ]
    years = frozenset(day.year for day in off)
    return SchoolCalendar(frozenset(off), frozenset(makeup), names, tuple(terms), years)


def policy(source: "Source", name: str, on: date) -> Any:
    """The value of a policy in force on a day (JSON types: str, int, list, dict). Unknown ones are NotFound (3)."""
    return json.loads(policy_row(source, name, on)["value"])


def policy_row(source: "Source", name: str, on: date) -> sqlite3.Row:
    """The dated row of a policy in force on a day: name, value (JSON), from_day, source, reason."""
    row: sqlite3.Row | None = source.db.execute(
        "SELECT * FROM school_policy WHERE name = ? AND void = 0 AND from_day <= ? ORDER BY from_day DESC LIMIT 1",
        (name, on.isoformat()),
    ).fetchone()
    if row is None:
        raise NotFound("school.no_policy", name=name, on=on)
    return row


def policy_history(db: sqlite3.Connection, name: str | None = None) -> list[sqlite3.Row]:
    """Every dated value of one policy, or of all, oldest first."""
    if name is None:
        return rows(db, "school_policy", "name, from_day")
    return db.execute(
        "SELECT * FROM school_policy WHERE name = ? AND void = 0 ORDER BY from_day", (name,)
    ).fetchall()


def term_on(db: sqlite3.Connection, on: date) -> sqlite3.Row | None:
    """The term a day lies in."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM school_term WHERE void = 0 AND starts_on <= ? AND ends_on >= ? ORDER BY starts_on LIMIT 1",
        (on.isoformat(), on.isoformat()),
    ).fetchone()
    return row


def holiday_on(db: sqlite3.Connection, day: date) -> sqlite3.Row | None:
    """The holiday or make-up row of a day."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM school_day WHERE void = 0 AND day = ?", (day.isoformat(),)
    ).fetchone()
    return row




def people(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Live people with their department's name, by code."""
    return db.execute(
        """SELECT p.code, p.name, d.name AS department, p.post, p.phone, p.left_on FROM school_person p
           LEFT JOIN school_department d ON d.id = p.department_id WHERE p.void = 0 ORDER BY p.code"""
    ).fetchall()
