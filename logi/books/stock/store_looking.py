"""The SQL that looks back: stored closings, flows between days, the pages of the material ledger, who drew what."""

import sqlite3
from collections.abc import Iterator

from logi.books.stock.store import FLOW, SIDES, Row
from logi.books.stock.store_costing import LOT_SUMS
from logi.core.tables import live

CHUNK = 400


def last_closing(db: sqlite3.Connection, before: str) -> str:
    """The last month before this one whose closing balances are stored, or ""."""
    found = db.execute("SELECT max(month) FROM stock_closing WHERE void = 0 AND month < ?", (before,)).fetchone()[0]
    return found or ""


def closings(db: sqlite3.Connection, month: str) -> dict[int, Row]:
    """The stored balances of a closed month by item."""
    found = db.execute("SELECT * FROM stock_closing WHERE void = 0 AND month = ?", (month,))
    return {row["item_id"]: row for row in found}


def stored_flows(db: sqlite3.Connection, month: str) -> list[tuple[int, int, int, int, int, int, int]]:
    """The same as plain figures: item, opening, opening fen, in, in fen, out, out fen."""
    found = db.cursor()
    found.row_factory = None
    return found.execute(
        """SELECT item_id, opening_milli, opening_fen, in_milli, in_fen, out_milli, out_fen
           FROM stock_closing WHERE void = 0 AND month = ?""",
        (month,),
    ).fetchall()


def month_flows(db: sqlite3.Connection, since: str, until: str) -> list[Row]:
    """What came in and went out by month and item, for months since … until, in order."""
    return db.execute(
        "SELECT * FROM stock_month WHERE month BETWEEN ? AND ? ORDER BY month, item_id", (since, until)
    ).fetchall()


def item_flows(db: sqlite3.Connection, since: str, until: str) -> Iterator[tuple[int, str, int, int, int, int]]:
    """The same by item in the order of codes, each item's months in order: item, month, in, in fen, out, out fen."""
    found = db.cursor()
    found.row_factory = None
    yield from found.execute(
        """SELECT m.item_id, m.month, m.in_milli, m.in_fen, m.out_milli, m.out_fen
           FROM stock_item i CROSS JOIN stock_month m ON m.item_id = i.id
           WHERE m.month BETWEEN ? AND ? ORDER BY i.code, i.id, m.month""",
        (since, until),
    )


def flows_between(db: sqlite3.Connection, since: str, until: str) -> dict[int, Row]:
    """In and out by item between two days, from the moves themselves."""
    found = db.execute(
        f"SELECT item_id, {SIDES} FROM {FLOW} WHERE on_day BETWEEN ? AND ? GROUP BY item_id", (since, until)
    )
    return {row["item_id"]: row for row in found}


def item_flow(db: sqlite3.Connection, item_id: int, since: str, before: str) -> Row:
    """In and out of one item from a day until before another."""
    found: Row = db.execute(
        f"SELECT {SIDES} FROM {FLOW} WHERE item_id = ? AND on_day >= ? AND on_day < ?", (item_id, since, before)
    ).fetchone()
    return found


def to_price(db: sqlite3.Connection, month: str) -> list[Row]:
    """The standing moves of a month that wait for its price, by item and day."""
    return db.execute(
        f"""SELECT m.* FROM stock_move m WHERE m.on_day BETWEEN ? AND ? AND m.priced = 0 AND {live("m", "stock_move")}
            AND NOT EXISTS (SELECT 1 FROM stock_price p WHERE p.slip_id = m.slip_id AND p.line = m.line
                            AND p.lot_id = m.lot_id AND {live("p", "stock_price")})
            ORDER BY m.item_id, m.on_day, m.id""",
        (f"{month}-01", f"{month}-31"),
    ).fetchall()


def prices_of(db: sqlite3.Connection, month: str) -> list[Row]:
    """The standing month-end prices of a month."""
    return db.execute(
        f"SELECT * FROM stock_price p WHERE on_day BETWEEN ? AND ? AND {live('p', 'stock_price')} ORDER BY id",
        (f"{month}-01", f"{month}-31"),
    ).fetchall()


def ledger_rows(db: sqlite3.Connection, item_id: int, since: str, until: str) -> list[Row]:
    """The lines of an item's material ledger: one per slip line and direction, reversals as lines of their own."""
    return db.execute(
        """SELECT m.on_day, min(m.id) AS id, s.number, m.kind, m.sign, s.purpose, s.reason, v.name AS vendor,
               d.name AS department, p.name AS person, sum(m.quantity_milli) AS quantity_milli,
               sum(m.value_fen) AS moved_fen, m.slip_id, m.line, min(m.priced) AS priced
           FROM stock_move m JOIN stock_slip s ON s.id = m.slip_id LEFT JOIN school_vendor v ON v.id = s.vendor_id
           LEFT JOIN school_department d ON d.id = s.department_id LEFT JOIN school_person p ON p.id = s.person_id
           WHERE m.item_id = ? AND m.on_day BETWEEN ? AND ? GROUP BY m.on_day, m.slip_id, m.line, m.kind, m.entry, m.sign
           ORDER BY m.on_day, min(m.id)""",
        (item_id, since, until),
    ).fetchall()


def ledger_prices(db: sqlite3.Connection, item_id: int, since: str, until: str) -> dict[tuple[str, int, int, int], int]:
    """Month-end prices in a period: (day, slip, line, sign) -> value."""
    found = db.execute(
        """SELECT on_day, slip_id, line, sign, sum(value_fen) AS value FROM stock_price
           WHERE item_id = ? AND on_day BETWEEN ? AND ? GROUP BY 1, 2, 3, 4""",
        (item_id, since, until),
    )
    return {(row[0], row[1], row[2], row[3]): row[4] for row in found}


def consumption(db: sqlite3.Connection, since: str, until: str) -> list[Row]:
    """What departments and people drew, returns deducted, by item."""
    return db.execute(
        f"""SELECT d.code AS department_code, d.name AS department, p.code AS person_code, p.name AS person, i.code, i.name,
               i.unit, i.class, -sum(f.quantity_milli) AS quantity_milli, -sum(f.value_fen) AS value_fen,
               max(s.purpose) AS purpose
           FROM {FLOW} f JOIN stock_slip s ON s.id = f.slip_id
           JOIN stock_item i ON i.id = f.item_id LEFT JOIN school_department d ON d.id = s.department_id
           LEFT JOIN school_person p ON p.id = s.person_id
           WHERE f.on_day BETWEEN ? AND ? AND f.kind IN ('out', 'return')
           GROUP BY s.department_id, s.person_id, f.item_id ORDER BY d.code, p.code, i.code""",
        (since, until),
    ).fetchall()


def last_issues(db: sqlite3.Connection, until: str) -> dict[int, str]:
    """The month in which each item was last issued by a day."""
    found = db.execute(
        "SELECT item_id, max(month) FROM stock_month WHERE out_milli > 0 AND month < ? GROUP BY item_id", (until[:7],)
    )
    last = {row[0]: row[1] for row in found}
    return last | {item: until[:7] for item, row in flows_between(db, until[:8] + "01", until).items() if row["out_milli"] > 0}


def approved_levels(db: sqlite3.Connection, since: str, until: str) -> dict[str, list[str]]:
    """The levels that have signed each slip of a period."""
    found: dict[str, list[str]] = {}
    for number, level in db.execute(
        f"""SELECT s.number, a.level FROM stock_slip s JOIN approval a ON a.number = s.number
            WHERE s.on_day BETWEEN ? AND ? AND a.decision = 'yes' AND {live("a", "approval")}""",
        (since, until),
    ):
        found.setdefault(number, []).append(level)
    return found


def slip_numbers(db: sqlite3.Connection, since: str, until: str) -> list[Row]:
    """The standing slips of a period of which a line stands (a corrected one is posted anew on another): number, kind."""
    return db.execute(
        f"""SELECT number, kind FROM stock_slip s WHERE void = 0 AND on_day BETWEEN ? AND ?
            AND EXISTS (SELECT 1 FROM stock_move m WHERE m.slip_id = s.id AND {live("m", "stock_move")}) ORDER BY on_day, id""",
        (since, until),
    ).fetchall()


# -- stored closings by class and lot ---------------------------------------------------------------


def closed_classes(db: sqlite3.Connection, month: str) -> list[Row]:
    """The stored balances of a closed month by class."""
    return db.execute("SELECT * FROM stock_closing_class WHERE void = 0 AND month = ?", (month,)).fetchall()


def stored_rows(db: sqlite3.Connection, table: str, month: str) -> list[int]:
    """The ids of the live rows that a closing stored."""
    return [row[0] for row in db.execute(f"SELECT id FROM {table} WHERE void = 0 AND month = ?", (month,))]


def lots_moved_in(db: sqlite3.Connection, month: str) -> list[Row]:
    """Lots that moved in a month with what was left at its end: lot, item, quantity, value (first in, first out)."""
    return db.execute(
        f"""{LOT_SUMS} WHERE m.lot_id IN (SELECT lot_id FROM stock_move WHERE on_day BETWEEN ? AND ?) AND m.on_day <= ?
           GROUP BY m.lot_id ORDER BY m.lot_id""",
        (f"{month}-01", f"{month}-31", f"{month}-31"),
    ).fetchall()


def lots_at(db: sqlite3.Connection, day: str) -> list[Row]:
    """Lots of which something was there when a day ended, from the moves."""
    return db.execute(
        """SELECT l.*, i.code, i.name, i.unit, sum(m.quantity_milli) AS left_milli
           FROM stock_move m JOIN stock_lot l ON l.id = m.lot_id JOIN stock_item i ON i.id = m.item_id
           WHERE m.on_day <= ? GROUP BY m.lot_id HAVING left_milli != 0 ORDER BY i.code, l.received_on, l.id""",
        (day,),
    ).fetchall()


def places_of_lots(db: sqlite3.Connection, lots: list[int]) -> dict[int, int]:
    """The place each of these lots was brought to, where its slip names one; a returned lot's as that of what it came from."""
    found: dict[int, int] = {}
    for at in range(0, len(lots), CHUNK):
        some = lots[at : at + CHUNK]
        found.update(db.execute(
            f"""SELECT l.id, s.place_id FROM stock_lot l JOIN stock_move m ON m.lot_id = coalesce(l.from_lot_id, l.id)
                JOIN stock_slip s ON s.id = m.slip_id
                WHERE m.kind = 'in' AND m.sign = 1 AND s.place_id IS NOT NULL AND l.id IN ({', '.join('?' * len(some))})""",
            some,
        ).fetchall())  # fmt: skip
    return found


def closed_lots(db: sqlite3.Connection, month: str) -> list[Row]:
    """Lots of which something was there at the end of a closed month, as stored."""
    return db.execute(
        """SELECT l.*, i.code, i.name, i.unit, c.left_milli, c.left_fen
           FROM stock_closing_lot c JOIN stock_lot l ON l.id = c.lot_id JOIN stock_item i ON i.id = c.item_id
           WHERE c.void = 0 AND c.month <= ? AND c.left_milli != 0 AND NOT EXISTS (
               SELECT 1 FROM stock_closing_lot n
               WHERE n.lot_id = c.lot_id AND n.void = 0 AND n.month > c.month AND n.month <= ?)
           ORDER BY i.code, l.received_on, l.id""",
        (month, month),
    ).fetchall()
