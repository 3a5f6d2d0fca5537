"""The guards: triggers that let rows change only inside an entry, and facts and entries never."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator

from logi.core.tables import TableSpec

ZERO = "0" * 64

SORTED_BY = -2000  # KiB sorted at a time: small heaps keep a second thread busy, and the processor's own memory suffices
ENTRY_GUARDS = {
    "entry_bi": f"""BEFORE INSERT ON entry WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
        OR NEW.seq IS NOT (SELECT seq FROM entry_open)
        OR NEW.prev IS NOT coalesce((SELECT hash FROM entry ORDER BY seq DESC LIMIT 1), '{ZERO}')""",
    "entry_bu": "BEFORE UPDATE ON entry",
    "entry_bd": "BEFORE DELETE ON entry",
    "entry_part_bi": "BEFORE INSERT ON entry_part WHEN NEW.seq IS NOT (SELECT seq FROM entry_open)",
    "entry_part_bu": "BEFORE UPDATE ON entry_part",
    "entry_part_bd": "BEFORE DELETE ON entry_part",
    "entry_open_bi": "BEFORE INSERT ON entry_open WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)",
    "entry_open_bu": "BEFORE UPDATE ON entry_open",
    "entry_open_bd": "BEFORE DELETE ON entry_open WHEN NOT EXISTS (SELECT 1 FROM entry WHERE seq = OLD.seq)",
}
BOUND = "NEW.entry IS NOT (SELECT seq FROM entry_open)"
OPEN = "NOT EXISTS (SELECT 1 FROM entry_open)"
KIND_GUARDS = {
    "state": {"bi": f"INSERT WHEN {BOUND}", "bu": f"UPDATE WHEN {BOUND}", "bd": "DELETE"},
    "fact": {"bi": f"INSERT WHEN {BOUND}", "bu": "UPDATE", "bd": "DELETE"},
    "register": {"bi": f"INSERT WHEN {BOUND}", "bu": "UPDATE", "bd": "DELETE"},
    "derived": {"bi": f"INSERT WHEN {OPEN}", "bu": f"UPDATE WHEN {OPEN}", "bd": f"DELETE WHEN {OPEN}"},
}


@contextlib.contextmanager
def away(db: sqlite3.Connection, tables: Iterable[str], growing: Iterable[str]) -> Iterator[None]:
    """Put the guards of tables away while very many rows are written inside an entry, and the plain indexes of those that
    grow; make them anew after.

    Indexes that keep something unique stay, and those in which only few rows stand.
    """
    found = [
        *_there(db, tables, "type = 'trigger'"),
        *_there(db, growing, "type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%' AND sql NOT LIKE '% IS NOT NULL'"),
    ]
    for kind, name, _ in found:
        db.execute(f'DROP {kind} "{name}"')
    yield  # if it fails, the entry is taken back whole, and the indexes with it
    remake(db, (sql for _, _, sql in found))


def _there(db: sqlite3.Connection, tables: Iterable[str], which: str) -> list[tuple[str, str, str]]:
    wanted = sorted(tables)
    marks = ", ".join("?" * len(wanted))
    return db.execute(f"SELECT type, name, sql FROM sqlite_schema WHERE tbl_name IN ({marks}) AND {which}", wanted).fetchall()


def remake(db: sqlite3.Connection, statements: Iterable[str]) -> None:
    """Make indexes and guards of large tables anew."""
    pages = db.execute("PRAGMA cache_size").fetchone()[0]
    db.execute(f"PRAGMA cache_size={SORTED_BY}")
    for sql in statements:
        db.execute(sql)
    db.execute(f"PRAGMA cache_size={pages}")


def arm(db: sqlite3.Connection, specs: Iterable[TableSpec]) -> None:
    """(Re)make the triggers that let rows change only inside an entry; a fact may be reversed only once."""
    guards = dict(ENTRY_GUARDS)
    for spec in specs:
        if spec.kind == "fact":
            # Only the few reversals stand in it: an index of every row would cost each new fact an entry.
            db.execute(f"CREATE UNIQUE INDEX IF NOT EXISTS {spec.name}_reverses ON {spec.name} (reverses) "
                       "WHERE reverses IS NOT NULL")  # fmt: skip
        for short, when in KIND_GUARDS[spec.kind].items():
            event, _, condition = when.partition(" ")
            guards[f"{spec.name}_{short}"] = f"BEFORE {event} ON {spec.name} {condition}".rstrip()
    for name, event in guards.items():
        db.execute(f"DROP TRIGGER IF EXISTS guard_{name}")
        db.execute(
            f"CREATE TRIGGER guard_{name} {event} BEGIN SELECT RAISE(ABORT, 'logi: only an entry may write here'); END"
        )
