"""All the SQL of the meter book."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from logi.books.meter.rules import Reading
from logi.core.errors import Ambiguous, NotFound
from logi.core.tables import live

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

Row = sqlite3.Row
Db = sqlite3.Connection

METERS = """
    SELECT m.*, l.code AS place, l.name AS place_name, d.name AS department, p.code AS parent, r.name AS reader,
        r.code AS reader_code
    FROM meter_meter m JOIN school_place l ON l.id = m.place_id LEFT JOIN school_department d ON d.id = m.department_id
    LEFT JOIN meter_meter p ON p.id = m.parent_id LEFT JOIN school_person r ON r.id = m.reader_id WHERE m.void = 0"""
READINGS = f"""
    SELECT g.*, m.code, m.name, m.kind, p.name AS by_name, p.code AS by_code
    FROM meter_reading g JOIN meter_meter m ON m.id = g.meter_id LEFT JOIN school_person p ON p.id = g.by_id
    WHERE {live("g", "meter_reading")}"""
BILLS = f"""
    SELECT b.*, m.code AS meter, v.name AS vendor, c.number AS claim, c.state AS claim_state
    FROM meter_bill b LEFT JOIN meter_meter m ON m.id = b.meter_id LEFT JOIN school_vendor v ON v.id = b.vendor_id
    LEFT JOIN money_claim c ON c.id = b.claim_id WHERE {live("b", "meter_bill")}"""


# -- meters ----------------------------------------------------------------------------------------


def meter(source: "Source", text: str) -> Row:
    """The meter a text names. NotFound, Ambiguous (3)."""
    from logi.finding import find

    try:
        return find(source, "meter_meter", text, what="meter")
    except Ambiguous:
        raise
    except NotFound as error:
        raise NotFound("meter.no_meter", text=text) from error


def meters(db: Db) -> list[Row]:
    """Every meter ever registered with place, department, parent and reader, by kind and code."""
    order = "CASE m.kind WHEN 'water' THEN 1 WHEN 'power' THEN 2 WHEN 'gas' THEN 3 ELSE 4 END"
    return db.execute(f"{METERS} ORDER BY {order}, m.code").fetchall()


def meter_of(db: Db, meter_id: int) -> Row:
    """The meter of an id with its names."""
    row: Row = db.execute(f"{METERS} AND m.id = ?", (meter_id,)).fetchone()
    return row


def children(db: Db, meter_id: int) -> list[Row]:
    """The meters that hang behind one."""
    return db.execute("SELECT * FROM meter_meter WHERE void = 0 AND parent_id = ? ORDER BY code", (meter_id,)).fetchall()


def above(db: Db, meter_id: int) -> set[int]:
    """A meter and all it hangs behind."""
    query = """WITH RECURSIVE before (id) AS (
            SELECT ? UNION SELECT m.parent_id FROM meter_meter m JOIN before b ON b.id = m.id WHERE m.parent_id IS NOT NULL
        ) SELECT id FROM before"""
    return {row[0] for row in db.execute(query, (meter_id,))}


def outermost(db: Db) -> dict[int, tuple[str, str]]:
    """(code, name) of the building or ground each place lies in, itself if it lies in none."""
    query = """WITH RECURSIVE inside (id, top) AS (
            SELECT id, id FROM school_place WHERE parent_id IS NULL
            UNION SELECT p.id, i.top FROM school_place p JOIN inside i ON p.parent_id = i.id
        ) SELECT i.id, t.code, t.name FROM inside i JOIN school_place t ON t.id = i.top"""
    return {row[0]: (row[1], row[2]) for row in db.execute(query)}


# -- readings --------------------------------------------------------------------------------------


def readings(db: Db, meter_id: int | None = None, until: date | None = None) -> dict[int, list[Reading]]:
    """The live readings of each meter (or of one), oldest first."""
    found: dict[int, list[Reading]] = {}
    for row in db.execute(
        f"""SELECT g.* FROM meter_reading g WHERE {live("g", "meter_reading")} AND g.meter_id = coalesce(?, g.meter_id)
            AND g.on_day <= ? ORDER BY g.on_day, g.id""",
        (meter_id, (until or date.max).isoformat()),
    ):
        found.setdefault(row["meter_id"], []).append(Reading(
            date.fromisoformat(row["on_day"]), row["what"], row["value_milli"], bool(row["rolled"]), row["final_milli"],
            row["digits"], row["factor_milli"], row["entry"],
        ))  # fmt: skip
    return found


def reading_rows(db: Db, since: date, until: date, meter_id: int | None = None) -> list[Row]:
    """The live readings of a stretch of days with who read them, by day and meter."""
    return db.execute(
        f"{READINGS} AND g.on_day BETWEEN ? AND ? AND g.meter_id = coalesce(?, g.meter_id) ORDER BY g.on_day, m.code",
        (since.isoformat(), until.isoformat(), meter_id),
    ).fetchall()


def reading_on(db: Db, meter_id: int, day: date) -> Row | None:
    """The live reading of a meter on a day."""
    row: Row | None = db.execute(f"{READINGS} AND g.meter_id = ? AND g.on_day = ?", (meter_id, day.isoformat())).fetchone()
    return row


def last_readers(db: Db) -> list[int]:
    """Who read meters last, the latest first."""
    query = f"""SELECT g.by_id FROM meter_reading g WHERE {live("g", "meter_reading")} AND g.by_id IS NOT NULL
                ORDER BY g.on_day DESC, g.id DESC LIMIT 5"""
    return [row[0] for row in db.execute(query)]


def nights(db: Db, since: date, until: date) -> list[Row]:
    """The night tests of a stretch of days, oldest first."""
    return db.execute(
        f"""SELECT n.*, m.code, m.name, m.kind, p.name AS by_name FROM meter_night n JOIN meter_meter m ON m.id = n.meter_id
            LEFT JOIN school_person p ON p.id = n.by_id WHERE {live("n", "meter_night")}
            AND n.on_day BETWEEN ? AND ? ORDER BY n.on_day, m.code""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def alarms(db: Db, first: str, last: str) -> list[Row]:
    """The leaks reported for the uses of a stretch of months, oldest first."""
    return db.execute(
        f"""SELECT a.*, m.code FROM meter_alarm a JOIN meter_meter m ON m.id = a.meter_id
            WHERE {live("a", "meter_alarm")} AND a.month BETWEEN ? AND ? ORDER BY a.on_day, a.id""",
        (first, last),
    ).fetchall()


# -- prices, quotas, reasons -----------------------------------------------------------------------


def prices(db: Db) -> list[Row]:
    """Every price by kind, meter and first day, the newest first."""
    return db.execute(
        """SELECT p.*, m.code AS meter FROM meter_price p LEFT JOIN meter_meter m ON m.id = p.meter_id WHERE p.void = 0
           ORDER BY p.kind, m.code IS NOT NULL, m.code, p.from_day DESC"""
    ).fetchall()


def price_row(db: Db, kind: str, meter_id: int | None, from_day: date) -> Row | None:
    """The price of a kind (or of one meter) that begins on a day."""
    row: Row | None = db.execute(
        "SELECT * FROM meter_price WHERE void = 0 AND kind = ? AND meter_id IS ? AND from_day = ?",
        (kind, meter_id, from_day.isoformat()),
    ).fetchone()
    return row


def quotas(db: Db) -> list[Row]:
    """Every quota by meter, the newest first."""
    return db.execute(
        """SELECT q.*, m.code AS meter FROM meter_quota q JOIN meter_meter m ON m.id = q.meter_id WHERE q.void = 0
           ORDER BY m.code, q.from_day DESC"""
    ).fetchall()


def quota_row(db: Db, meter_id: int, from_day: date) -> Row | None:
    """The quota of a meter that begins on a day."""
    row: Row | None = db.execute(
        "SELECT * FROM meter_quota WHERE void = 0 AND meter_id = ? AND from_day = ?", (meter_id, from_day.isoformat())
    ).fetchone()
    return row


def reasons(db: Db, first: str, last: str) -> dict[tuple[int, str], Row]:
    """What was said about uses of a stretch of months, by meter and month."""
    rows = db.execute("SELECT * FROM meter_reason WHERE void = 0 AND month BETWEEN ? AND ?", (first, last))
    return {(row["meter_id"], row["month"]): row for row in rows}


# -- bills, savings, returns -----------------------------------------------------------------------


def bills(db: Db, first: str, last: str) -> list[Row]:
    """The bills of a stretch of months with vendor and claim, by month, kind and number."""
    return db.execute(f"{BILLS} AND b.month BETWEEN ? AND ? ORDER BY b.month, b.kind, b.number", (first, last)).fetchall()


def bill(db: Db, number: str) -> Row | None:
    """The live bill of a number."""
    row: Row | None = db.execute(f"{BILLS} AND b.number = upper(?)", (number,)).fetchone()
    return row


def bill_of_invoice(db: Db, invoice: str) -> Row | None:
    """The live bill that bears an invoice."""
    row: Row | None = db.execute(f"{BILLS} AND b.invoice = ?", (invoice,)).fetchone()
    return row


def saving(source: "Source", text: str) -> Row:
    """The drive for saving a text names. NotFound, Ambiguous (3)."""
    from logi.finding import find

    try:
        return find(source, "meter_saving", text, what="document")
    except Ambiguous:
        raise
    except NotFound as error:
        raise NotFound("meter.no_saving", text=text) from error


def savings(db: Db) -> list[Row]:
    """Every drive for saving with its owner, by first month and code."""
    return db.execute(
        """SELECT s.*, p.name AS owner FROM meter_saving s LEFT JOIN school_person p ON p.id = s.owner_id WHERE s.void = 0
           ORDER BY s.first_month, s.code"""
    ).fetchall()


def return_of(db: Db, year: str) -> Row | None:
    """The return of a year, once it was handed in."""
    row: Row | None = db.execute(
        """SELECT r.*, p.name AS by_name FROM meter_return r LEFT JOIN school_person p ON p.id = r.by_id
           WHERE r.void = 0 AND r.year = ?""",
        (year,),
    ).fetchone()
    return row


def seasons(db: Db) -> list[Row]:
    """Every heating season with place, operator, fuel and upkeep, the newest last."""
    return db.execute(
        """SELECT h.*, l.code AS place, l.name AS place_name, o.name AS operator, i.code || ' ' || i.name AS item,
               i.unit AS item_unit, m.code || ' ' || m.name AS meter, u.name AS upkeep_by, r.number AS slip
           FROM meter_heating h JOIN school_place l ON l.id = h.place_id JOIN school_person o ON o.id = h.operator_id
           LEFT JOIN stock_item i ON i.id = h.item_id LEFT JOIN meter_meter m ON m.id = h.meter_id
           LEFT JOIN school_person u ON u.id = h.upkeep_by_id LEFT JOIN repair_order r ON r.id = h.order_id
           WHERE h.void = 0 ORDER BY h.started_on, l.code"""
    ).fetchall()


# -- closings --------------------------------------------------------------------------------------


def closings(db: Db, month: str | None = None) -> list[Row]:
    """What was stored when months were closed, by month and meter."""
    return db.execute(
        """SELECT c.*, m.code FROM meter_closing c JOIN meter_meter m ON m.id = c.meter_id
           WHERE c.void = 0 AND c.month = coalesce(?, c.month) ORDER BY c.month, m.code""",
        (month,),
    ).fetchall()


def torn_bills(db: Db) -> list[Row]:
    """Bills whose claim was taken back or refused."""
    return db.execute(
        f"""SELECT b.number, b.entry, c.number AS claim FROM meter_bill b JOIN money_claim c ON c.id = b.claim_id
            WHERE {live("b", "meter_bill")} AND c.void <> 0 ORDER BY b.number"""
    ).fetchall()


def odd_parents(db: Db) -> list[Row]:
    """Meters that hang behind one of another kind, or behind one that is gone."""
    return db.execute(
        """SELECT m.code, m.entry, p.code AS parent FROM meter_meter m JOIN meter_meter p ON p.id = m.parent_id
           WHERE m.void = 0 AND (p.kind <> m.kind OR p.void <> 0) ORDER BY m.code"""
    ).fetchall()
