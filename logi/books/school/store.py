"""All the SQL of the school's book, and what its neighbours may ask of it."""

import json
import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.school.holiday_names import holiday_title
from logi.core import messages
from logi.core.calendar import SchoolCalendar, Term
from logi.core.errors import Ambiguous, NotFound
from logi.core.messages import say
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


def term(source: "Source", text: str) -> sqlite3.Row:
    """The term a text names: columns id, code, name, starts_on, ends_on."""
    return find(source, "school_term", text, what="term")


def by_id(db: sqlite3.Connection, table: str, rowid: int | None) -> sqlite3.Row | None:
    """A row of one of this book's tables by id (also a void one)."""
    if rowid is None:
        return None
    row: sqlite3.Row | None = db.execute(f"SELECT * FROM {table} WHERE id = ?", (rowid,)).fetchone()
    return row


def who(db: sqlite3.Connection, today: date, *ids: int | None) -> str:
    """For a command: the code of the first of these people who is still at the school, else the hole PERSON."""
    for rowid in ids:
        row = by_id(db, "school_person", rowid)
        if row is not None and not row["void"] and not (row["left_on"] and row["left_on"] <= today.isoformat()):
            return str(row["code"])
    return "PERSON"


def rows(db: sqlite3.Connection, table: str, order: str = "code") -> list[sqlite3.Row]:
    """All live rows of one of this book's tables."""
    return db.execute(f"SELECT * FROM {table} WHERE void = 0 ORDER BY {order}").fetchall()


# -- calendar and policies -------------------------------------------------------------------------


def calendar(source: "Source") -> SchoolCalendar:
    """The school's calendar from the ledger's holidays and terms, its names in the language spoken."""
    off: set[date] = set()
    makeup: set[date] = set()
    names: dict[date, str] = {}
    titles: dict[str, str] = {}
    for row in source.db.execute("SELECT day, kind, name FROM school_day WHERE void = 0"):
        day = date.fromisoformat(row["day"])
        (off if row["kind"] == "off" else makeup).add(day)
        if row["name"] not in titles:
            titles[row["name"]] = holiday_title(row["name"])
        names[day] = titles[row["name"]]
    terms = [
        Term(row["code"], row["name"], date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))
        for row in rows(source.db, "school_term", "starts_on")
    ]
    # A school's own day off does not make a year's official arrangement known: that has at least ten days.
    years = frozenset(year for year in {day.year for day in off} if sum(day.year == year for day in off) >= 10)
    mark = say("school.makeup_mark")
    return SchoolCalendar(frozenset(off), frozenset(makeup), names, tuple(terms), years, mark)


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



def policy_title(name: str) -> str:
    """A policy's title in Chinese; nothing in English, where its name tells."""
    return "" if messages.language() == "en" else messages.title("policy", name)


def policy_fits(name: str, text: str) -> bool:
    """Whether a text is a part of a policy's name, or of its title in Chinese (either script)."""
    if text.isascii():
        return text.lower() in name
    from logi.core.folding import fold

    return messages.has(f"policy.{name}") and fold(text) in fold(messages.template(f"policy.{name}", "zh-Hant"))


def policy_name(source: "Source", text: str) -> str:
    """The policy a text names: its whole name, or a part that no other has (NotFound or Ambiguous, 3)."""
    names = [row["name"] for row in source.db.execute(
        "SELECT DISTINCT name FROM school_policy WHERE void = 0 ORDER BY name"
    )]  # fmt: skip
    if text in names:
        return text
    ledger: Any = getattr(source, "ledger", source)
    fitting = [] if ledger.exact else [name for name in names if policy_fits(name, text)]
    if len(fitting) == 1:
        return str(fitting[0])
    if fitting:
        pairs = [(name, policy_title(name)) for name in fitting]
        raise Ambiguous("school.policy_ambiguous", candidates=pairs, text=text)
    from logi.core.folding import closest

    titled = {f"{name} {policy_title(name)}".strip(): policy_title(name) for name in names}
    near = closest(text, names) or [told for told, one in titled.items() if one and closest(text, [one])]
    raise NotFound("school.policy_unknown", text=text, near=near[:5] or None)


# -- lists -----------------------------------------------------------------------------------------


def people(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Live people with their department's name, by code; also those who have left."""
    return db.execute(
        """SELECT p.id, p.code, p.name, p.department_id, d.name AS department, p.post, p.phone, p.left_on
           FROM school_person p LEFT JOIN school_department d ON d.id = p.department_id
           WHERE p.void = 0 ORDER BY p.code"""
    ).fetchall()


def places(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Live places with keeper and parent by name, by code; `keeper_left` is the day the keeper left the school."""
    return db.execute(
        """SELECT p.id, p.code, p.name, p.kind, p.keeper_id, p.parent_id, k.code AS keeper_code, k.name AS keeper,
                  k.left_on AS keeper_left, u.code AS parent_code, u.name AS parent
           FROM school_place p LEFT JOIN school_person k ON k.id = p.keeper_id
           LEFT JOIN school_place u ON u.id = p.parent_id WHERE p.void = 0 ORDER BY p.code"""
    ).fetchall()


def places_kept(db: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    """The live places a person answers for."""
    return db.execute(
        "SELECT code, name FROM school_place WHERE void = 0 AND keeper_id = ? ORDER BY code", (person_id,)
    ).fetchall()


def departments(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Live departments with the number of people who have not left."""
    return db.execute(
        """SELECT d.id, d.code, d.name, d.initials, count(p.id) AS people FROM school_department d
           LEFT JOIN school_person p ON p.department_id = d.id AND p.void = 0 AND p.left_on IS NULL
           WHERE d.void = 0 GROUP BY d.id ORDER BY d.code"""
    ).fetchall()


def named_alike(db: sqlite3.Connection, table: str, folded: str, but: int = 0) -> list[sqlite3.Row]:
    """Live rows of one of this book's tables whose name folds to the same text."""
    return db.execute(
        f"SELECT code, name FROM {table} WHERE void = 0 AND folded = ? AND id <> ? ORDER BY code", (folded, but)
    ).fetchall()


def vendors_of_credit_code(db: sqlite3.Connection, credit_code: str, but: int = 0) -> list[sqlite3.Row]:
    """Live vendors that bear a credit code."""
    return db.execute(
        "SELECT code, name FROM school_vendor WHERE void = 0 AND credit_code = ? AND id <> ? ORDER BY code",
        (credit_code, but),
    ).fetchall()


def overlapping_terms(db: sqlite3.Connection, starts_on: date, ends_on: date, but: int = 0) -> list[sqlite3.Row]:
    """Live terms that share a day with a stretch of days."""
    return db.execute(
        """SELECT * FROM school_term WHERE void = 0 AND starts_on <= ? AND ends_on >= ? AND id <> ?
           ORDER BY starts_on""",
        (ends_on.isoformat(), starts_on.isoformat(), but),
    ).fetchall()


def days(db: sqlite3.Connection, since: date | None, until: date | None) -> list[sqlite3.Row]:
    """Holidays and make-up workdays of a period, by day."""
    first, last = (since or date.min).isoformat(), (until or date.max).isoformat()
    return db.execute(
        "SELECT * FROM school_day WHERE void = 0 AND day BETWEEN ? AND ? ORDER BY day", (first, last)
    ).fetchall()


def policies_on(db: sqlite3.Connection, on: date) -> list[sqlite3.Row]:
    """The row of every policy in force on a day, by name."""
    return db.execute(
        """SELECT * FROM school_policy p WHERE void = 0 AND from_day = (
             SELECT max(from_day) FROM school_policy q WHERE q.name = p.name AND q.void = 0 AND q.from_day <= ?)
           ORDER BY name""",
        (on.isoformat(),),
    ).fetchall()


def void_keepers(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Live places whose keeper's row was taken back."""
    return db.execute(
        """SELECT l.code, l.entry, k.name AS keeper FROM school_place l JOIN school_person k ON k.id = l.keeper_id
           WHERE l.void = 0 AND k.void <> 0 ORDER BY l.code"""
    ).fetchall()
