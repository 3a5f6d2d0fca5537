"""What the journal says of every row, held against the tables while it is read.

Rows are never deleted and ids only grow, so one cursor per table goes along with the journal: nothing is kept but
what later entries changed in rows of state.
"""

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import attrgetter, itemgetter
from typing import Any

from logi import columnar
from logi.changed import alike, turned
from logi.core.tables import TableSpec
from logi.core.text import cut

Find = Callable[..., None]  # find(key, entry, **facts): one finding more

_LOW = attrgetter("low")


class Images:
    """What the journal says of every row, held against the tables while it is read."""

    def __init__(self, db: sqlite3.Connection, specs: Mapping[str, TableSpec], find: Find, since: int) -> None:
        self.db, self.specs, self.find, self.since = db, specs, find, since
        self.tables: dict[str, _Rows] = {}
        # (table, id) -> [entry that wrote last, {column: what the journal says and the table does not}]
        self.unlike: dict[tuple[str, int], list[Any]] = {}
        self.runs: dict[str, list[_Run]] = {}  # the same of many rows at once that are unlike in one way, by their ids

    def inserted(self, seq: int, table: str, columns: list[str], rows: list[list[Any]]) -> None:
        """Rows that entry `seq` added."""
        there = self.tables.get(table)
        if there is None and (there := self._known(seq, table)) is None:
            return
        if there.cursor is None:
            there.start(None if self.since == 1 else rows[0][0])
        picked = there.pickers.get(names := tuple(columns)) or there.picker(names)
        values, defaults = picked.values, picked.defaults
        for image in rows:
            row = there.row
            if row is None or row[0] != image[0]:
                row = self._aligned(there, seq, image[0])
                if row is None:
                    continue
            if values(row) != (*image, *defaults):
                self._differs(there, seq, picked, row, image)
            there.advance()

    def inserted_many(self, seq: int, table: str, columns: list[str], count: int, packed: list[Any]) -> None:
        """Rows that entry `seq` added, as columns: compared as columns, and one by one only where these differ."""
        there = self.tables.get(table)
        if there is None and (there := self._known(seq, table)) is None:
            return
        if there.cursor is None:
            there.start(None if self.since == 1 else columnar.unpacked(count, packed[0])[0])
        picked = there.pickers.get(names := tuple(columns)) or there.picker(names)
        if len(packed) != len(columns) or count < 1:
            raise ValueError(count)
        rows = there.take(count)
        found = dict(zip(there.columns, zip(*rows, strict=True), strict=True)) if len(rows) == count else {}
        wanted = [*packed, *({"=": value} for value in picked.defaults)]
        if found and all(columnar.says(column, found[name]) for name, column in zip(picked.columns, wanted, strict=True)):
            there.advance()
            return
        if found and self._as_run(seq, table, zip(picked.columns, wanted, strict=True), found):
            there.advance()
            return
        there.push_back(rows)
        self.inserted(seq, table, columns, [list(row) for row in columnar.unpack(count, packed)])

    def _as_run(self, seq: int, table: str, wanted: Iterable[tuple[str, columnar.Packed]],
                found: Mapping[str, tuple[Any, ...]]) -> bool:  # fmt: skip
        """Whether rows of state are unlike their images only in having been taken back together later."""
        said = {}
        for name, column in wanted:
            if columnar.says(column, found[name]):
                continue
            if name not in ("void", "entry") or not isinstance(column, dict) or "=" not in column:
                return False
            said[name] = column["="]
        there = {name: found[name][0] for name in ("void", "entry") if name in found}
        ids = found["id"]
        if len(there) < 2 or ids[-1] - ids[0] != len(ids) - 1 or any(set(found[name]) != {there[name]} for name in there):
            return False
        self.runs.setdefault(table, []).append(_Run(ids[0], ids[-1], seq, said, there))
        return True

    def run_updated(self, seq: int, table: str, low: int, high: int, images: Mapping[str, list[Any]]) -> None:
        """Rows of state from `low` to `high` that entry `seq` changed alike."""
        if self.tables.get(table) is None and self._known(seq, table) is None:
            return
        ids = alike(self.db, table, low, high)
        runs = self.runs.get(table, [])
        at, end = bisect_left(runs, low, key=_LOW), bisect_right(runs, high, key=_LOW)
        within = runs[at:end]
        whole = sum(run.high - run.low + 1 for run in within) == high - low + 1 and all(run.high <= high for run in within)
        if not whole or set(images) != {"void"} or any(run.value("void") != images["void"][0] for run in within):
            for rowid in ids:
                self.updated(seq, table, rowid, images)
            return
        for run in within:
            run.seq = seq
            _hold(run.said, "void", images["void"][1], run.there["void"])
            _hold(run.said, "entry", seq, run.there["entry"])
        runs[at:end] = [run for run in within if run.said]

    def _one_by_one(self, table: str, rowid: int) -> None:
        """A row among many that are unlike is spoken of by itself: from now on each of them is."""
        runs = self.runs.get(table)
        at = bisect_right(runs, rowid, key=_LOW) - 1 if runs else -1
        if runs and at >= 0 and rowid <= runs[at].high:
            run = runs.pop(at)
            self.unlike.update({(table, one): [run.seq, dict(run.said)] for one in range(run.low, run.high + 1)})

    def turned(self, seq: int, change: list[Any]) -> None:
        """Facts that entry `seq` took back: as what they take back, which was held against its own images before."""
        table = change[1]
        if self.tables.get(table) is None and self._known(seq, table) is None:
            return
        for one in turned(self.db, change):
            self.inserted_many(seq, *one[1:])

    def updated(self, seq: int, table: str, rowid: int, images: Mapping[str, list[Any]]) -> None:
        """Columns of a row of state that entry `seq` changed."""
        there = self.tables.get(table)
        if there is None and (there := self._known(seq, table)) is None:
            return
        if self.specs[table].kind != "state":
            self.find("trust.find.fact_changed", seq, table=table, row=rowid)
        self._one_by_one(table, rowid)
        row = there.columns_of(rowid, images)
        if row is None:
            self.find("trust.find.row_missing", seq, table=table, row=rowid)
            return
        said = self.unlike.get((table, rowid), [seq, {}])[1]
        for at, (column, (before, after)) in enumerate(images.items()):
            if self.since == 1 and said.get(column, row[at]) != before:
                self.find("trust.find.before_differs", seq, table=table, row=rowid, column=column, value=_seen(before))
            _hold(said, column, after, row[at])
        _hold(said, "entry", seq, row[-1])
        if said:
            self.unlike[table, rowid] = [seq, said]
        else:
            self.unlike.pop((table, rowid), None)

    def finish(self) -> None:
        """Name rows unlike their last image, and rows no entry speaks of."""
        for table, runs in self.runs.items():
            for run in list(runs):
                self._one_by_one(table, run.low)
        for (table, rowid), (seq, said) in self.unlike.items():
            self._unlike(seq, table, rowid, said)
        for table, spec in self.specs.items():
            if spec.kind == "derived":
                continue
            there = self.tables.get(table)
            if there is None and self.since == 1:
                there = _Rows(self.db, table)
            if there is not None:
                if there.cursor is None and self.since == 1:
                    there.start(None)
                while there.row is not None:
                    self._extra(there)
                    there.advance()

    def _known(self, seq: int, table: str) -> "_Rows | None":
        if table not in self.specs or self.specs[table].kind == "derived":
            self.find("trust.find.unknown_table", seq, table=cut(table))
            return None
        self.tables[table] = _Rows(self.db, table)
        return self.tables[table]

    def _aligned(self, there: "_Rows", seq: int, rowid: int) -> Any:
        """The row of this id, after naming rows on the way that no entry speaks of."""
        while there.row is not None and there.row[0] < rowid:
            self._extra(there)
            there.advance()
        if there.row is None or there.row[0] != rowid:
            self.find("trust.find.row_missing", seq, table=there.table, row=rowid)
            return None
        return there.row

    def _extra(self, there: "_Rows") -> None:
        self.find("trust.find.row_extra", None, table=there.table, row=there.row[0])

    def _differs(self, there: "_Rows", seq: int, picked: "_Picker", row: Any, image: list[Any]) -> None:
        pairs = zip(picked.columns, (*image, *picked.defaults), picked.values(row), strict=True)
        said = {column: wanted for column, wanted, found in pairs if wanted != found}
        if self.specs[there.table].kind == "state":
            self.unlike[there.table, row[0]] = [seq, said]
        else:
            self._unlike(seq, there.table, row[0], said)

    def _unlike(self, seq: int, table: str, rowid: int, said: Mapping[str, Any]) -> None:
        columns = [column for column in said if column != "entry"] or list(said)
        row = self.tables[table].columns_of(rowid, columns)
        for at, column in enumerate(columns):
            found = _seen(row[at]) if row is not None else "?"
            self.find("trust.find.row_differs", seq, table=table, row=rowid, column=column, found=found,
                      said=_seen(said[column]))  # fmt: skip


class _Run:
    """Rows of state that are alike in what they are unlike: what the journal says of each, and what stands in the table."""

    __slots__ = ("high", "low", "said", "seq", "there")

    def __init__(self, low: int, high: int, seq: int, said: dict[str, Any], there: dict[str, Any]) -> None:
        self.low, self.high, self.seq, self.said, self.there = low, high, seq, said, there

    def value(self, name: str) -> Any:
        """What the journal says a column held."""
        return self.said.get(name, self.there[name])


class _Picker:
    """A row's values in the order of an insert's columns, then those it did not name, which must be the defaults."""

    __slots__ = ("columns", "defaults", "values")

    def __init__(self, there: "_Rows", columns: tuple[str, ...]) -> None:
        rest = tuple(name for name in there.columns if name not in columns)
        self.columns = (*columns, *rest)
        places = {name: at for at, name in enumerate(there.columns)}
        self.values: Callable[[Any], tuple[Any, ...]] = itemgetter(*(places[name] for name in self.columns))
        self.defaults = tuple(there.defaults[name] for name in rest)


class _Rows:
    """A table's rows in the order of their ids, one at a time."""

    def __init__(self, db: sqlite3.Connection, table: str) -> None:
        self.db, self.table = db, table
        info = db.execute(f"PRAGMA table_info({table})").fetchall()
        self.columns = tuple(row["name"] for row in sorted(info, key=lambda r: r["name"] != "id"))
        self.defaults = {row["name"]: _literal(row["dflt_value"]) for row in info}
        self.pickers: dict[tuple[str, ...], _Picker] = {}
        self._lookups: dict[tuple[str, ...], str] = {}
        self._finder = db.cursor()
        self._finder.row_factory = None
        self.cursor: Iterator[Any] | None = None
        self.row: Any = None

    def start(self, first: int | None) -> None:
        """Stand on the first row of all, or on that of id `first`."""
        where = "" if first is None else f"WHERE id >= {int(first)}"
        names = ", ".join(map(_quoted, self.columns))
        self.cursor = plain(self.db, f"SELECT {names} FROM {self.table} {where} ORDER BY id")
        self.advance()

    def advance(self) -> None:
        """Go on to the next row (None after the last)."""
        assert self.cursor is not None
        self.row = next(self.cursor, None)

    def take(self, count: int) -> list[Any]:
        """The row it stands on and those after it, `count` at most; then it stands on none until `advance`."""
        assert self.cursor is not None
        return [] if self.row is None else [self.row, *islice(self.cursor, count - 1)]

    def push_back(self, rows: list[Any]) -> None:
        """Stand again on the first of rows taken."""
        assert self.cursor is not None
        if rows:
            self.cursor = chain(rows[1:], self.cursor)

    def picker(self, columns: tuple[str, ...]) -> _Picker:
        """The picker for inserts that name these columns."""
        self.pickers[columns] = _Picker(self, columns)
        return self.pickers[columns]

    def columns_of(self, rowid: int, names: Mapping[str, Any] | Sequence[str]) -> Any:
        """These columns of one row, `entry` last."""
        wanted = tuple(names)
        query = self._lookups.get(wanted)
        if query is None:
            if not set(wanted) <= set(self.columns):
                raise KeyError(wanted)
            query = f"SELECT {', '.join(map(_quoted, (*wanted, 'entry')))} FROM {self.table} WHERE id = ?"
            self._lookups[wanted] = query
        return self._finder.execute(query, (rowid,)).fetchone()


def plain(db: sqlite3.Connection, query: str, *values: Any) -> Iterator[Any]:
    """The rows of a query as tuples."""
    cursor = db.cursor()
    cursor.row_factory = None
    return cursor.execute(query, values)


def _hold(said: dict[str, Any], column: str, value: Any, there: Any) -> None:
    if value == there:
        said.pop(column, None)
    else:
        said[column] = value


def _literal(text: str | None) -> Any:
    """A column's default as a value: a number, a quoted text, or nothing. Never evaluated."""
    if text is None or text.upper() == "NULL":
        return None
    if text[:1] == "'":
        return text[1:-1].replace("''", "'")
    try:
        return int(text)
    except ValueError:
        return text


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _seen(value: Any) -> str:
    return "NULL" if value is None else cut(value, 40)
