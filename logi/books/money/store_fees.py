"""The SQL of fees: items, what each pupil owes, what was paid and given back, reminders."""

import sqlite3
from typing import TYPE_CHECKING

from logi.core.tables import live
from logi.finding import find

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

Row = sqlite3.Row
Db = sqlite3.Connection

PAID = """(SELECT coalesce(sum(m.amount_fen), 0) FROM money_fee_move m WHERE m.charge_id = c.id
    AND m.on_day <= :day)"""
CHARGE = f"""
    SELECT c.*, f.code AS fee, f.name AS fee_name, f.to_day, f.refundable, u.code, u.name, u.left_on, d.name AS class_name,
        d.code AS class_code, {PAID} AS paid_fen,
        (SELECT count(*) FROM money_reminder r WHERE r.charge_id = c.id AND r.on_day <= :day
            AND {live("r", "money_reminder")}) AS reminders,
        (SELECT max(r.on_day) FROM money_reminder r WHERE r.charge_id = c.id AND r.on_day <= :day
            AND {live("r", "money_reminder")}) AS reminded_on
    FROM money_charge c JOIN money_fee f ON f.id = c.fee_id JOIN opening_pupil u ON u.id = c.pupil_id
    LEFT JOIN school_department d ON d.id = u.department_id
    WHERE c.void = 0"""
FAR = "9999-12-31"


def fee(source: "Source", text: str) -> Row:
    """The fee a text names (3)."""
    return find(source, "money_fee", text, what="fee")


def fees(db: Db) -> list[Row]:
    """Every fee, by its first day and code."""
    return db.execute("SELECT * FROM money_fee WHERE void = 0 ORDER BY from_day, code").fetchall()


def charges(db: Db, fee_id: int | None = None, day: str = FAR) -> list[Row]:
    """What pupils owe of a fee, or of all, with what they had paid by a day, by fee, class and pupil."""
    return db.execute(
        f"{CHARGE} AND c.fee_id = coalesce(:fee, c.fee_id) ORDER BY f.from_day, f.code, d.code IS NULL, d.code, u.code",
        {"fee": fee_id, "day": day},
    ).fetchall()


def charge(db: Db, fee_id: int, pupil_id: int, day: str = FAR) -> Row | None:
    """What one pupil owes of a fee, with what he had paid by a day."""
    row: Row | None = db.execute(
        f"{CHARGE} AND c.fee_id = :fee AND c.pupil_id = :pupil", {"fee": fee_id, "pupil": pupil_id, "day": day}
    ).fetchone()
    return row


def receipt(db: Db, number: str) -> Row | None:
    """The standing payment or refund that bears a receipt number."""
    row: Row | None = db.execute(
        f"""SELECT m.*, f.code AS fee, u.name FROM money_fee_move m JOIN money_charge c ON c.id = m.charge_id
            JOIN money_fee f ON f.id = c.fee_id JOIN opening_pupil u ON u.id = c.pupil_id
            WHERE {live("m", "money_fee_move")} AND m.receipt_no = ?""",
        (number,),
    ).fetchone()
    return row


def moves(db: Db, since: str, until: str) -> list[Row]:
    """The standing payments and refunds of a stretch of days, by receipt number."""
    return db.execute(
        f"""SELECT m.*, f.code AS fee, f.name AS fee_name, u.code, u.name, d.name AS class_name, p.name AS by_name
            FROM money_fee_move m JOIN money_charge c ON c.id = m.charge_id JOIN money_fee f ON f.id = c.fee_id
            JOIN opening_pupil u ON u.id = c.pupil_id LEFT JOIN school_department d ON d.id = u.department_id
            LEFT JOIN school_person p ON p.id = m.by_id
            WHERE {live("m", "money_fee_move")} AND m.on_day BETWEEN ? AND ? ORDER BY length(m.receipt_no), m.receipt_no""",
        (since, until),
    ).fetchall()


def beyond(db: Db) -> list[Row]:
    """Charges on which more was paid than is owed, or less than nothing."""
    return db.execute(f"SELECT * FROM ({CHARGE}) WHERE paid_fen > due_fen OR paid_fen < 0", {"day": FAR}).fetchall()
