"""All the SQL of the check book."""

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.check.rules import Things
from logi.core.errors import NotFound
from logi.core.tables import live

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

Row = sqlite3.Row
Db = sqlite3.Connection

USES = """
    SELECT u.*, l.code AS place, l.name AS place_name, l.keeper_id, o.name AS owner, o.left_on AS owner_left,
           k.name AS keeper, k.left_on AS keeper_left
    FROM check_use u LEFT JOIN school_place l ON l.id = u.place_id LEFT JOIN school_person o ON o.id = u.owner_id
    LEFT JOIN school_person k ON k.id = l.keeper_id
    WHERE u.void = 0"""
RUNS = f"""
    SELECT r.*, l.code AS place, l.name AS place_name, p.code AS by_code, p.name AS by_name
    FROM check_run r LEFT JOIN school_place l ON l.id = r.place_id JOIN school_person p ON p.id = r.by_id
    WHERE {live("r", "check_run")}"""
RESULTS = f"SELECT x.* FROM check_result x WHERE {live('x', 'check_result')}"


# -- lists in use ----------------------------------------------------------------------------------


def uses(db: Db, key: str | None = None) -> list[Row]:
    """Live uses of one list or of all, by list, place and first day; with the owner's and the place keeper's names."""
    where, values = ("AND u.list = ?", [key]) if key else ("", [])
    return db.execute(f"{USES} {where} ORDER BY u.list, coalesce(l.code, ''), u.from_day", values).fetchall()


def uses_at(db: Db, key: str, place_id: int | None) -> list[Row]:
    """Live uses of a list at one place (None: without a place), by first day."""
    return db.execute(f"{USES} AND u.list = ? AND u.place_id IS ? ORDER BY u.from_day", (key, place_id)).fetchall()


# -- runs ------------------------------------------------------------------------------------------


def run(source: "Source", number: str) -> Row:
    """The live run of a number; NotFound (3)."""
    row = numbered(source.db, number)
    if row is None:
        raise NotFound("check.no_run", number=number)
    return row


def numbered(db: Db, number: str) -> Row | None:
    """The live run of exactly this number (letters in either case)."""
    row: Row | None = db.execute(f"{RUNS} AND r.number = upper(?)", (number,)).fetchone()
    return row


def runs(
    db: Db, key: str | None = None, since: date | None = None, until: date | None = None, *,
    place_id: int | None = None, by_id: int | None = None,
) -> list[Row]:  # fmt: skip
    """Live runs with place and inspector, by day, time and number."""
    wanted = {"r.list = ?": key, "r.place_id = ?": place_id, "r.by_id = ?": by_id}
    given = {condition: value for condition, value in wanted.items() if value is not None}
    where = "".join(f" AND {condition}" for condition in given)
    span = ((since or date.min).isoformat(), (until or date.max).isoformat())
    return db.execute(
        f"{RUNS} AND r.on_day >= ? AND r.on_day <= ? {where} ORDER BY r.on_day, coalesce(r.at_time, ''), r.number",
        (*span, *given.values()),
    ).fetchall()


def last_run(db: Db, key: str, until: date) -> Row | None:
    """The newest live run of a list up to a day."""
    row: Row | None = db.execute(
        f"{RUNS} AND r.list = ? AND r.on_day <= ? ORDER BY r.on_day DESC, r.id DESC LIMIT 1", (key, until.isoformat())
    ).fetchone()
    return row


def run_days(db: Db, since: date, until: date) -> dict[tuple[str, int | None], list[tuple[date, str | None]]]:
    """(day, time) of every live run from the day before `since` to the day after `until`, by list and place."""
    found: dict[tuple[str, int | None], list[tuple[date, str | None]]] = {}
    for row in db.execute(
        f"""SELECT r.list, r.place_id, r.on_day, r.at_time FROM check_run r WHERE {live("r", "check_run")}
            AND r.on_day >= ? AND r.on_day <= ?""",
        (_shift(since, -1), _shift(until, 1)),
    ):
        found.setdefault((row[0], row[1]), []).append((date.fromisoformat(row[2]), row[3]))
    return found


def runs_called(db: Db, text: str) -> list[Row]:
    """Runs whose number or note holds a text."""
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return db.execute(
        f"{RUNS} AND (r.number LIKE ? ESCAPE '\\' OR r.note LIKE ? ESCAPE '\\') ORDER BY r.number LIMIT 50",
        (like, like),
    ).fetchall()


# -- assets ----------------------------------------------------------------------------------------


def things(db: Db, wanted: Things, day: date, *, within: int | None = None) -> list[Row]:
    """The cards on the register on a day that a list is made for, by code; in one place and all it holds, if asked."""
    kinds = ", ".join("?" * len(wanted.categories))
    names = " OR ".join(["c.folded LIKE ?"] * len(wanted.names))
    fits = " OR ".join(part for part in (f"k.code IN ({kinds})" if kinds else "", names) if part)
    here = ""
    values: list[object] = [day.isoformat(), day.isoformat(), *wanted.categories, *(f"%{name}%" for name in wanted.names)]
    if within is not None:
        here = """AND c.place_id IN (WITH RECURSIVE inner_place (id) AS (
            SELECT ? UNION SELECT p.id FROM school_place p JOIN inner_place i ON p.parent_id = i.id
        ) SELECT id FROM inner_place)"""
        values.append(within)
    return db.execute(
        f"""SELECT c.id, c.code, c.name, c.place_id, c.spot, p.code AS place, p.name AS place_name, s.name AS keeper
            FROM asset_card c LEFT JOIN school_category k ON k.id = c.category_id
            LEFT JOIN school_place p ON p.id = c.place_id LEFT JOIN school_person s ON s.id = c.keeper_id
            WHERE c.void = 0 AND c.acquired_on <= ? AND (c.gone_on IS NULL OR c.gone_on > ?) AND ({fits}) {here}
            ORDER BY c.code""",
        values,
    ).fetchall()


def last_runs_of_assets(db: Db, key: str, since: date, until: date) -> dict[str, Row]:
    """Each asset's newest live run of a list in a stretch of days, by its code."""
    return {row["asset"]: row for row in runs(db, key, since, until) if row["asset"]}


# -- results and signatures ------------------------------------------------------------------------


def results(db: Db, number: str) -> list[Row]:
    """The live results of a run, in the list's order."""
    return db.execute(f"{RESULTS} AND x.number = ? ORDER BY x.id", (number,)).fetchall()


def all_results(db: Db) -> dict[str, list[Row]]:
    """Every live result by its run's number."""
    found: dict[str, list[Row]] = {}
    for row in db.execute(f"{RESULTS} ORDER BY x.id"):
        found.setdefault(row["number"], []).append(row)
    return found


def results_of_runs(db: Db, runs: Iterable[Row]) -> dict[str, list[Row]]:
    """The live results of these runs by number, in the lists' order."""
    days = sorted(row["on_day"] for row in runs)
    if not days:
        return {}
    numbers = {row["number"] for row in runs}
    found: dict[str, list[Row]] = {}
    for row in db.execute(f"{RESULTS} AND x.on_day BETWEEN ? AND ? ORDER BY x.id", (days[0], days[-1])):
        if row["number"] in numbers:
            found.setdefault(row["number"], []).append(row)
    return found


def failures_by_department(db: Db, since: date, until: date, key: str | None = None) -> list[Row]:
    """Every live failure of a stretch of days with the department of who keeps the place it was found at."""
    return db.execute(
        f"""SELECT x.*, r.list, d.name AS department FROM check_result x JOIN check_run r ON r.number = x.number
            LEFT JOIN school_place l ON l.id = coalesce(r.place_id,
                (SELECT h.place_id FROM patrol_hazard h WHERE h.number = x.opened AND h.void = 0),
                (SELECT o.place_id FROM repair_order o WHERE o.number = x.opened AND o.void = 0))
            LEFT JOIN school_person k ON k.id = l.keeper_id LEFT JOIN school_department d ON d.id = k.department_id
            WHERE {live("x", "check_result")} AND {live("r", "check_run")} AND x.result = 'fail'
            AND x.on_day BETWEEN ? AND ? AND r.list = coalesce(?, r.list) ORDER BY x.id""",
        (since.isoformat(), until.isoformat(), key),
    ).fetchall()


def last_opened(db: Db, key: str, item: str, place_id: int | None, spot: str | None, asset: str | None) -> Row | None:
    """The newest live failure of an item at a place, or of an asset, that a hazard or slip was opened for: opened, remark."""
    row: Row | None = db.execute(
        f"""SELECT x.opened, x.remark FROM check_result x JOIN check_run r ON r.number = x.number
            WHERE {live("x", "check_result")} AND {live("r", "check_run")} AND x.opened IS NOT NULL
            AND r.list = ? AND x.item = ? AND r.asset IS ? AND (r.asset IS NOT NULL OR (r.place_id IS ? AND r.spot IS ?))
            ORDER BY x.id DESC LIMIT 1""",
        (key, item, asset, place_id, spot),
    ).fetchone()
    return row


def rooms(db: Db) -> list[Row]:
    """Every place that holds no other, by code: rooms in walking order."""
    return db.execute(
        """SELECT p.code, p.name, p.kind FROM school_place p WHERE p.void = 0
           AND NOT EXISTS (SELECT 1 FROM school_place i WHERE i.parent_id = p.id AND i.void = 0) ORDER BY p.code"""
    ).fetchall()


def last_signer(db: Db, key: str, role: str) -> int | None:
    """Who signed a run of a list in a role the last time."""
    row = db.execute(
        f"""SELECT s.person_id FROM check_sign s JOIN check_run r ON r.number = s.number
            WHERE r.list = ? AND s.role = ? AND {live("s", "check_sign")} ORDER BY s.on_day DESC, s.id DESC LIMIT 1""",
        (key, role),
    ).fetchone()
    return row[0] if row is not None else None


def signatures(db: Db, number: str | None = None) -> list[Row]:
    """Live signatures of one run, or of all, with the signer's name."""
    where, values = ("AND s.number = ?", [number]) if number else ("", [])
    return db.execute(
        f"""SELECT s.*, p.name AS person FROM check_sign s JOIN school_person p ON p.id = s.person_id
            WHERE {live("s", "check_sign")} {where} ORDER BY s.id""",
        values,
    ).fetchall()


def leaning(db: Db, table: str, number: str, seq: int) -> list[int]:
    """Later entries that lean on a run's number (signatures) or on a document a result of it opened (results)."""
    query = (
        f"SELECT DISTINCT s.entry FROM check_sign s WHERE s.number = ? AND s.entry > ? AND {live('s', 'check_sign')}"
        if table == "check_run"
        else f"SELECT DISTINCT x.entry FROM check_result x WHERE x.opened = ? AND x.entry > ? AND {live('x', 'check_result')}"
    )
    return [int(row[0]) for row in db.execute(query, (number, seq))]


def _shift(day: date, days: int) -> str:
    if day in (date.min, date.max):
        return day.isoformat()
    return (day + timedelta(days=days)).isoformat()
