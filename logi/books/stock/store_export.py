"""The SQL behind the movements that are given back: every standing line of every slip, with its names by code."""

import sqlite3

from logi.books.stock.store import Row
from logi.core.tables import live


def lines(db: sqlite3.Connection) -> list[Row]:
    """Every standing line of every slip, by day and in the order of posting."""
    return db.execute(
        f"""SELECT s.on_day, s.kind, s.number, s.ref, s.purpose, s.reason, s.invoice_no, s.request_no, i.code, i.name,
               i.id AS item_id, sum(m.quantity_milli) AS quantity, min(l.price_fen) AS price_fen,
               min(l.per_milli) AS per_milli, min(l.label) AS label, min(l.made_on) AS made_on,
               min(l.expires_on) AS expires_on, min(l.ordered_milli) AS ordered_milli,
               min(l.delivered_milli) AS delivered_milli, d.name AS department, v.code AS vendor, r.code AS place,
               p.code AS person, k.code AS keeper, b.code AS buyer, n.code AS inspector, o.number AS issue
            FROM stock_slip s JOIN stock_move m ON m.slip_id = s.id JOIN stock_lot l ON l.id = m.lot_id
            JOIN stock_item i ON i.id = m.item_id LEFT JOIN school_department d ON d.id = s.department_id
            LEFT JOIN school_vendor v ON v.id = s.vendor_id LEFT JOIN school_place r ON r.id = s.place_id
            LEFT JOIN school_person p ON p.id = s.person_id LEFT JOIN school_person k ON k.id = s.keeper_id
            LEFT JOIN school_person b ON b.id = s.buyer_id LEFT JOIN school_person n ON n.id = s.inspector_id
            LEFT JOIN stock_slip o ON o.id = s.of_slip_id
            WHERE s.void = 0 AND {live("m", "stock_move")}
            GROUP BY s.id, m.line ORDER BY s.on_day, s.id, m.line"""
    ).fetchall()


def issue_named(db: sqlite3.Connection, text: str) -> str | None:
    """The number of the standing issue that bears this number, or this reference alone."""
    found = db.execute(
        """SELECT number FROM stock_slip WHERE void = 0 AND kind = 'out' AND (number = ? OR ref = ?)
           ORDER BY number <> ? LIMIT 2""",
        (text, text, text),
    ).fetchall()
    return str(found[0][0]) if found and (len(found) == 1 or found[0][0] == text) else None
