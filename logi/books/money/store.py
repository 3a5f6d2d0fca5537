"""All the SQL of claims, invoices and payments; funds and papers stand next door (store_funds)."""

import sqlite3
from collections.abc import Sequence
from datetime import date

from logi.core.tables import live

Row = sqlite3.Row
Db = sqlite3.Connection

CLAIM = f"""
    SELECT c.*, h.name AS handler, r.name AS preparer, d.name AS department, v.name AS vendor, o.number AS corrects,
        p.on_day AS paid_on, p.means, p.voucher, p.id AS payment_id, k.name AS cashier
    FROM money_claim c JOIN school_person h ON h.id = c.handler_id JOIN school_person r ON r.id = c.preparer_id
    LEFT JOIN school_department d ON d.id = c.department_id LEFT JOIN school_vendor v ON v.id = c.vendor_id
    LEFT JOIN money_claim o ON o.id = c.corrects_id
    LEFT JOIN money_payment p ON p.claim_id = c.id AND {live("p", "money_payment")}
    LEFT JOIN school_person k ON k.id = p.cashier_id
    WHERE c.void = 0"""
STANDING = "c.void = 0 AND c.state NOT IN ('rejected', 'withdrawn')"


def claim(db: Db, number: str) -> Row | None:
    """The live claim of a number, with names and its payment."""
    row: Row | None = db.execute(f"{CLAIM} AND c.number = upper(?)", (number,)).fetchone()
    return row


def claims(db: Db, since: date | None = None, until: date | None = None) -> list[Row]:
    """The claims made in a stretch of days, oldest first."""
    span = ((since or date.min).isoformat(), (until or date.max).isoformat())
    return db.execute(f"{CLAIM} AND c.on_day BETWEEN ? AND ? ORDER BY c.on_day, c.number", span).fetchall()


def waiting(db: Db) -> list[Row]:
    """The claims neither paid nor refused nor withdrawn, oldest first."""
    return db.execute(f"{CLAIM} AND c.state IN ('open', 'approved') ORDER BY c.on_day, c.number").fetchall()


def corrected_by(db: Db, claim_id: int) -> str | None:
    """The number of the claim that stands in this one's place."""
    row = db.execute("SELECT number FROM money_claim WHERE corrects_id = ? AND void = 0", (claim_id,)).fetchone()
    return str(row[0]) if row else None


def lines(db: Db, claim_id: int) -> list[Row]:
    """The lines of a claim with their invoices."""
    return db.execute(
        """SELECT l.*, i.code AS invoice, i.kind, i.issued_on, i.buyer, i.tax_no, i.result FROM money_line l
           LEFT JOIN money_invoice i ON i.id = l.invoice_id WHERE l.claim_id = ? AND l.void = 0 ORDER BY l.line""",
        (claim_id,),
    ).fetchall()


def links(db: Db, claim_id: int) -> list[Row]:
    """What a claim is linked to: slips, cards, repair orders."""
    return db.execute(
        """SELECT k.*, a.cost_fen, a.invoice AS card_invoice, a.vendor_id AS card_vendor_id, a.void AS card_void,
               a.name AS card_name, o.state AS order_state
           FROM money_link k LEFT JOIN asset_card a ON a.id = k.card_id LEFT JOIN repair_order o ON o.id = k.order_id
           WHERE k.claim_id = ? AND k.void = 0 ORDER BY k.id""",
        (claim_id,),
    ).fetchall()


def claimed_on(db: Db, column: str, rowid: int, but: int = 0) -> str | None:
    """The standing claim that a slip or a card is on already; `column` is slip_id or card_id."""
    if column not in ("slip_id", "card_id"):
        raise ValueError(column)
    row = db.execute(
        f"""SELECT c.number FROM money_link k JOIN money_claim c ON c.id = k.claim_id
            WHERE k.{column} = ? AND k.void = 0 AND {STANDING} AND c.id <> ? ORDER BY c.id LIMIT 1""",
        (rowid, but),
    ).fetchone()
    return str(row[0]) if row else None


def same_amount(db: Db, vendor_id: int, total_fen: int, since: date, until: date) -> str | None:
    """A standing claim of the same vendor and amount within some days."""
    row = db.execute(
        f"""SELECT c.number FROM money_claim c WHERE {STANDING} AND c.vendor_id = ? AND c.total_fen = ?
            AND c.on_day BETWEEN ? AND ? ORDER BY c.id DESC LIMIT 1""",
        (vendor_id, total_fen, since.isoformat(), until.isoformat()),
    ).fetchone()
    return str(row[0]) if row else None


def subject_known(db: Db, subject: str) -> bool:
    """Whether a subject of the school's own is in a budget or on a claim already."""
    return db.execute(
        """SELECT 1 FROM money_budget WHERE void = 0 AND subject = ?1
           UNION ALL SELECT 1 FROM money_line WHERE void = 0 AND subject = ?1 LIMIT 1""", (subject,)
    ).fetchone() is not None  # fmt: skip


def committed(db: Db, month: str, subject: str) -> int:
    """What the standing claims made in a month ask for on a subject."""
    return int(db.execute(
        f"""SELECT coalesce(sum(l.amount_fen), 0) FROM money_line l JOIN money_claim c ON c.id = l.claim_id
            WHERE {STANDING} AND l.void = 0 AND l.subject = ? AND substr(c.on_day, 1, 7) = ?""",
        (subject, month),
    ).fetchone()[0])  # fmt: skip


# -- invoices --------------------------------------------------------------------------------------


def invoice(db: Db, code: str) -> Row | None:
    """The invoice of a number on a standing claim, with the claim's number, day, state, request and handler."""
    row: Row | None = db.execute(
        """SELECT i.*, c.number, c.on_day, c.state, c.request_no, h.name AS handler, (SELECT sum(l.amount_fen) FROM money_line l
                WHERE l.invoice_id = i.id AND l.void = 0) AS amount_fen
           FROM money_invoice i JOIN money_claim c ON c.id = i.claim_id JOIN school_person h ON h.id = c.handler_id
           WHERE i.code = ? AND i.void = 0""",
        (code,),
    ).fetchone()
    return row


def was_fake(db: Db, code: str) -> Row | None:
    """The claim on which an invoice of this number was found to be forged before."""
    row: Row | None = db.execute(
        """SELECT c.number, i.verified_on FROM money_invoice i JOIN money_claim c ON c.id = i.claim_id
           WHERE i.code = ? AND i.result = 'fake' AND c.void = 0 ORDER BY i.id DESC LIMIT 1""",
        (code,),
    ).fetchone()
    return row


def invoices_of(db: Db, claim_id: int) -> list[Row]:
    """The invoices of a claim with what is claimed on each."""
    return db.execute(
        """SELECT i.*, (SELECT sum(l.amount_fen) FROM money_line l WHERE l.invoice_id = i.id AND l.void = 0) AS amount_fen
           FROM money_invoice i WHERE i.claim_id = ? AND i.void = 0 ORDER BY i.id""",
        (claim_id,),
    ).fetchall()


def invoices(db: Db, since: date, until: date) -> list[Row]:
    """The invoices of claims made in a stretch of days, by claim."""
    return db.execute(
        f"""SELECT i.*, c.number, c.on_day, c.state AS claim_state, v.name AS vendor, w.name AS verified_by,
               (SELECT sum(l.amount_fen) FROM money_line l WHERE l.invoice_id = i.id AND l.void = 0) AS amount_fen
            FROM money_invoice i JOIN money_claim c ON c.id = i.claim_id LEFT JOIN school_vendor v ON v.id = c.vendor_id
            LEFT JOIN school_person w ON w.id = i.verified_id
            WHERE i.void = 0 AND {STANDING} AND c.on_day BETWEEN ? AND ? ORDER BY c.on_day, c.number, i.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


# -- what was paid ---------------------------------------------------------------------------------


def paid(db: Db, since: date, until: date) -> int:
    """What was paid in a stretch of days."""
    return int(db.execute(
        "SELECT coalesce(sum(amount_fen), 0) FROM money_payment WHERE on_day BETWEEN ? AND ?",
        (since.isoformat(), until.isoformat()),
    ).fetchone()[0])  # fmt: skip


def paid_lines(db: Db, since: date, until: date) -> list[Row]:
    """The lines of the claims paid in a stretch of days, oldest first; a payment taken back in it stands red."""
    return db.execute(
        """SELECT p.on_day, p.sign, p.means, p.voucher, c.number, c.purpose, c.papers, d.name AS department, v.name AS vendor,
               c.payee, h.name AS handler, l.line, l.subject, l.summary, l.amount_fen * p.sign AS amount_fen
           FROM money_payment p JOIN money_claim c ON c.id = p.claim_id JOIN money_line l ON l.claim_id = c.id AND l.void = 0
           JOIN school_person h ON h.id = c.handler_id LEFT JOIN school_department d ON d.id = c.department_id
           LEFT JOIN school_vendor v ON v.id = c.vendor_id
           WHERE p.on_day BETWEEN ? AND ? ORDER BY p.on_day, c.number, p.id, l.line""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def paid_by(db: Db, what: str, since: date, until: date) -> dict[str, int]:
    """What was paid in a stretch of days by subject or by department."""
    column = {"subject": "l.subject", "department": "coalesce(d.name, '')"}[what]
    rows = db.execute(
        f"""SELECT {column}, sum(l.amount_fen * p.sign) FROM money_payment p JOIN money_claim c ON c.id = p.claim_id
            JOIN money_line l ON l.claim_id = c.id AND l.void = 0 LEFT JOIN school_department d ON d.id = c.department_id
            WHERE p.on_day BETWEEN ? AND ? GROUP BY {column}""",
        (since.isoformat(), until.isoformat()),
    )
    return {row[0]: int(row[1]) for row in rows}


def paid_on_requests(db: Db, until: str) -> list[Row]:
    """What claims that name a request were paid up to a day, and what was taken back: request_no, claim, on_day, amount_fen."""
    return db.execute(
        """SELECT upper(c.request_no) AS request_no, c.number AS claim, p.on_day, p.amount_fen
           FROM money_payment p JOIN money_claim c ON c.id = p.claim_id
           WHERE c.request_no IS NOT NULL AND p.on_day <= ? ORDER BY p.on_day, p.id""",
        (until,),
    ).fetchall()


def of_request(db: Db, number: str, until: str) -> tuple[int, int]:
    """What standing claims made by a day ask on invoices for a request, and what was paid on them by then."""
    invoiced = db.execute(
        f"""SELECT coalesce(sum(l.amount_fen), 0) FROM money_line l JOIN money_claim c ON c.id = l.claim_id
            WHERE {STANDING} AND l.void = 0 AND l.invoice_id IS NOT NULL AND c.request_no = ? AND c.on_day <= ?""",
        (number, until),
    ).fetchone()[0]
    spent = db.execute(
        """SELECT coalesce(sum(p.amount_fen), 0) FROM money_payment p JOIN money_claim c ON c.id = p.claim_id
           WHERE c.request_no = ? AND p.on_day <= ?""",
        (number, until),
    ).fetchone()[0]
    return int(invoiced), int(spent)


# -- what must hold --------------------------------------------------------------------------------


def torn(db: Db) -> list[Row]:
    """Claims whose lines do not sum to their total."""
    return db.execute(
        """SELECT c.number, c.entry, c.total_fen, (SELECT coalesce(sum(l.amount_fen), 0) FROM money_line l
               WHERE l.claim_id = c.id AND l.void = 0) AS lines_fen FROM money_claim c
           WHERE c.void = 0 AND c.total_fen <> (SELECT coalesce(sum(l.amount_fen), 0) FROM money_line l
               WHERE l.claim_id = c.id AND l.void = 0)"""
    ).fetchall()


def wrongly_paid(db: Db) -> list[Row]:
    """Claims marked paid that are not paid in full, and others that are paid."""
    return db.execute(
        """SELECT c.number, c.entry FROM money_claim c WHERE c.void = 0
           AND (SELECT coalesce(sum(p.amount_fen), 0) FROM money_payment p WHERE p.claim_id = c.id)
               <> CASE c.state WHEN 'paid' THEN c.total_fen ELSE 0 END"""
    ).fetchall()


def called(db: Db, text: str, limit: int = 30) -> list[Row]:
    """Claims whose number, purpose, payee, a line or an invoice holds a text."""
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return db.execute(
        f"""{CLAIM} AND (c.number LIKE ?1 ESCAPE '\\' OR c.purpose LIKE ?1 ESCAPE '\\' OR c.payee LIKE ?1 ESCAPE '\\'
            OR EXISTS (SELECT 1 FROM money_line l WHERE l.claim_id = c.id AND l.void = 0 AND l.summary LIKE ?1 ESCAPE '\\')
            OR EXISTS (SELECT 1 FROM money_invoice i WHERE i.claim_id = c.id AND i.code LIKE ?1 ESCAPE '\\'))
            ORDER BY c.number LIMIT ?2""",
        (like, limit),
    ).fetchall()


def ids(rows: Sequence[Row]) -> list[int]:
    """The ids of rows."""
    return [int(row["id"]) for row in rows]
