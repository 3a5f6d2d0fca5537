"""All the SQL of the asset book."""

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.asset.rules import expand
from logi.books.asset.store_papers import (
    appraisers,
    audited,
    closings,
    document,
    documents,
    facts,
    facts_in_order,
    loans,
    open_proposal_of,
    proposal_lines,
    term_days,
    where,
)
from logi.core.errors import NotFound
from logi.core.tables import live
from logi.finding import by_code, find

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

# What stands in the room next door is asked for here all the same.
__all__ = [
    "appraisers", "audited", "closings", "document", "documents", "facts", "facts_in_order",
    "loans", "open_proposal_of", "proposal_lines", "term_days", "where",
]  # fmt: skip

ON_REGISTER = "c.void = 0 AND c.status NOT IN ('disposed', 'lost', 'merged')"
NAMED_CARD = """
    SELECT c.*, k.code AS category, k.name AS category_name, k.method, p.code AS place, p.name AS place_name,
           s.code AS keeper_code, s.name AS keeper, d.name AS department, v.name AS vendor
    FROM asset_card c LEFT JOIN school_category k ON k.id = c.category_id LEFT JOIN school_place p ON p.id = c.place_id
    LEFT JOIN school_person s ON s.id = c.keeper_id LEFT JOIN school_department d ON d.id = c.department_id
    LEFT JOIN school_vendor v ON v.id = c.vendor_id"""
CHUNK = 400
IN_BATCH = re.compile(r"-[0-9]{2,}")


# -- cards ------------------------------------------------------------------------------------------


def card(source: "Source", text: str) -> sqlite3.Row:
    """The one card a text names."""
    return find(source, "asset_card", text, what="asset")


def cards(source: "Source", texts: Iterable[str]) -> list[sqlite3.Row]:
    """The cards that words name, each once, in order: codes, names, `2019-0008-01..10`, comma lists, a batch's stem."""
    found: dict[int, sqlite3.Row] = {}
    missing: list[str] = []
    for text in texts:
        for row in _named_by(source, text, missing):
            found.setdefault(row["id"], row)
    if missing:
        raise NotFound("asset.no_cards", codes=missing)
    return list(found.values())


def _named_by(source: "Source", text: str, missing: list[str]) -> list[sqlite3.Row]:
    row = by_code(source.db, "asset_card", text)
    if row is not None:
        return [row]
    if rows := batch(source.db, text):
        return rows
    if ".." not in text and not any(comma in text for comma in ",，、"):
        return [card(source, text)]
    codes = expand(text)
    known = by_codes(source.db, codes)
    rows = []
    for code in codes:
        one = known.get(code)
        if one is not None:
            rows.append(one)
        elif more := batch(source.db, code):
            rows += more
        else:
            missing.append(code)
    return rows


def batch(db: sqlite3.Connection, stem: str) -> list[sqlite3.Row]:
    """The cards stem-01, stem-02 … ('.' follows '-' in the index)."""
    rows = db.execute(
        "SELECT * FROM asset_card WHERE void = 0 AND code > ? AND code < ? ORDER BY code", (f"{stem}-", f"{stem}.")
    ).fetchall()
    return [row for row in rows if IN_BATCH.fullmatch(row["code"], len(stem))]


def by_codes(db: sqlite3.Connection, codes: Sequence[str]) -> dict[str, sqlite3.Row]:
    """The live cards of exactly these codes."""
    return {row["code"]: row for row in _many(db, "SELECT * FROM asset_card WHERE void = 0 AND code IN", codes)}


def by_ref(db: sqlite3.Connection, ref: str) -> sqlite3.Row | None:
    """The first live card that came in under a reference of another system."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM asset_card WHERE void = 0 AND ref = ? ORDER BY id LIMIT 1", (ref,)
    ).fetchone()
    return row


def taken(db: sqlite3.Connection, codes: Sequence[str]) -> list[str]:
    """Which of these codes a live card bears already (upper and lower case count as one)."""
    lowered = [code.lower() for code in codes]
    return [r["code"] for r in _many(db, "SELECT code FROM asset_card WHERE void = 0 AND lower(code) IN", lowered)]


def stem_taken(db: sqlite3.Connection, stem: str) -> bool:
    """Whether a live card bears this code or one of a batch under it."""
    row = db.execute(
        "SELECT 1 FROM asset_card WHERE void = 0 AND code >= ? AND code < ? AND (code = ? OR code > ?) LIMIT 1",
        (stem, f"{stem}.", stem, f"{stem}-"),  # a stretch of the index: an OR alone would look at every card
    ).fetchone()
    return row is not None


def same_serial(db: sqlite3.Connection, serial: str, model: str | None) -> sqlite3.Row | None:
    """A live card of the same serial number and model."""
    row: sqlite3.Row | None = db.execute(
        """SELECT code FROM asset_card WHERE void = 0 AND serial IS NOT NULL AND lower(serial) = lower(?)
           AND lower(coalesce(model, '')) = lower(?)""",
        (serial, model or ""),
    ).fetchone()
    return row


def named_cards(
    db: sqlite3.Connection, filters: Mapping[str, Any] | None = None, *, gone: bool = False
) -> list[sqlite3.Row]:
    """Cards with the names behind their links, by code. `filters`: condition with one `?` (or IN) -> its value(s)."""
    conditions, values = ["c.void = 0" if gone else ON_REGISTER], []
    for condition, value in (filters or {}).items():
        if isinstance(value, list | tuple):
            condition = f"{condition} ({', '.join('?' * len(value))})"
            values += list(value)
        else:
            values.append(value)
        conditions.append(condition)
    return db.execute(f"{NAMED_CARD} WHERE {' AND '.join(conditions)} ORDER BY c.code", values).fetchall()


def named_card(db: sqlite3.Connection, card_id: int) -> sqlite3.Row:
    """One card with the names behind its links (also a void one)."""
    row: sqlite3.Row = db.execute(f"{NAMED_CARD} WHERE c.id = ?", (card_id,)).fetchone()
    return row


def rooms_with_cards(db: sqlite3.Connection, day: date) -> set[int]:
    """The places where cards stand that were on the register on a day."""
    query = """SELECT DISTINCT place_id FROM asset_card WHERE void = 0 AND place_id IS NOT NULL AND acquired_on <= ?
        AND (gone_on IS NULL OR gone_on > ?)"""
    return {row[0] for row in db.execute(query, (day.isoformat(), day.isoformat()))}


def held_by(db: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    """What a person answers for: cards kept, and things borrowed (`what` is kept or borrowed)."""
    return db.execute(
        f"""SELECT c.code, c.name, c.quantity_milli, c.cost_fen, 'kept' AS what FROM asset_card c
            WHERE {ON_REGISTER} AND c.keeper_id = ?
            UNION ALL
            SELECT c.code, c.name, c.quantity_milli, c.cost_fen, 'borrowed' FROM asset_loan l
            JOIN asset_card c ON c.id = l.card_id WHERE l.void = 0 AND l.returned_on IS NULL AND l.borrower_id = ?
            ORDER BY 5 DESC, 1""",
        (person_id, person_id),
    ).fetchall()


# -- moves ------------------------------------------------------------------------------------------


def moves(db: sqlite3.Connection, card_id: int) -> list[sqlite3.Row]:
    """The live moves of a card, oldest first, with place and keeper by name."""
    return db.execute(
        f"""SELECT m.*, p.code AS place, s.name AS keeper, e.actor, e.today FROM asset_move m
            JOIN entry e ON e.seq = m.entry LEFT JOIN school_place p ON p.id = m.place_id
            LEFT JOIN school_person s ON s.id = m.keeper_id
            WHERE m.card_id = ? AND {live("m", "asset_move")} ORDER BY m.on_day, m.id""",
        (card_id,),
    ).fetchall()


def moved_after(db: sqlite3.Connection, card_ids: Sequence[int], on: date) -> sqlite3.Row | None:
    """A live move of one of these cards later than a day: (code, on_day)."""
    sql = f"""SELECT c.code, m.on_day FROM asset_move m JOIN asset_card c ON c.id = m.card_id
              WHERE {live("m", "asset_move")} AND m.on_day > ? AND m.card_id IN"""
    return next(iter(_many(db, sql, card_ids, on.isoformat())), None)


class Standing(NamedTuple):
    """A card on one day: quantity and cost as posted up to then, where it stood and who kept it."""

    quantity_milli: int
    cost_fen: int
    place_id: int | None
    keeper_id: int | None
    category_id: int | None
    department_id: int | None


def register_at(db: sqlite3.Connection, day: date) -> dict[int, Standing]:
    """Every card that stood on the register at the end of a day, from the facts alone."""
    sums = {
        r["card_id"]: (r["quantity"], r["cost"])
        for r in db.execute(
            """SELECT m.card_id, sum(m.quantity_milli) AS quantity, sum(m.cost_fen) AS cost FROM asset_move m
               JOIN asset_card c ON c.id = m.card_id WHERE m.on_day <= ? AND c.void = 0
               GROUP BY m.card_id HAVING sum(m.cost_fen) <> 0""",
            (day.isoformat(),),
        )
    }
    standing: dict[int, Standing] = {}
    for r in db.execute(
        """SELECT m.card_id, m.place_id, m.keeper_id, m.category_id, m.department_id FROM asset_move m
            WHERE m.on_day <= :day AND m.sign = 1 AND NOT EXISTS
              (SELECT 1 FROM asset_move r WHERE r.reverses = m.id AND r.on_day <= :day)
            ORDER BY m.on_day, m.kind <> 'add', m.id""",
        {"day": day.isoformat()},
    ):
        if r["card_id"] in sums:
            where = (r["place_id"], r["keeper_id"], r["category_id"], r["department_id"])
            standing[r["card_id"]] = Standing(*sums[r["card_id"]], *where)
    return standing


def without_department(db: sqlite3.Connection) -> set[int]:
    """The cards none of whose moves names a department: they never had one, or are of before moves named it."""
    return {
        r["card_id"] for r in db.execute("SELECT card_id FROM asset_move GROUP BY card_id HAVING max(department_id) IS NULL")
    }  # fmt: skip


def balances(db: sqlite3.Connection, until: date) -> dict[int | None, tuple[int, int]]:
    """Quantity and cost per category at the end of a day, starting from the last closed month before it ends."""
    before = (until + timedelta(days=1)).isoformat()[:7]
    row = db.execute("SELECT max(month) FROM asset_closing WHERE void = 0 AND month < ?", (before,)).fetchone()
    closed: str = row[0] or ""
    found: dict[int | None, tuple[int, int]] = {
        r["category_id"]: (r["quantity_milli"], r["cost_fen"])
        for r in db.execute("SELECT * FROM asset_closing WHERE void = 0 AND month = ?", (closed,))
    }
    # "2025-09-32" comes after every day of the month and before the next one.
    for key, (quantity, cost) in changes(db, f"{closed}-32" if closed else "", until.isoformat()).items():
        had = found.get(key, (0, 0))
        found[key] = (had[0] + quantity, had[1] + cost)
    return found


def changes(db: sqlite3.Connection, since: str, until: str) -> dict[int | None, tuple[int, int]]:
    """The sum of quantity and cost posted per category from one day to another, both included."""
    return {
        r["category_id"]: (r["quantity"], r["cost"])
        for r in db.execute(
            """SELECT category_id, sum(quantity_milli) AS quantity, sum(cost_fen) AS cost FROM asset_move
               WHERE on_day BETWEEN ? AND ? GROUP BY category_id""",
            (since, until),
        )
    }


def turnover(db: sqlite3.Connection, since: date, until: date) -> list[sqlite3.Row]:
    """Posted quantity and cost per category and kind in a period (splits cancel within a category,
    increases and decreases of value do not)."""
    return db.execute(
        """SELECT category_id, kind, sum(quantity_milli) AS quantity, sum(cost_fen) AS cost
           FROM asset_move WHERE on_day BETWEEN ? AND ? AND (cost_fen <> 0 OR quantity_milli <> 0)
           GROUP BY category_id, kind, CASE WHEN kind = 'value' THEN cost_fen * sign < 0 END""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def postings(db: sqlite3.Connection, since: date, until: date) -> list[sqlite3.Row]:
    """Live additions and reductions of a period with the card, the day they were recorded, and who recorded them."""
    return db.execute(
        f"""SELECT m.on_day, m.kind, m.quantity_milli, m.cost_fen, m.number, m.note, m.category_id, c.code, c.name,
                   c.unit, c.acquired_by, c.split_from, k.code AS category, p.code AS place, s.name AS keeper, e.today,
                   e.actor, e.seq
            FROM asset_move m JOIN asset_card c ON c.id = m.card_id JOIN entry e ON e.seq = m.entry
            LEFT JOIN school_category k ON k.id = m.category_id LEFT JOIN school_place p ON p.id = m.place_id
            LEFT JOIN school_person s ON s.id = m.keeper_id
            WHERE m.on_day BETWEEN ? AND ? AND m.kind IN ('add', 'dispose', 'value', 'shortage', 'surplus')
            AND {live("m", "asset_move")}
            ORDER BY m.kind, m.on_day, c.code, m.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def register_sums(db: sqlite3.Connection) -> dict[int | None, tuple[int, int]]:
    """Quantity and cost of the cards on the register per category, from the cards alone."""
    return {
        r["category_id"]: (r["quantity"], r["cost"])
        for r in db.execute(
            f"""SELECT c.category_id, sum(c.quantity_milli) AS quantity, sum(c.cost_fen) AS cost FROM asset_card c
                WHERE {ON_REGISTER} GROUP BY c.category_id"""
        )
    }


def cards_against_moves(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Cards whose quantity or cost is not what their moves add up to (nothing, once they are gone)."""
    return db.execute(
        f"""SELECT c.code, c.entry FROM asset_card c LEFT JOIN
              (SELECT card_id, sum(quantity_milli) AS quantity, sum(cost_fen) AS cost FROM asset_move
               GROUP BY card_id) m ON m.card_id = c.id
            WHERE coalesce(m.quantity, 0) <> (CASE WHEN {ON_REGISTER} THEN c.quantity_milli ELSE 0 END)
            OR coalesce(m.cost, 0) <> (CASE WHEN {ON_REGISTER} THEN c.cost_fen ELSE 0 END) ORDER BY c.code"""
    ).fetchall()


def value_moves(db: sqlite3.Connection, card_id: int) -> list[sqlite3.Row]:
    """The live moves of a card that carry value."""
    return db.execute(
        f"""SELECT * FROM asset_move m WHERE m.card_id = ? AND m.cost_fen <> 0 AND {live("m", "asset_move")}
            ORDER BY m.id""",
        (card_id,),
    ).fetchall()


def first_month(db: sqlite3.Connection) -> str | None:
    """The month in which the first live card was recorded here."""
    found = db.execute(
        "SELECT min(e.today) FROM asset_move m JOIN entry e ON e.seq = m.entry JOIN asset_card c ON c.id = m.card_id "
        "WHERE c.void = 0"
    ).fetchone()[0]
    return str(found)[:7] if found else None


def cards_of_move(db: sqlite3.Connection, number: str, kind: str) -> list[sqlite3.Row]:
    """The cards that a document moved."""
    return db.execute(
        f"""{NAMED_CARD} WHERE c.id IN (SELECT m.card_id FROM asset_move m WHERE m.number = ? AND m.kind = ?
            AND {live("m", "asset_move")}) ORDER BY c.code""",
        (number, kind),
    ).fetchall()


# -- counts, places, names ---------------------------------------------------------------------------


def cards_of_count(db: sqlite3.Connection, count_id: int) -> dict[int, sqlite3.Row]:
    """Every card that a stocktake expects or met, by id, as it is now with its names."""
    rows = db.execute(
        f"""{NAMED_CARD} WHERE c.id IN (SELECT card_id FROM asset_count_line WHERE count_id = :id
            UNION SELECT card_id FROM asset_counted WHERE count_id = :id)""",
        {"id": count_id},
    )
    return {row["id"]: row for row in rows}


def inside(db: sqlite3.Connection, ids: Sequence[int]) -> set[int]:
    """These places and everything in them."""
    found = set(ids)
    parents = db.execute("SELECT id, parent_id FROM school_place WHERE void = 0 AND parent_id IS NOT NULL").fetchall()
    while more := {r["id"] for r in parents if r["parent_id"] in found} - found:
        found |= more
    return found


def has_inner(db: sqlite3.Connection, place_id: int) -> bool:
    """Whether a place has places in it."""
    row = db.execute("SELECT 1 FROM school_place WHERE void = 0 AND parent_id = ? LIMIT 1", (place_id,)).fetchone()
    return row is not None


def scanned(db: sqlite3.Connection, codes: Sequence[str]) -> dict[str, sqlite3.Row]:
    """The live cards of these codes by code in small letters, as a scanner may read them."""
    small = [code.lower() for code in codes]
    return {row["code"].lower(): row for row in _many(db, "SELECT * FROM asset_card WHERE void = 0 AND lower(code) IN", small)}


def names_of(db: sqlite3.Connection, table: str) -> dict[int | None, sqlite3.Row]:
    """Code and name of every row of a table of things, by id."""
    return {r["id"]: r for r in db.execute(f"SELECT id, code, name FROM {table}")}


def _many(db: sqlite3.Connection, sql: str, values: Sequence[Any], *first: Any) -> list[sqlite3.Row]:
    rows: list[sqlite3.Row] = []
    for start in range(0, len(values), CHUNK):
        part = values[start : start + CHUNK]
        rows += db.execute(f"{sql} ({', '.join('?' * len(part))})", [*first, *part]).fetchall()
    return rows
