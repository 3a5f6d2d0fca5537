"""The SQL behind files of movements: what a reference has entered already, rows given back, sums of many moves at once."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from logi.blocks import write_block
from logi.books.stock.store import Row
from logi.core.tables import live
from logi.db import FEW_PAGES
from logi.guards import remake

MONTH = ("month", "item_id", "in_milli", "in_fen", "out_milli", "out_fen")
ASKED = 500  # things asked for by one statement
LEFT = ("lot_id", "item_id", "left_milli", "cost_milli", "cost_fen")


def lines_of_ref(db: sqlite3.Connection, ref: str, *, before: int) -> list[Row]:
    """What earlier entries posted under a reference, standing lines only: kind, on, item_id, quantity, price_fen, per_milli."""
    return _lines(db, "ref", ref, before)


def lines_of_number(db: sqlite3.Connection, number: str, *, before: int) -> list[Row]:
    """The same of the slip that bears a number."""
    return _lines(db, "number", number, before)


def _lines(db: sqlite3.Connection, column: str, value: str, before: int) -> list[Row]:
    return db.execute(
        f"""SELECT s.kind, s.on_day AS "on", m.item_id, min(l.price_fen) AS price_fen, min(l.per_milli) AS per_milli,
               CASE s.kind WHEN 'adjust' THEN sum(m.quantity_milli) ELSE abs(sum(m.quantity_milli)) END AS quantity
            FROM stock_slip s JOIN stock_move m ON m.slip_id = s.id JOIN stock_lot l ON l.id = m.lot_id
            WHERE s.{column} = ? AND s.void = 0 AND s.entry < ? AND {live("m", "stock_move")}
            GROUP BY s.id, m.line ORDER BY s.id, m.line""",
        (value, before),
    ).fetchall()


def issue_to_return(db: sqlite3.Connection, item_id: int, day: str, milli: int, department_id: int | None,
                    person_id: int | None) -> str | None:  # fmt: skip
    """The number of the newest standing issue by a day of which so much of an item is still out."""
    row = db.execute(
        f"""SELECT s.number FROM stock_slip s JOIN stock_move m ON m.slip_id = s.id
            WHERE s.kind = 'out' AND s.void = 0 AND m.item_id = ? AND s.on_day <= ? AND {live("m", "stock_move")}
              AND (? IS NULL OR s.department_id = ?) AND (? IS NULL OR s.person_id = ?)
            GROUP BY s.id
            HAVING -sum(m.quantity_milli) - coalesce((SELECT sum(b.quantity_milli) FROM stock_move b
                       WHERE b.of_slip_id = s.id AND b.item_id = m.item_id), 0) >= ?
            ORDER BY s.on_day DESC, s.id DESC LIMIT 1""",
        (item_id, day, department_id, department_id, person_id, person_id, milli),
    ).fetchone()
    return str(row[0]) if row else None


def any_ref(db: sqlite3.Connection) -> bool:
    """Whether any slip bears a reference."""
    return db.execute("SELECT 1 FROM stock_slip WHERE ref IS NOT NULL LIMIT 1").fetchone() is not None


def ref_known(db: sqlite3.Connection, ref: str, *, before: int) -> bool:
    """Whether an earlier entry posted something under a reference."""
    found = db.execute("SELECT 1 FROM stock_slip WHERE ref = ? AND void = 0 AND entry < ? LIMIT 1", (ref, before))
    return found.fetchone() is not None


def moved(db: sqlite3.Connection, item_ids: Sequence[int]) -> dict[int, tuple[str, int, int | None, int | None]]:
    """Of items, those that ever moved: the last day, what is on hand in thousandths, what was last paid for so many."""
    found = {}
    for at in range(0, len(item_ids), ASKED):
        some = item_ids[at : at + ASKED]
        for item_id, *facts in db.execute(
            f"""SELECT i.id, (SELECT max(on_day) FROM stock_move WHERE item_id = i.id) AS last_day,
                   coalesce(s.quantity_milli, 0), l.price_fen, l.per_milli
                FROM stock_item i LEFT JOIN stock_sum s ON s.item_id = i.id
                LEFT JOIN stock_lot l ON l.id = (
                    SELECT m.lot_id FROM stock_move m WHERE m.item_id = i.id AND m.kind = 'in' AND {live("m", "stock_move")}
                    ORDER BY m.on_day DESC, m.id DESC LIMIT 1)
                WHERE i.id IN ({", ".join("?" * len(some))}) AND last_day IS NOT NULL""",
            some,
        ):
            found[item_id] = tuple(facts)
    return found


def lots_left(db: sqlite3.Connection, item_id: int, *, most: int, after: tuple[str, int] = ("", 0),
              before: int | None = None) -> list[tuple[Any, ...]]:  # fmt: skip
    """Lots of an item with something left, oldest first (all: most = -1), later than a day and lot, of ids below `before`.

    Each is (id, received on, left, cost milli, cost fen, price, per so many thousandths, expires on, label).
    """
    return [tuple(row) for row in db.execute(
        """SELECT l.id, l.received_on, t.left_milli, t.cost_milli, t.cost_fen, l.price_fen, l.per_milli, l.expires_on,
               l.label
           FROM stock_lot l CROSS JOIN stock_left t ON t.lot_id = l.id
           WHERE l.item_id = ? AND (l.received_on, l.id) > (?, ?) AND (? IS NULL OR l.id < ?)
           ORDER BY l.received_on, l.id LIMIT ?""",
        (item_id, *after, before, before, most),
    )]  # fmt: skip


def first_expiries(db: sqlite3.Connection, item_id: int | None = None) -> dict[int, str]:
    """Items of which some lot that is left has a last good day -> the first such day; of one item or of all."""
    only, values = ("", ()) if item_id is None else ("AND l.item_id = ?", (item_id,))
    return dict(db.execute(
        f"""SELECT l.item_id, min(l.expires_on) FROM stock_lot l CROSS JOIN stock_left t ON t.lot_id = l.id
            WHERE l.expires_on > '' {only} GROUP BY +l.item_id""",  # the few that expire, by their own index
        values,
    ).fetchall())  # fmt: skip


def next_ids(db: sqlite3.Connection) -> tuple[int, int, int]:
    """The ids the next slip, lot and move will bear."""
    tables = ("stock_slip", "stock_lot", "stock_move")
    slip, lot, move = (db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {t}").fetchone()[0] for t in tables)
    return slip, lot, move


def carried_over(db: sqlite3.Connection) -> bool:
    """Whether the costing was changed while goods were on hand."""
    return db.execute("SELECT 1 FROM stock_costing_lot WHERE void = 0 LIMIT 1").fetchone() is not None


class Shelved:
    """Indexes and guards of the tables of movements, put away while very many rows are written and made anew after.

    All of it happens inside the one open entry: whatever goes wrong, the ledger is as it was before.
    """

    TABLES = ("stock_slip", "stock_lot", "stock_move", "stock_month", "stock_left")
    STAY = ("stock_slip_day", "stock_move_day", "stock_move_slip")  # rows by day come at their ends, which costs little

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db, self.away = db, False
        self.moves = int(db.execute("SELECT coalesce(max(id), 0) FROM stock_move").fetchone()[0])
        self.blank = self.moves == 0  # nothing to look up
        self._made: list[str] = []

    def put_away(self) -> None:
        """Drop them, remembering how they are made."""
        # Lots of before the file are looked up as they are needed.
        staying = self.STAY if self.blank else (*self.STAY, "stock_lot_item")
        marks, stay = (", ".join("?" * len(names)) for names in (self.TABLES, staying))
        there = self.db.execute(
            f"""SELECT type, name, sql FROM sqlite_schema
                WHERE type <> 'table' AND tbl_name IN ({marks}) AND name NOT IN ({stay})
                AND (sql NOT LIKE '% IS NOT NULL' OR name = 'stock_slip_ref')""",  # plain rows stand in no other of these
            (*self.TABLES, *staying),
        ).fetchall()
        self.db.execute(f"PRAGMA {FEW_PAGES}")  # from here on rows are added in order, and few are looked up
        self._made = [row["sql"] for row in there]
        for row in there:
            self.db.execute(f"DROP {row['type']} {row['name']}")
        self.away = True

    def back(self) -> None:
        """Make them anew; looking up works again."""
        self.blank = False
        if not self.away:
            return
        remake(self.db, self._made)
        self.away = False
        self.moves = int(self.db.execute("SELECT coalesce(max(id), 0) FROM stock_move").fetchone()[0])


def carry_flows(db: sqlite3.Connection, month: str, flows: Mapping[int, Sequence[int]]) -> None:
    """Carry many moves of one month into the items' months: item -> in, in fen, out, out fen."""
    add = """ON CONFLICT (month, item_id) DO UPDATE SET in_milli = in_milli + excluded.in_milli,
             in_fen = in_fen + excluded.in_fen, out_milli = out_milli + excluded.out_milli,
             out_fen = out_fen + excluded.out_fen"""
    rows = [(month, item_id, *flows[item_id]) for item_id in sorted(flows)]
    if db.execute("SELECT 1 FROM stock_month WHERE month = ? LIMIT 1", (month,)).fetchone():
        db.executemany(f"INSERT INTO stock_month VALUES (?, ?, ?, ?, ?, ?) {add}", rows)
    elif rows:
        write_block(db, "stock_month", dict(zip(MONTH, zip(*rows, strict=True), strict=True)), {})


def carry_sums(db: sqlite3.Connection, sums: Mapping[int, Sequence[int]]) -> None:
    """Carry many moves into the items' sums: item -> quantity, value."""
    db.executemany(
        """INSERT INTO stock_sum VALUES (?, ?, ?) ON CONFLICT (item_id) DO UPDATE SET
           quantity_milli = quantity_milli + excluded.quantity_milli, value_fen = value_fen + excluded.value_fen""",
        [(item_id, *sums[item_id]) for item_id in sorted(sums)],
    )


def keep_layers(
    db: sqlite3.Connection, kept: Iterable[Sequence[int]], gone: Iterable[int], fresh: Iterable[Sequence[int]]
) -> None:
    """Write down what is left of many lots: (lot, item, left, cost milli, cost fen); of which nothing is; of new ones."""
    db.executemany("DELETE FROM stock_left WHERE lot_id = ?", [(lot_id,) for lot_id in gone])
    db.executemany("INSERT OR REPLACE INTO stock_left VALUES (?, ?, ?, ?, ?)", kept)
    if rows := list(fresh):
        write_block(db, "stock_left", dict(zip(LEFT, zip(*rows, strict=True), strict=True)), {})
