"""An earlier ledger: a copy from which what was recorded after an entry, or happened after a day, is taken out again.

The copy lives in SQLite's own temporary place and is thrown away with the command; the ledger itself is only read.
`--known` follows the journal backwards, so its cost grows with what came later. `--at` drops later facts, and takes back
the changes of state that came with them: a change is dated by the fact about its row in the same entry, else by a day
the row itself says something happened on, else by the entry's other facts and documents, else by the day it was recorded.
Registers (people, places, policies) and settings have no such day and stay as they are.
"""

import sqlite3
import sys
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from logi import journal
from logi.changed import alike
from logi.connecting import harden
from logi.core import days
from logi.core.errors import NotFound, Refused
from logi.core.tables import TableSpec
from logi.db import Ledger
from logi.registry import cards, room
from logi.shape import specs

# Columns of state that say when something happened; a plan, a term or a sell-by date lies ahead and dates nothing.
AHEAD = frozenset({
    "begins_on", "due_on", "duty_on", "ends_on", "expires_on", "first_on", "last_on", "made_on", "planned_on", "starts_on",
    "wanted_on", "acquired_on",
})  # fmt: skip
Row = tuple[str, int]
Span = tuple[str, str]  # the first and the last day


def rewound(ledger: Ledger, *, known: int | date | None, at: date | None) -> Ledger:
    """The ledger as it was known by an entry (or by the end of a day), as of a day. Errors: 3 for an entry that is not
    there, 4 for a day that has not come or lies before the ledger."""
    if at is not None and at > ledger.today:
        raise Refused("front.day_in_future", day=at, today=ledger.today)
    last = known if known is None or isinstance(known, int) else known_by(ledger.db, known)
    if last is not None and (last < 1 or journal.find_entry(ledger.db, last) is None):
        raise NotFound("front.no_entry", entry=last) if isinstance(known, int) else Refused("front.nothing_known", day=known)
    db = _copied(ledger)
    earlier = Ledger(db, ledger.path, ledger.who, today=at or ledger.today, wait=ledger.wait)
    earlier.clock, earlier.exact, earlier.chosen = ledger.clock, ledger.exact, ledger.chosen
    kinds = specs(db)
    db.execute("BEGIN")
    if last is not None:
        _forget(db, kinds, last)
    if at is not None:
        _Turned(db, kinds, at).turn()
    for name in cards():
        hooks = room(name, "undo")
        if hooks is not None and hasattr(hooks, "rebuild"):
            hooks.rebuild(db)
    db.execute("COMMIT")
    db.execute("PRAGMA query_only=ON")
    return earlier


def known_by(db: sqlite3.Connection, day: date) -> int:
    """The last entry before the first one of a later day; 0 if the ledger is younger."""
    later = db.execute("SELECT min(seq) FROM entry WHERE today > ?", (day.isoformat(),)).fetchone()[0]
    return later - 1 if later is not None else journal.head(db).seq


def _copied(ledger: Ledger) -> sqlite3.Connection:
    """The whole ledger in a private temporary database, its guards gone."""
    kw: dict[str, Any] = {"isolation_level": None, "cached_statements": 256}
    if sys.version_info >= (3, 12):
        kw["autocommit"] = sqlite3.LEGACY_TRANSACTION_CONTROL
    copy: sqlite3.Connection = sqlite3.connect("", **kw)
    ledger.db.backup(copy)
    harden(copy)
    for pragma in ("query_only=OFF", "foreign_keys=OFF", "synchronous=OFF", "journal_mode=OFF"):
        copy.execute(f"PRAGMA {pragma}").fetchall()
    for (name,) in copy.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        copy.execute(f'DROP TRIGGER "{name}"')
    return copy


def _newest_first(db: sqlite3.Connection, seq: int) -> Iterator[list[Any]]:
    """What an entry changed, the last first, read part by part: a large one never stands in memory whole."""
    for change in journal.Changes(db, seq).backwards():
        if change[0] == "W":
            _, table, low, high, images = change
            yield from (["U", table, rowid, images] for rowid in reversed(alike(db, table, low, high)))
        else:
            yield change


# -- known by an entry -------------------------------------------------------------------------------


def _forget(db: sqlite3.Connection, kinds: dict[str, TableSpec], last: int) -> None:
    """Take out everything recorded after entry `last`, newest first."""
    touched: set[Row] = set()
    later = db.execute("SELECT seq FROM entry WHERE seq > ? ORDER BY seq DESC", (last,)).fetchall()
    for change in chain.from_iterable(_newest_first(db, seq) for (seq,) in later):
        table = change[1]
        if change[0] == "U":
            _set(db, table, change[2], {name: image[0] for name, image in change[3].items()})
            touched.add((table, change[2]))
            continue
        _drop(db, table, [row[0] for row in change[3]])
        touched.difference_update((table, row[0]) for row in change[3])
    db.execute("DELETE FROM entry_part WHERE seq > ?", (last,))
    db.execute("DELETE FROM entry WHERE seq > ?", (last,))
    _writers(db, {row for row in touched if kinds[row[0]].kind == "state"})


def _writers(db: sqlite3.Connection, rows: set[Row]) -> None:
    """Say again which entry wrote these rows last."""
    parts = db.execute("SELECT seq, body FROM entry_part ORDER BY id DESC")
    for seq, body in parts:
        if not rows:
            return
        for change in reversed(list(journal.read_part(body, db))):
            ids = [change[2]] if change[0] == "U" else [row[0] for row in change[3]]
            for rowid in ids:
                if (change[1], rowid) in rows:
                    rows.discard((change[1], rowid))
                    db.execute(f"UPDATE {change[1]} SET entry = ? WHERE id = ?", (seq, rowid))


# -- as of a day ---------------------------------------------------------------------------------------


class _Turned:
    """Takes out what happened after a day. Entries recorded by then cannot speak of later days and are left alone."""

    def __init__(self, db: sqlite3.Connection, kinds: dict[str, TableSpec], at: date) -> None:
        self.db, self.kinds, self.at = db, kinds, at.isoformat()
        self._links: dict[str, list[tuple[str, str]]] = {}
        self._kept: set[tuple[str, int, str]] = set()  # columns whose newest change stands

    def turn(self) -> None:
        """Entry by entry, newest first. What takes an entry back, or brings it back, is of that entry's day."""
        query = """SELECT e.seq, coalesce((SELECT min(t.today) FROM undoing u JOIN entry t ON t.seq = u.target
                     WHERE u.entry = e.seq), e.today) FROM entry e WHERE e.today > ? ORDER BY e.seq DESC"""
        for seq, today in self.db.execute(query, (self.at,)).fetchall():
            self._entry(seq, (today, today))

    def _entry(self, seq: int, recorded: Span) -> None:
        """One entry's changes: first the days of its facts, then what is taken out."""
        about, common = self._dates(seq)
        for change in _newest_first(self.db, seq):
            spec = self.kinds.get(change[1])
            if spec is None or spec.kind in ("register", "derived") or change[1] == "setting" or _registered(change[1]):
                continue
            if change[0] == "U":
                self._update(change, about, common or recorded)
            else:
                self._inserts(change, spec, about, common, recorded)

    def _dates(self, seq: int) -> tuple[dict[Row, Span], Span | None]:
        """The days of an entry's facts: by the rows they link to, and of all; a closing is of its month's end."""
        about: dict[Row, Span] = {}
        common: Span | None = None
        closing: Span | None = None
        for change in _newest_first(self.db, seq):
            if change[0] == "I" and change[1] == "month_closed":
                end = days.month_period(change[3][0][change[2].index("month")]).until.isoformat()
                closing = (end, end)
            spec = self.kinds.get(change[1])
            if change[0] != "I" or spec is None or spec.kind != "fact" or not spec.day or spec.day not in change[2]:
                continue
            columns, day_at = change[2], change[2].index(spec.day)
            links = [(columns.index(name), target) for name, target in self._linked(change[1]) if name in columns]
            for row in change[3]:
                if not (day := row[day_at]):
                    continue
                common = _widened(common, day)
                for place, target in links:
                    if row[place] is not None:
                        about[target, row[place]] = _widened(about.get((target, row[place])), day)
        return about, closing or common or self._documents(seq)

    def _documents(self, seq: int) -> Span | None:
        """The days of the documents an entry without facts made."""
        found: Span | None = None
        for change in _newest_first(self.db, seq):
            if change[0] == "I" and not _registered(change[1]) and self.kinds[change[1]].kind == "state":
                for row in change[3]:
                    span = _happened(dict(zip(change[2], row, strict=True)))
                    for day in span or ():
                        found = _widened(found, day)
        return found

    def _update(self, change: list[Any], about: dict[Row, Span], common: Span) -> None:
        _, table, rowid, images = change
        span = about.get((table, rowid)) or _happened({name: image[1] for name, image in images.items()}) or common
        if span[1] <= self.at:
            self._kept.update((table, rowid, name) for name in images)
            return
        back = {name: image[0] for name, image in images.items() if (table, rowid, name) not in self._kept}
        if back:
            _set(self.db, table, rowid, back)

    def _inserts(self, change: list[Any], spec: TableSpec, about: dict[Row, Span], common: Span | None,
                 recorded: Span) -> None:  # fmt: skip
        """Rows of state begin with the first fact about them; those without any day when they were recorded, unless
        something that had happened by then names them."""
        _, table, columns, rows = change
        gone, undated = [], []
        for row in rows:
            if spec.kind == "fact":
                day = row[columns.index(spec.day)] if spec.day and spec.day in columns else None
            else:
                span = about.get((table, row[0])) or _happened(dict(zip(columns, row, strict=True))) or common
                day = span and span[0]
                if span is None and recorded[0] > self.at:
                    undated.append(row[0])
            if day and day > self.at:
                gone.append(row[0])
        _drop(self.db, table, gone)
        if undated:
            named = self._named(table, undated)
            _drop(self.db, table, [rowid for rowid in undated if rowid not in named])

    def _named(self, table: str, ids: list[int]) -> set[int]:
        """The rows that rows still standing link to."""
        links = [(other, name) for other in self.kinds for name, target in self._linked(other) if target == table]
        return {
            row[0] for other, name in links
            for row in self.db.execute(
                f"SELECT DISTINCT {name} FROM {other} WHERE {name} BETWEEN ? AND ?", (min(ids), max(ids)))
        }  # fmt: skip

    def _linked(self, table: str) -> list[tuple[str, str]]:
        if table not in self._links:
            found = self.db.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            self._links[table] = [(row["from"], row["table"]) for row in found if not _registered(row["table"])]
        return self._links[table]


def _registered(table: str) -> bool:
    """People, places, policies: facts name them, but do not make them."""
    return table.startswith("school_")


def _widened(span: Span | None, day: str) -> Span:
    return (day, day) if span is None else (min(span[0], day), max(span[1], day))


def _happened(row: dict[str, Any]) -> Span | None:
    """The first and last day on which a row of state says that something happened."""
    found = [
        value for name, value in row.items()
        if name.endswith(("_on", "on_day")) and name not in AHEAD and isinstance(value, str) and len(value) == 10
    ]  # fmt: skip
    return (min(found), max(found)) if found else None


def _set(db: sqlite3.Connection, table: str, rowid: int, values: dict[str, Any]) -> None:
    names = ", ".join(f"{name} = ?" for name in values)
    # Backwards through the journal nothing collides; by days a code freed later may, and then stays as it is.
    db.execute(f"UPDATE OR IGNORE {table} SET {names} WHERE id = ?", [*values.values(), rowid])


def _drop(db: sqlite3.Connection, table: str, ids: list[int]) -> None:
    db.executemany(f"DELETE FROM {table} WHERE id = ?", [(rowid,) for rowid in ids])
