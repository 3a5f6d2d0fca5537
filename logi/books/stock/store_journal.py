"""The SQL behind stock as a journal of double entry: what each slip moved, by item."""

import sqlite3

from logi.core.tables import live


def moved(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Every standing slip's quantity and value by item, in the order of days."""
    return db.execute(
        f"""SELECT m.on_day, m.kind, s.number, s.department_id, m.item_id, sum(m.quantity_milli) AS milli,
               sum(m.value_fen) AS fen
            FROM stock_move m LEFT JOIN stock_slip s ON s.id = m.slip_id
            WHERE {live("m", "stock_move")}
            GROUP BY m.on_day, m.slip_id, m.kind, m.item_id ORDER BY m.on_day, m.slip_id, m.item_id"""
    ).fetchall()


def names(db: sqlite3.Connection, table: str) -> dict[int, str]:
    """Code and name of things by id, void ones too."""
    return {row["id"]: f"{row['code']} {row['name']}" for row in db.execute(f"SELECT id, code, name FROM {table}")}
