"""What entries changed, read from the journal part by part."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from logi import columnar

LARGE_PARTS = 50


def changes(db: sqlite3.Connection, seq: int) -> Iterator[list[Any]]:
    """What an entry changed, in order: ["I", table, columns, rows] or ["U", table, id, {column: [before, after]}]."""
    return iter(Changes(db, seq))


class Changes:
    """What an entry changed, read part by part as often as wanted: a large one never stands in memory whole."""

    def __init__(self, db: sqlite3.Connection, seq: int) -> None:
        self._db = db
        self._parts = [row[0] for row in db.execute("SELECT id FROM entry_part WHERE seq = ? ORDER BY id", (seq,))]

    @property
    def large(self) -> bool:
        """Whether there are very many."""
        return len(self._parts) > LARGE_PARTS

    def __iter__(self) -> Iterator[list[Any]]:
        for part in self._parts:
            yield from read_part(self._body(part))

    def spans(self) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
        """Which rows were made ("I") or changed ("U"), as runs of ids: (how, table, runs)."""
        for part in self._parts:
            for change in json.loads(self._body(part)):
                if change[0] == "C":
                    yield "I", change[1], columnar.runs(columnar.unpacked(change[3], change[4][0]))
                elif change[0] == "I":
                    yield "I", change[1], columnar.runs(row[0] for row in change[3])
                else:
                    yield "U", change[1], [(change[2], change[3] if change[0] == "W" else change[2])]

    def backwards(self) -> Iterator[list[Any]]:
        """The last first; runs of rows changed alike come as ["W", table, first id, last id, {column: [before, after]}]."""
        for part in reversed(self._parts):
            yield from map(columnar.as_rows, reversed(json.loads(self._body(part))))

    def _body(self, part: int) -> str:
        return str(self._db.execute("SELECT body FROM entry_part WHERE id = ?", (part,)).fetchall()[0][0])


def read_part(body: str) -> Iterator[list[Any]]:
    """The changes of one part, each of rows: what is written as columns or of a run is spelled out."""
    for change in json.loads(body):
        yield from spelled(change)


def spelled(change: list[Any]) -> Iterator[list[Any]]:
    """One change as read from the journal, as changes of rows."""
    if change[0] == "W":
        _, table, low, high, images = change
        for rowid in range(low, high + 1):
            yield ["U", table, rowid, {name: list(image) for name, image in images.items()}]
    else:
        yield columnar.as_rows(change)
