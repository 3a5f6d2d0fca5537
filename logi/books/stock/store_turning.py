"""The SQL behind an undo of movements: what it has just turned round, of which items and lots; a million rows as one."""

import sqlite3

from logi.books.stock.store import SIDES, Row
from logi.books.stock.store_bulk import carry_flows, carry_sums


def first_written(db: sqlite3.Connection, table: str, entry: int) -> int:
    """The id of the first row an entry wrote into a table of facts; rows stand there in the order of entries."""
    low, high = 1, int(db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])
    while low < high:
        middle = (low + high) // 2
        row = db.execute(f"SELECT entry FROM {table} WHERE id >= ? ORDER BY id LIMIT 1", (middle,)).fetchone()
        low, high = (low, middle) if row[0] >= entry else (middle + 1, high)
    return low


def most(db: sqlite3.Connection, first: int) -> bool:
    """Whether so much was turned round that going through all moves in their order takes less time than looking each up."""
    last = int(db.execute("SELECT coalesce(max(id), 0) FROM stock_move").fetchone()[0])
    return last - first + 1 > MANY and 4 * (last - first + 1) > last


def carry(db: sqlite3.Connection, table: str, first: int) -> set[int]:
    """Carry rows turned round, from `first` on, into months and sums, where these know nothing of them yet; their items."""
    quantity = "quantity_milli" if table == "stock_move" else "0 AS quantity_milli"
    turned = f"SELECT substr(on_day, 1, 7) AS month, item_id, kind, {quantity}, value_fen FROM {table}"
    months: dict[str, dict[int, tuple[int, ...]]] = {}
    sums: dict[int, list[int]] = {}
    query = f"SELECT month, item_id, {SIDES} FROM ({turned} WHERE id >= ? AND reverses IS NOT NULL) GROUP BY month, item_id"
    for month, item_id, *flows in db.execute(query, (first,)):
        months.setdefault(month, {})[item_id] = tuple(flows)
        both = sums.setdefault(item_id, [0, 0])
        both[0] += flows[0] - flows[2]
        both[1] += flows[1] - flows[3]
    for month in sorted(months):
        carry_flows(db, month, months[month])
    carry_sums(db, sums)
    return set(sums)


def last_written(db: sqlite3.Connection, table: str) -> int:
    """The last row's id, 0 without any."""
    return int(db.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])


def lots_alone(db: sqlite3.Connection, first: int, entry: int) -> tuple[int, int] | None:
    """The first and last of the lots that this entry took away, if nothing else ever moved these: what was turned round is what
    stood last, each on its own day. (An act that was done again has older rows, turned round before.)"""
    if not most(db, first):
        return None
    low, high, count, *days = db.execute(
        "SELECT min(reverses), max(reverses), count(*), min(on_day), max(on_day) FROM stock_move "
        "WHERE id >= ? AND reverses IS NOT NULL", (first,)
    ).fetchone()  # fmt: skip
    own = "SELECT min(on_day), max(on_day) FROM stock_move WHERE id BETWEEN ? AND ?"
    if high != first - 1 or count != high - low + 1 or list(db.execute(own, (low, high)).fetchone()) != days:
        return None
    older = """SELECT 1 FROM stock_move r JOIN stock_lot l ON l.id = r.lot_id
               WHERE r.reverses IS NOT NULL AND r.reverses < ? AND l.void = ? LIMIT 1"""
    if db.execute(older, (low, entry)).fetchone() is not None:
        return None
    ends = "SELECT coalesce(min(id), 0), coalesce(max(id), -1), count(*) FROM stock_lot WHERE void = ?"
    lot, last, lots = db.execute(ends, (entry,)).fetchone()
    return (lot, last) if lots == last - lot + 1 else None


def _other_lots(db: sqlite3.Connection, first: int, low: int, high: int) -> list[tuple[int, int]]:
    query = """SELECT item_id, lot_id FROM stock_move NOT INDEXED
               WHERE id >= ? AND reverses IS NOT NULL AND lot_id NOT BETWEEN ? AND ?"""
    return sorted({(row[0], row[1]) for row in db.execute(query, (first, low, high))})


def recount_months(db: sqlite3.Connection, first: int, first_price: int) -> None:
    """The months and sums of what was turned round, anew from the moves: an entry may turn rows round more than once."""
    pairs = """WITH pair AS (
        SELECT substr(on_day, 1, 7) AS month, item_id FROM stock_move WHERE id >= ?1 AND reverses IS NOT NULL
        UNION SELECT substr(on_day, 1, 7), item_id FROM stock_price WHERE id >= ?2 AND reverses IS NOT NULL)"""
    within = "f.item_id = pair.item_id AND f.on_day BETWEEN pair.month || '-01' AND pair.month || '-31'"
    db.execute(
        f"""INSERT OR REPLACE INTO stock_month {pairs} SELECT month, item_id, {SIDES} FROM (
                SELECT pair.*, f.kind, f.quantity_milli, f.value_fen FROM pair CROSS JOIN stock_move f ON {within}
                UNION ALL SELECT pair.*, f.kind, 0, f.value_fen FROM pair CROSS JOIN stock_price f ON {within}
            ) GROUP BY month, item_id""",
        (first, first_price),
    )
    db.execute(
        f"""INSERT OR REPLACE INTO stock_sum {pairs}
            SELECT item_id, sum(in_milli - out_milli), sum(in_fen - out_fen) FROM stock_month
            WHERE item_id IN (SELECT item_id FROM pair) GROUP BY item_id""",
        (first, first_price),
    )


def items(db: sqlite3.Connection, first: int) -> list[int]:
    """The items of moves turned round."""
    query = "SELECT DISTINCT item_id FROM stock_move WHERE id >= ? AND reverses IS NOT NULL"
    return [row[0] for row in db.execute(query, (first,))]


def unpriced(db: sqlite3.Connection, first: int) -> list[Row]:
    """Moves turned round that had no price of their own."""
    query = "SELECT * FROM stock_move WHERE id >= ? AND reverses IS NOT NULL AND priced = 0 ORDER BY id"
    return db.execute(query, (first,)).fetchall()


def lots(db: sqlite3.Connection, first: int, entry: int, alone: tuple[int, int] | None) -> list[tuple[int, int]]:
    """Items and lots of moves turned round that are still to be looked at: not those that `forget_gone` forgot."""
    if alone is not None:
        return _other_lots(db, first, *alone)
    if most(db, first):
        touched = f"""{TOUCHED} EXCEPT SELECT lot_id FROM
                      (SELECT id AS lot_id FROM stock_lot WHERE void = ? EXCEPT {STANDING})"""
        query = f"SELECT l.item_id, l.id FROM ({touched}) JOIN stock_lot l ON l.id = lot_id ORDER BY 1, 2"
        return [(row[0], row[1]) for row in db.execute(query, (first, entry))]
    return [
        (row[0], row[1])
        for row in db.execute(
            f"""SELECT l.item_id, l.id FROM ({TOUCHED}) JOIN stock_lot l ON l.id = lot_id WHERE NOT ({GONE}) ORDER BY 1, 2""",
            (first, entry),
        )
    ]


def forget_gone(db: sqlite3.Connection, first: int, entry: int, alone: tuple[int, int] | None) -> None:
    """Nothing is left of lots that this entry took away with all their moves, each on its own day."""
    if most(db, first):
        standing = "" if alone is not None else f"EXCEPT {STANDING}"
        gone = f"SELECT id FROM stock_lot WHERE void = ? {standing}"
        db.execute(f"DELETE FROM stock_left WHERE lot_id IN ({gone})", (entry,))
        return
    db.execute(
        f"""DELETE FROM stock_left WHERE lot_id IN (
            SELECT l.id FROM ({TOUCHED}) JOIN stock_lot l ON l.id = lot_id WHERE {GONE})""",
        (first, entry),
    )


TOUCHED = "SELECT DISTINCT lot_id FROM stock_move WHERE id >= ? AND reverses IS NOT NULL"
# Taken back by this entry, and no move of it stands or was reversed on another day than its own.
GONE = """l.void = ? AND NOT EXISTS (SELECT 1 FROM stock_move o LEFT JOIN stock_move r ON r.reverses = o.id
          WHERE o.lot_id = l.id AND o.sign = 1 AND (r.id IS NULL OR r.on_day <> o.on_day))"""
# The same for all lots at once: those of which a move stands or was reversed on another day than its own.
STANDING = """SELECT o.lot_id FROM stock_move o LEFT JOIN stock_move r ON r.reverses = o.id
              WHERE o.sign = 1 AND (r.id IS NULL OR r.on_day <> o.on_day)"""
MANY = 20_000
