"""All the SQL of the stock book, and what its neighbours may ask of it."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from logi.books.stock.rules import IN_SIDE, Layer
from logi.books.stock.store_costing import carried_lots, last_costing
from logi.core.folding import simplify
from logi.core.tables import live
from logi.finding import find

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

Row = sqlite3.Row
MOVE = (
    "on_day", "kind", "slip_id", "line", "item_id", "lot_id", "quantity_milli", "value_fen", "priced", "of_slip_id",
    "of_line",
)  # fmt: skip
FLOWS = ("in_milli", "in_fen", "out_milli", "out_fen")
# One row for every change in quantity or value, month-end prices included.
FLOW = """(SELECT item_id, on_day, kind, slip_id, quantity_milli, value_fen FROM stock_move
    UNION ALL SELECT item_id, on_day, kind, slip_id, 0, value_fen FROM stock_price)"""
SIDES = """coalesce(sum(CASE WHEN kind IN ('in', 'gain') THEN quantity_milli END), 0) AS in_milli,
    coalesce(sum(CASE WHEN kind IN ('in', 'gain') THEN value_fen END), 0) AS in_fen,
    coalesce(-sum(CASE WHEN kind NOT IN ('in', 'gain') THEN quantity_milli END), 0) AS out_milli,
    coalesce(-sum(CASE WHEN kind NOT IN ('in', 'gain') THEN value_fen END), 0) AS out_fen"""


# -- items and slips -------------------------------------------------------------------------------


def item(source: "Source", text: str) -> Row:
    """The item a text names: columns id, code, name, spec, unit, class, min_milli, max_milli, chemical …"""
    return find(source, "stock_item", text, what="item")


def items_by_code(db: sqlite3.Connection, codes: Sequence[str]) -> dict[str, Row]:
    """The live items of exactly these codes."""
    found: dict[str, Row] = {}
    for at in range(0, len(codes), 500):
        some = codes[at : at + 500]
        marks = ", ".join("?" * len(some))
        rows = db.execute(f"SELECT * FROM stock_item WHERE code IN ({marks}) AND void = 0", some)
        found.update((row["code"], row) for row in rows)
    return found


def items(db: sqlite3.Connection) -> list[Row]:
    """All live items by code, with the code of their place and what is on hand."""
    return db.execute(
        """SELECT i.*, p.code AS place, s.quantity_milli, s.value_fen FROM stock_item i
           LEFT JOIN school_place p ON p.id = i.place_id LEFT JOIN stock_sum s ON s.item_id = i.id
           WHERE i.void = 0 ORDER BY i.code"""
    ).fetchall()


def item_names(db: sqlite3.Connection) -> list[Row]:
    """All live items by code: id, code, name, unit, class alone."""
    return db.execute("SELECT id, code, name, unit, class FROM stock_item WHERE void = 0 ORDER BY code").fetchall()


def same_name(db: sqlite3.Connection, name: str) -> list[Row]:
    """The live items of this very name, typed in either script; asked by the index, as many items may come at once."""
    return db.execute(
        "SELECT code, spec FROM stock_item WHERE name IN (?, ?) AND void = 0 ORDER BY code", (name, simplify(name))
    ).fetchall()


def item_by_id(db: sqlite3.Connection, item_id: int) -> Row:
    """One item, also a void one."""
    found: Row = db.execute("SELECT * FROM stock_item WHERE id = ?", (item_id,)).fetchone()
    return found


def packs(db: sqlite3.Connection, item_id: int) -> dict[str, int]:
    """Units an item is also counted in: unit -> thousandths of the item's own unit."""
    found = db.execute("SELECT unit, per_milli FROM stock_pack WHERE item_id = ? AND void = 0 ORDER BY id", (item_id,))
    return {row[0]: row[1] for row in found}


def pack(db: sqlite3.Connection, item_id: int, unit: str) -> Row | None:
    """The live row of one such unit."""
    row: Row | None = db.execute(
        "SELECT * FROM stock_pack WHERE item_id = ? AND unit = ? AND void = 0", (item_id, unit)
    ).fetchone()
    return row


def slip(db: sqlite3.Connection, number: str) -> Row | None:
    """A slip by its number, also one that was taken back (void)."""
    row: Row | None = db.execute("SELECT * FROM stock_slip WHERE number = ?", (number,)).fetchone()
    return row


def slip_by_id(db: sqlite3.Connection, slip_id: int) -> Row:
    """One slip."""
    found: Row = db.execute("SELECT * FROM stock_slip WHERE id = ?", (slip_id,)).fetchone()
    return found


def correction_of(db: sqlite3.Connection, slip_id: int) -> str | None:
    """The number of the slip that corrects this one."""
    row = db.execute("SELECT number FROM stock_slip WHERE corrects_id = ? AND void = 0 ORDER BY id DESC", (slip_id,))
    found = row.fetchone()
    return found[0] if found else None


def slips(db: sqlite3.Connection, since: str, until: str) -> list[Row]:
    """Slips of a period with full names and their value."""
    return db.execute(
        """SELECT s.*, v.name AS vendor, d.name AS department, p.name AS person, k.name AS keeper, b.name AS buyer,
               n.name AS inspector, o.number AS of_number, c.number AS corrects,
               (SELECT count(DISTINCT m.line) FROM stock_move m WHERE m.slip_id = s.id) AS lines,
               (SELECT sum(abs(m.value_fen)) FROM stock_move m WHERE m.slip_id = s.id AND m.sign = 1
                  AND NOT EXISTS (SELECT 1 FROM stock_move r WHERE r.reverses = m.id)) AS value,
               (SELECT sum(abs(x.value_fen) * x.sign) FROM stock_price x WHERE x.slip_id = s.id) AS priced
           FROM stock_slip s LEFT JOIN school_vendor v ON v.id = s.vendor_id
           LEFT JOIN school_department d ON d.id = s.department_id LEFT JOIN school_person p ON p.id = s.person_id
           LEFT JOIN school_person k ON k.id = s.keeper_id LEFT JOIN school_person b ON b.id = s.buyer_id
           LEFT JOIN school_person n ON n.id = s.inspector_id LEFT JOIN stock_slip o ON o.id = s.of_slip_id
           LEFT JOIN stock_slip c ON c.id = s.corrects_id
           WHERE s.void = 0 AND s.on_day BETWEEN ? AND ? ORDER BY s.on_day, s.id""",
        (since, until),
    ).fetchall()


def lines(db: sqlite3.Connection, slip_id: int, *, all_rows: bool = False) -> list[Row]:
    """The move rows of a slip, standing ones unless `all_rows`, with the lot each made or took from."""
    stands = "" if all_rows else f"AND {live('m', 'stock_move')}"
    return db.execute(
        f"""SELECT m.*, l.label, l.expires_on, l.price_fen, l.per_milli, l.received_on, l.made_on, l.ordered_milli,
               l.delivered_milli, i.code, i.name, i.unit, i.spec,
               coalesce((SELECT sum(x.value_fen) FROM stock_price x WHERE x.slip_id = m.slip_id AND x.line = m.line
                         AND x.lot_id = m.lot_id), 0) AS price_value,
               coalesce((SELECT sum(x.sign) FROM stock_price x WHERE x.slip_id = m.slip_id AND x.line = m.line
                         AND x.lot_id = m.lot_id), 0) AS price_rows
           FROM stock_move m JOIN stock_lot l ON l.id = m.lot_id JOIN stock_item i ON i.id = m.item_id
           WHERE m.slip_id = ? {stands} ORDER BY m.line, m.id""",
        (slip_id,),
    ).fetchall()


def returned(db: sqlite3.Connection, slip_id: int) -> dict[tuple[int, int], tuple[int, int]]:
    """What came back of an issue: (line, lot it was taken from) -> (quantity, value)."""
    found = db.execute(
        """SELECT m.of_line, l.from_lot_id, sum(m.quantity_milli), sum(m.value_fen + m.sign * coalesce((
                  SELECT sum(x.value_fen) FROM stock_price x WHERE x.slip_id = m.slip_id AND x.line = m.line
                  AND x.lot_id = m.lot_id), 0))
           FROM stock_move m JOIN stock_lot l ON l.id = m.lot_id WHERE m.of_slip_id = ? GROUP BY 1, 2""",
        (slip_id,),
    )
    return {(row[0], row[1]): (row[2], row[3]) for row in found}


def last_price(db: sqlite3.Connection, item_id: int, on: str) -> tuple[int, int] | None:
    """What was last paid for an item by a day: (price in fen, for so many thousandths)."""
    row = db.execute(
        f"""SELECT l.price_fen, l.per_milli FROM stock_move m JOIN stock_lot l ON l.id = m.lot_id
            WHERE m.item_id = ? AND m.on_day <= ? AND m.kind = 'in' AND {live("m", "stock_move")}
            ORDER BY m.on_day DESC, m.id DESC LIMIT 1""",
        (item_id, on),
    ).fetchone()
    return (row[0], row[1]) if row else None


# -- lots ------------------------------------------------------------------------------------------


def layers(db: sqlite3.Connection, item_id: int, on: str) -> list[Layer]:
    """What is left of an item's lots, oldest first; `free_milli` is what no day from `on` to now misses."""
    found = [
        Layer(r[0], r[1], r[2], r[4], cost_milli=r[3], price_fen=r[5], per_milli=r[6], expires_on=r[7], label=r[8])
        for r in db.execute(
            """SELECT l.id, l.received_on, t.left_milli, t.cost_milli, t.cost_fen, l.price_fen, l.per_milli,
                   l.expires_on, l.label
               FROM stock_left t JOIN stock_lot l ON l.id = t.lot_id WHERE t.item_id = ?
               ORDER BY l.received_on, l.id""",
            (item_id,),
        )
    ]
    if (change := last_costing(db, item_id)) is not None:
        # What was on hand then goes out at what it was worth on that day, whatever was once paid for it.
        carried = carried_lots(db, change["id"], item_id)
        for layer in found:
            if layer.lot_id in carried:
                layer.per_milli, layer.price_fen = carried[layer.lot_id]
    later = db.execute(
        """SELECT lot_id, sum(quantity_milli) FROM stock_move WHERE item_id = ? AND on_day > ?
           GROUP BY lot_id, on_day ORDER BY on_day DESC""",
        (item_id, on),
    ).fetchall()
    if later:
        by_lot = {layer.lot_id: layer for layer in found}
        running = {layer.lot_id: layer.left_milli for layer in found}
        for lot_id, quantity in later:
            if lot_id in running and by_lot[lot_id].received_on <= on:
                running[lot_id] -= quantity
                by_lot[lot_id].free_milli = min(by_lot[lot_id].free_milli, running[lot_id])
    return found


def lots(db: sqlite3.Connection, item_id: int | None = None, expires_by: str | None = None) -> list[Row]:
    """Lots with something left, of one item or those whose last good day comes by a day; the first to expire first."""
    asked = {"t.item_id = ?": item_id, "l.expires_on <= ?": expires_by}
    given = {condition: value for condition, value in asked.items() if value is not None}
    return db.execute(
        f"""SELECT l.*, t.left_milli, t.cost_fen, i.code, i.name, i.unit, i.class FROM stock_left t
            JOIN stock_lot l ON l.id = t.lot_id JOIN stock_item i ON i.id = l.item_id
            WHERE {" AND ".join(["t.left_milli > 0", *given])}
            ORDER BY l.expires_on IS NULL, l.expires_on, l.received_on, l.id""",
        list(given.values()),
    ).fetchall()


def chemicals(db: sqlite3.Connection) -> list[Row]:
    """Chemicals and where each is kept: code, name, place, place_name, kind (of the place)."""
    return db.execute(
        """SELECT i.code, i.name, p.code AS place, p.name AS place_name, p.kind FROM stock_item i
           JOIN school_place p ON p.id = i.place_id WHERE i.chemical = 1 AND i.void = 0 ORDER BY i.code"""
    ).fetchall()


def slips_with(db: sqlite3.Connection, item_id: int) -> set[int]:
    """The ids of all slips an item stands on."""
    return {row[0] for row in db.execute("SELECT DISTINCT slip_id FROM stock_move WHERE item_id = ?", (item_id,))}


def expired(db: sqlite3.Connection, day: str) -> dict[int, int]:
    """What lies there of each item past its last good day."""
    found = db.execute(
        """SELECT t.item_id, sum(t.left_milli) FROM stock_left t JOIN stock_lot l ON l.id = t.lot_id
           WHERE t.left_milli > 0 AND l.expires_on < ? GROUP BY t.item_id""",
        (day,),
    )
    return {row[0]: row[1] for row in found}


def takers(db: sqlite3.Connection, lot_ids: Sequence[int]) -> list[str]:
    """The numbers of the slips that stand on these lots."""
    marks = ", ".join("?" * len(lot_ids))
    return [
        row[0]
        for row in db.execute(
            f"""SELECT DISTINCT s.number FROM stock_move m JOIN stock_slip s ON s.id = m.slip_id
                WHERE m.lot_id IN ({marks}) AND m.kind IN ('out', 'loss') AND {live("m", "stock_move")}
                ORDER BY s.number""",
            list(lot_ids),
        )
    ]


def later_issues(db: sqlite3.Connection, item_id: int, after_move: int, entry: int) -> list[str]:
    """The slips of other entries that issued an item after a move was posted."""
    return [
        row[0]
        for row in db.execute(
            f"""SELECT DISTINCT s.number FROM stock_move m JOIN stock_slip s ON s.id = m.slip_id WHERE m.item_id = ?
                AND m.id > ? AND m.entry != ? AND m.kind IN ('out', 'loss') AND {live("m", "stock_move")} ORDER BY 1""",
            (item_id, after_move, entry),
        )
    ]


def returns_of(db: sqlite3.Connection, slip_id: int) -> list[str]:
    """The numbers of the slips that gave an issue back."""
    found = db.execute("SELECT number FROM stock_slip WHERE of_slip_id = ? AND void = 0 ORDER BY id", (slip_id,))
    return [row[0] for row in found]


def issuing_entries(db: sqlite3.Connection, item_ids: Iterable[int], after: int) -> set[int]:
    """The entries after one that issued any of these items, and whose issues stand."""
    found: set[int] = set()
    for item_id in item_ids:
        found |= {
            row[0]
            for row in db.execute(
                f"""SELECT DISTINCT entry FROM stock_move m WHERE item_id = ? AND entry > ?
                    AND kind IN ('out', 'loss') AND {live("m", "stock_move")}""",
                (item_id, after),
            )
        }
    return found


def below_zero(db: sqlite3.Connection, lot_ids: Iterable[int]) -> tuple[str, int] | None:
    """The first day on which one of these lots would hold less than nothing: (day, item)."""
    for lot_id in lot_ids:
        row = db.execute(
            """SELECT on_day, item_id FROM (SELECT on_day, item_id, sum(sum(quantity_milli)) OVER (ORDER BY on_day) AS held
               FROM stock_move WHERE lot_id = ? GROUP BY on_day) WHERE held < 0 ORDER BY on_day LIMIT 1""",
            (lot_id,),
        ).fetchone()
        if row:
            return row[0], row[1]
    return None


# -- sums kept for speed ---------------------------------------------------------------------------


def flow(db: sqlite3.Connection, item_id: int, day: str, kind: str, quantity_milli: int, value_fen: int) -> None:
    """Carry a move into the item's sum and its month."""
    db.execute(
        """INSERT INTO stock_sum VALUES (?, ?, ?) ON CONFLICT (item_id) DO UPDATE SET
           quantity_milli = quantity_milli + excluded.quantity_milli, value_fen = value_fen + excluded.value_fen""",
        (item_id, quantity_milli, value_fen),
    )
    sides = (quantity_milli, value_fen, 0, 0) if kind in IN_SIDE else (0, 0, -quantity_milli, -value_fen)
    db.execute(
        """INSERT INTO stock_month VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (month, item_id) DO UPDATE SET
           in_milli = in_milli + excluded.in_milli, in_fen = in_fen + excluded.in_fen,
           out_milli = out_milli + excluded.out_milli, out_fen = out_fen + excluded.out_fen""",
        (day[:7], item_id, *sides),
    )


def keep_layer(db: sqlite3.Connection, item_id: int, layer: Layer) -> None:
    """Write down what is left of a lot; an empty one is forgotten."""
    if layer.left_milli == layer.cost_milli == layer.cost_fen == 0:
        db.execute("DELETE FROM stock_left WHERE lot_id = ?", (layer.lot_id,))
        return
    db.execute(
        "INSERT OR REPLACE INTO stock_left VALUES (?, ?, ?, ?, ?)",
        (layer.lot_id, item_id, layer.left_milli, layer.cost_milli, layer.cost_fen),
    )


def recount_lots(db: sqlite3.Connection, lot_ids: Iterable[int], *, valued: bool) -> None:
    """What is left of lots, anew from their moves; under `valued` (first in, first out) a lot's moves are its value,
    on top of what it was worth when the costing changed."""
    for lot_id in lot_ids:
        item_id = db.execute("SELECT item_id FROM stock_lot WHERE id = ?", (lot_id,)).fetchone()[0]
        change = last_costing(db, item_id)
        row = db.execute(
            """SELECT item_id, sum(quantity_milli), sum(CASE WHEN id > ? THEN value_fen ELSE 0 END)
               FROM stock_move WHERE lot_id = ?""",
            (change["last_move"] if change else 0, lot_id),
        ).fetchone()
        left, value = row[1] or 0, (row[2] or 0) if valued else 0
        if valued and change:
            value += carried_lots(db, change["id"], row[0]).get(lot_id, (0, 0))[1]
        keep_layer(db, row[0], Layer(lot_id, "", left, value, cost_milli=left if valued else 0))


def recount_costs(db: sqlite3.Connection, item_id: int, left: Iterable[Layer]) -> None:
    """Replace all that is left of an item's lots."""
    db.execute("DELETE FROM stock_left WHERE item_id = ?", (item_id,))
    for layer in left:
        keep_layer(db, item_id, layer)


def live_prices(db: sqlite3.Connection, slip_id: int, line: int, lot_id: int) -> list[Row]:
    """The standing month-end prices of a part of an issue."""
    return db.execute(
        f"SELECT * FROM stock_price p WHERE slip_id = ? AND line = ? AND lot_id = ? AND {live('p', 'stock_price')}",
        (slip_id, line, lot_id),
    ).fetchall()


def on_hand(db: sqlite3.Connection, item_id: int) -> tuple[int, int]:
    """An item's quantity and value now."""
    row = db.execute("SELECT quantity_milli, value_fen FROM stock_sum WHERE item_id = ?", (item_id,)).fetchone()
    return (row[0], row[1]) if row else (0, 0)


def held_on(db: sqlite3.Connection, item_id: int, day: str) -> int:
    """An item's quantity when a day ended, from its moves."""
    found = db.execute("SELECT sum(quantity_milli) FROM stock_move WHERE item_id = ? AND on_day <= ?", (item_id, day))
    return found.fetchone()[0] or 0


def moves_after(db: sqlite3.Connection, day: date) -> bool:
    """Whether anything moved after a day."""
    return db.execute("SELECT 1 FROM stock_move WHERE on_day > ? LIMIT 1", (day.isoformat(),)).fetchone() is not None
