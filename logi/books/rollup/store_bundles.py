"""The SQL of what was handed up and what was received."""

import sqlite3

from logi.core.tables import live

Row = sqlite3.Row
Db = sqlite3.Connection

SUBMISSIONS = f"SELECT s.* FROM rollup_submission s WHERE {live('s', 'rollup_submission')}"
BUNDLES = f"""
    SELECT b.*, u.code, u.name FROM rollup_bundle b JOIN rollup_unit u ON u.id = b.unit_id
    WHERE {live("b", "rollup_bundle")}"""


def submissions(db: Db, first: str = "", last: str = "9999-99") -> list[Row]:
    """What this ledger handed up of some months, oldest first."""
    return db.execute(f"{SUBMISSIONS} AND s.month BETWEEN ? AND ? ORDER BY s.month, s.id", (first, last)).fetchall()


def closing_entry(db: Db, month: str) -> int | None:
    """The entry that closed a month, if it is closed."""
    row = db.execute("SELECT entry FROM month_closed WHERE void = 0 AND month = ?", (month,)).fetchone()
    return int(row[0]) if row is not None else None


def closed_months(db: Db, first: str) -> list[str]:
    """The closed months from one on."""
    query = "SELECT month FROM month_closed WHERE void = 0 AND month >= ? ORDER BY month"
    return [row[0] for row in db.execute(query, (first,))]


def bundles(db: Db, first: str = "", last: str = "9999-99", unit_id: int | None = None) -> list[Row]:
    """What was received of some months, by month, unit and order of coming."""
    return db.execute(
        f"{BUNDLES} AND b.month BETWEEN ? AND ? AND b.unit_id = coalesce(?, b.unit_id) ORDER BY b.month, u.code, b.id",
        (first, last, unit_id),
    ).fetchall()


def same(db: Db, sha256: str) -> Row | None:
    """The bundle of exactly this content."""
    row: Row | None = db.execute(f"{BUNDLES} AND b.sha256 = ?", (sha256,)).fetchone()
    return row


def by_number(db: Db, number: str) -> Row | None:
    """The bundle of a number."""
    row: Row | None = db.execute(f"{BUNDLES} AND b.number = upper(?)", (number,)).fetchone()
    return row


def standing(rows: list[Row]) -> list[Row]:
    """Of what was received or handed up, what no later correction took the place of."""
    corrected = {row["corrects"] for row in rows if row["corrects"]}
    return [row for row in rows if row["sha256"] not in corrected]
