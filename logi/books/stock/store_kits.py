"""The SQL of standard kits and what was shared out, of textbooks per class, and of requests for goods."""

import sqlite3
from collections.abc import Sequence

from logi.books.stock.store import Row
from logi.core.tables import live


def kits(db: sqlite3.Connection) -> list[Row]:
    """All kits by code."""
    return db.execute("SELECT * FROM stock_kit WHERE void = 0 ORDER BY code").fetchall()


def kit_by_id(db: sqlite3.Connection, kit_id: int) -> Row:
    """One kit, also a void one."""
    row: Row = db.execute("SELECT * FROM stock_kit WHERE id = ?", (kit_id,)).fetchone()
    return row


def kit_lines(db: sqlite3.Connection, kit_id: int) -> list[Row]:
    """What one kit holds."""
    return db.execute(
        """SELECT k.*, i.code, i.name, i.spec, i.unit FROM stock_kit_line k JOIN stock_item i ON i.id = k.item_id
           WHERE k.kit_id = ? AND k.void = 0 ORDER BY k.id""",
        (kit_id,),
    ).fetchall()


def shares(db: sqlite3.Connection, slip_id: int) -> list[Row]:
    """Who gets a share of a slip."""
    return db.execute(
        """SELECT s.*, p.code FROM stock_share s LEFT JOIN school_person p ON p.id = s.person_id
           WHERE s.slip_id = ? AND s.void = 0 ORDER BY s.line""",
        (slip_id,),
    ).fetchall()


def kit_had(db: sqlite3.Connection, kit_id: int, person_ids: Sequence[int], since: str) -> list[Row]:
    """Who of these people had the same kit since a day: name, number."""
    rows = db.execute(
        """SELECT h.person_id, p.name, s.number FROM stock_share h JOIN stock_slip s ON s.id = h.slip_id
           JOIN school_person p ON p.id = h.person_id
           WHERE s.kit_id = ? AND s.void = 0 AND h.void = 0 AND s.on_day >= ? ORDER BY h.id""",
        (kit_id, since),
    )
    wanted = set(person_ids)
    return [row for row in rows if row["person_id"] in wanted]


# -- textbooks ---------------------------------------------------------------------------------------


def need(db: sqlite3.Connection, department_id: int, item_id: int, on_day: str) -> Row | None:
    """What a class needs of a title by the plan of a day."""
    row: Row | None = db.execute(
        "SELECT * FROM stock_need WHERE department_id = ? AND item_id = ? AND on_day = ? AND void = 0",
        (department_id, item_id, on_day),
    ).fetchone()
    return row


def needs(db: sqlite3.Connection, until: str) -> list[Row]:
    """The newest plan of every class and title by a day: since when, how much, whose, of what."""
    return db.execute(
        """SELECT n.*, d.code AS class_code, d.name AS class_name, i.code, i.name, i.unit
           FROM stock_need n JOIN school_department d ON d.id = n.department_id JOIN stock_item i ON i.id = n.item_id
           WHERE n.void = 0 AND n.on_day <= ? AND n.on_day = (
               SELECT max(o.on_day) FROM stock_need o WHERE o.department_id = n.department_id AND o.item_id = n.item_id
               AND o.void = 0 AND o.on_day <= ?)
           ORDER BY d.code, i.code""",
        (until, until),
    ).fetchall()


def drawn_since(db: sqlite3.Connection, department_id: int, item_id: int, since: str, until: str) -> int:
    """What a class drew of a title between two days, returns deducted, in thousandths."""
    found = db.execute(
        """SELECT -sum(m.quantity_milli) FROM stock_move m JOIN stock_slip s ON s.id = m.slip_id
           WHERE m.item_id = ? AND m.on_day BETWEEN ? AND ? AND m.kind IN ('out', 'return') AND s.department_id = ?""",
        (item_id, since, until, department_id),
    )
    return found.fetchone()[0] or 0


def received_since(db: sqlite3.Connection, item_id: int, since: str, until: str) -> int:
    """What came in of an item between two days, in thousandths."""
    found = db.execute(
        "SELECT sum(quantity_milli) FROM stock_move WHERE item_id = ? AND on_day BETWEEN ? AND ? AND kind = 'in'",
        (item_id, since, until),
    )
    return found.fetchone()[0] or 0


# -- requests ----------------------------------------------------------------------------------------


def request(db: sqlite3.Connection, number: str) -> Row | None:
    """A request by its number."""
    row: Row | None = db.execute("SELECT * FROM stock_request WHERE number = ? AND void = 0", (number,)).fetchone()
    return row


def request_by_id(db: sqlite3.Connection, request_id: int) -> Row:
    """One request."""
    row: Row = db.execute("SELECT * FROM stock_request WHERE id = ?", (request_id,)).fetchone()
    return row


def requests(db: sqlite3.Connection, since: str, until: str) -> list[Row]:
    """Requests of a period with names, and the slip that issued each."""
    return db.execute(
        """SELECT r.*, d.name AS department, p.name AS person,
               (SELECT max(s.number) FROM stock_slip s WHERE s.request_id = r.id AND s.void = 0) AS slip
           FROM stock_request r JOIN school_department d ON d.id = r.department_id
           JOIN school_person p ON p.id = r.person_id
           WHERE r.void = 0 AND r.on_day BETWEEN ? AND ? ORDER BY r.on_day, r.id""",
        (since, until),
    ).fetchall()


def request_lines(db: sqlite3.Connection, request_id: int) -> list[Row]:
    """The lines of a request, with what is there now."""
    return db.execute(
        """SELECT l.*, i.code, i.name, i.spec, i.unit, s.quantity_milli AS held_milli
           FROM stock_request_line l JOIN stock_item i ON i.id = l.item_id LEFT JOIN stock_sum s ON s.item_id = l.item_id
           WHERE l.request_id = ? AND l.void = 0 ORDER BY l.line""",
        (request_id,),
    ).fetchall()


def issued_of_request(db: sqlite3.Connection, request_id: int) -> dict[int, int]:
    """What standing slips issued on a request: item_id -> thousandths."""
    found = db.execute(
        f"""SELECT m.item_id, -sum(m.quantity_milli) FROM stock_slip s JOIN stock_move m ON m.slip_id = s.id
            WHERE s.request_id = ? AND s.void = 0 AND {live("m", "stock_move")} GROUP BY m.item_id""",
        (request_id,),
    )
    return {row[0]: row[1] for row in found}


# -- consumption -------------------------------------------------------------------------------------


def drawn(db: sqlite3.Connection, since: str, until: str) -> list[Row]:
    """What each department drew of each item between two days, returns deducted: quantity and value."""
    return db.execute(
        """SELECT s.department_id, d.code AS department_code, d.name AS department, i.id AS item_id, i.code, i.name, i.unit,
               i.class, i.folded, -sum(f.quantity_milli) AS quantity_milli, -sum(f.value_fen) AS value_fen
           FROM (SELECT item_id, slip_id, quantity_milli, value_fen FROM stock_move
                 WHERE on_day BETWEEN ? AND ? AND kind IN ('out', 'return')
                 UNION ALL SELECT item_id, slip_id, 0, value_fen FROM stock_price
                 WHERE on_day BETWEEN ? AND ? AND kind IN ('out', 'return')) f
           JOIN stock_slip s ON s.id = f.slip_id JOIN school_department d ON d.id = s.department_id
           JOIN stock_item i ON i.id = f.item_id
           GROUP BY s.department_id, f.item_id ORDER BY d.code, i.code""",
        (since, until, since, until),
    ).fetchall()


def drawn_of_class(db: sqlite3.Connection, department_id: int, kind: str, since: str, until: str) -> int:
    """What a department drew of a class of goods between two days, in fen."""
    found = db.execute(
        """SELECT -sum(m.value_fen) FROM stock_slip s JOIN stock_move m ON m.slip_id = s.id
           JOIN stock_item i ON i.id = m.item_id
           WHERE s.department_id = ? AND s.on_day BETWEEN ? AND ? AND i.class = ? AND m.kind IN ('out', 'return')""",
        (department_id, since, until, kind),
    )
    return found.fetchone()[0] or 0


def department_codes(db: sqlite3.Connection) -> dict[int, str]:
    """The code of every department that ever was."""
    return {row[0]: row[1] for row in db.execute("SELECT id, code FROM school_department")}


def heads(db: sqlite3.Connection) -> dict[int, int]:
    """How many people of the school belong to each department."""
    found = db.execute(
        """SELECT department_id, count(*) FROM school_person
           WHERE void = 0 AND left_on IS NULL AND department_id IS NOT NULL GROUP BY department_id"""
    )
    return {row[0]: row[1] for row in found}


def department_ids(db: sqlite3.Connection) -> dict[str, int]:
    """The departments by name."""
    return {row[0]: row[1] for row in db.execute("SELECT name, id FROM school_department WHERE void = 0")}


def needs_of(db: sqlite3.Connection, department_id: int, until: str) -> list[Row]:
    """A class's newest plan by a day."""
    return [row for row in needs(db, until) if row["department_id"] == department_id]


def uncollected(db: sqlite3.Connection, state: str) -> list[Row]:
    """Requests in a state, the oldest first."""
    return db.execute("SELECT * FROM stock_request WHERE void = 0 AND state = ? ORDER BY on_day, id", (state,)).fetchall()


