"""What entries changed, read from the journal part by part.

Facts taken back by the thousand stand as ["V", table, first id, low, high, negated, same]: the rows from `first` on are
those from `low` to `high` once more, these columns with the other sign, what is in `same` as it says, each reversing its own.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any

from logi import columnar
from logi.bulkjson import parsed

LARGE_PARTS = 50
LARGE_ROWS = 50_000
_LAST = (1 << 63) - 1  # no row bears a higher id


def changes(db: sqlite3.Connection, seq: int) -> Iterator[list[Any]]:
    """What an entry changed, in order: ["I", table, columns, rows] or ["U", table, id, {column: [before, after]}]."""
    return iter(Changes(db, seq))


class Changes:
    """What an entry changed, read part by part as often as wanted: a large one never stands in memory whole."""

    def __init__(self, db: sqlite3.Connection, seq: int) -> None:
        self._db = db
        self._spans: list[tuple[str, str, list[tuple[int, int]]]] | None = None
        self._parts = [row[0] for row in db.execute("SELECT id FROM entry_part WHERE seq = ? ORDER BY id", (seq,))]

    @property
    def large(self) -> bool:
        """Whether there are very many."""
        return len(self._parts) > LARGE_PARTS or self.rows > LARGE_ROWS

    @property
    def rows(self) -> int:
        """How many rows were made or changed."""
        return sum(high - low + 1 for _, _, runs in self.spans() for low, high in runs)

    def __iter__(self) -> Iterator[list[Any]]:
        for part in self._parts:
            yield from read_part(self._body(part), self._db)

    def spans(self) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
        """Which rows were made ("I") or changed ("U"), as runs of ids: (how, table, runs)."""
        if self._spans is None:
            self._spans = [_span(change) for part in self._parts for change in parsed(self._body(part))]
        return iter(self._spans)

    def backwards(self) -> Iterator[list[Any]]:
        """The last first; runs of rows changed alike come as ["W", table, first id, last id, {column: [before, after]}]."""
        for part in reversed(self._parts):
            for change in reversed(parsed(self._body(part))):
                if change[0] == "V":
                    yield from map(columnar.as_rows, turned(self._db, change, backwards=True))
                else:
                    yield columnar.as_rows(change)

    def steps_back(self) -> Iterator[list[Any]]:
        """The last first, of new rows only which they are: ["I", table, runs of ids]; others as `backwards` gives them."""
        if self._spans is not None and all(how == "I" for how, _, _ in self._spans):
            yield from map(list, reversed(self._spans))
            return
        for part in reversed(self._parts):
            for change in reversed(parsed(self._body(part))):
                yield change if change[0] in "UW" else list(_span(change))

    def _body(self, part: int) -> str:
        return str(self._db.execute("SELECT body FROM entry_part WHERE id = ?", (part,)).fetchall()[0][0])


def read_part(body: str, db: sqlite3.Connection) -> Iterator[list[Any]]:
    """The changes of one part, each of rows: what is written as columns, of a run or by what it reverses is spelled out."""
    for change in parsed(body):
        yield from spelled(change, db)


def spelled(change: list[Any], db: sqlite3.Connection) -> Iterator[list[Any]]:
    """One change as read from the journal, as changes of rows."""
    if change[0] == "W":
        _, table, low, high, images = change
        for rowid in alike(db, table, low, high):
            yield ["U", table, rowid, {name: list(image) for name, image in images.items()}]
    elif change[0] == "V":
        yield from map(columnar.as_rows, turned(db, change))
    else:
        yield columnar.as_rows(change)


def alike(db: sqlite3.Connection, table: str, low: int, high: int) -> range:
    """The ids of a run of rows changed alike. ValueError where there cannot be such rows."""
    if not (type(low) is type(high) is int and 0 < low <= high):
        raise ValueError(high)
    last = db.execute(f'SELECT max(id) FROM "{table}"').fetchone()[0]
    if last is None or high > last:
        raise ValueError(high)
    return range(low, high + 1)


def turned(db: sqlite3.Connection, change: list[Any], *, backwards: bool = False) -> Iterator[list[Any]]:
    """A change ["V", …] as changes ["C", …]: what stands in the ledger, turned round. ValueError where it is not there."""
    _, table, first, low, high, negated, same = change
    if not ({type(first), type(low), type(high)} == {int} and 0 < low <= high < first <= _LAST - high):
        raise ValueError(first)
    starts = range(low, high + 1, columnar.PART)
    for start in reversed(starts) if backwards else starts:
        end = min(start + columnar.PART - 1, high)
        cursor = db.execute(f'SELECT * FROM "{table}" WHERE id BETWEEN ? AND ? ORDER BY id', (start, end))
        names = [column[0] for column in cursor.description]
        there = dict(zip(names, zip(*cursor, strict=True), strict=False))
        if len(there.get("id", ())) != end - start + 1:
            raise ValueError(f"{table} {start}-{end}")
        for name in negated:
            there[name] = tuple(None if value is None else -value for value in there[name])
        there["reverses"] = there["id"]
        columns: list[Any] = [{"=": same[name]} if name in same else list(there[name]) for name in names[1:]]
        yield ["C", table, names, end - start + 1, [{"+": first + start - low}, *columns]]


def _span(change: list[Any]) -> tuple[str, str, list[tuple[int, int]]]:
    """Which rows a change made ("I") or changed ("U"), as runs of ids."""
    kind, table = change[:2]
    if kind == "C":
        return "I", table, columnar.runs(columnar.unpacked(change[3], change[4][0]))
    if kind == "I":
        return "I", table, columnar.runs(row[0] for row in change[3])
    if kind == "V":
        return "I", table, [(change[2], change[2] + change[4] - change[3])]
    return "U", table, [(change[2], change[3] if kind == "W" else change[2])]
