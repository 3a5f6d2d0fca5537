"""The shape of a ledger: which tables, indexes and guards stand in it, held against those that logi makes."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from logi import journal
from logi.connecting import expected_fingerprint, fingerprint
from logi.core.tables import TableSpec
from logi.steps import apply_migrations, migration_sets

Made = Mapping[tuple[str, str], str]  # (type, name) -> SQL with single blanks


class Misshapen(NamedTuple):
    """One thing of the schema that is not as it should be; `how` is foreign, missing or altered."""

    how: str
    kind: str
    name: str

    @property
    def dangerous(self) -> bool:
        """Whether reading on could run or read what logi did not make: only triggers and views are never touched."""
        return self.kind == "table" or (self.kind == "index" and self.how != "missing")


def misshapen(db: sqlite3.Connection, *, current: bool) -> list[Misshapen]:
    """Where the schema differs from what logi makes; an older ledger is held against the migrations it says it had."""
    if current and fingerprint(db) == expected_fingerprint():
        return []
    there = made(db)
    wanted = expected(None if current else applied(db))
    found = [Misshapen("missing", *thing) for thing in wanted if thing not in there]
    found += [Misshapen("foreign", *thing) for thing in there if thing not in wanted]
    for thing, sql in wanted.items():
        # The wording of guards may have changed since an older version made them.
        if thing in there and there[thing] != sql and (current or thing[0] != "trigger"):
            found.append(Misshapen("altered", *thing))
    return sorted(found, key=lambda one: (one.kind != "table", one.kind, one.name))


def made(db: sqlite3.Connection) -> Made:
    """Everything in a schema by type and name."""
    rows = db.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {(row[0], row[1]): " ".join(row[2].split()) for row in rows}


def applied(db: sqlite3.Connection) -> set[tuple[str, str]]:
    """The migrations a ledger says it had: (set, step)."""
    try:
        return {(row[0], row[1]) for row in db.execute("SELECT migration_set, name FROM _sqlite_migrations")}
    except sqlite3.OperationalError:
        return set()


def known_steps() -> set[tuple[str, str]]:
    """The migrations this version knows: (set, step)."""
    return {(f"logi.{name}", step) for name, steps, _ in migration_sets() for step in steps}


def expected(only: set[tuple[str, str]] | None) -> Made:
    """What all migrations make, or those of them named in `only`."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.execute("BEGIN IMMEDIATE")
        apply_migrations(db, only)
        db.execute("COMMIT")
        return made(db)
    finally:
        db.close()


def specs(db: sqlite3.Connection) -> dict[str, TableSpec]:
    """The kinds of the tables that stand in this ledger, by name."""
    there = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    return {spec.name: spec for spec in all_specs() if spec.name in there}


def all_specs() -> Iterable[TableSpec]:
    """Every table that logi knows."""
    yield from journal.TABLES
    for name, _, tables in migration_sets():
        if name != "journal":
            yield from tables
