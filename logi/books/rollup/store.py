"""The SQL of units and programmes."""

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


# -- units -----------------------------------------------------------------------------------------


def unit(source: "Source", text: str) -> Row:
    """The unit a text names. NotFound, Ambiguous (3)."""
    from logi.finding import find

    try:
        return find(source, "rollup_unit", text, what="unit")
    except Ambiguous:
        raise
    except NotFound as error:
        raise NotFound("rollup.no_unit", text=text) from error


def units(db: Db) -> list[Row]:
    """Every unit ever registered, those above first, then by code."""
    return db.execute(
        """SELECT u.*, p.code AS parent FROM rollup_unit u LEFT JOIN rollup_unit p ON p.id = u.parent_id
           WHERE u.void = 0 ORDER BY u.code"""
    ).fetchall()


def own(db: Db) -> Row | None:
    """The unit whose ledger this is."""
    row: Row | None = db.execute("SELECT * FROM rollup_unit WHERE void = 0 AND own = 1").fetchone()
    return row


def heads(db: Db, until: date | None = None) -> dict[int, list[Row]]:
    """The pupils of each unit as they were counted, oldest first."""
    found: dict[int, list[Row]] = {}
    for row in db.execute(
        "SELECT * FROM rollup_heads WHERE void = 0 AND from_day <= ? ORDER BY from_day, id", ((until or date.max).isoformat(),)
    ):
        found.setdefault(row["unit_id"], []).append(row)
    return found


def heads_on(db: Db, unit_id: int, day: date) -> Row | None:
    """What was counted of a unit on exactly this day."""
    row: Row | None = db.execute(
        "SELECT * FROM rollup_heads WHERE void = 0 AND unit_id = ? AND from_day = ?", (unit_id, day.isoformat())
    ).fetchone()
    return row


def odd_parents(db: Db) -> list[Row]:
    """Units whose superior is gone."""
    return db.execute(
        """SELECT u.code, u.entry, p.code AS parent FROM rollup_unit u JOIN rollup_unit p ON p.id = u.parent_id
           WHERE u.void = 0 AND p.void <> 0 ORDER BY u.code"""
    ).fetchall()


# -- programmes ------------------------------------------------------------------------------------


def programme(source: "Source", text: str) -> Row:
    """The programme a text names. NotFound, Ambiguous (3)."""
    from logi.finding import find

    try:
        return find(source, "rollup_programme", text, what="programme")
    except Ambiguous:
        raise
    except NotFound as error:
        raise NotFound("rollup.no_programme", text=text) from error


def programmes(db: Db) -> list[Row]:
    """Every programme by code."""
    return db.execute("SELECT * FROM rollup_programme WHERE void = 0 ORDER BY code").fetchall()


def targets(db: Db, programme_id: int) -> list[Row]:
    """A programme's targets by year."""
    return db.execute(
        "SELECT * FROM rollup_target WHERE void = 0 AND programme_id = ? ORDER BY year", (programme_id,)
    ).fetchall()


def members(db: Db, programme_id: int) -> list[Row]:
    """The units that ever took part in a programme, by code and day."""
    return db.execute(
        """SELECT m.*, u.code, u.name, u.level, u.area FROM rollup_member m JOIN rollup_unit u ON u.id = m.unit_id
           WHERE m.void = 0 AND m.programme_id = ? ORDER BY u.code, m.from_day""",
        (programme_id,),
    ).fetchall()


def memberships(db: Db, unit_id: int) -> list[Row]:
    """The programmes a unit takes part in."""
    return db.execute(
        """SELECT m.*, p.code, p.name FROM rollup_member m JOIN rollup_programme p ON p.id = m.programme_id
           WHERE m.void = 0 AND m.left_on IS NULL AND m.unit_id = ? ORDER BY p.code""",
        (unit_id,),
    ).fetchall()


def acceptances(db: Db, programme_id: int, until: date, unit_id: int | None = None) -> list[Row]:
    """The acceptances of a programme up to a day, oldest first."""
    return db.execute(
        f"""SELECT a.* FROM rollup_acceptance a WHERE {live("a", "rollup_acceptance")} AND a.programme_id = ?
            AND a.on_day <= ? AND a.unit_id = coalesce(?, a.unit_id) ORDER BY a.on_day, a.id""",
        (programme_id, until.isoformat(), unit_id),
    ).fetchall()
