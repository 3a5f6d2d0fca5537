"""The guards in the file: with any other SQL tool a plain write fails, also one that replaces."""

import sqlite3
from pathlib import Path

import pytest

from logi import guards
from logi.core.tables import TableSpec
from logi.shape import all_specs

TABLES = sorted({spec.name for spec in all_specs()} | {"entry", "entry_part"})


@pytest.fixture(scope="module")
def shell(base: Path) -> sqlite3.Connection:
    """The ledger as the sqlite3 shell opens it: no pragma set, no logi near."""
    db = sqlite3.connect(f"file:{base}?mode=rw", uri=True, isolation_level=None)
    yield db
    db.close()


def refused(db: sqlite3.Connection, statement: str) -> str:
    """What the file says to a statement; the statement must leave nothing behind."""
    before = list(db.iterdump())
    with pytest.raises(sqlite3.Error) as error:
        db.execute(statement)
    assert list(db.iterdump()) == before
    return str(error.value)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE school_person SET post = 'x'",
        "UPDATE school_person SET entry = 11, post = 'x' WHERE id = 1",
        "UPDATE approval SET decision = 'no'",
        "UPDATE number_given SET n = n + 1",
        "UPDATE setting SET value = 'x'",
        "UPDATE entry SET actor = 'x'",
        "UPDATE entry_part SET body = '[]'",
        "DELETE FROM school_person",
        "DELETE FROM approval WHERE id = 1",
        "DELETE FROM entry WHERE seq = 11",
        "DELETE FROM entry_part",
        "REPLACE INTO school_person (id, entry, code, name, folded, initials) VALUES (1, 11, 'S03', 'x', 'x', 'x')",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 11",
        "INSERT OR REPLACE INTO approval SELECT * FROM approval",
        "INSERT INTO approval (entry, on_day, number, level, by_whom, doc_no, decision) "
        "VALUES (11, '2025-09-01', 'x', 'x', 'x', 'x', 'yes')",
        "INSERT INTO school_person (entry, code, name, folded, initials) VALUES (12, 'S99', 'x', 'x', 'x')",
        "INSERT INTO entry SELECT 12, hash, recorded_at, today, actor, os_user, os_uid, host, app, action, subject, key, "
        "args, reason, answer, parts, digest, hash FROM entry WHERE seq = 11",
        "INSERT INTO entry_part (seq, body) VALUES (11, '[]')",
        "INSERT INTO entry_open (seq) VALUES (5)",
    ],
)
def test_a_plain_write_is_refused_by_the_file_itself(shell: sqlite3.Connection, statement: str) -> None:
    assert "logi: only an entry may write here" in refused(shell, statement)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_its_guards(shell: sqlite3.Connection, table: str) -> None:
    there = {row[0] for row in shell.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    assert {f"guard_{table}_bi", f"guard_{table}_bu", f"guard_{table}_bd"} <= there


def test_guards_of_every_kind_stop_update_and_delete_outside_an_entry() -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript("CREATE TABLE entry (seq INTEGER PRIMARY KEY, hash TEXT); CREATE TABLE entry_part (seq); "
                     "CREATE TABLE entry_open (seq INTEGER PRIMARY KEY)")  # fmt: skip
    for kind in guards.KIND_GUARDS:
        db.execute(f"CREATE TABLE t_{kind} (id INTEGER PRIMARY KEY, entry INTEGER, reverses INTEGER)")
        db.execute(f"INSERT INTO t_{kind} (entry) VALUES (1)")
    guards.arm(db, [TableSpec(kind, f"t_{kind}") for kind in guards.KIND_GUARDS])
    for kind in guards.KIND_GUARDS:
        for statement in (f"UPDATE t_{kind} SET entry = 2", f"DELETE FROM t_{kind}", f"INSERT INTO t_{kind} (entry) VALUES (1)"):
            with pytest.raises(sqlite3.IntegrityError, match="only an entry"):
                db.execute(statement)
    db.close()


def test_a_fact_of_more_than_a_year_back_warns_once_and_is_taken(logi) -> None:
    """LOGI_TODAY is 2025-09-30: a year back to the day is nothing to ask about, a day more is."""
    logi("item add I1 粉笔 --unit 盒")
    assert "more than a year ago" not in logi("stock in I1 10 --price 2 --from V01 --on 2024-09-30").err
    said = logi("repair open 漏水 --place A205 --by S15 --on 2024-09-29").err
    assert said.count("more than a year ago") == 1
    assert "2024-09-29" in said
    logi("repair open 漏水 --place A205 --by S15 --on 2025-10-01", code=4)
