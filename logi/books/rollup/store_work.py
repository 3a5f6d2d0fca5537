"""The SQL of milestones, pilots and meetings, templates, shortfalls, canteens, publicity, analyses, inherited plan lines."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from logi.core.errors import Ambiguous, NotFound
from logi.core.tables import live

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

Row = sqlite3.Row
Db = sqlite3.Connection


def named(source: "Source", table: str, text: str, what: str) -> Row:
    """The milestone or template a text names. NotFound, Ambiguous (3)."""
    from logi.finding import find

    try:
        return find(source, table, text, what="document")
    except Ambiguous:
        raise
    except NotFound as error:
        raise NotFound(f"rollup.no_{what}", text=text) from error


def milestones(db: Db) -> list[Row]:
    """Every milestone, the earliest due first."""
    return db.execute("SELECT * FROM rollup_milestone WHERE void = 0 ORDER BY due_on, code").fetchall()


def reached(db: Db, milestone_id: int) -> dict[int, Row]:
    """What each unit has reached of a milestone."""
    rows = db.execute("SELECT * FROM rollup_reached WHERE void = 0 AND milestone_id = ?", (milestone_id,))
    return {row["unit_id"]: row for row in rows}


def templates(db: Db) -> list[Row]:
    """Every template handed down with its document, by code."""
    return db.execute(
        """SELECT t.*, d.code AS paper FROM rollup_template t LEFT JOIN paper_document d ON d.id = t.doc_id
           WHERE t.void = 0 ORDER BY t.code"""
    ).fetchall()


def adoptions(db: Db, template_id: int) -> dict[int, Row]:
    """What each unit made of a template."""
    rows = db.execute("SELECT * FROM rollup_adoption WHERE void = 0 AND template_id = ?", (template_id,))
    return {row["unit_id"]: row for row in rows}


EVENTS = """
    SELECT v.*, u.code, u.name FROM rollup_event v JOIN rollup_unit u ON u.id = v.unit_id WHERE v.void = 0"""


def event(db: Db, number: str) -> Row:
    """The pilot or meeting of a number. NotFound (3)."""
    row: Row | None = db.execute(f"{EVENTS} AND v.number = upper(?)", (number,)).fetchone()
    if row is None:
        raise NotFound("rollup.no_event", number=number)
    return row


def events(db: Db) -> list[Row]:
    """Every pilot and meeting by the day planned."""
    return db.execute(f"{EVENTS} ORDER BY v.planned_on, v.number").fetchall()


def promotions(db: Db, event_id: int) -> list[Row]:
    """Whom the result of a pilot was promoted to, by code."""
    return db.execute(
        """SELECT p.*, u.code, u.name FROM rollup_promotion p JOIN rollup_unit u ON u.id = p.unit_id
           WHERE p.void = 0 AND p.event_id = ? ORDER BY u.code""",
        (event_id,),
    ).fetchall()


SHORTFALLS = """
    SELECT s.*, u.code, u.name, p.name AS programme FROM rollup_shortfall s JOIN rollup_unit u ON u.id = s.unit_id
    LEFT JOIN rollup_programme p ON p.id = s.programme_id WHERE s.void = 0"""


def shortfall(db: Db, number: str) -> Row:
    """The shortfall of a number. NotFound (3)."""
    row: Row | None = db.execute(f"{SHORTFALLS} AND s.number = upper(?)", (number,)).fetchone()
    if row is None:
        raise NotFound("rollup.no_shortfall", number=number)
    return row


def shortfalls(db: Db) -> list[Row]:
    """Every shortfall put down, the oldest first."""
    return db.execute(f"{SHORTFALLS} ORDER BY s.found_on, s.number").fetchall()


def canteens(db: Db, until: date) -> dict[int, list[Row]]:
    """How each unit's canteen was found, oldest first."""
    found: dict[int, list[Row]] = {}
    for row in db.execute(
        f"SELECT c.* FROM rollup_canteen c WHERE {live('c', 'rollup_canteen')} AND c.on_day <= ? ORDER BY c.on_day, c.id",
        (until.isoformat(),),
    ):
        found.setdefault(row["unit_id"], []).append(row)
    return found


def publicity(db: Db, since: date, until: date) -> list[Row]:
    """What was published of some days, oldest first."""
    return db.execute(
        f"""SELECT p.*, u.code, u.name, v.number AS event FROM rollup_publicity p JOIN rollup_unit u ON u.id = p.unit_id
            LEFT JOIN rollup_event v ON v.id = p.event_id
            WHERE {live("p", "rollup_publicity")} AND p.on_day BETWEEN ? AND ? ORDER BY p.on_day, p.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def analyses(db: Db, since: date, until: date) -> list[Row]:
    """What was analysed on some days, oldest first."""
    return db.execute(
        f"""SELECT a.*, u.code, u.name FROM rollup_analysis a LEFT JOIN rollup_unit u ON u.id = a.unit_id
            WHERE {live("a", "rollup_analysis")} AND a.on_day BETWEEN ? AND ? ORDER BY a.on_day, a.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def inherited(db: Db, month: str | None = None) -> list[Row]:
    """The lines of a superior's plan that stand in our own, by month and their number."""
    return db.execute(
        """SELECT i.*, l.number, l.title, l.state, l.due_on, l.done_on, l.result, l.month AS own_month, l.void AS gone
           FROM rollup_inherited i JOIN month_line l ON l.id = i.line_id
           WHERE i.void = 0 AND i.month = coalesce(?, i.month) ORDER BY i.month, i.from_unit, i.from_number""",
        (month,),
    ).fetchall()
