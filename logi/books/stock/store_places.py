"""The SQL of where stock lies: transfers from place to place, and what of a lot lies elsewhere than where it was brought."""

import sqlite3
from collections.abc import Iterable

from logi.books.stock.store import Row
from logi.core.tables import live

PLACING = ("on_day", "item_id", "lot_id", "place_id", "quantity_milli", "shift_id", "slip_id", "line")


def any_placed(db: sqlite3.Connection, item_id: int | None = None) -> bool:
    """Whether anything, or anything of one item, was ever brought from its place to another."""
    where = "WHERE item_id = ?" if item_id is not None else ""
    found = db.execute(f"SELECT 1 FROM stock_placing {where} LIMIT 1", () if item_id is None else (item_id,))
    return found.fetchone() is not None


def placed(db: sqlite3.Connection, until: str, item_id: int | None = None) -> list[tuple[int, int, int]]:
    """What lies elsewhere when a day ends: (lot, place, quantity), also what is nothing any more."""
    return db.execute(
        """SELECT lot_id, place_id, sum(quantity_milli) FROM stock_placing
           WHERE on_day <= ?1 AND (?2 IS NULL OR item_id = ?2) GROUP BY lot_id, place_id ORDER BY lot_id, place_id""",
        (until, item_id),
    ).fetchall()


def left_at(db: sqlite3.Connection, until: str, item_id: int | None = None) -> list[tuple[int, int, int]]:
    """What was left of each lot when a day ended: (lot, item, quantity)."""
    return db.execute(
        """SELECT lot_id, item_id, sum(quantity_milli) AS left_milli FROM stock_move
           WHERE on_day <= ?1 AND (?2 IS NULL OR item_id = ?2) GROUP BY lot_id HAVING left_milli != 0 ORDER BY lot_id""",
        (until, item_id),
    ).fetchall()


def changes(db: sqlite3.Connection, item_id: int, after: str) -> list[tuple[str, int, int | None, int]]:
    """What changed after a day, the last first: (day, lot, place or None for the whole lot, quantity)."""
    return db.execute(
        """SELECT on_day, lot_id, NULL, sum(quantity_milli) FROM stock_move WHERE item_id = ?1 AND on_day > ?2
               GROUP BY on_day, lot_id
           UNION ALL SELECT on_day, lot_id, place_id, sum(quantity_milli) FROM stock_placing
               WHERE item_id = ?1 AND on_day > ?2 GROUP BY on_day, lot_id, place_id
           ORDER BY 1 DESC""",
        (item_id, after),
    ).fetchall()


def touched(db: sqlite3.Connection, first_move: int, first_placing: int) -> list[tuple[int, int]]:
    """The lots that rows from these on moved or placed, where something of them was ever placed: (item, lot)."""
    return db.execute(
        """SELECT DISTINCT item_id, lot_id FROM stock_placing WHERE lot_id IN (
               SELECT lot_id FROM stock_move WHERE id >= ? UNION SELECT lot_id FROM stock_placing WHERE id >= ?)
           ORDER BY 1, 2""",
        (first_move, first_placing),
    ).fetchall()


def all_placed(db: sqlite3.Connection) -> list[tuple[int, int]]:
    """Every lot of which something was ever placed: (item, lot)."""
    return db.execute("SELECT DISTINCT item_id, lot_id FROM stock_placing ORDER BY 1, 2").fetchall()


def days_of(db: sqlite3.Connection, lot_id: int) -> list[tuple[str, int | None, int]]:
    """Every change of a lot by day: (day, place or None for the whole lot, quantity)."""
    return db.execute(
        """SELECT on_day, NULL, sum(quantity_milli) FROM stock_move WHERE lot_id = ?1 GROUP BY on_day
           UNION ALL SELECT on_day, place_id, sum(quantity_milli) FROM stock_placing WHERE lot_id = ?1
               GROUP BY on_day, place_id ORDER BY 1""",
        (lot_id,),
    ).fetchall()


def of_line(db: sqlite3.Connection, slip_id: int, line: int) -> list[int]:
    """The standing placings that one line of a slip made."""
    found = db.execute(
        f"SELECT p.id FROM stock_placing p WHERE p.slip_id = ? AND p.line = ? AND {live('p', 'stock_placing')}",
        (slip_id, line),
    )
    return [row[0] for row in found]


def shift(db: sqlite3.Connection, number: str) -> Row | None:
    """A transfer by its number, also one that was taken back (void)."""
    row: Row | None = db.execute("SELECT * FROM stock_shift WHERE number = ?", (number,)).fetchone()
    return row


def shift_lines(db: sqlite3.Connection, shift_id: int, *, all_rows: bool = False) -> list[Row]:
    """The lots a transfer took, line by line: code, name, spec, unit, quantity, label, made_on, expires_on."""
    stands = "" if all_rows else f"AND {live('p', 'stock_placing')}"
    return db.execute(
        f"""SELECT p.line, i.code, i.name, i.spec, i.unit, l.label, l.made_on, l.expires_on, l.received_on,
               coalesce(nullif(sum(CASE WHEN p.quantity_milli > 0 THEN p.quantity_milli ELSE 0 END), 0),
                        -sum(p.quantity_milli)) AS quantity_milli
           FROM stock_placing p JOIN stock_lot l ON l.id = p.lot_id JOIN stock_item i ON i.id = p.item_id
           WHERE p.shift_id = ? AND p.sign = 1 {stands} GROUP BY p.line, p.lot_id ORDER BY p.line, p.lot_id""",
        (shift_id,),
    ).fetchall()


def shifts(db: sqlite3.Connection, since: str, until: str) -> list[Row]:
    """The standing transfers of a period with full names."""
    return db.execute(
        """SELECT s.*, f.code AS from_code, f.name AS from_name, t.code AS to_code, t.name AS to_name, p.name AS person
           FROM stock_shift s LEFT JOIN school_place f ON f.id = s.from_id JOIN school_place t ON t.id = s.to_id
           JOIN school_person p ON p.id = s.person_id WHERE s.void = 0 AND s.on_day BETWEEN ? AND ?
           ORDER BY s.on_day, s.id""",
        (since, until),
    ).fetchall()


def shifts_of(db: sqlite3.Connection, lot_ids: Iterable[int]) -> list[str]:
    """The numbers of the standing transfers that took something of these lots."""
    ids = list(lot_ids)
    return [
        row[0]
        for row in db.execute(
            f"""SELECT DISTINCT s.number FROM stock_placing p JOIN stock_shift s ON s.id = p.shift_id
                WHERE p.lot_id IN ({', '.join('?' * len(ids))}) AND s.void = 0 ORDER BY 1""",
            ids,
        )
    ]


def rooms_of_count(db: sqlite3.Connection, count_id: int) -> list[int]:
    """The places a count was begun for; none means everywhere."""
    found = db.execute("SELECT place_id FROM stock_count_place WHERE count_id = ? AND void = 0 ORDER BY id", (count_id,))
    return [row[0] for row in found]


def chemicals_elsewhere(db: sqlite3.Connection) -> list[Row]:
    """Chemicals that lie elsewhere than where they were brought: id, code, name, place, place_name, kind (of the place)."""
    return db.execute(
        """SELECT i.id, i.code, i.name, p.code AS place, p.name AS place_name, p.kind FROM stock_placing s
           JOIN stock_item i ON i.id = s.item_id JOIN school_place p ON p.id = s.place_id
           WHERE i.chemical = 1 AND i.void = 0 GROUP BY i.id, p.id HAVING sum(s.quantity_milli) > 0 ORDER BY i.code, p.code"""
    ).fetchall()


def placed_rooms(db: sqlite3.Connection, item_id: int) -> list[Row]:
    """The places an item lies in besides those it was brought to."""
    return db.execute(
        """SELECT p.* FROM stock_placing s JOIN school_place p ON p.id = s.place_id WHERE s.item_id = ?
           GROUP BY p.id HAVING sum(s.quantity_milli) > 0 ORDER BY p.code""",
        (item_id,),
    ).fetchall()
