"""All the SQL of the patrol book."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.patrol.rules import Layout, Schedule, Step
from logi.core.tables import live
from logi.finding import find

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

Row = sqlite3.Row
Db = sqlite3.Connection

HAZARDS = """
    SELECT h.*, l.code AS place_code, l.name AS place_name, o.name AS owner, f.name AS found_by,
           x.name AS fixed_by, v.name AS verified_by, r.code AS route
    FROM patrol_hazard h
    LEFT JOIN school_place l ON l.id = h.place_id
    LEFT JOIN school_person o ON o.id = h.owner_id
    LEFT JOIN school_person f ON f.id = h.found_by_id
    LEFT JOIN school_person x ON x.id = h.fixed_by_id
    LEFT JOIN school_person v ON v.id = h.verified_by_id
    LEFT JOIN patrol_round d ON d.id = h.round_no
    LEFT JOIN patrol_route r ON r.id = d.route_id
    WHERE h.void = 0"""


# -- routes ----------------------------------------------------------------------------------------


def route(source: "Source", text: str) -> Row:
    """The route a text names: columns id, code, name, area, keeper_id, note."""
    return find(source, "patrol_route", text, what="route")


def route_of_code(db: Db, code: str) -> Row | None:
    """The live route of exactly this code."""
    row: Row | None = db.execute("SELECT * FROM patrol_route WHERE code = ? AND void = 0", (code,)).fetchone()
    return row


def routes(db: Db) -> list[Row]:
    """All live routes with their keeper's name, by code."""
    return db.execute(
        """SELECT r.*, p.name AS keeper FROM patrol_route r LEFT JOIN school_person p ON p.id = r.keeper_id
           WHERE r.void = 0 ORDER BY r.code"""
    ).fetchall()


def schedules(db: Db) -> dict[int, list[Schedule]]:
    """Every route's frequencies from day to day, oldest first, by route id."""
    found: dict[int, list[Schedule]] = {}
    for row in db.execute("SELECT route_id, from_day, frequency FROM patrol_schedule WHERE void = 0 ORDER BY from_day"):
        found.setdefault(row[0], []).append(Schedule(date.fromisoformat(row[1]), row[2]))
    return found


def layouts(db: Db) -> dict[int, list[Layout]]:
    """Every route's points and times from day to day, oldest first, by route id."""
    found: dict[int, list[Layout]] = {}
    for row in db.execute("SELECT * FROM patrol_layout WHERE void = 0 ORDER BY from_day"):
        points, times = (tuple(text.split("\n")) if text else () for text in (row["points"], row["times"]))
        found.setdefault(row["route_id"], []).append(Layout(date.fromisoformat(row["from_day"]), points, times))
    return found


def layout_row(db: Db, route_id: int, from_day: date) -> Row | None:
    """The points and times that begin on exactly this day."""
    row: Row | None = db.execute(
        "SELECT * FROM patrol_layout WHERE route_id = ? AND from_day = ? AND void = 0",
        (route_id, from_day.isoformat()),
    ).fetchone()
    return row


def schedule_row(db: Db, route_id: int, from_day: date) -> Row | None:
    """The frequency that begins on exactly this day."""
    row: Row | None = db.execute(
        "SELECT * FROM patrol_schedule WHERE route_id = ? AND from_day = ? AND void = 0",
        (route_id, from_day.isoformat()),
    ).fetchone()
    return row


def schedule_rows_from(db: Db, route_id: int, from_day: date) -> list[Row]:
    """The frequencies that begin on or after a day."""
    return db.execute(
        "SELECT * FROM patrol_schedule WHERE route_id = ? AND from_day >= ? AND void = 0 ORDER BY from_day",
        (route_id, from_day.isoformat()),
    ).fetchall()


# -- rounds ----------------------------------------------------------------------------------------


def rounds(db: Db, since: date | None, until: date | None) -> list[Row]:
    """Live rounds with route and patroller, by day and time; `findings` counts the hazards they opened."""
    return db.execute(
        f"""SELECT d.*, r.code AS route, r.name AS route_name, p.code AS by_code, p.name AS by_name,
               (SELECT count(*) FROM patrol_hazard h WHERE h.round_no = d.round_no AND h.void = 0)
               + (SELECT count(*) FROM patrol_repair f WHERE f.round_no = d.round_no
                  AND f.hazard_id IS NULL AND {live("f", "patrol_repair")}) AS findings
            FROM patrol_round d JOIN patrol_route r ON r.id = d.route_id JOIN school_person p ON p.id = d.by_id
            WHERE {live("d", "patrol_round")} AND d.on_day >= ? AND d.on_day <= ?
            ORDER BY d.on_day, coalesce(d.at_time, ''), r.code, d.id""",
        _span(since, until),
    ).fetchall()


def same_round(db: Db, route_id: int, day: date, at_time: str, by_id: int) -> int | None:
    """The entry of a live round of this route at this minute by this person."""
    row = db.execute(
        f"""SELECT d.entry FROM patrol_round d WHERE {live("d", "patrol_round")}
            AND d.route_id = ? AND d.on_day = ? AND d.at_time = ? AND d.by_id = ?""",
        (route_id, day.isoformat(), at_time, by_id),
    ).fetchone()
    return int(row[0]) if row else None


def walkers(db: Db, route_id: int) -> list[int]:
    """Who walked a route, the last first."""
    rows = db.execute(
        f"""SELECT d.by_id FROM patrol_round d WHERE {live("d", "patrol_round")} AND d.route_id = ?
            GROUP BY d.by_id ORDER BY max(d.on_day) DESC, d.by_id""",
        (route_id,),
    )
    return [row[0] for row in rows]


def publications(db: Db) -> dict[str, Row]:
    """The live publication of each week, by week."""
    rows = db.execute(
        f"""SELECT b.*, p.name AS by_name FROM patrol_publication b LEFT JOIN school_person p ON p.id = b.by_id
            WHERE {live("b", "patrol_publication")} ORDER BY b.id"""
    )
    return {row["week"]: row for row in rows}


# -- hazards ---------------------------------------------------------------------------------------


def hazard(db: Db, number: str) -> Row | None:
    """One live hazard with the names of its place, owner, finder, fixer and verifier, and its round's route."""
    row: Row | None = db.execute(f"{HAZARDS} AND h.number = ?", (number,)).fetchone()
    return row


def hazards_ending(db: Db, text: str) -> list[Row]:
    """The live hazards whose number ends with a text, the newest first, twenty at most."""
    query = f"{HAZARDS} AND substr(h.number, -length(?)) = ? ORDER BY h.number DESC LIMIT 20"
    return db.execute(query, (text, text)).fetchall()


def hazards(db: Db, *, found_until: date | None = None) -> list[Row]:
    """All live hazards found up to a day, oldest first, with the same columns as `hazard`."""
    return db.execute(
        f"{HAZARDS} AND h.found_on <= ? ORDER BY h.found_on, h.number", ((found_until or date.max).isoformat(),)
    ).fetchall()


def unsettled(db: Db) -> list[Row]:
    """Every hazard that is not cancelled (銷號), most urgent first."""
    return db.execute(
        f"{HAZARDS} AND h.state <> 'verified' ORDER BY coalesce(h.due_on, '9999'), h.number"
    ).fetchall()


def hazards_titled(db: Db, text: str) -> list[Row]:
    """Hazards whose number or description holds a text."""
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return db.execute(
        f"{HAZARDS} AND (h.number LIKE ? ESCAPE '\\' OR h.title LIKE ? ESCAPE '\\') ORDER BY h.number LIMIT 50",
        (like, like),
    ).fetchall()


def steps(db: Db, hazard_id: int | None = None) -> list[Row]:
    """Live steps of one hazard, or of all, by hazard, day and order of recording, with who did them."""
    where, values = ("AND s.hazard_id = ?", [hazard_id]) if hazard_id is not None else ("", [])
    return db.execute(
        f"""SELECT s.*, p.name AS by_name FROM patrol_step s LEFT JOIN school_person p ON p.id = s.by_id
            WHERE {live("s", "patrol_step")} {where} ORDER BY s.hazard_id, s.on_day, s.id""",
        values,
    ).fetchall()


def steps_by_hazard(db: Db) -> dict[int, list[Step]]:
    """Every hazard's steps as the rules read them."""
    found: dict[int, list[Step]] = {}
    for row in steps(db):
        found.setdefault(row["hazard_id"], []).append(as_step(row))
    return found


def as_step(row: Row) -> Step:
    """A row of steps as the rules read it."""
    before = row["due_before"]
    return Step(date.fromisoformat(row["on_day"]), row["what"], date.fromisoformat(before) if before else None)


# -- repairs ---------------------------------------------------------------------------------------


def hazards_of_order(db: Db, order_id: int) -> list[Row]:
    """The live hazards that a repair is to remove."""
    return db.execute(
        f"""{HAZARDS} AND h.id IN (SELECT f.hazard_id FROM patrol_repair f
            WHERE f.order_id = ? AND {live("f", "patrol_repair")}) ORDER BY h.id""",
        (order_id,),
    ).fetchall()


def repairs_of_hazard(db: Db, hazard_id: int) -> list[Row]:
    """The slips that are to remove a hazard, oldest first."""
    return db.execute(
        f"""SELECT o.id, o.number, o.title, o.state, o.closed_on FROM patrol_repair f
            JOIN repair_order o ON o.id = f.order_id AND o.void = 0
            WHERE f.hazard_id = ? AND {live("f", "patrol_repair")} ORDER BY o.id""",
        (hazard_id,),
    ).fetchall()


def repairs_found(db: Db, since: date | None, until: date | None) -> list[Row]:
    """The slips that rounds of these days opened, with their route."""
    return db.execute(
        f"""SELECT o.number, o.title, o.state, o.closed_on, o.kind, o.spot, l.code AS place_code, l.name AS place_name,
               r.code AS route, f.on_day
            FROM patrol_repair f JOIN repair_order o ON o.id = f.order_id JOIN school_place l ON l.id = o.place_id
            JOIN patrol_round d ON d.id = f.round_no JOIN patrol_route r ON r.id = d.route_id
            WHERE f.hazard_id IS NULL AND {live("f", "patrol_repair")} AND o.void = 0
            AND f.on_day >= ? AND f.on_day <= ? ORDER BY f.on_day, o.number""",
        _span(since, until),
    ).fetchall()


# -- accidents -------------------------------------------------------------------------------------


def accidents(db: Db, since: date | None, until: date | None) -> list[Row]:
    """Live accidents with place, who reported them and the hazard they showed, by day."""
    return db.execute(
        f"""SELECT a.*, l.code AS place_code, l.name AS place_name, p.name AS by_name, h.number AS hazard
            FROM patrol_accident a LEFT JOIN school_place l ON l.id = a.place_id
            LEFT JOIN school_person p ON p.id = a.by_id LEFT JOIN patrol_hazard h ON h.id = a.hazard_id
            WHERE {live("a", "patrol_accident")} AND a.on_day >= ? AND a.on_day <= ?
            ORDER BY a.on_day, coalesce(a.at_time, ''), a.id""",
        _span(since, until),
    ).fetchall()


def accident(db: Db, number: str) -> Row | None:
    """The live accident of a number."""
    return next((row for row in accidents(db, None, None) if row["number"] == number), None)


def begun_on(db: Db) -> date:
    """The day the ledger was begun: before it nothing is known. A journal taken over begins in entry 2."""
    return date.fromisoformat(db.execute("SELECT min(today) FROM entry WHERE seq <= 2").fetchone()[0])


# -- places ----------------------------------------------------------------------------------------


def place_at_start(db: Db, text: str) -> tuple[Row, int] | None:
    """The known place whose code or name a text begins with, and how many characters it takes; the longest wins."""
    rows = db.execute(
        """SELECT *, CASE WHEN substr(?, 1, length(code)) = code THEN length(code) ELSE 0 END AS by_code,
                  CASE WHEN substr(?, 1, length(name)) = name THEN length(name) ELSE 0 END AS by_name
           FROM school_place WHERE void = 0 AND (by_code > 0 OR by_name > 0)""",
        (text, text),
    ).fetchall()
    fitting: list[tuple[int, Any]] = []
    for row in rows:
        length = max(row["by_code"], row["by_name"])
        if not (_is_word(text[length - 1]) and _is_word(text[length : length + 1])):
            fitting.append((length, row))
    if not fitting:
        return None
    longest = max(length for length, _ in fitting)
    best = [row for length, row in fitting if length == longest]
    return (best[0], longest) if len(best) == 1 else None


def _is_word(char: str) -> bool:
    """Whether a character would go on with a code: `A10` does not begin with the place `A1`."""
    return char.isascii() and char.isalnum()


def _span(since: date | None, until: date | None) -> tuple[str, str]:
    return (since or date.min).isoformat(), (until or date.max).isoformat()


def round_of_ref(db: Db, ref: str, *, before: int) -> Row | None:
    """The live round that an earlier entry recorded under a reference."""
    row: Row | None = db.execute(
        f"SELECT d.* FROM patrol_round d WHERE d.ref = ? AND d.entry < ? AND {live('d', 'patrol_round')}", (ref, before)
    ).fetchone()
    return row


def told_before(
    db: Db, route_id: int, day: date, at_time: str | None, by_id: int, finding: str | None, *, before: int
) -> bool:
    """Whether an earlier entry has this very round, and this finding on it."""
    row = db.execute(
        f"""SELECT 1 FROM patrol_round d WHERE {live("d", "patrol_round")} AND d.route_id = ? AND d.on_day = ?
            AND d.at_time IS ? AND d.by_id = ? AND d.entry < ? AND (? IS NULL OR EXISTS (
                SELECT 1 FROM patrol_hazard h WHERE h.round_no = d.round_no AND h.void = 0 AND h.title = ?))""",
        (route_id, day.isoformat(), at_time, by_id, before, finding, finding),
    ).fetchone()
    return row is not None


def for_export(db: Db) -> list[Row]:
    """Every live round with its hazards, one row each, by day and time."""
    return db.execute(
        f"""SELECT d.on_day, d.at_time, d.ref, d.weather, d.skipped, d.note, r.code AS route, p.code AS by, h.title,
               h.category, h.level, l.code AS place, h.spot
            FROM patrol_round d JOIN patrol_route r ON r.id = d.route_id JOIN school_person p ON p.id = d.by_id
            LEFT JOIN patrol_hazard h ON h.round_no = d.round_no AND h.void = 0
            LEFT JOIN school_place l ON l.id = h.place_id
            WHERE {live("d", "patrol_round")} ORDER BY d.on_day, d.at_time, d.id, h.id"""
    ).fetchall()
