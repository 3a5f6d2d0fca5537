"""Large inserts stand in the journal as columns, numbers given in a row as runs: they say the same, and hide nothing."""

import sqlite3

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from logi import changed, columnar, journal
from logi.verify import verify
from tests.trust.replaying import replayed, tables

HEAD = "日期,物品编码,方向,数量,单价,部门,经手人\n"
values = st.one_of(st.none(), st.integers(-(2**62), 2**62), st.text(max_size=3), st.sampled_from(["", "入", 0, 1]))


@given(st.integers(1, 3).flatmap(lambda width: st.lists(st.tuples(*[values] * width), min_size=1, max_size=30)))
def test_packed_rows_come_out_as_they_went_in(rows):
    packed = columnar.pack(rows)
    assert columnar.unpack(len(rows), packed) == rows
    for at, column in enumerate(packed):
        found = tuple(row[at] for row in rows)
        assert columnar.says(column, found)
        for n in range(len(rows)):
            assert not columnar.says(column, (*found[:n], "anders", *found[n + 1 :]))


@given(st.lists(st.tuples(values, st.text(max_size=4), st.one_of(st.none(), st.integers())), min_size=1, max_size=12))
@example([("1", '","', 1), ("2", "b", 2)])
@example([("1", "a\\", 1), ("2", "b\x7f\u3000", None)])
def test_the_quick_text_of_columns_is_their_canonical_json(rows):
    change = ["C", "t", ["id", "a", "b"], len(rows), columnar.pack(rows)]
    assert columnar.text(change, journal.canonical) == journal.canonical(change)


runs = st.lists(st.tuples(st.sampled_from(["入", "出", "a", None, 1, 2, 3]), st.sampled_from([1, 2, 70, 200])), min_size=1, max_size=9)


@settings(max_examples=50)
@given(runs)
def test_a_column_told_as_runs_is_packed_as_its_values_are(told):
    told = [one for at, one in enumerate(told) if not at or told[at - 1][0] != one[0]]
    column = [value for value, times in told for _ in range(times)]
    assert columnar.packed_runs(told, column) == columnar.packed(column)


def test_numbers_that_go_up_and_values_that_stay_are_said_once():
    assert columnar.pack([(7, "a", 1), (8, "a", 5), (9, "a", 2)]) == [{"+": 7}, {"=": "a"}, [1, 5, 2]]


@pytest.mark.parametrize(("columns", "there"), [([[1, 2], [3]], "1"), ([[1, 2, 3], {"=": 1}], "3")])
def test_columns_of_another_length_are_no_rows(columns, there):
    with pytest.raises(ValueError, match=there):
        columnar.unpack(2, columns)


@pytest.fixture
def imported(logi, tmp_path, monkeypatch):
    """A ledger that took 60 receipts and issues as one file, posted from memory."""
    text = HEAD + "".join(
        f"2025-09-{1 + n // 3:02d},A,{'入,20,1.50,,S06' if n % 3 == 0 else '出,1,,教务处,S15'}\n" for n in range(60)
    )
    (tmp_path / "m.csv").write_text(text, encoding="utf-8")
    with logi.once():
        logi("stock item add A 粉笔 --unit 盒")
        logi("department add JWC 教务处")
        logi(f"import stock {tmp_path / 'm.csv'}")
    return logi


def doctor(path, statement: str) -> list[str]:
    """What verify finds after a change made with the guards taken away and put back."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("BEGIN")
    guards = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND instr(?, tbl_name)", (statement,)).fetchall()
    for name, _ in guards:
        db.execute(f"DROP TRIGGER {name}")
    assert db.execute(statement).rowcount == 1
    for _, sql in guards:
        db.execute(sql)
    db.execute("COMMIT")
    db.close()
    return [finding.text for finding in verify(path).findings]


def test_a_file_stands_in_the_journal_as_columns_and_verifies(imported):
    db = sqlite3.connect(imported.ledger)
    bodies = "".join(row[0] for row in db.execute("SELECT body FROM entry_part"))
    assert '["C","stock_move",["id","on_day",' in bodies
    seq = db.execute("SELECT max(seq) FROM entry").fetchone()[0]
    moves = [change for change in journal.changes(db, seq) if change[1] == "stock_move"]
    assert sum(len(change[3]) for change in moves) == 60  # 20 receipts, 40 issues of one lot each
    assert verify(imported.ledger).clean


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE stock_move SET value_fen = value_fen + 1 WHERE id = 31", "stock_move row 31: value_fen is"),
        ("UPDATE stock_move SET on_day = '2025-09-02' WHERE id = 10", "stock_move row 10: on_day is 2025-09-02, but entry"),
        ("UPDATE stock_move SET line = 2 WHERE id = 60", "stock_move row 60: line is 2, but entry"),
        ("UPDATE stock_slip SET number = 'CK-2025-0099' WHERE id = 30", "stock_slip row 30: number is CK-2025-0099"),
        ("UPDATE stock_slip SET purpose = '私用' WHERE id = 30", "stock_slip row 30: purpose is 私用, but entry"),
        ("DELETE FROM stock_move WHERE id = 33", "stock_move row 33 is missing"),
        ("INSERT INTO stock_move SELECT 61, entry, sign, NULL, on_day, kind, slip_id, line, item_id, lot_id, quantity_milli, "
         "value_fen, priced, NULL, NULL FROM stock_move WHERE id = 60", "stock_move row 61 was written by no entry"),
        ("UPDATE number_given SET upto = upto + 1 WHERE series = 'CK-2025'", "upto is 41, but entry"),
        ("UPDATE number_given SET upto = 39 WHERE series = 'CK-2025'", "upto is 39, but entry"),
    ],
)  # fmt: skip
def test_a_change_under_columns_is_found_and_placed(imported, statement, sentence):
    found = doctor(imported.ledger, statement)
    assert any(sentence in text for text in found), found


def test_a_run_of_numbers_answers_for_each_of_them(imported):
    db = sqlite3.connect(imported.ledger)
    db.row_factory = sqlite3.Row
    runs = db.execute("SELECT series, n, upto FROM number_given WHERE book = 'stock' ORDER BY series").fetchall()
    assert [tuple(run) for run in runs] == [("CK-2025", 1, 40), ("RK-2025", 1, 20)]
    seq = db.execute("SELECT max(seq) FROM entry").fetchone()[0]
    for number in ("CK-2025-0001", "CK-2025-0017", "CK-2025-0040", "RK-2025-0020"):
        assert journal.number_of(db, number)["entry"] == seq
    for number in ("CK-2025-0041", "CK-2025-017", "CK-2025-00017", "CK-2024-0017", "CK-2025-", "CK-2025-00O1", "RK-2025-0021"):
        assert journal.number_of(db, number) is None
    assert {number for number, _ in journal.numbers_like(db, "k-2025-001")} == {
        f"{series}-2025-001{n}" for series in ("CK", "RK") for n in range(10)
    }
    assert len(journal.numbers_like(db, "-2025-", limit=7)) == 7
    assert journal.numbers_like(db, "粉笔") == []


def test_numbers_go_on_after_a_run_and_the_import_is_undone_by_any_of_them(imported):
    assert imported("stock in A 1 --price 1 -f json").json["number"] == "RK-2025-0021"
    assert "CK-2025-0017" in imported("show CK-2025-0017").out
    assert imported("audit trace CK-2025-0017").out.count("import") >= 1
    imported("undo RK-2025-0021")
    imported("undo CK-2025-0017")
    assert verify(imported.ledger).clean
    assert imported("stock in A 1 --price 1 -f json").json["number"] == "RK-2025-0022"  # given numbers stay used


@pytest.mark.parametrize("parts", [0, 50])
def test_a_large_file_is_undone_and_done_again_as_runs(imported, monkeypatch, parts):
    monkeypatch.setattr(changed, "LARGE_PARTS", parts)
    db = sqlite3.connect(imported.ledger)
    shape = sorted(db.execute("SELECT type, name, sql FROM sqlite_schema").fetchall())
    imported("undo")
    bodies = "".join(row[0] for row in db.execute("SELECT body FROM entry_part"))
    assert '["W","stock_slip",1,60,{"void":[0,' in bodies
    assert '["V","stock_move",61,1,60,["sign","quantity_milli","value_fen"],' in bodies
    assert db.execute("SELECT sum(quantity_milli), sum(value_fen), count(*) FROM stock_move").fetchone() == (0, 0, 120)
    assert db.execute("SELECT count(*) FROM stock_slip WHERE void = 0").fetchone() == (0,)
    assert verify(imported.ledger).clean
    imported("redo")
    assert db.execute("SELECT count(*) FROM stock_slip WHERE void = 0").fetchone() == (60,)
    assert db.execute("SELECT count(*) FROM stock_lot WHERE void = 0").fetchone() == (20,)
    # 20 receipts of 20 at 1.50, 40 issues of 1
    assert db.execute("SELECT sum(quantity_milli), sum(value_fen) FROM stock_move").fetchone() == (360_000, 54_000)
    assert sorted(db.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()) == shape
    assert verify(imported.ledger).clean
    imported("undo")
    assert verify(imported.ledger).clean
    assert replayed(db) == tables(db)
    db.close()


def test_a_row_touched_in_a_run_turned_back_is_found(imported):
    imported("undo")
    found = doctor(imported.ledger, "UPDATE stock_slip SET void = 0 WHERE id = 30")
    assert any("stock_slip row 30: void is 0, but entry" in text for text in found), found
    assert not any("row 31" in text for text in found)


@pytest.mark.parametrize("change", ["SET value_fen = value_fen + 1", "SET on_day = '2025-09-30'", "SET reverses = NULL", "SET entry = 2"])
def test_a_fact_touched_in_a_run_of_reversals_is_found(imported, change):
    imported("undo")
    found = doctor(imported.ledger, f"UPDATE stock_move {change} WHERE id = 75")
    assert any("stock_move row 75" in text for text in found), found
    assert not any("stock_move row 76" in text for text in found)


@pytest.mark.parametrize("rowid", [15, 75, 120])
def test_a_fact_lost_from_what_was_taken_back_is_found(imported, rowid):
    imported("undo")
    assert doctor(imported.ledger, f"DELETE FROM stock_move WHERE id = {rowid}")


def test_a_run_taken_back_on_another_day_bears_that_day_and_comes_back_by_redo(imported):
    db = sqlite3.connect(imported.ledger)
    imported("undo --on 2025-09-30")
    assert db.execute("SELECT DISTINCT on_day FROM stock_move WHERE sign = -1").fetchall() == [("2025-09-30",)]
    assert db.execute("SELECT sum(in_milli - out_milli) FROM stock_month").fetchone() == (0,)
    assert verify(imported.ledger).clean
    imported("redo")
    assert db.execute("SELECT sum(quantity_milli) FROM stock_move").fetchone() == (360_000,)
    assert verify(imported.ledger).clean
    assert replayed(db) == tables(db)
    db.close()


def test_a_run_of_which_one_slip_was_corrected_and_mended_back_goes_one_by_one(imported):
    db = sqlite3.connect(imported.ledger)
    imported("correct CK-2025-0040 --qty 2 --reason 少记")
    imported("undo")  # the correction: one chain of the run is longer now
    imported("undo CK-2025-0039")
    assert verify(imported.ledger).clean
    assert db.execute("SELECT sum(quantity_milli), sum(value_fen) FROM stock_move").fetchone() == (0, 0)
    assert replayed(db) == tables(db)
    db.close()
