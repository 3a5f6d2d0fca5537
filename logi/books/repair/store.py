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
    "until_day, to_whom, note, at_time, arrived, slip_id, begins_on, ends_on, entry, mode, root, down_on, down_at"
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
        rows = db.execute(query, values).fetchall()
        parts = parts_cost(db, [row["slip_id"] for row in rows if row["slip_id"] is not None], day)
        for row in rows:
            found[row["order_id"]].append(_step(row, parts))
    return found


# A slip of the stock book, the slips that correct it and those that bring some of it back.
CHAIN = """WITH RECURSIVE chain (root, id) AS (
        SELECT s.id, s.id FROM stock_slip s WHERE s.id IN ({marks})
        UNION SELECT c.root, s.id FROM chain c JOIN stock_slip s ON s.corrects_id = c.id OR s.of_slip_id = c.id
    )"""


def parts_cost(db: sqlite3.Connection, slips: Sequence[int], day: date) -> dict[int, int]:
    """What issues of parts cost by a day, in fen: what came back and what was corrected taken in.

    Under the month's average an issue costs nothing until its month is closed.
    """
    if not slips:
        return {}
    chain = CHAIN.format(marks=", ".join("?" * len(slips)))
    rows = db.execute(
        f"""{chain} SELECT root, sum(value_fen) FROM (
                SELECT c.root, m.value_fen FROM chain c JOIN stock_move m ON m.slip_id = c.id WHERE m.on_day <= ?
                UNION ALL
                SELECT c.root, p.value_fen FROM chain c JOIN stock_price p ON p.slip_id = c.id WHERE p.on_day <= ?
            ) GROUP BY root""",
        [*slips, day.isoformat(), day.isoformat()],
    )
    return {row[0]: -row[1] for row in rows}


def parts(db: sqlite3.Connection, slips: Sequence[int], day: date) -> list[sqlite3.Row]:
    """What these issues used of each item by a day: slip, item, unit, quantity and value."""
    if not slips:
        return []
    chain = CHAIN.format(marks=", ".join("?" * len(slips)))
    return db.execute(
        f"""{chain} SELECT r.id AS slip, r.number, i.code, i.name, i.unit, -sum(quantity_milli) AS quantity_milli,
                -sum(value_fen) AS value_fen
            FROM (
                SELECT c.root, m.item_id, m.quantity_milli, m.value_fen
                FROM chain c JOIN stock_move m ON m.slip_id = c.id WHERE m.on_day <= ?
                UNION ALL
                SELECT c.root, p.item_id, 0, p.value_fen
                FROM chain c JOIN stock_price p ON p.slip_id = c.id WHERE p.on_day <= ?
            ) u JOIN stock_slip r ON r.id = u.root JOIN stock_item i ON i.id = u.item_id
            GROUP BY r.id, i.id HAVING sum(quantity_milli) <> 0 ORDER BY r.id, i.code""",
        [*slips, day.isoformat(), day.isoformat()],
    ).fetchall()


def drawn(db: sqlite3.Connection, since: date, until: date) -> dict[int, int]:
    """The stock slips by which parts left for repairs on days of a period, with the repair each was for."""
    rows = db.execute(
        f"""SELECT v.slip_id, v.order_id FROM repair_event v
            WHERE v.slip_id IS NOT NULL AND v.on_day BETWEEN ? AND ? AND {live("v", "repair_event")}""",
        (since.isoformat(), until.isoformat()),
    )
    return {row[0]: row[1] for row in rows}


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


def standing(db: sqlite3.Connection, day: date, since: date) -> list[sqlite3.Row]:
    """Slips that stood on a day and, as far as their row tells, were not mended before another."""
    return _orders(db, "(o.closed_on IS NULL OR o.closed_on >= :since)", day, since, None)


def human(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Live slips whose damage was done by people."""
    return db.execute(f"{ORDER} WHERE o.void = 0 AND o.cause = 'human' ORDER BY o.opened_on, o.id").fetchall()


def mended(
    db: sqlite3.Connection, day: date, *, since: date, place_id: int, kind: str, asset: str | None
) -> list[sqlite3.Row]:
    """Slips closed from `since` to `day` for the same asset, else for the same place and kind, newest first."""
    same = "o.asset = :asset" if asset else "o.place_id = :place AND o.kind = :kind AND o.asset IS NULL"
    return db.execute(
        f"""{ORDER} WHERE o.void = 0 AND o.source <> 'maintenance' AND o.closed_on BETWEEN :since AND :day AND {same}
            ORDER BY o.closed_on DESC, o.id DESC""",
        {"asset": asset, "place": place_id, "kind": kind, "since": since.isoformat(), "day": day.isoformat()},
    ).fetchall()


def workers_of(db: sqlite3.Connection, kind: str) -> list[int]:
    """Who was given work of a kind, the last first; people alone."""
    rows = db.execute(
        """SELECT worker_id FROM repair_order WHERE void = 0 AND kind = ? AND worker_id IS NOT NULL
           GROUP BY worker_id ORDER BY max(assigned_on) DESC, worker_id""",
        (kind,),
    )
    return [row[0] for row in rows]


def unfinished_of_asset(db: sqlite3.Connection, asset: str) -> sqlite3.Row | None:
    """The oldest slip for an asset that is still to be mended."""
    found: sqlite3.Row | None = db.execute(
        f"""{ORDER} WHERE o.void = 0 AND o.asset = ? AND o.closed_on IS NULL AND o.source <> 'maintenance'
              AND o.state <> 'declined' ORDER BY o.opened_on, o.id LIMIT 1""",
        (asset,),
    ).fetchone()
    return found


def failures(db: sqlite3.Connection, until: date) -> list[sqlite3.Row]:
    """Every slip that tells of a failure, by thing (the asset, else place and kind of work) and opening."""
    return db.execute(
        """SELECT id, coalesce(asset, '') AS asset, CASE WHEN asset IS NULL THEN place_id END AS place_id,
               CASE WHEN asset IS NULL THEN kind END AS kind, opened_on, folded
           FROM repair_order WHERE void = 0 AND source <> 'maintenance' AND state <> 'declined' AND opened_on <= ?
           ORDER BY asset, place_id, kind, opened_on, id""",
        (until.isoformat(),),
    ).fetchall()


# -- maintenance -----------------------------------------------------------------------------------

SCHEDULE = """SELECT s.*, p.code AS place, p.name AS place_name, r.name AS reporter, r.code AS reporter_code,
        w.name AS worker, w.code AS worker_code, v.name AS vendor, v.code AS vendor_code
    FROM repair_schedule s JOIN school_place p ON p.id = s.place_id JOIN school_person r ON r.id = s.reporter_id
    LEFT JOIN school_person w ON w.id = s.worker_id LEFT JOIN school_vendor v ON v.id = s.vendor_id
    WHERE s.void = 0"""


def schedules(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """All live schedules with the names of their place and people, by code."""
    return db.execute(f"{SCHEDULE} ORDER BY s.code").fetchall()


def schedule(source: "Source", text: str) -> sqlite3.Row:
    """The schedule a text names."""
    from logi.finding import find

    try:
        row = find(source, "repair_schedule", text, what="document")
    except Ambiguous:
        raise
    except NotFound as error:
        raise NotFound("repair.no_schedule", text=text) from error
    found: sqlite3.Row = source.db.execute(f"{SCHEDULE} AND s.id = ?", (row["id"],)).fetchone()
    return found


def runs(db: sqlite3.Connection, day: date = date.max) -> dict[int, list[sqlite3.Row]]:
    """The slips each schedule has opened by a day, oldest first, by schedule; one finished later is not finished yet."""
    found: dict[int, list[sqlite3.Row]] = {}
    for row in db.execute(
        """SELECT schedule_id, number, planned_on, planned_milli, opened_on, state,
               CASE WHEN closed_on <= :day THEN closed_on END AS closed_on
           FROM repair_order WHERE schedule_id IS NOT NULL AND void = 0 AND opened_on <= :day ORDER BY planned_on, id""",
        {"day": day.isoformat()},
    ):
        found.setdefault(row["schedule_id"], []).append(row)
    return found


def readings(db: sqlite3.Connection) -> dict[int, list[sqlite3.Row]]:
    """What the counter of each schedule showed, by day and order of recording, by schedule."""
    found: dict[int, list[sqlite3.Row]] = {}
    for row in db.execute(
        f"""SELECT r.* FROM repair_reading r WHERE {live("r", "repair_reading")} ORDER BY r.on_day, r.id"""
    ):
        found.setdefault(row["schedule_id"], []).append(row)
    return found


def read_after(db: sqlite3.Connection, schedule_id: int, seq: int) -> list[int]:
    """The entries after one that recorded readings of a schedule."""
    query = f"""SELECT DISTINCT r.entry FROM repair_reading r
        WHERE r.schedule_id = ? AND r.entry > ? AND {live("r", "repair_reading")}"""
    return [int(row[0]) for row in db.execute(query, (schedule_id, seq))]


# -- summer works ----------------------------------------------------------------------------------


def summer(db: sqlite3.Connection, number: str) -> sqlite3.Row | None:
    """The summer list of exactly this number."""
    found: sqlite3.Row | None = db.execute(
        """SELECT m.*, p.name AS by_name FROM repair_summer m LEFT JOIN school_person p ON p.id = m.by_id
           WHERE m.number = ? AND m.void = 0""",
        (number,),
    ).fetchone()
    return found


def summer_lines(db: sqlite3.Connection, summer_id: int) -> list[sqlite3.Row]:
    """The slips on a summer list with the estimates it was drawn up with."""
    return db.execute(
        """SELECT l.line, l.estimate_fen, o.id, o.number, o.title, o.state, o.spot, o.scope, o.begins_on, o.ends_on,
               p.code AS place, p.name AS place_name
           FROM repair_summer_line l JOIN repair_order o ON o.id = l.order_id JOIN school_place p ON p.id = o.place_id
           WHERE l.summer_id = ? AND l.void = 0 ORDER BY l.line""",
        (summer_id,),
    ).fetchall()


def summer_lists_of(db: sqlite3.Connection, order_id: int) -> list[sqlite3.Row]:
    """The standing lists a slip is on, newest first, with its estimate there."""
    return db.execute(
        """SELECT m.number, l.estimate_fen FROM repair_summer_line l JOIN repair_summer m ON m.id = l.summer_id
           WHERE l.order_id = ? AND l.void = 0 AND m.void = 0 ORDER BY m.id DESC""",
        (order_id,),
    ).fetchall()


# -- people, places, the rest ----------------------------------------------------------------------


def inside(db: sqlite3.Connection, place_id: int) -> set[int]:
    """A place and all that lies in it."""
    query = """WITH RECURSIVE inner_place (id) AS (
            SELECT :place UNION SELECT p.id FROM school_place p JOIN inner_place i ON p.parent_id = i.id
        ) SELECT id FROM inner_place"""
    return {row[0] for row in db.execute(query, {"place": place_id})}


def outermost(db: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """The building of every place: code and name of the outermost place it lies in, by place."""
    rows = db.execute(
        """WITH RECURSIVE up (id, outer_id) AS (
               SELECT p.id, p.id FROM school_place p WHERE p.parent_id IS NULL
               UNION ALL SELECT p.id, u.outer_id FROM school_place p JOIN up u ON p.parent_id = u.id
           ) SELECT up.id, o.code, o.name FROM up JOIN school_place o ON o.id = up.outer_id"""
    )
    return {row[0]: (row[1], row[2]) for row in rows}


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


def _step(row: sqlite3.Row, parts: dict[int, int]) -> Step:
    values: dict[str, Any] = dict(row)
    del values["order_id"]
    for name in ("on_day", "until_day", "begins_on", "ends_on", "down_on"):
        if values[name]:
            values[name] = date.fromisoformat(values[name])
    return Step(**values, parts_fen=parts.get(row["slip_id"], 0))


def _names(db: sqlite3.Connection, table: str, ids: Iterable[int | None]) -> dict[int, str]:
    wanted = sorted({rowid for rowid in ids if rowid is not None})
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = db.execute(f"SELECT id, name FROM {table} WHERE id IN ({marks})", part)
        found.update((row[0], row[1]) for row in rows)
    return found
