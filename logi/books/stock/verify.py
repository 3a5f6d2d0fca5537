"""The SQL behind the stock book's checks: kept sums against moves, lots, stored closings, series of numbers."""

import sqlite3
from typing import Any

from logi.books.stock.store import FLOW, SIDES, Row
from logi.books.stock.store_costing import LOT_SUMS


def wrong_sums(db: sqlite3.Connection) -> list[Any]:
    """Items whose kept sum or months differ from their moves: (item, what)."""
    months = {tuple(row) for row in db.execute(f"SELECT substr(on_day, 1, 7), item_id, {SIDES} FROM {FLOW} GROUP BY 1, 2")}
    sums: dict[int, tuple[int, int, int]] = {}
    for _, item_id, came, came_fen, went, went_fen in months:
        _, milli, fen = sums.get(item_id, (item_id, 0, 0))
        sums[item_id] = item_id, milli + came - went, fen + came_fen - went_fen
    kept = {tuple(row) for row in db.execute("SELECT * FROM stock_sum")}
    found = [(row[0], row) for row in sorted(kept ^ set(sums.values()))]
    return found + [(row[1], row) for row in sorted(months ^ {tuple(row) for row in db.execute("SELECT * FROM stock_month")})]


def below_zero(db: sqlite3.Connection) -> tuple[str, int] | None:
    """The first lot of all, and its first day, that would hold less than nothing: (day, item)."""
    row = db.execute(
        """SELECT on_day, item_id FROM (
               SELECT lot_id, on_day, item_id, sum(sum(quantity_milli)) OVER (PARTITION BY lot_id ORDER BY on_day) AS held
               FROM stock_move GROUP BY lot_id, on_day)
           WHERE held < 0 ORDER BY lot_id, on_day LIMIT 1"""
    ).fetchone()
    return (row[0], row[1]) if row else None


def rebuild_sums(db: sqlite3.Connection) -> None:
    """The kept sums and months anew from the moves."""
    for table in ("stock_sum", "stock_month", "stock_left"):
        db.execute(f"DELETE FROM {table}")
    db.execute(f"INSERT INTO stock_sum SELECT item_id, sum(quantity_milli), sum(value_fen) FROM {FLOW} GROUP BY item_id")
    db.execute(
        f"""INSERT INTO stock_month SELECT substr(on_day, 1, 7), item_id, {SIDES} FROM {FLOW}
            GROUP BY substr(on_day, 1, 7), item_id"""
    )


def kept_layers(db: sqlite3.Connection) -> dict[int, tuple[int, int, int, int]]:
    """All of stock_left: lot -> (item, left, cost quantity, cost)."""
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in db.execute("SELECT * FROM stock_left")}


def lot_sums(db: sqlite3.Connection) -> list[Row]:
    """Every lot with what its moves leave of it: lot, item, quantity, value (since the costing changed)."""
    return db.execute(f"{LOT_SUMS} GROUP BY m.lot_id ORDER BY m.lot_id").fetchall()


def torn_lots(db: sqlite3.Connection) -> list[Row]:
    """Stored lots that differ from their moves up to the month's end."""
    return db.execute(
        """SELECT c.* FROM stock_closing_lot c WHERE c.void = 0 AND c.left_milli != (
               SELECT coalesce(sum(m.quantity_milli), 0) FROM stock_move m
               WHERE m.lot_id = c.lot_id AND m.on_day <= c.month || '-31')"""
    ).fetchall()


def torn_classes(db: sqlite3.Connection) -> list[Row]:
    """Closed months whose classes do not make up their items: month, entry."""
    return db.execute(
        """SELECT c.month, max(c.entry) AS entry FROM stock_closing_class c WHERE c.void = 0 GROUP BY c.month
           HAVING (sum(c.opening_fen), sum(c.in_fen), sum(c.out_fen), sum(c.closing_fen)) != (
               SELECT sum(i.opening_fen), sum(i.in_fen), sum(i.out_fen), sum(i.closing_fen)
               FROM stock_closing i WHERE i.void = 0 AND i.month = c.month)
               OR sum(c.opening_fen + c.in_fen - c.out_fen) != sum(c.closing_fen)"""
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
        """SELECT series, sum(coalesce(upto, n) - n + 1) AS given, max(coalesce(upto, n)) AS last FROM number_given
           WHERE series IN (SELECT series FROM number_given WHERE book = 'stock') GROUP BY series HAVING given <> last"""
    ).fetchall()
