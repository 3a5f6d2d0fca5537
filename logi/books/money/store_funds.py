"""The SQL of funds and papers: receipts, shares, schools, budgets, notices, vouchers, returns, findings, closings."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from logi.core.tables import live
from logi.finding import find

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

Row = sqlite3.Row
Db = sqlite3.Connection

# What came in, went to other schools, was paid: one row each, signs as they move the balance.
FLOWS = """
    SELECT on_day, entry, amount_fen AS in_fen, 0 AS allotted_fen, 0 AS paid_fen FROM money_receipt
    UNION ALL SELECT on_day, entry, 0, amount_fen, 0 FROM money_share WHERE own = 0
    UNION ALL SELECT on_day, entry, 0, 0, amount_fen FROM money_payment"""
SHARED = f"""(SELECT coalesce(sum(s.amount_fen), 0) FROM money_share s WHERE s.receipt_id = r.id
    AND {live("s", "money_share")})"""


def flows(db: Db, since: str, until: str) -> Row:
    """What came in, was allotted to other schools and was paid from a day to another."""
    row: Row = db.execute(
        f"""SELECT coalesce(sum(in_fen), 0) AS in_fen, coalesce(sum(allotted_fen), 0) AS allotted_fen,
                coalesce(sum(paid_fen), 0) AS paid_fen FROM ({FLOWS}) WHERE on_day BETWEEN ? AND ?""",
        (since, until),
    ).fetchone()
    return row


def begun_on(db: Db) -> date | None:
    """The first day on which money came in; None before."""
    row = db.execute(f"SELECT min(r.on_day) FROM money_receipt r WHERE {live('r', 'money_receipt')}").fetchone()
    return date.fromisoformat(row[0]) if row[0] else None


def used_since(db: Db) -> date | None:
    """The first day the book knows of: a claim, a receipt, a batch; None while it is empty."""
    row = db.execute(
        f"""SELECT min(day) FROM (SELECT min(on_day) AS day FROM money_claim WHERE void = 0
            UNION ALL SELECT min(r.on_day) FROM money_receipt r WHERE {live("r", "money_receipt")}
            UNION ALL SELECT min(from_day) FROM money_school WHERE void = 0)"""
    ).fetchone()
    return date.fromisoformat(row[0]) if row[0] else None


def bought_from(db: Db) -> str:
    """The first day of which payments besides claims are counted: after the last month closed before they were."""
    row = db.execute("SELECT max(month) FROM money_closing WHERE void = 0 AND bought_fen IS NULL").fetchone()
    return f"{row[0]}-99" if row[0] else ""


# -- receipts and shares ---------------------------------------------------------------------------


def receipt(db: Db, number: str) -> Row | None:
    """The live receipt of a number and what of it is allotted."""
    row: Row | None = db.execute(
        f"SELECT r.*, {SHARED} AS shared_fen FROM money_receipt r WHERE {live('r', 'money_receipt')} AND r.number = upper(?)",
        (number,),
    ).fetchone()
    return row


def receipts(db: Db, since: date | None, until: date | None) -> list[Row]:
    """The live receipts of a stretch of days with what is allotted of each and when first, oldest first."""
    span = ((since or date.min).isoformat(), (until or date.max).isoformat())
    return db.execute(
        f"""SELECT r.*, {SHARED} AS shared_fen, (SELECT min(s.on_day) FROM money_share s WHERE s.receipt_id = r.id
                AND {live("s", "money_share")}) AS shared_on
            FROM money_receipt r WHERE {live("r", "money_receipt")} AND r.on_day BETWEEN ? AND ?
            ORDER BY r.on_day, r.number""",
        span,
    ).fetchall()


def shares(db: Db, *, number: str | None = None, receipt_id: int | None = None) -> list[Row]:
    """The live shares of an allotment, or of a receipt, by school."""
    return db.execute(
        f"""SELECT s.*, u.code, u.name, r.number AS receipt, r.title FROM money_share s
            JOIN money_school u ON u.id = s.school_id JOIN money_receipt r ON r.id = s.receipt_id
            WHERE {live("s", "money_share")}
            AND s.number = coalesce(?, s.number) AND s.receipt_id = coalesce(?, s.receipt_id) ORDER BY s.id""",
        (number, receipt_id),
    ).fetchall()


def over_allotted(db: Db) -> list[Row]:
    """Receipts of which more is allotted than came in."""
    return db.execute(
        f"""SELECT r.number, r.entry, {SHARED} AS shared_fen, r.amount_fen FROM money_receipt r
            WHERE {live("r", "money_receipt")} AND {SHARED} > r.amount_fen"""
    ).fetchall()


# -- schools, budgets ------------------------------------------------------------------------------


def school(source: "Source", text: str) -> Row:
    """The school a text names (3)."""
    return find(source, "money_school", text, what="school")


def schools(db: Db) -> list[Row]:
    """Every school, by code."""
    return db.execute("SELECT * FROM money_school WHERE void = 0 ORDER BY code").fetchall()


def own_school(db: Db) -> Row | None:
    """The school whose money this ledger keeps."""
    row: Row | None = db.execute("SELECT * FROM money_school WHERE void = 0 AND own = 1").fetchone()
    return row


def budget_row(db: Db, month: str, subject: str) -> Row | None:
    """A month's budget of a subject."""
    row: Row | None = db.execute(
        "SELECT * FROM money_budget WHERE month = ? AND subject = ? AND void = 0", (month, subject)
    ).fetchone()
    return row


def budget_of(db: Db, month: str, subject: str) -> int | None:
    """A month's budget of a subject in fen: 0 where the month has a budget that leaves it out, None without one."""
    row = budget_row(db, month, subject)
    if row is not None:
        return int(row["amount_fen"])
    there = db.execute("SELECT 1 FROM money_budget WHERE month = ? AND void = 0 LIMIT 1", (month,)).fetchone()
    return 0 if there else None


def budgets(db: Db, since: str, until: str) -> dict[str, int]:
    """The budgets of the months from one to another, by subject."""
    rows = db.execute(
        "SELECT subject, sum(amount_fen) FROM money_budget WHERE void = 0 AND month BETWEEN ? AND ? GROUP BY subject",
        (since, until),
    )
    return {row[0]: int(row[1]) for row in rows}


# -- notices ---------------------------------------------------------------------------------------

NOTICE = """SELECT n.*, p.name AS by_name, (SELECT count(*) FROM money_objection o WHERE o.notice_id = n.id AND o.void = 0
        AND o.answered_on IS NULL) AS unanswered
    FROM money_notice n LEFT JOIN school_person p ON p.id = n.by_id WHERE n.void = 0"""


def notice(db: Db, number: str) -> Row | None:
    """The live notice of a number."""
    row: Row | None = db.execute(f"{NOTICE} AND n.number = upper(?)", (number,)).fetchone()
    return row


def notices(db: Db, since: date | None = None, until: date | None = None) -> list[Row]:
    """The notices of periods that end in a stretch of days, oldest first."""
    span = ((since or date.min).isoformat(), (until or date.max).isoformat())
    return db.execute(f"{NOTICE} AND n.until BETWEEN ? AND ? ORDER BY n.since, n.number", span).fetchall()


def objections(db: Db, notice_id: int) -> list[Row]:
    """The objections to a notice, in order."""
    return db.execute(
        """SELECT o.*, p.name AS answered_by FROM money_objection o LEFT JOIN school_person p ON p.id = o.answered_id
           WHERE o.notice_id = ? AND o.void = 0 ORDER BY o.n""",
        (notice_id,),
    ).fetchall()


# -- vouchers, returns, findings -------------------------------------------------------------------

BATCH = """SELECT b.*, u.code, u.name FROM money_batch b JOIN money_school u ON u.id = b.school_id WHERE b.void = 0"""


def batch(db: Db, month: str, school_id: int) -> Row | None:
    """A school's vouchers of a month."""
    row: Row | None = db.execute(f"{BATCH} AND b.month = ? AND b.school_id = ?", (month, school_id)).fetchone()
    return row


def batches(db: Db, since: str, until: str) -> list[Row]:
    """The vouchers handed in for the months from one to another."""
    return db.execute(f"{BATCH} AND b.month BETWEEN ? AND ? ORDER BY b.month, u.code", (since, until)).fetchall()


def returned(db: Db, kind: str, period: str) -> Row | None:
    """When a return of a period was filed."""
    row: Row | None = db.execute(
        f"""SELECT f.*, p.name AS by_name FROM money_return f LEFT JOIN school_person p ON p.id = f.by_id
            WHERE {live("f", "money_return")} AND f.kind = ? AND f.period = ? ORDER BY f.id DESC LIMIT 1""",
        (kind, period),
    ).fetchone()
    return row


FINDING = """SELECT f.*, p.name AS owner FROM money_finding f LEFT JOIN school_person p ON p.id = f.owner_id
    WHERE f.void = 0"""


def finding(db: Db, number: str) -> Row | None:
    """The live finding of a number."""
    row: Row | None = db.execute(f"{FINDING} AND f.number = upper(?)", (number,)).fetchone()
    return row


def findings(db: Db, since: date | None = None, until: date | None = None) -> list[Row]:
    """The findings of a stretch of days, oldest first."""
    span = ((since or date.min).isoformat(), (until or date.max).isoformat())
    return db.execute(f"{FINDING} AND f.on_day BETWEEN ? AND ? ORDER BY f.on_day, f.number", span).fetchall()


# -- closed months ---------------------------------------------------------------------------------


def closing(db: Db, month: str) -> Row | None:
    """The stored figures of a closed month."""
    row: Row | None = db.execute("SELECT * FROM money_closing WHERE month = ? AND void = 0", (month,)).fetchone()
    return row


def last_closing(db: Db, before: str) -> Row | None:
    """The stored figures of the last closed month before one."""
    row: Row | None = db.execute(
        "SELECT * FROM money_closing WHERE month < ? AND void = 0 ORDER BY month DESC LIMIT 1", (before,)
    ).fetchone()
    return row


def closings(db: Db) -> list[Row]:
    """The stored figures of every closed month, in order."""
    return db.execute("SELECT * FROM money_closing WHERE void = 0 ORDER BY month").fetchall()
