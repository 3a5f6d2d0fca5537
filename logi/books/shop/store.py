"""All the SQL of the shop book."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from logi.books.shop.rules import Lot
from logi.core.errors import Ambiguous, NotFound
from logi.core.tables import live

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

Row = sqlite3.Row
Db = sqlite3.Connection

MOVES = f"""
    SELECT m.*, g.code, g.name, g.unit, g.class, v.name AS vendor, p.name AS by_name, p.code AS by_code, s.name AS second_name
    FROM shop_move m JOIN shop_goods g ON g.id = m.goods_id LEFT JOIN school_vendor v ON v.id = m.vendor_id
    JOIN school_person p ON p.id = m.by_id LEFT JOIN school_person s ON s.id = m.second_id
    WHERE {live("m", "shop_move")}"""


# -- licences and sellers --------------------------------------------------------------------------


def licences(db: Db) -> list[Row]:
    """Every licence, by kind and first day."""
    order = "CASE kind WHEN 'business' THEN 1 WHEN 'food' THEN 2 WHEN 'fire' THEN 3 WHEN 'contract' THEN 4 ELSE 5 END"
    return db.execute(f"SELECT * FROM shop_licence WHERE void = 0 ORDER BY {order}, name, issued_on, id").fetchall()


def workers(db: Db, day: date | None = None) -> list[Row]:
    """Those who sell, by code; those of a day if one is given."""
    on = day.isoformat() if day else None
    return db.execute(
        """SELECT w.*, p.code, p.name, p.left_on AS gone_on FROM shop_worker w JOIN school_person p ON p.id = w.person_id
           WHERE w.void = 0 AND (?1 IS NULL OR (w.from_day <= ?1 AND (w.left_on IS NULL OR w.left_on > ?1)))
           ORDER BY p.code, w.from_day""", (on,)
    ).fetchall()  # fmt: skip


def certificates(db: Db, worker_id: int) -> list[Row]:
    """A seller's certificates of health, the first one first."""
    return db.execute(
        "SELECT * FROM shop_certificate WHERE void = 0 AND worker_id = ? ORDER BY examined_on", (worker_id,)
    ).fetchall()


# -- goods and prices ------------------------------------------------------------------------------


def goods(source: "Source", text: str) -> Row:
    """The goods a text names. NotFound, Ambiguous (3)."""
    from logi.finding import find

    try:
        return find(source, "shop_goods", text, what="goods")
    except Ambiguous:
        raise
    except NotFound as error:
        raise NotFound("shop.no_goods", text=text) from error


def all_goods(db: Db) -> list[Row]:
    """All goods, by code."""
    return db.execute("SELECT * FROM shop_goods WHERE void = 0 ORDER BY code").fetchall()


def goods_of(db: Db, goods_id: int) -> Row:
    """The goods of an id."""
    row: Row = db.execute("SELECT * FROM shop_goods WHERE id = ?", (goods_id,)).fetchone()
    return row


def prices(db: Db, goods_id: int | None = None) -> list[Row]:
    """The prices of some goods or of all, by code, the newest first."""
    return db.execute(
        """SELECT x.*, g.code, g.name, g.unit, g.class FROM shop_price x JOIN shop_goods g ON g.id = x.goods_id AND g.void = 0
           WHERE x.void = 0 AND x.goods_id = coalesce(?, x.goods_id) ORDER BY g.code, x.from_day DESC""",
        (goods_id,),
    ).fetchall()


def price_on(db: Db, goods_id: int, day: date) -> Row | None:
    """The price in force on a day."""
    row: Row | None = db.execute(
        """SELECT * FROM shop_price WHERE void = 0 AND goods_id = ? AND from_day <= ? ORDER BY from_day DESC LIMIT 1""",
        (goods_id, day.isoformat()),
    ).fetchone()
    return row


# -- moves, lots, looks ----------------------------------------------------------------------------


def moves(db: Db, since: date, until: date) -> list[Row]:
    """What came and went in a stretch of days, by day and slip."""
    return db.execute(
        f"{MOVES} AND m.on_day BETWEEN ? AND ? ORDER BY m.on_day, m.number, m.line, m.id",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def slip(db: Db, number: str) -> list[Row]:
    """The lines of a slip."""
    return db.execute(f"{MOVES} AND m.number = upper(?) ORDER BY m.line, m.id", (number,)).fetchall()


def came(db: Db) -> dict[str, Row]:
    """The coming in of each lot, with its papers."""
    return {row["lot"]: row for row in db.execute(f"{MOVES} AND m.what = 'in' ORDER BY m.on_day, m.id")}


def lots(db: Db, goods_id: int | None = None, until: date | None = None) -> list[Lot]:
    """The lots of some goods or of all, with their moves up to a day, in the order they came."""
    found: dict[str, list[tuple[str, int]]] = {}
    heads: dict[str, Row] = {}
    for row in db.execute(
        f"""SELECT m.lot, m.goods_id, m.what, m.on_day, m.expires_on, m.quantity_milli FROM shop_move m
            WHERE {live("m", "shop_move")} AND m.goods_id = coalesce(?, m.goods_id) AND m.on_day <= ?
            ORDER BY m.on_day, m.id""",
        (goods_id, (until or date.max).isoformat()),
    ):
        found.setdefault(row["lot"], []).append((row["on_day"], row["quantity_milli"]))
        if row["what"] == "in":
            heads[row["lot"]] = row
    return [Lot(code, row["goods_id"], row["on_day"], row["expires_on"], tuple(found[code])) for code, row in heads.items()]


def adrift(db: Db) -> list[Row]:
    """Moves of lots that never came in."""
    return db.execute(
        f"""SELECT m.number, m.lot, m.entry FROM shop_move m WHERE {live("m", "shop_move")} AND NOT EXISTS (
            SELECT 1 FROM shop_move i WHERE i.lot = m.lot AND i.what = 'in' AND {live("i", "shop_move")}) ORDER BY m.id"""
    ).fetchall()


def leaving(db: Db, lot: str, seq: int) -> list[int]:
    """The later entries that took something of a lot."""
    query = f"SELECT m.entry FROM shop_move m WHERE {live('m', 'shop_move')} AND m.lot = ? AND m.what <> 'in' AND m.entry > ?"
    return [row[0] for row in db.execute(query, (lot, seq))]


def looks(db: Db, since: date, until: date) -> list[Row]:
    """The looks through the shelf in a stretch of days."""
    return db.execute(
        f"""SELECT k.*, p.name AS by_name, p.code AS by_code FROM shop_look k JOIN school_person p ON p.id = k.by_id
            WHERE {live("k", "shop_look")} AND k.on_day BETWEEN ? AND ? ORDER BY k.on_day, k.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()
