"""The SQL about this book's documents: proposals, loans, letters, audits, closings, and rows by their columns."""

import sqlite3
from typing import Any

from logi.core.tables import live


def document(db: sqlite3.Connection, table: str, number: str) -> sqlite3.Row | None:
    """The live proposal, handover or letter of a number."""
    row: sqlite3.Row | None = db.execute(f"SELECT * FROM {table} WHERE number = ? AND void = 0", (number,)).fetchone()
    return row


def documents(db: sqlite3.Connection, table: str, order: str = "number") -> list[sqlite3.Row]:
    """All live rows of one of this book's tables."""
    return db.execute(f"SELECT * FROM {table} WHERE void = 0 ORDER BY {order}").fetchall()


def proposal_lines(db: sqlite3.Connection, proposal_id: int) -> list[sqlite3.Row]:
    """The lines of a proposal with their cards."""
    return db.execute(
        """SELECT l.*, l.cost_fen - l.accumulated_fen AS net_fen, c.code, c.name, c.unit, c.acquired_on, c.life_months,
                  c.status, c.cost_fen AS card_cost_fen, c.quantity_milli AS card_quantity_milli, c.category_id,
                  c.place_id, c.keeper_id, k.code AS category
           FROM asset_proposal_line l JOIN asset_card c ON c.id = l.card_id
           LEFT JOIN school_category k ON k.id = c.category_id
           WHERE l.proposal_id = ? AND l.void = 0 ORDER BY l.line""",
        (proposal_id,),
    ).fetchall()


def open_proposal_of(db: sqlite3.Connection, card_id: int) -> sqlite3.Row | None:
    """The proposal, neither done nor rejected, that a card stands on."""
    row: sqlite3.Row | None = db.execute(
        """SELECT p.* FROM asset_proposal p JOIN asset_proposal_line l ON l.proposal_id = p.id
           WHERE l.card_id = ? AND l.void = 0 AND l.gone_on IS NULL AND p.void = 0
           AND p.state IN ('open', 'approved') ORDER BY p.id DESC""",
        (card_id,),
    ).fetchone()
    return row


def appraisers(db: sqlite3.Connection, proposal_id: int) -> list[str]:
    """The names of those who appraised."""
    return [
        r["name"]
        for r in db.execute(
            """SELECT s.name FROM asset_appraiser a JOIN school_person s ON s.id = a.person_id
               WHERE a.proposal_id = ? AND a.void = 0 ORDER BY a.id""",
            (proposal_id,),
        )
    ]


def loans(
    db: sqlite3.Connection, *, number: str | None = None, card_id: int | None = None, out: bool = True
) -> list[sqlite3.Row]:
    """Loans with card and borrower; `out` only those not yet returned."""
    wanted = {"l.number = ?": number, "l.card_id = ?": card_id}
    given = {condition: value for condition, value in wanted.items() if value is not None}
    conditions = ["l.void = 0", *(["l.returned_on IS NULL"] if out else []), *given]
    return db.execute(
        f"""SELECT l.*, c.code, c.name, c.status, s.name AS borrower FROM asset_loan l
            JOIN asset_card c ON c.id = l.card_id LEFT JOIN school_person s ON s.id = l.borrower_id
            WHERE {" AND ".join(conditions)} ORDER BY l.due_on, l.number, c.code""",
        list(given.values()),
    ).fetchall()


def audited(db: sqlite3.Connection, month: str) -> dict[int | None, sqlite3.Row]:
    """The sign-offs of a month by category."""
    return {
        r["category_id"]: r
        for r in db.execute(
            """SELECT a.*, s.name AS reviewer FROM asset_audited a JOIN school_person s ON s.id = a.by_id
               WHERE a.month = ? AND a.void = 0""",
            (month,),
        )
    }


def closings(db: sqlite3.Connection, month: str) -> list[sqlite3.Row]:
    """The stored closing balances of a month."""
    return where(db, "asset_closing", month=month)


def where(db: sqlite3.Connection, table: str, order: str = "id", **equal: Any) -> list[sqlite3.Row]:
    """The live rows of one of this book's tables of state whose columns equal these values."""
    wanted = "".join(f" AND {name} = ?" for name in equal)
    return db.execute(f"SELECT * FROM {table} WHERE void = 0{wanted} ORDER BY {order}", [*equal.values()]).fetchall()


def facts(db: sqlite3.Connection, table: str, **equal: Any) -> list[sqlite3.Row]:
    """The live facts of one of this book's tables whose columns equal these values, oldest first."""
    wanted = "".join(f" AND f.{name} = ?" for name in equal)
    return db.execute(
        f"SELECT f.* FROM {table} f WHERE {live('f', table)}{wanted} ORDER BY f.on_day, f.id", [*equal.values()]
    ).fetchall()


def facts_in_order(db: sqlite3.Connection, table: str, **equal: Any) -> list[sqlite3.Row]:
    """The live facts in the order they were entered, whatever day they bear."""
    return sorted(facts(db, table, **equal), key=lambda row: int(row["id"]))


def term_days(db: sqlite3.Connection, code: str) -> list[sqlite3.Row]:
    """The term of a code, if it is still there."""
    return db.execute("SELECT * FROM school_term WHERE void = 0 AND code = ?", (code,)).fetchall()
