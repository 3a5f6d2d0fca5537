"""The SQL of stock counts: frozen lists, what was counted, differences that wait for approval."""

import sqlite3
from collections.abc import Iterable

from logi.books.stock.store import Row
from logi.core.tables import live


def count(db: sqlite3.Connection, number: str) -> Row | None:
    """A count by its number."""
    row: Row | None = db.execute("SELECT * FROM stock_count WHERE number = ? AND void = 0", (number,)).fetchone()
    return row


def count_by_id(db: sqlite3.Connection, count_id: int) -> Row:
    """One count."""
    row: Row = db.execute("SELECT * FROM stock_count WHERE id = ?", (count_id,)).fetchone()
    return row


def counts(db: sqlite3.Connection, state: str | None = None) -> list[Row]:
    """All counts, the oldest first, or those in one state."""
    return db.execute(
        "SELECT * FROM stock_count WHERE void = 0 AND (? IS NULL OR state = ?) ORDER BY on_day, id", (state, state)
    ).fetchall()


def variances_between(db: sqlite3.Connection, since: str, until: str) -> list[Row]:
    """The standing tables of differences drawn up in a period."""
    return db.execute(
        "SELECT * FROM stock_variance WHERE void = 0 AND on_day BETWEEN ? AND ? ORDER BY on_day, id", (since, until)
    ).fetchall()


def last_count_of_item(db: sqlite3.Connection, since: str, until: str) -> dict[int, Row]:
    """What was last counted of each item under counts whose base day lies in a period: number, state, quantity, day,
    and the difference that was settled."""
    found = db.execute(
        f"""SELECT f.item_id, c.number, c.state, f.quantity_milli, f.on_day, (
                SELECT l.counted_milli - l.book_milli FROM stock_variance v JOIN stock_variance_line l ON l.variance_id = v.id
                WHERE v.count_id = c.id AND v.void = 0 AND v.state != 'rejected' AND l.item_id = f.item_id) AS settled_milli
            FROM stock_counted f JOIN stock_count c ON c.id = f.count_id
            WHERE c.void = 0 AND c.on_day BETWEEN ? AND ? AND {live("f", "stock_counted")} ORDER BY f.on_day, f.id""",
        (since, until),
    )
    return {row["item_id"]: row for row in found}


def lines(db: sqlite3.Connection, count_id: int) -> list[Row]:
    """The frozen list in walking order: by place, then by code."""
    return db.execute(
        """SELECT l.*, i.code, i.name, i.spec, i.unit, i.class, p.code AS place, p.name AS place_name
           FROM stock_count_line l JOIN stock_item i ON i.id = l.item_id
           LEFT JOIN school_place p ON p.id = l.place_id
           WHERE l.count_id = ? AND l.void = 0 ORDER BY p.code, i.code""",
        (count_id,),
    ).fetchall()


def counted(db: sqlite3.Connection, count_id: int) -> dict[int, Row]:
    """What stands as counted: item_id -> the last standing row."""
    found = db.execute(
        f"""SELECT f.*, p.name AS by_name FROM stock_counted f LEFT JOIN school_person p ON p.id = f.by_id
            WHERE f.count_id = ? AND {live("f", "stock_counted")} ORDER BY f.id""",
        (count_id,),
    )
    return {row["item_id"]: row for row in found}


def places_inside(db: sqlite3.Connection, place_ids: Iterable[int]) -> set[int]:
    """Places and all that lie within them."""
    found: set[int] = set()
    for place_id in place_ids:
        rows = db.execute(
            """WITH RECURSIVE within(id) AS (
                   SELECT ? UNION SELECT p.id FROM school_place p JOIN within w ON p.parent_id = w.id)
               SELECT id FROM within""",
            (place_id,),
        )
        found.update(row[0] for row in rows)
    return found


def counted_elsewhere(db: sqlite3.Connection, item_ids: Iterable[int]) -> list[Row]:
    """Items of these that another open count is counting: number, name."""
    wanted = set(item_ids)
    rows = db.execute(
        """SELECT c.number, c.id AS count_id, i.name, i.id FROM stock_count c JOIN stock_count_line l ON l.count_id = c.id
           JOIN stock_item i ON i.id = l.item_id WHERE c.state = 'open' AND c.void = 0 AND l.void = 0 ORDER BY c.id, i.code"""
    )
    return [row for row in rows if row["id"] in wanted]


# -- differences ------------------------------------------------------------------------------------


def variance(db: sqlite3.Connection, number: str) -> Row | None:
    """A table of differences by its number."""
    row: Row | None = db.execute("SELECT * FROM stock_variance WHERE number = ? AND void = 0", (number,)).fetchone()
    return row


def variances(db: sqlite3.Connection, state: str) -> list[Row]:
    """Tables of differences in a state."""
    return db.execute("SELECT * FROM stock_variance WHERE state = ? AND void = 0 ORDER BY id", (state,)).fetchall()


def variance_of_count(db: sqlite3.Connection, count_id: int) -> Row | None:
    """The newest table of differences of a count."""
    row: Row | None = db.execute(
        "SELECT * FROM stock_variance WHERE count_id = ? AND void = 0 ORDER BY id DESC LIMIT 1", (count_id,)
    ).fetchone()
    return row


def variance_lines(db: sqlite3.Connection, variance_id: int) -> list[Row]:
    """The lines of a table of differences."""
    return db.execute(
        """SELECT l.*, i.code, i.name, i.spec, i.unit FROM stock_variance_line l JOIN stock_item i ON i.id = l.item_id
           WHERE l.variance_id = ? AND l.void = 0 ORDER BY l.line""",
        (variance_id,),
    ).fetchall()


def first_move_day(db: sqlite3.Connection) -> str | None:
    """The first day anything moved."""
    found: str | None = db.execute("SELECT min(on_day) FROM stock_move").fetchone()[0]
    return found
