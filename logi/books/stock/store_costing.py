"""The SQL behind a change of the costing: what was carried over, what has moved since."""

import sqlite3

from logi.core.tables import live

Row = sqlite3.Row
# Every lot with what its moves leave of it: lot, item, quantity, and the value since its costing changed (first in,
# first out). Which change that is is found once an item, not once a move.
LOT_SUMS = """WITH k AS MATERIALIZED (
        SELECT i.id AS item_id, x.id AS costing_id, x.last_move FROM stock_item i JOIN stock_costing x ON x.id = (
            SELECT y.id FROM stock_costing y WHERE y.void = 0 AND (y.item_id = i.id OR y.item_id IS NULL)
            ORDER BY y.item_id IS NULL, y.year DESC LIMIT 1)
        WHERE EXISTS (SELECT 1 FROM stock_costing WHERE void = 0))
    SELECT m.lot_id, m.item_id, sum(m.quantity_milli),
        sum(CASE WHEN m.id > coalesce(k.last_move, 0) THEN m.value_fen ELSE 0 END) + coalesce((
            SELECT c.left_fen FROM stock_costing_lot c
            WHERE c.costing_id = k.costing_id AND c.lot_id = m.lot_id AND c.void = 0), 0)
    FROM stock_move m LEFT JOIN k ON k.item_id = m.item_id"""


def last_costing(db: sqlite3.Connection, item_id: int) -> Row | None:
    """The last change of the costing that holds for an item, its own before the book's: year, method, the method before,
    the last move before it."""
    row: Row | None = db.execute(
        """SELECT * FROM stock_costing WHERE void = 0 AND (item_id = ? OR item_id IS NULL)
           ORDER BY item_id IS NULL, year DESC LIMIT 1""",
        (item_id,),
    ).fetchone()
    return row


def own_costings(db: sqlite3.Connection) -> dict[int, str]:
    """Items whose issues are valued in a way of their own: item -> method."""
    found = db.execute("SELECT item_id, method FROM stock_costing WHERE void = 0 AND item_id IS NOT NULL ORDER BY year")
    return {row[0]: row[1] for row in found}


def costings(db: sqlite3.Connection) -> list[Row]:
    """Every change of the costing by year, with the item it is for."""
    return db.execute(
        """SELECT c.*, i.code, i.name FROM stock_costing c LEFT JOIN stock_item i ON i.id = c.item_id
           WHERE c.void = 0 ORDER BY c.year, c.id"""
    ).fetchall()


def costing_of_year(db: sqlite3.Connection, year: str, item_id: int | None) -> Row | None:
    """The change that holds from a year on, of the book or of one item."""
    row: Row | None = db.execute(
        "SELECT * FROM stock_costing WHERE void = 0 AND year = ? AND item_id IS ?", (year, item_id)
    ).fetchone()
    return row


def costing_entries(db: sqlite3.Connection, after: int, item_id: int | None) -> set[int]:
    """The entries after one that changed how anything is valued, or how one item or the whole book is."""
    own = """SELECT entry FROM stock_costing WHERE entry > ?1 AND void = 0
        AND (?2 IS NULL OR item_id IS NULL OR item_id = ?2)"""
    return {row[0] for row in db.execute(own, (after, item_id))}


def last_change(db: sqlite3.Connection) -> str | None:
    """The last year from which goods that had moved were valued in another way."""
    found = db.execute("SELECT max(year) FROM stock_costing WHERE void = 0 AND last_move > 0").fetchone()[0]
    return str(found) if found else None


def carried_lots(db: sqlite3.Connection, costing_id: int, item_id: int) -> dict[int, tuple[int, int]]:
    """An item's lots on the day the costing changed: lot -> (quantity, value)."""
    found = db.execute(
        "SELECT lot_id, left_milli, left_fen FROM stock_costing_lot WHERE costing_id = ? AND item_id = ? AND void = 0",
        (costing_id, item_id),
    )
    return {row[0]: (row[1], row[2]) for row in found}


def kept_items(db: sqlite3.Connection) -> list[int]:
    """Items of which some lot has something left, or that ever moved."""
    return [row[0] for row in db.execute("SELECT item_id FROM stock_sum ORDER BY item_id")]


def lots_of(db: sqlite3.Connection, item_id: int) -> list[int]:
    """Every lot of an item that ever moved."""
    return [row[0] for row in db.execute("SELECT DISTINCT lot_id FROM stock_move WHERE item_id = ? ORDER BY 1", (item_id,))]


def last_move(db: sqlite3.Connection, item_id: int | None = None) -> tuple[int, str]:
    """The id of the newest move, and the latest day of any, of all goods or of one item: (0, "") where none moved."""
    own, given = ("WHERE item_id = ?", [item_id]) if item_id is not None else ("", [])
    row = db.execute(f"SELECT coalesce(max(id), 0), coalesce(max(on_day), '') FROM stock_move {own}", given).fetchone()
    return int(row[0]), str(row[1])


def moves_since(db: sqlite3.Connection, item_id: int, after: int) -> list[Row]:
    """An item's moves written after one, in that order, with their lot's day; undone pairs among them left out.

    A row that takes back one from before stands: what it took back is not in the list.
    """
    rows = db.execute(
        """SELECT m.*, l.received_on FROM stock_move m JOIN stock_lot l ON l.id = m.lot_id
           WHERE m.item_id = ? AND m.id > ? ORDER BY m.id""",
        (item_id, after),
    ).fetchall()
    known = {row["id"]: row for row in rows}
    reversed_ = {row["reverses"] for row in rows}

    def first_of(row: Row) -> int:
        while row["reverses"] in known:
            row = known[row["reverses"]]
        return int(row["reverses"] or row["id"])

    return [
        row for row in rows
        if row["id"] not in reversed_ and row["sign"] == (1 if first_of(row) > after else -1)
    ]  # fmt: skip


def standing_moves(db: sqlite3.Connection, item_id: int) -> list[Row]:
    """An item's standing moves in the order they were posted, with their lot's day."""
    return db.execute(
        f"""SELECT m.*, l.received_on FROM stock_move m JOIN stock_lot l ON l.id = m.lot_id
            WHERE m.item_id = ? AND {live("m", "stock_move")} ORDER BY m.id""",
        (item_id,),
    ).fetchall()


def lot_day(db: sqlite3.Connection, lot_id: int) -> str:
    """The day a lot was received."""
    return str(db.execute("SELECT received_on FROM stock_lot WHERE id = ?", (lot_id,)).fetchone()[0])


def moving_entries(db: sqlite3.Connection, after: int, item_id: int | None) -> set[int]:
    """The entries after one that moved anything, or one item."""
    own = "SELECT DISTINCT entry FROM stock_move WHERE entry > ?1 AND (?2 IS NULL OR item_id = ?2)"
    return {row[0] for row in db.execute(own, (after, item_id))}
