"""The SQL behind a change of the costing: what was carried over, what has moved since."""

import sqlite3

from logi.core.tables import live

Row = sqlite3.Row


def last_costing(db: sqlite3.Connection) -> Row | None:
    """The last change of the costing: year, method, the method before, the last move before it."""
    row: Row | None = db.execute("SELECT * FROM stock_costing WHERE void = 0 ORDER BY year DESC LIMIT 1").fetchone()
    return row


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


def last_move(db: sqlite3.Connection) -> tuple[int, str]:
    """The id of the newest move, and the latest day of any: (0, "") in a blank book."""
    row = db.execute("SELECT coalesce(max(id), 0), coalesce(max(on_day), '') FROM stock_move").fetchone()
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


def moving_entries(db: sqlite3.Connection, after: int) -> set[int]:
    """The entries after one that moved anything."""
    return {row[0] for row in db.execute("SELECT DISTINCT entry FROM stock_move WHERE entry > ?", (after,))}
