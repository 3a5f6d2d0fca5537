"""Whatever somebody changes in the file, with the guards taken away and put back, verify finds it and says where."""

import hashlib
import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from logi.core.errors import LogiError
from logi.verify import parse_expected, verify
from tests.trust.tormenting import count

HEADER = (
    "seq", "prev", "recorded_at", "today", "actor", "os_user", "os_uid", "host", "app",
    "action", "subject", "key", "args", "reason", "answer", "parts", "digest",
)  # fmt: skip
Doctor = Callable[..., Path]


def told(path: Path, **how: object) -> str:
    """Every finding of a ledger, in one text."""
    return "\n".join(finding.text for finding in verify(path, **how).findings)  # type: ignore[arg-type]


def sound(path: Path) -> bool:
    """Whether logi takes a file for a sound ledger: not refused (6), nothing found (7)."""
    try:
        return verify(path).clean
    except LogiError as error:
        if error.exit_code == 6:
            return False
        raise


def rechained(path: Path, first: int) -> None:
    """Recompute the whole chain from an entry on, as an insider with the program and time could."""
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript("PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY; BEGIN")
    guards = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'entry'").fetchall()
    for name, _ in guards:
        db.execute(f"DROP TRIGGER {name}")
    prev = db.execute("SELECT hash FROM entry WHERE seq = ?", (first - 1,)).fetchone()[0]
    for (seq,) in db.execute("SELECT seq FROM entry WHERE seq >= ? ORDER BY seq", (first,)).fetchall():
        digest = hashlib.sha256(f"logi-part-1\n{seq}".encode()).hexdigest()
        for (body,) in db.execute("SELECT body FROM entry_part WHERE seq = ? ORDER BY id", (seq,)).fetchall():
            digest = hashlib.sha256(f"{digest}\n{body}".encode()).hexdigest()
        db.execute("UPDATE entry SET prev = ?, digest = ? WHERE seq = ?", (prev, digest, seq))
        row = db.execute(f"SELECT {', '.join(HEADER)} FROM entry WHERE seq = ?", (seq,)).fetchone()
        text = json.dumps(list(row), ensure_ascii=False, separators=(",", ":"))
        prev = hashlib.sha256(b"logi-entry-1\n" + text.encode()).hexdigest()
        db.execute("UPDATE entry SET hash = ? WHERE seq = ?", (prev, seq))
    for _, sql in guards:
        db.execute(sql)
    db.execute("COMMIT")
    db.close()


def head_of(path: Path) -> tuple[int, str]:
    """The newest entry and its hash, read by the sqlite3 module alone."""
    db = sqlite3.connect(path)
    try:
        return db.execute("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    finally:
        db.close()


def test_an_honest_ledger_is_clean(copy: Path) -> None:
    found = verify(copy, full=True)
    assert (found.clean, found.entries, found.head) == (True, 11, head_of(copy))
    assert found.ledger_id == "00112233aabbccdd"


def test_the_chain_is_what_the_journal_says_it_is(copy: Path) -> None:
    before = head_of(copy)
    rechained(copy, 2)  # an independent program comes to the same hashes
    assert head_of(copy) == before


# (what is done to the file, what verify must say)
EDITED = [
    ("UPDATE school_person SET post = '校长' WHERE code = 'S03'", "school_person row 1: post is 校长, but entry 2 wrote 总务主任"),
    ("UPDATE school_person SET post = '保管员' WHERE code = 'S06'", "school_person row 2: post is 保管员, but entry 5 wrote 仓库保管员"),
    ("UPDATE school_person SET phone = '1' WHERE code = 'S03'", "school_person row 1: phone is 1, but entry 2 wrote NULL"),
    ("UPDATE school_person SET entry = 2 WHERE code = 'S06'", "school_person row 2: entry is 2, but entry 5 wrote 5"),
    ("UPDATE school_place SET void = 9 WHERE code = 'B203'", "void is 9"),
    ("UPDATE setting SET value = 'month-average' WHERE name = 'costing'", "value is month-average, but entry 1 wrote fifo"),
    ("UPDATE approval SET decision = 'no' WHERE id = 1", "approval row 1: decision is no, but entry 6 wrote yes"),
    ("UPDATE approval SET on_day = '2024-09-01' WHERE id = 1", "on_day is 2024-09-01"),
    ("UPDATE number_given SET number = 'CZ-2025-0009' WHERE n = 2", "number is CZ-2025-0009"),
    ("UPDATE undoing SET target = 6 WHERE id = 1", "undoing row 1: target is 6, but entry 8 wrote 7"),
    ("DELETE FROM approval WHERE id = 1", "approval row 1 is missing; entry 6 wrote it"),
    ("DELETE FROM school_place WHERE code = 'B203'", "school_place row 2 is missing"),
    ("DELETE FROM number_given WHERE n = 1", "Numbers 1 to 1 of CZ-2025 are missing before CZ-2025-0002"),
    ("INSERT INTO month_closed (entry, month) VALUES (11, '2025-08')", "month_closed row 1 was written by no entry"),
    ("INSERT INTO school_person (entry, code, name, folded, initials) VALUES (2, 'S99', '鬼', '鬼', 'g')",
     "school_person row 3 was written by no entry"),
    ("INSERT INTO approval (entry, on_day, number, level, by_whom, doc_no, decision) "
     "VALUES (6, '2025-09-01', 'CZ-2025-0001', 'board', '郑', '1', 'yes')", "approval row 4 was written by no entry"),
    ("UPDATE school_person SET id = 9 WHERE id = 2", "school_person row 2 is missing"),
    ("UPDATE school_person SET id = 7 WHERE id = 1; UPDATE school_person SET id = 1 WHERE id = 2; "
     "UPDATE school_person SET id = 2 WHERE id = 7", "school_person row 1: code is S06, but entry 2 wrote S03"),
    ("UPDATE entry SET actor = '别人' WHERE seq = 4", "Entry 4 has been altered"),
    ("UPDATE entry SET recorded_at = '2025-01-01T00:00:00.000000Z' WHERE seq = 4", "Entry 4 has been altered"),
    ("UPDATE entry SET reason = '补' WHERE seq = 8", "Entry 8 has been altered"),
    ("UPDATE entry SET hash = iif(hash < '1', '1', '0') || substr(hash, 2) WHERE seq = 4", "Entry 4 has been altered"),
    ("UPDATE entry SET prev = iif(prev < '1', '1', '0') || substr(prev, 2) WHERE seq = 5", "Entry 5 does not follow from entry 4"),
    ("DELETE FROM entry WHERE seq = 4", "Entries 4 to 4 are missing before entry 5"),
    ("UPDATE entry SET seq = 12 WHERE seq = 4; UPDATE entry SET seq = 4 WHERE seq = 5; UPDATE entry SET seq = 5 WHERE seq = 12",
     "Entry 4 does not follow from entry 3"),
    ("UPDATE entry_part SET body = replace(body, '总务主任', '校长') WHERE seq = 2", "What entry 2 recorded has been altered"),
    ("DELETE FROM entry_part WHERE seq = 6", "What entry 6 recorded has been altered"),
    ("UPDATE entry_part SET seq = 3 WHERE seq = 4", "What entry 4 recorded has been altered"),
    ("INSERT INTO entry_part (seq, body) VALUES (99, '[]')", "stands out of place (entry 99)"),
    ("UPDATE entry_part SET body = '{' WHERE seq = 2", "What entry 2 recorded cannot be read"),
    ("INSERT INTO entry_open (seq) VALUES (12)", "Entry 12 was begun outside logi and left open"),
    ("PRAGMA foreign_keys=OFF; UPDATE school_place SET keeper_id = 77 WHERE code = 'A205'",
     "school_place row 1 links to a row of school_person that does not exist"),
    ("UPDATE approval SET sign = 1 WHERE id = 3", "approval row 3 does not turn row 2 round exactly"),
    ("DELETE FROM _sqlite_migrations WHERE name = 'm001_journal'", "does not name the migration m001_journal"),
    ("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('logi.school', 'm099_evil', '')",
     "a migration that logi does not know: m099_evil"),
    ("PRAGMA application_id=7", "does not say that it is a logi ledger"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "sentence"), EDITED, ids=[str(n) for n in range(len(EDITED))])
def test_every_doctoring_is_found_and_placed(doctored: Doctor, statement: str, sentence: str) -> None:
    assert sentence in told(doctored(statement))


def test_a_swap_that_keeps_every_sum_is_found(doctored: Doctor) -> None:
    path = doctored(
        "UPDATE approval SET level = 'x', by_whom = '甲' WHERE id = 1; UPDATE approval SET by_whom = '乙' WHERE id = 2"
    )
    found = told(path)
    assert "approval row 1: by_whom is 甲" in found
    assert "approval row 2: by_whom is 乙" in found


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DROP TRIGGER guard_school_person_bu", "The trigger guard_school_person_bu is missing"),
        ("CREATE TRIGGER evil AFTER INSERT ON entry BEGIN DELETE FROM approval; END", "The trigger evil is not logi's"),
        ("CREATE VIEW evil AS SELECT 1", "The view evil is not logi's"),
        ("CREATE TABLE evil (x)", "The table evil is not logi's"),
        ("DROP INDEX setting_name", "The index setting_name is missing"),
        ("DROP TABLE approval", "The table approval is missing"),
        ("ALTER TABLE school_person ADD COLUMN evil TEXT", "The table school_person has been altered"),
    ],
)
def test_another_shape_is_found(copy: Path, statement: str, sentence: str) -> None:
    db = sqlite3.connect(copy)
    db.executescript(statement)
    db.close()
    assert sentence in told(copy)


def test_a_view_in_the_place_of_a_table_is_not_read(copy: Path) -> None:
    db = sqlite3.connect(copy)
    db.executescript("DROP TABLE month_closed; CREATE VIEW month_closed AS "
                     "WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n) SELECT x AS id FROM n")  # fmt: skip
    db.close()
    assert "It is not safe to read further in this file" in told(copy)


# -- the past rewritten whole: only what was written down elsewhere tells -----------------------------------


def test_a_recomputed_chain_is_caught_by_what_was_printed(doctored: Doctor, base: Path) -> None:
    seq, digest = head_of(base)
    path = doctored(
        "UPDATE entry_part SET body = replace(body, '仓库保管员', '校长') WHERE seq = 5",
        "UPDATE school_person SET post = '校长' WHERE code = 'S06'",
    )
    rechained(path, 5)
    assert told(path) == ""  # nothing in the file itself tells
    assert f"Entry {seq} is not the one that was seen or printed" in told(path, expect=[(seq, digest[:32])])


def test_a_tail_cut_off_is_caught_by_what_was_printed(doctored: Doctor, base: Path) -> None:
    seq, digest = head_of(base)
    path = doctored(
        "DELETE FROM entry WHERE seq = 11", "DELETE FROM entry_part WHERE seq = 11", "DELETE FROM undoing WHERE entry = 11",
        "UPDATE school_place SET void = 10, entry = 10 WHERE code = 'B203'",
    )  # fmt: skip
    assert told(path) == ""
    assert "Entry 11 was seen or printed once, but the ledger ends at entry 10" in told(path, expect=[(seq, digest)])


def test_heads_of_earlier_entries_stand_too(copy: Path) -> None:
    db = sqlite3.connect(copy)
    heads = db.execute("SELECT seq, hash FROM entry").fetchall()
    db.close()
    assert verify(copy, expect=[(seq, digest[:8]) for seq, digest in heads]).clean
    assert not verify(copy, expect=[(5, "0" * 8)]).clean
    assert not verify(copy, since=8, expect=[(5, "0" * 8)]).clean


@pytest.mark.parametrize(
    "text", ["11-{h}", "#11 {g}", "11 {h}…", "１１-{h}", "11:{H}", "11-{short}"]
)  # fmt: skip
def test_a_printed_head_is_read_as_people_type_it(copy: Path, text: str) -> None:
    _, digest = head_of(copy)
    groups = " ".join(digest[i : i + 4] for i in range(0, 32, 4))
    typed = text.format(h=digest[:32], H=digest[:32].upper(), g=groups, short=digest[:8])
    seq, digits = parse_expected(typed)
    assert seq == 11
    assert digest.startswith(digits)
    assert verify(copy, expect=[(seq, digits)]).clean


@pytest.mark.parametrize("text", ["", "11", "11-123", "x-12345678", "11-1234567g", "-12345678", "1112345678", "11-" + "a" * 65])
def test_a_head_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(LogiError) as refused:
        parse_expected(text)
    assert refused.value.exit_code == 2


def test_looking_from_an_entry_on_finds_what_was_done_since(doctored: Doctor) -> None:
    path = doctored("UPDATE school_person SET post = '校长' WHERE code = 'S06'", "UPDATE approval SET level = 'x' WHERE id = 2")
    assert "post is 校长" in told(path, since=5)
    assert "approval row 2: level is x" in told(path, since=7)
    assert verify(path, since=9).clean
    assert verify(path, since=9).entries == 3


def test_a_clock_that_stepped_back_is_noted_not_a_finding(ledger: object) -> None:
    from datetime import UTC, datetime

    from logi.journal import set_setting

    instants = iter([datetime(2025, 9, 30, 8, 0, tzinfo=UTC), datetime(2025, 9, 30, 7, 0, tzinfo=UTC)])
    ledger.clock = lambda: next(instants)  # type: ignore[attr-defined]
    for value in ("a", "b"):
        with ledger.entry("config.set") as e:  # type: ignore[attr-defined]
            set_setting(e, "x", value)
    found = verify(ledger)  # type: ignore[arg-type]
    assert found.clean
    assert [step for step in found.steps if step[0] == 3] == [
        (3, "2025-09-30T08:00:00.000000Z", "2025-09-30T07:00:00.000000Z")
    ]


# -- bytes ------------------------------------------------------------------------------------------


def test_no_flipped_byte_changes_recorded_content_unseen(base: Path, tmp_path: Path) -> None:
    """Sampled bytes of the file are turned round; wherever a table then reads differently, verify says so."""
    whole = base.read_bytes()
    honest = contents(base)
    chance = random.Random(20250930)
    path = tmp_path / "flipped.db"
    changed = 0
    for at in chance.sample([at for at in range(100, len(whole)) if whole[at]], 40):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        if contents(path) != honest:
            changed += 1
            assert not sound(path), f"byte {at}"
        else:
            sound(path)  # says something sensible
    assert changed > 6  # the sample did touch content


@pytest.mark.torment
def test_thousands_of_flipped_bytes(base: Path, tmp_path: Path) -> None:
    whole = base.read_bytes()
    honest = contents(base)
    path = tmp_path / "flipped.db"
    for at in random.Random(7).sample(range(len(whole)), count(30, 2000)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        assert not sound(path) or contents(path) == honest, f"byte {at}"


def contents(path: Path) -> object:
    """Every row of every table as SQLite reads it, or that it cannot."""
    db = sqlite3.connect(path)
    db.text_factory = bytes
    try:
        names = [row[0].decode() for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")]
        return [(name, db.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()) for name in names]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return str(error)
    finally:
        db.close()


@pytest.mark.parametrize("keep", [0, 1, 99, 100, 4095, 4096, 20_000, 100_000])
def test_a_file_cut_short_is_never_taken_for_whole(base: Path, tmp_path: Path, keep: int) -> None:
    path = tmp_path / "short.db"
    path.write_bytes(base.read_bytes()[:keep])
    assert not sound(path)


def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    db = sqlite3.connect(other)
    db.executescript("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    db.close()
    before = other.read_bytes()
    for path in (other, tmp_path / "missing.db", tmp_path):
        with pytest.raises(LogiError) as refused:
            verify(path)
        assert refused.value.exit_code == 6
    assert other.read_bytes() == before
    assert not (tmp_path / "missing.db").exists()


def test_verify_leaves_every_byte_as_it_was(doctored: Doctor) -> None:
    path = doctored("UPDATE school_person SET post = 'x' WHERE code = 'S03'")
    before = path.read_bytes()
    verify(path, full=True)
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == ["ledger.db"]


def test_hundreds_of_wrong_rows_are_counted_not_all_told(doctored: Doctor) -> None:
    found = verify(doctored("UPDATE school_policy SET source = source || '!'; UPDATE school_category SET name = 'x'; "
                            "UPDATE school_day SET name = name || '!'"))  # fmt: skip
    assert len(found.findings) == 200
    assert found.more > 0


def test_a_copy_made_with_the_file_manager_is_clean(base: Path, tmp_path: Path) -> None:
    assert verify(Path(shutil.copy(base, tmp_path / "copied.db"))).clean
