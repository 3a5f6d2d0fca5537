"""The steps by which a ledger's tables grew: every book's migrations in their order, and the guards put on at the end."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from logi import guards, journal
from logi.core.errors import LogiError
from logi.core.tables import TableSpec
from logi.registry import cards, ledger_format, room


def migration_sets() -> list[tuple[str, Mapping[str, Any], Sequence[TableSpec]]]:
    """Every set of migrations in the order they run: (name, steps, tables)."""
    sets: list[tuple[str, Mapping[str, Any], Sequence[TableSpec]]] = [("journal", journal.MIGRATIONS, journal.TABLES)]
    for name in cards():
        schema = room(name, "schema")
        if schema is not None:
            sets.append((name, schema.MIGRATIONS, schema.TABLES))
    return sets


def apply_migrations(db: sqlite3.Connection, only: set[tuple[str, str]] | None = None) -> list[str]:
    """Bring a ledger up to date inside the transaction that is open; returns the names of what was applied.

    `only` (for looking at older shapes) admits these (set, step) alone.
    """
    from sqlite_utils import Database, Migrations

    tool = Database(db, execute_plugins=False, recursive_triggers=True, strict=True)
    # Otherwise 4.2 finds out by making and dropping tables in the ledger.
    tool._supports_strict = tool._supports_on_conflict = True
    applied: list[str] = []
    for name, steps, _ in migration_sets():
        migrations = Migrations(f"logi.{name}")
        for step, sql in steps.items():
            if only is None or (f"logi.{name}", step) in only:
                migrations(name=step)(_step(sql))
        applied += [f"{name}.{m.name}" for m in migrations.pending(tool)]
        migrations.apply(tool)
    there = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    guards.arm(db, (spec for _, _, specs in migration_sets() for spec in specs if only is None or spec.name in there))
    db.execute("UPDATE _sqlite_migrations SET applied_at = ''")  # when it was done stands in the journal
    if torn := db.execute("PRAGMA foreign_key_check").fetchall():
        raise LogiError("front.migration_torn", tables=sorted({row[0] for row in torn}))
    db.execute(f"PRAGMA user_version={ledger_format()}")
    return applied


def _step(sql: str | Callable[[Any], None]) -> Callable[[Any], None]:
    if callable(sql):
        return sql

    def step(tool: Any) -> None:
        for statement in sql.split(";"):
            if statement.strip():
                tool.execute(statement)

    return step
