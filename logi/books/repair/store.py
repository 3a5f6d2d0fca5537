"""All the SQL of the repair book. What was so on a day is folded from the steps that stood on that day."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.repair.rules import Step
from logi.core.answers import Word
from logi.core.errors import Ambiguous, NotFound
from logi.core.tables import live

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

STEP_COLUMNS = (
    "step, on_day, person_id, vendor_id, minutes, cost_fen, paid_fen, estimate_fen, invoice, cause, liable, score, "
    "until_day, to_whom, note, entry"
)
# A step stands on a day if it happened by then and nothing had taken it back by then.
STOOD = """e.sign = 1 AND e.on_day <= :day
    AND NOT EXISTS (SELECT 1 FROM repair_event r WHERE r.reverses = e.id AND r.on_day <= :day)"""
ORDER = """SELECT o.*, p.code AS place, p.name AS place_name, s.name AS reporter
    FROM repair_order o JOIN school_place p ON p.id = o.place_id LEFT JOIN school_person s ON s.id = o.reporter_id"""


def order(source: "Source", text: str) -> sqlite3.Row:
    """The slip of a number, or of a number's end that fits only one (`0003`). NotFound (3), Ambiguous (3)."""
    ledger: Any = getattr(source, "ledger", source)
    db = source.db
    found: sqlite3.Row | None = db.execute(f"{ORDER} WHERE o.number = upper(?) AND o.void = 0", (text,)).fetchone()
    if found is None and (chosen := ledger.chosen.get(("repair_order", text))) is not None:
        found = db.execute(f"{ORDER} WHERE o.id = ? AND o.void = 0", (chosen,)).fetchone()
    if found is not None:
        return found
    ends: list[sqlite3.Row] = []
    if not ledger.exact and text.replace("-", "").isdigit():
        query = f"{ORDER} WHERE substr(o.number, -length(?)) = ? AND o.void = 0 ORDER BY o.number DESC LIMIT 21"
        ends = db.execute(query, (text, text)).fetchall()
    if len(ends) > 1:
        pairs = [(row["number"], row["title"]) for row in ends[:20]]
        error = Ambiguous("front.ambiguous", candidates=pairs, what=Word.of("front.thing", "document"), text=text)
        error.choices = [("repair_order", text, row["id"]) for row in ends[:20]]  # type: ignore[attr-defined]
        raise error
    if not ends:
        raise NotFound("repair.no_order", number=text)
    return ends[0]


def numbered(db: sqlite3.Connection, number: str) -> sqlite3.Row | None:
    """The live slip of exactly this number."""
    found: sqlite3.Row | None = db.execute(f"{ORDER} WHERE o.number = ? AND o.void = 0", (number,)).fetchone()
    return found


def by_ref(db: sqlite3.Connection, ref: str) -> sqlite3.Row | None:
    """The live slip that was imported under this reference."""
    found: sqlite3.Row | None = db.execute(f"{ORDER} WHERE o.ref = ? AND o.void = 0", (ref,)).fetchone()
    return found


def steps(db: sqlite3.Connection, order_id: int, day: date) -> list[Step]:
    """A slip's steps as they stood on a day, in order."""
    return steps_of(db, [order_id], day)[order_id]


def steps_of(db: sqlite3.Connection, ids: Sequence[int], day: date) -> dict[int, list[Step]]:
    """The steps of many slips as they stood on a day; a slip without any has an empty list."""
    found: dict[int, list[Step]] = {rowid: [] for rowid in ids}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ", ".join(f":i{n}" for n in range(len(part)))
        values = {"day": day.isoformat(), **{f"i{n}": rowid for n, rowid in enumerate(part)}}
        query = f"""SELECT order_id, {STEP_COLUMNS} FROM repair_event e
            WHERE order_id IN ({marks}) AND {STOOD} ORDER BY e.on_day, e.id"""
        for row in db.execute(query, values):
            found[row["order_id"]].append(_step(row))
    return found


def touched(db: sqlite3.Connection, day: date, since: date | None, until: date | None) -> list[sqlite3.Row]:
    """Slips that stood on a day and were opened, or had any step, in a period (all, if there is no period)."""
    wanted = "1 = 1"
    if since or until:
        wanted = "EXISTS (SELECT 1 FROM repair_event t WHERE t.order_id = o.id AND t.on_day BETWEEN :since AND :until)"
    return _orders(db, wanted, day, since, until)


def opened(db: sqlite3.Connection, day: date, since: date | None, until: date | None) -> list[sqlite3.Row]:
    """Slips that stood on a day and were opened in a period."""
    return _orders(db, "o.opened_on BETWEEN :since AND :until", day, since, until)


def unfinished(db: sqlite3.Connection, day: date) -> list[sqlite3.Row]:
    """Slips that stood on a day and were not yet accepted, as far as their row tells: fold their steps to be sure."""
    return _orders(db, "(o.accepted_on IS NULL OR o.accepted_on > :day)", day, None, None)


def human(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Live slips whose damage was done by people."""
    return db.execute(f"{ORDER} WHERE o.void = 0 AND o.cause = 'human' ORDER BY o.opened_on, o.id").fetchall()


def mended(
    db: sqlite3.Connection, day: date, *, since: date, place_id: int, kind: str, asset: str | None
) -> list[sqlite3.Row]:
    """Slips closed from `since` to `day` for the same asset, else for the same place and kind, newest first."""
    same = "o.asset = :asset" if asset else "o.place_id = :place AND o.kind = :kind AND o.asset IS NULL"
    return db.execute(
        f"""{ORDER} WHERE o.void = 0 AND o.closed_on BETWEEN :since AND :day AND {same}
            ORDER BY o.closed_on DESC, o.id DESC""",
        {"asset": asset, "place": place_id, "kind": kind, "since": since.isoformat(), "day": day.isoformat()},
    ).fetchall()


def inside(db: sqlite3.Connection, place_id: int) -> set[int]:
    """A place and all that lies in it."""
    query = """WITH RECURSIVE inner_place (id) AS (
            SELECT :place UNION SELECT p.id FROM school_place p JOIN inner_place i ON p.parent_id = i.id
        ) SELECT id FROM inner_place"""
    return {row[0] for row in db.execute(query, {"place": place_id})}


def people(db: sqlite3.Connection, ids: Iterable[int | None]) -> dict[int, str]:
    """Names of people by id."""
    return _names(db, "school_person", ids)


def vendors(db: sqlite3.Connection, ids: Iterable[int | None]) -> dict[int, str]:
    """Names of vendors by id."""
    return _names(db, "school_vendor", ids)


def search(db: sqlite3.Connection, text: str, limit: int = 50) -> list[sqlite3.Row]:
    """Live slips whose number or title has this text in it, newest first."""
    from logi.core.folding import fold

    like = fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    if not like:
        return []
    return db.execute(
        f"""{ORDER} WHERE o.void = 0 AND (o.folded LIKE :part ESCAPE '\\' OR lower(o.number) LIKE :part ESCAPE '\\'
            OR o.initials LIKE :start ESCAPE '\\') ORDER BY o.opened_on DESC, o.id DESC LIMIT :limit""",
        {"part": f"%{like}%", "start": f"{like}%", "limit": limit},
    ).fetchall()


def everything(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Every slip's row, void ones too: for verify."""
    return db.execute("SELECT * FROM repair_order ORDER BY id").fetchall()


def _orders(
    db: sqlite3.Connection, wanted: str, day: date, since: date | None, until: date | None
) -> list[sqlite3.Row]:
    # By the opening step, not by `void`: a slip taken back after its month was closed still stood in that month.
    values = {"day": day.isoformat(), "since": since.isoformat() if since else "", "until": (until or day).isoformat()}
    query = f"""{ORDER} WHERE o.opened_on <= :day AND {wanted}
        AND EXISTS (SELECT 1 FROM repair_event e WHERE e.order_id = o.id AND e.step = 'open' AND {STOOD})
        ORDER BY o.opened_on, o.id"""
    return db.execute(query, {k: v for k, v in values.items() if f":{k}" in query}).fetchall()


def _step(row: sqlite3.Row) -> Step:
    values: dict[str, Any] = dict(row)
    del values["order_id"]
    values["on_day"] = date.fromisoformat(values["on_day"])
    if values["until_day"]:
        values["until_day"] = date.fromisoformat(values["until_day"])
    return Step(**values)


def _names(db: sqlite3.Connection, table: str, ids: Iterable[int | None]) -> dict[int, str]:
    wanted = sorted({rowid for rowid in ids if rowid is not None})
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = db.execute(f"SELECT id, name FROM {table} WHERE id IN ({marks})", part)
        found.update((row[0], row[1]) for row in rows)
    return found


def for_export(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Every live slip with its names by code and what it cost, oldest first."""
    return db.execute(
        f"""SELECT o.*, p.code AS place, r.code AS reporter, w.code AS worker,
               (SELECT sum(v.cost_fen) FROM repair_event v WHERE v.order_id = o.id AND {live("v", "repair_event")}) AS cost_fen
            FROM repair_order o JOIN school_place p ON p.id = o.place_id
            LEFT JOIN school_person r ON r.id = o.reporter_id LEFT JOIN school_person w ON w.id = o.worker_id
            WHERE o.void = 0 ORDER BY o.opened_on, o.id"""
    ).fetchall()
