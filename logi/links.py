"""What rows point at, looked at once for many of them: where SQLite is told not to look at every row by itself."""

import sqlite3
from collections.abc import Iterable

from logi import columnar

Span = tuple[str, int, int]  # table, first id, last id


class Loose:
    """Rows that were written without SQLite having looked whether there is what they point at."""

    def __init__(self) -> None:
        self._rows: dict[str, set[int]] = {}

    def note(self, table: str, first: int, last: int) -> None:
        """Rows from `first` to `last` of a table are new or changed."""
        self._rows.setdefault(table, set()).update(range(first, last + 1))

    def check(self, db: sqlite3.Connection) -> None:
        """IntegrityError where one of them points at nothing."""
        for table, ids in self._rows.items():
            for first, last in columnar.runs(ids):
                _check(db, table, first, last)


def _check(db: sqlite3.Connection, table: str, first: int, last: int) -> None:
    for column, parent, key in _links(db, table):
        lost = db.execute(
            f"""SELECT id, {column} FROM {table} WHERE id BETWEEN ? AND ? AND {column} IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.{key} = {table}.{column}) LIMIT 1""",
            (first, last),
        ).fetchone()
        if lost is not None:
            raise sqlite3.IntegrityError(f"{table} {lost[0]}: {column} {lost[1]} is not in {parent}")


def _links(db: sqlite3.Connection, table: str) -> Iterable[tuple[str, str, str]]:
    """The columns of a table that point elsewhere: column, table, its key."""
    return [(row["from"], row["table"], row["to"] or "id") for row in db.execute(f"PRAGMA foreign_key_list({table})")]
