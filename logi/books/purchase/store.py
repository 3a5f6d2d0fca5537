"""All the SQL of the purchase book, and what its neighbours may ask of it."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.core.tables import live

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

Row = sqlite3.Row
Db = sqlite3.Connection
FAR = "9999-12-31"

REQUESTS = """
    SELECT r.*, d.name AS department, d.code AS department_code, p.name AS applicant, p.code AS applicant_code
    FROM purchase_request r JOIN school_department d ON d.id = r.department_id JOIN school_person p ON p.id = r.applicant_id
    WHERE r.void = 0"""


def request(source: "Source", number: str) -> Row | None:
    """The standing request of a number, with department and applicant by name; None if the book knows none."""
    row: Row | None = source.db.execute(f"{REQUESTS} AND r.number = upper(?)", (number,)).fetchone()
    return row


def requests(db: Db, since: str = "", until: str = FAR) -> list[Row]:
    """The standing requests of a stretch of days, by day and number."""
    return db.execute(f"{REQUESTS} AND r.on_day BETWEEN ? AND ? ORDER BY r.on_day, r.number", (since, until)).fetchall()


def request_by_id(db: Db, rowid: int) -> Row:
    """A request by its row."""
    row: Row = db.execute(f"{REQUESTS} AND r.id = ?", (rowid,)).fetchone()
    return row


def lines(db: Db, rowid: int | None = None) -> list[Row]:
    """The lines of a request (or of all), with what the storeroom says of their items."""
    return db.execute(
        """SELECT l.*, i.code AS item_code, i.class AS item_class, i.tendered AS item_tendered
           FROM purchase_line l LEFT JOIN stock_item i ON i.id = l.item_id
           WHERE l.void = 0 AND l.request_id = coalesce(?, l.request_id) ORDER BY l.request_id, l.line""",
        (rowid,),
    ).fetchall()


def quotes(db: Db, rowid: int | None = None, until: str = FAR) -> list[Row]:
    """The quotes of a request (or of all) line by line, of each vendor the latest, by vendor and line."""
    return db.execute(
        f"""SELECT q.*, v.code AS vendor_code, v.name AS vendor FROM purchase_quote q
            JOIN school_vendor v ON v.id = q.vendor_id
            WHERE {live("q", "purchase_quote")} AND q.on_day <= ? AND q.request_id = coalesce(?, q.request_id)
            AND NOT EXISTS (SELECT 1 FROM purchase_quote o WHERE {live("o", "purchase_quote")} AND o.id > q.id
                AND o.request_id = q.request_id AND o.vendor_id = q.vendor_id AND o.line = q.line AND o.on_day <= ?)
            ORDER BY q.request_id, v.code, q.line""",
        (until, rowid, until),
    ).fetchall()


def orders(db: Db, rowid: int | None = None, until: str = FAR) -> list[Row]:
    """The standing order of a request (or those of all), with vendor and buyer by name."""
    return db.execute(
        f"""SELECT o.*, v.code AS vendor_code, v.name AS vendor, b.name AS buyer, q.state FROM purchase_order o
            JOIN purchase_request q ON q.id = o.request_id JOIN school_vendor v ON v.id = o.vendor_id
            LEFT JOIN school_person b ON b.id = o.buyer_id
            WHERE {live("o", "purchase_order")} AND o.on_day <= ? AND o.request_id = coalesce(?, o.request_id)
            ORDER BY o.request_id, o.id""",
        (until, rowid),
    ).fetchall()


def order_lines(db: Db, rowid: int | None = None, until: str = FAR) -> list[Row]:
    """What was ordered, line by line."""
    return db.execute(
        f"""SELECT o.* FROM purchase_order_line o WHERE {live("o", "purchase_order_line")} AND o.on_day <= ?
            AND o.request_id = coalesce(?, o.request_id) ORDER BY o.request_id, o.line""",
        (until, rowid),
    ).fetchall()


def receipts(db: Db, rowid: int | None = None, *, number: str | None = None, since: str = "", until: str = FAR) -> list[Row]:
    """Lines of acceptance with who inspected and bought, by day and number."""
    return db.execute(
        f"""SELECT c.*, i.name AS inspector, s.name AS second, b.name AS buyer FROM purchase_receipt c
            JOIN school_person i ON i.id = c.inspector_id LEFT JOIN school_person s ON s.id = c.second_id
            LEFT JOIN school_person b ON b.id = c.buyer_id
            WHERE {live("c", "purchase_receipt")} AND c.on_day BETWEEN ? AND ?
            AND c.request_id = coalesce(?, c.request_id) AND c.number = coalesce(upper(?), c.number)
            ORDER BY c.on_day, c.number, c.line""",
        (since, until, rowid, number),
    ).fetchall()


def invoices(db: Db, rowid: int | None = None, until: str = FAR) -> list[Row]:
    """Standing invoices."""
    return db.execute(
        f"""SELECT n.* FROM purchase_invoice n WHERE {live("n", "purchase_invoice")} AND n.on_day <= ?
            AND n.request_id = coalesce(?, n.request_id) ORDER BY n.on_day, n.id""",
        (until, rowid),
    ).fetchall()


def payments(db: Db, rowid: int | None = None, until: str = FAR) -> list[Row]:
    """Standing payments."""
    return db.execute(
        f"""SELECT y.* FROM purchase_payment y WHERE {live("y", "purchase_payment")} AND y.on_day <= ?
            AND y.request_id = coalesce(?, y.request_id) ORDER BY y.on_day, y.id""",
        (until, rowid),
    ).fetchall()


def spent(db: Db, until: str) -> list[Row]:
    """Every payment up to a day and what was taken back of it, with what it was for, oldest first."""
    return db.execute(
        """SELECT r.number, y.on_day, y.amount_fen, y.doc_no, r.purpose, r.budget, d.name AS department, v.name AS vendor
           FROM purchase_payment y JOIN purchase_request r ON r.id = y.request_id
           LEFT JOIN school_department d ON d.id = r.department_id
           LEFT JOIN purchase_order o ON o.id = (SELECT max(id) FROM purchase_order WHERE request_id = r.id AND sign = 1)
           LEFT JOIN school_vendor v ON v.id = o.vendor_id WHERE y.on_day <= ? ORDER BY y.on_day, y.id""",
        (until,),
    ).fetchall()


def invoice_of(db: Db, invoice_no: str) -> Row | None:
    """The request a standing invoice was taken in for."""
    row: Row | None = db.execute(
        f"""SELECT n.*, r.number FROM purchase_invoice n JOIN purchase_request r ON r.id = n.request_id
            WHERE {live("n", "purchase_invoice")} AND n.invoice_no = ? LIMIT 1""",
        (invoice_no,),
    ).fetchone()
    return row


def alike(db: Db, category: str, budget: str | None, year: int, but: int = 0) -> list[Row]:
    """The requests of a fiscal year with this category and budget item that were neither rejected nor dropped."""
    return db.execute(
        """SELECT number, on_day, amount_fen FROM purchase_request WHERE void = 0 AND category = ? AND budget IS ?
           AND substr(on_day, 1, 4) = ? AND state NOT IN ('rejected', 'dropped') AND id <> ? ORDER BY on_day, number""",
        (category, budget, str(year), but),
    ).fetchall()


def approvals(db: Db, until: str = FAR) -> dict[str, list[Row]]:
    """Every standing approval of this book's requests up to a day, by number, oldest first."""
    found: dict[str, list[Row]] = {}
    for row in db.execute(
        f"""SELECT a.* FROM approval a JOIN purchase_request r ON r.number = a.number
            WHERE r.void = 0 AND {live("a", "approval")} AND a.on_day <= ? ORDER BY a.id""",
        (until,),
    ):
        found.setdefault(row["number"], []).append(row)
    return found


def people_named(db: Db, name: str) -> list[Row]:
    """Everybody of the school who bears a name, or a code."""
    return db.execute(
        "SELECT * FROM school_person WHERE void = 0 AND (name = ? OR code = ?) ORDER BY code", (name, name)
    ).fetchall()


def staff(db: Db, on: date) -> list[Row]:
    """Everybody who is at the school on a day, by code."""
    return db.execute(
        "SELECT * FROM school_person WHERE void = 0 AND (left_on IS NULL OR left_on > ?) ORDER BY code", (on.isoformat(),)
    ).fetchall()


def stocked(db: Db, number: str | None = None) -> dict[str, dict[int, int]]:
    """What the storeroom took in by request number: item -> quantity in thousandths."""
    found: dict[str, dict[int, int]] = {}
    for row in db.execute(
        """SELECT s.request_no, m.item_id, sum(m.quantity_milli) AS quantity FROM stock_slip s
           JOIN stock_move m ON m.slip_id = s.id AND m.kind = 'in'
           WHERE s.void = 0 AND s.kind = 'in' AND s.request_no = coalesce(?, s.request_no) AND s.request_no IS NOT NULL
           GROUP BY s.request_no, m.item_id""",
        (number,),
    ):
        found.setdefault(row["request_no"].upper(), {})[row["item_id"]] = row["quantity"]
    return found


def slips(db: Db, number: str) -> list[Row]:
    """The stock-in slips that name a request."""
    return db.execute(
        "SELECT number, on_day, invoice_no FROM stock_slip WHERE void = 0 AND kind = 'in' AND request_no = ? ORDER BY number",
        (number,),
    ).fetchall()


def cards(db: Db, number: str) -> list[Row]:
    """The asset cards that name a request."""
    return db.execute(
        "SELECT code, name, cost_fen FROM asset_card WHERE void = 0 AND upper(request) = ? ORDER BY code", (number,)
    ).fetchall()


def unasked(db: Db, since: str, until: str) -> list[Row]:
    """Stock-in slips, and purchased things put on the register, of a stretch of days that name no request."""
    return db.execute(
        f"""SELECT 'slip' AS kind, s.number, s.on_day, group_concat(DISTINCT i.name) AS name, v.name AS vendor,
                   s.invoice_no AS invoice, sum(m.value_fen) AS value_fen
            FROM stock_slip s JOIN stock_move m ON m.slip_id = s.id AND m.kind = 'in' JOIN stock_item i ON i.id = m.item_id
            LEFT JOIN school_vendor v ON v.id = s.vendor_id
            WHERE s.void = 0 AND s.kind = 'in' AND s.request_no IS NULL AND s.corrects_id IS NULL
            AND s.on_day BETWEEN ? AND ? GROUP BY s.id HAVING sum(m.value_fen) <> 0
            UNION ALL
            SELECT 'card', min(c.code), m.on_day, min(c.name), v.name, min(c.invoice), sum(c.cost_fen)
            FROM asset_card c JOIN asset_move m ON m.card_id = c.id AND m.kind = 'add' AND {live("m", "asset_move")}
            LEFT JOIN school_vendor v ON v.id = c.vendor_id
            WHERE c.void = 0 AND c.acquired_by = 'purchase' AND c.request IS NULL AND c.split_from IS NULL
            AND m.on_day BETWEEN ? AND ? GROUP BY m.entry, m.on_day, c.name ORDER BY 3, 2""",
        (since, until, since, until),
    ).fetchall()


def leaning(db: Db, rowids: list[int]) -> set[int]:
    """The entries that took goods in, or put things on the register, on requests of these rows."""
    found: set[int] = set()
    for rowid in rowids:
        found |= {
            int(row[0]) for row in db.execute(
                f"""SELECT g.entry FROM purchase_request r JOIN stock_slip s ON s.request_no = r.number AND s.void = 0
                    JOIN number_given g ON g.number = s.number WHERE r.id = ?
                    UNION SELECT m.entry FROM purchase_request r JOIN asset_card c ON upper(c.request) = r.number AND c.void = 0
                    JOIN asset_move m ON m.card_id = c.id AND m.kind = 'add' AND {live("m", "asset_move")} WHERE r.id = ?""",
                (rowid, rowid),
            )
        }  # fmt: skip
    return found


def found(db: Db, text: str, folded: Any) -> list[Row]:
    """Requests whose number, purpose, budget item, department, vendor or goods hold a text."""
    wanted = folded(text)
    goods: dict[int, list[str]] = {}
    for line in lines(db):
        goods.setdefault(line["request_id"], []).append(line["name"])
    return [
        row for row in requests(db)
        if any(wanted in folded(str(one)) for one in (row["number"], row["purpose"], row["budget"] or "", row["department"],
                                                      *goods.get(row["id"], ())))
    ][:50]  # fmt: skip


def ungiven(db: Db) -> list[Row]:
    """Requests and acceptances whose numbers were never given."""
    return db.execute(
        """SELECT number, entry FROM purchase_request WHERE void = 0 AND number NOT IN (SELECT number FROM number_given)
           UNION SELECT number, entry FROM purchase_receipt WHERE number NOT IN (SELECT number FROM number_given)"""
    ).fetchall()


def beyond(db: Db) -> list[Row]:
    """Lines of which more was accepted than ordered, or less than nothing."""
    return db.execute(
        f"""SELECT r.number, c.line, max(c.entry) AS entry
            FROM purchase_receipt c JOIN purchase_request r ON r.id = c.request_id
            GROUP BY c.request_id, c.line HAVING sum(c.accepted_milli) < 0 OR sum(c.accepted_milli) > (
                SELECT coalesce(sum(o.quantity_milli), 0) FROM purchase_order_line o
                WHERE o.request_id = c.request_id AND o.line = c.line AND {live("o", "purchase_order_line")})"""
    ).fetchall()


def twice_ordered(db: Db) -> list[Row]:
    """Requests with more than one standing order."""
    return db.execute(
        f"""SELECT r.number, max(o.entry) AS entry FROM purchase_order o JOIN purchase_request r ON r.id = o.request_id
            WHERE {live("o", "purchase_order")} GROUP BY o.request_id HAVING count(*) > 1"""
    ).fetchall()
