"""An earlier ledger: a copy from which what was recorded after an entry, or happened after a day, is taken out again.

The copy lives in SQLite's own temporary place and is thrown away with the command; the ledger itself is only read.
`--known` follows the journal backwards, so its cost grows with what came later. `--at` drops later facts, and takes back
the changes of state that came with them: a change is dated by the fact about its row in the same entry, else by a day
the row itself says something happened on, else by the entry's other facts and documents. Registers (people, places,
policies) have no such day and stay as they are.
"""

import sqlite3
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from logi import journal
from logi.core import days
from logi.core.errors import NotFound, Refused
from logi.core.tables import TableSpec
from logi.db import Ledger, harden
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


def _later(db: sqlite3.Connection, query: str, value: int | str) -> Iterator[tuple[int, list[Any]]]:
    """The changes of the entries a query names, newest first: (entry, change)."""
    for seq, body in db.execute(query, (value,)).fetchall():
        for change in reversed(list(journal.read_part(body))):
            yield int(seq), change


# -- known by an entry -------------------------------------------------------------------------------


def _forget(db: sqlite3.Connection, kinds: dict[str, TableSpec], last: int) -> None:
    """Take out everything recorded after entry `last`, newest first."""
    touched: set[Row] = set()
    for _, change in _later(db, "SELECT seq, body FROM entry_part WHERE seq > ? ORDER BY id DESC", last):
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
        for change in reversed(list(journal.read_part(body))):
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
        """Entry by entry, newest first."""
        query = "SELECT p.seq, p.body FROM entry_part p JOIN entry e ON e.seq = p.seq WHERE e.today > ? ORDER BY p.id DESC"
        changes: list[list[Any]] = []
        entry = 0
        for seq, change in _later(self.db, query, self.at):
            if seq != entry:
                self._entry(changes)
                changes, entry = [], seq
            changes.append(change)
        self._entry(changes)

    def _entry(self, changes: list[list[Any]]) -> None:
        """One entry's changes, newest first."""
        about, common = self._dates(changes)
        for change in changes:
            spec = self.kinds.get(change[1])
            if spec is None or spec.kind in ("register", "derived") or change[1] == "setting" or _registered(change[1]):
                continue
            if change[0] == "U":
                self._update(change, about, common)
            else:
                self._inserts(change, spec, about, common)

    def _dates(self, changes: list[list[Any]]) -> tuple[dict[Row, Span], Span | None]:
        """The days of an entry's facts: by the rows they link to, and of all; a closing is of its month's end."""
        about: dict[Row, Span] = {}
        common: Span | None = None
        for change in changes:
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
        for change in changes:
            if change[0] == "I" and change[1] == "month_closed":
                end = days.month_period(change[3][0][change[2].index("month")]).until.isoformat()
                common = (end, end)
        return about, common or self._documents(changes)

    def _documents(self, changes: list[list[Any]]) -> Span | None:
        """The days of the documents an entry without facts made."""
        found: Span | None = None
        for change in changes:
            if change[0] == "I" and not _registered(change[1]) and self.kinds[change[1]].kind == "state":
                for row in change[3]:
                    span = _happened(dict(zip(change[2], row, strict=True)))
                    for day in span or ():
                        found = _widened(found, day)
        return found

    def _update(self, change: list[Any], about: dict[Row, Span], common: Span | None) -> None:
        _, table, rowid, images = change
        span = about.get((table, rowid)) or _happened({name: image[1] for name, image in images.items()}) or common
        if span is None or span[1] <= self.at:
            self._kept.update((table, rowid, name) for name in images)
            return
        back = {name: image[0] for name, image in images.items() if (table, rowid, name) not in self._kept}
        if back:
            _set(self.db, table, rowid, back)

    def _inserts(self, change: list[Any], spec: TableSpec, about: dict[Row, Span], common: Span | None) -> None:
        """Rows of state begin with the first fact about them."""
        _, table, columns, rows = change
        gone = []
        for row in rows:
            if spec.kind == "fact":
                day = row[columns.index(spec.day)] if spec.day and spec.day in columns else None
            else:
                span = about.get((table, row[0])) or _happened(dict(zip(columns, row, strict=True))) or common
                day = span and span[0]
            if day and day > self.at:
                gone.append(row[0])
        _drop(self.db, table, gone)

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
