"""The SQL behind the stock book's checks: kept sums against moves, lots, stored closings, series of numbers."""

import sqlite3
from typing import Any

from logi.books.stock.store import FLOW, SIDES, Row


def wrong_sums(db: sqlite3.Connection) -> list[Any]:
    """Items whose kept sum or months differ from their moves: (item, what)."""
    sums = f"SELECT item_id, sum(quantity_milli), sum(value_fen) FROM {FLOW} GROUP BY item_id"
    months = f"SELECT substr(on_day, 1, 7), item_id, {SIDES} FROM {FLOW} GROUP BY 1, 2"
    found = []
    for kept, counted in (("SELECT * FROM stock_sum", sums), ("SELECT * FROM stock_month", months)):
        at = 0 if kept.endswith("sum") else 1
        for one, other in ((kept, counted), (counted, kept)):
            found += [(row[at], tuple(row)) for row in db.execute(f"SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other})")]
    return found


def kept_layers(db: sqlite3.Connection) -> dict[int, tuple[int, int, int, int]]:
    """All of stock_left: lot -> (item, left, cost quantity, cost)."""
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in db.execute("SELECT * FROM stock_left")}


def all_lots(db: sqlite3.Connection) -> list[int]:
    """Every lot that ever moved."""
    return [row[0] for row in db.execute("SELECT DISTINCT lot_id FROM stock_move ORDER BY 1")]


def lot_sums(db: sqlite3.Connection) -> list[Row]:
    """Every lot with what its moves leave of it: lot, item, quantity, value."""
    return db.execute(
        "SELECT lot_id, item_id, sum(quantity_milli), sum(value_fen) FROM stock_move GROUP BY lot_id ORDER BY lot_id"
    ).fetchall()


def torn_closings(db: sqlite3.Connection) -> list[Row]:
    """Stored balances that do not add up, or that differ from the moves up to their month's end."""
    return db.execute(
        f"""SELECT c.* FROM stock_closing c WHERE c.void = 0 AND (
            c.opening_milli + c.in_milli - c.out_milli != c.closing_milli
            OR c.opening_fen + c.in_fen - c.out_fen != c.closing_fen
            OR (c.closing_milli, c.closing_fen) != (SELECT coalesce(sum(quantity_milli), 0), coalesce(sum(value_fen), 0)
                FROM {FLOW} f WHERE f.item_id = c.item_id AND f.on_day <= c.month || '-31'))"""
    ).fetchall()


def gaps(db: sqlite3.Connection) -> list[Row]:
    """Series of slip numbers whose count is not their last number."""
    return db.execute(
        "SELECT series, count(*), max(n) FROM number_given WHERE book = 'stock' GROUP BY series HAVING count(*) != max(n)"
    ).fetchall()
