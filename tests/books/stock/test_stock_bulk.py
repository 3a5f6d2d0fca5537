"""A large file of movements: posted from memory with its indexes put away, it leaves what row by row would have left."""

import contextlib
import csv
import os
import random
import shutil
import signal
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from logi import beside
from logi.books.stock import bulk, bulk_batch, bulk_clerk, bulk_held, bulk_poster, importing, store_turning
from logi.importing import csvrows
from logi.verify import verify

HEAD = "日期,物品编码,方向,数量,单价,部门,经手人,凭证号,保质期至,用途\n"
TABLES = ("stock_slip", "stock_lot", "stock_move", "stock_sum", "stock_month", "stock_left")


@pytest.fixture
def store(logi):
    """Two plain items and one of food."""
    with logi.once():
        for line in ("item add A 粉笔 --unit 盒 --min 5", "item add B 拖把 --unit 把", "item add C 大米 --unit 袋 --class food"):
            logi(line)
    return logi


def rows(seed: int, *, bad: bool) -> str:
    """Receipts, issues, returns, late rows and, if wanted, rows that are refused."""
    chance, held, text = random.Random(seed), {"A": 0, "B": 0, "C": 0}, HEAD
    for n in range(120):
        on = date(2024, 11, 1) + timedelta(days=n // 2 if seed % 2 else n)  # or two rows a day
        item = chance.choice("AABC")
        home, person = chance.choice(("教务处", "德育处", "食堂")), chance.choice(("S15", "S03", "新人"))
        expires = (on + timedelta(days=chance.randint(200, 400))).isoformat() if item == "C" else ""
        if held[item] < 8 or chance.random() < 0.3:
            quantity = chance.randint(5, 40)
            held[item] += quantity
            text += f"{on},{item},入,{quantity},{chance.randint(1, 900) / 100:.2f},,S06,R{n},{expires},\n"
        elif chance.random() < 0.1:
            text += f"{on},{item},退,1,,{home},,T{n},,\n"
        else:
            quantity = chance.randint(1, 8)
            held[item] -= quantity
            text += f"{on},{item},出,{quantity},9.99,{home},{person},C{n},,月考\n"
        if bad and n % 30 == 20:
            text += f"{on},{item},出,100000,,{home},S15,X{n},,\n{on},Z,入,1,1.00,,,Y{n},,\n{on},A,入,-1,1.00,,,W{n},,\n2024-13-40,A,入,1,1.00,,,V{n},,\n"
    return text


def content(logi):
    import sqlite3

    db = sqlite3.connect(logi.ledger)
    found = {table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}
    runs = db.execute("SELECT entry, series, n, number, book, kind, coalesce(upto, n) FROM number_given").fetchall()
    found["number_given"] = sorted(
        (entry, series, n, number if first == last else f"{series}-{n:04d}", book, kind)
        for entry, series, first, number, book, kind, last in runs for n in range(first, last + 1)
    )  # fmt: skip
    shape = sorted(row[0] for row in db.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    db.close()
    return found, shape


@pytest.mark.parametrize("bad", [False, True])
@pytest.mark.parametrize(("seed", "costing"), [(0, "fifo"), (1, "month-average")])
@pytest.mark.parametrize(("buffer", "apart"), [(0, False), (5, False), (64, False), (0, True), (5, True)])
def test_a_large_file_leaves_what_row_by_row_would_have_left(store, monkeypatch, tmp_path, seed, bad, costing, buffer, apart):
    """With a `buffer` the file has no lots and purposes, and so many of its rows at a time are read as columns; `apart`
    it is posted by a process of its own."""
    monkeypatch.setattr(bulk, "BESIDE_FROM", 0 if apart else 10**12)
    if costing != "fifo":
        store(f"stock costing {costing} --from 2025")
    text = rows(seed, bad=bad)
    if buffer:
        text = "".join(f"{line.rsplit(',', 2)[0]}\n" for line in text.splitlines())
        monkeypatch.setattr(bulk_batch, "MOST", buffer)
        monkeypatch.setattr(bulk_poster, "MOST", buffer)
        monkeypatch.setattr(bulk_batch, "FEW", 2)
    (tmp_path / "m.csv").write_text(text, "utf-8")
    line = f"import stock {tmp_path / 'm.csv'} --create people --rejects {tmp_path / 'bad.csv'}"
    before = tmp_path / "before.db"
    shutil.copy(store.ledger, before)
    _, shape = content(store)
    monkeypatch.setattr(importing.KINDS["stock"], "bulk", None)
    said = store(line, code=None)
    wanted = content(store)
    refused = (tmp_path / "bad.csv").read_text("utf-8-sig") if (tmp_path / "bad.csv").exists() else ""
    shutil.copy(before, store.ledger)
    monkeypatch.setattr(importing.KINDS["stock"], "bulk", importing.post_bulk)
    monkeypatch.setattr(bulk_poster, "CHUNK", 3)
    monkeypatch.setattr(bulk_clerk, "UNINDEXED_AFTER", 6)
    again = store(line, code=None)
    assert (again.code, again.out) == (said.code, said.out)
    now = content(store)
    for table in now[0]:
        assert now[0][table] == wanted[0][table], table
    assert content(store)[1] == shape
    assert verify(store.ledger).clean
    assert ((tmp_path / "bad.csv").read_text("utf-8-sig") if refused else "") == refused
    if bad:
        assert refused.count("\n") >= 16
    monkeypatch.setattr(store_turning, "MANY", 0 if seed % 2 else 10**9)  # so much at once, or lot by lot
    store("undo")
    assert verify(store.ledger).clean
    assert all(row["quantity"] == "0" for row in store("stock list --all -f json").json["rows"])


def test_guards_stand_again_after_a_large_file(store, monkeypatch, tmp_path):
    import sqlite3

    (tmp_path / "m.csv").write_text(rows(1, bad=False), "utf-8")
    monkeypatch.setattr(bulk_poster, "CHUNK", 3)
    monkeypatch.setattr(bulk_clerk, "UNINDEXED_AFTER", 6)
    store(f"import stock {tmp_path / 'm.csv'} --create people")
    db = sqlite3.connect(store.ledger)
    with pytest.raises(sqlite3.IntegrityError, match="only an entry"):
        db.execute("DELETE FROM stock_move")
    db.close()
    assert store("audit verify").code == 0


@pytest.mark.parametrize("column", ["on", "item", "quantity", "price", "department", "person", "ref"])
def test_a_line_break_inside_a_cell_shifts_nothing(store, monkeypatch, tmp_path, column):
    """Twelve receipts read as columns; one cell holds Alt-Enter: refused or read as row by row, and no other row changes."""
    heads = ["on", "direction", "item", "quantity", "price", "department", "person", "ref"]
    lines = [[f"2025-09-{n:02d}", "in", "A", "10", f"{n}.00", "教务处", "S06", f"R{n}"] for n in range(1, 13)]
    lines[3][heads.index(column)] += "\n99.00"
    with (tmp_path / "m.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *lines])
    line = f"import stock {tmp_path / 'm.csv'} --rejects {tmp_path / 'bad.csv'} --create departments"
    before = tmp_path / "before.db"
    shutil.copy(store.ledger, before)
    monkeypatch.setattr(importing.KINDS["stock"], "bulk", None)
    said = store(line, code=None)
    wanted = store("export stock -f csv").out
    shutil.copy(before, store.ledger)
    monkeypatch.setattr(importing.KINDS["stock"], "bulk", importing.post_bulk)
    again = store(line, code=None)
    assert (again.code, again.out) == (said.code, said.out)
    assert store("export stock -f csv").out == wanted


def both_ways(store, monkeypatch, tmp_path, rows: list[str], *, before: str = "", create: str = "departments") -> tuple[str, str]:
    """What a file is answered, row by row and as columns: the answers agree, and so do the tables; the words, the rejects."""
    (tmp_path / "m.csv").write_text("on,direction,item,quantity,price,department,person,ref\n" + "".join(f"{r}\n" for r in rows), "utf-8")
    line = f"import stock {tmp_path / 'm.csv'} --rejects {tmp_path / 'bad.csv'} --create {create}"
    if before:
        store(before)
    shutil.copy(store.ledger, tmp_path / "before.db")
    found = []
    for way in (None, importing.post_bulk):
        monkeypatch.setattr(importing.KINDS["stock"], "bulk", way)
        shutil.copy(tmp_path / "before.db", store.ledger)
        (tmp_path / "bad.csv").unlink(missing_ok=True)
        said = store(line, code=None)
        bad = (tmp_path / "bad.csv").read_text("utf-8-sig") if (tmp_path / "bad.csv").exists() else ""
        found.append(((said.code, said.out, said.err), bad, content(store)))
    assert found[0] == found[1]
    return found[1][0][1] + found[1][0][2], found[1][1]


@pytest.mark.parametrize("day", ["", " "])
def test_a_blank_day_never_means_the_day_before(store, monkeypatch, tmp_path, day):
    """First of all, and behind a row that is posted by its act."""
    rows = [f"{day},in,A,1,1.00,,S06,N0", "2025-09-01,in,A,50,1.00,,S06,R1", "2025-09-02,out,A,5,,教务处,S15,R2",
            "2025-09-03,return,A,1,,教务处,,R3", f"{day},in,A,7,1.00,,S06,N1", f"{day},out,A,7,,教务处,S15,N2",
            "2025-09-04,in,A,2,1.00,,S06,R4"]  # fmt: skip
    _, bad = both_ways(store, monkeypatch, tmp_path, rows)
    assert [row.rsplit(",", 1)[1] for row in bad.split()[1:]] == ["N0", "N1", "N2"]


def test_a_price_that_fixed_assets_have_is_told(store, monkeypatch, tmp_path):
    """From 1,000.00 a unit on (政府会计准则第3号), of the first rows by line."""
    rows = [f"2025-09-{n:02d},in,B,1,{price},,S06,R{n}" for n, price in enumerate(("999.99", "1000.00", "2000.00"), 1)]
    said, _ = both_ways(store, monkeypatch, tmp_path, rows)
    assert "Line 3: 拖把: 1,000.00 a unit reaches" in said
    assert "Line 4: 拖把: 2,000.00 a unit reaches" in said
    assert "999.99 a unit" not in said


def test_prices_of_issues_that_are_refused_are_not_counted_as_ignored(store, monkeypatch, tmp_path):
    rows = ["2025-09-01,in,A,5,1.00,,S06,R1", "2025-09-02,out,A,5,1.00,教务处,S15,R2", "2025-09-03,out,A,5,1.00,教务处,S15,R3"]
    said, bad = both_ways(store, monkeypatch, tmp_path, rows)
    assert "Prices on issue rows were ignored (1 rows)" in said
    assert bad.count("\n") == 2


def test_days_long_ago_are_said_once_of_a_file(store, monkeypatch, tmp_path):
    rows = [f"2023-09-{n:02d},in,A,5,1.00,,S06,R{n}" for n in range(1, 9)]
    said, _ = both_ways(store, monkeypatch, tmp_path, rows)
    assert said.count("more than a year ago") == 1


@pytest.mark.parametrize("wrong", ["2023-09-01,in,Z,5,1.00,,S06,Q1", "2023-09-01,out,A,5,,教务处,S15,Q1", "2023-09-01,in,A,x,1.00,,S06,Q1"])
def test_a_row_that_is_refused_says_nothing_of_days_long_ago(store, monkeypatch, tmp_path, wrong):
    said, _ = both_ways(store, monkeypatch, tmp_path, [wrong, "2025-09-01,in,A,5,1.00,,S06,R1"])
    assert "more than a year ago" not in said


def test_of_a_name_that_two_bear_that_is_said_whatever_else_is_wrong(store, monkeypatch, tmp_path):
    """Though people may be made, one of two cannot; the second row asks for more than there is, too."""
    store("person add S16 杨班一")
    store("department add JWC 教务处")
    rows = ["2025-09-01,in,A,5,1.00,,S06,R1", "2025-09-02,out,A,1,,教务处,杨班一,R2", "2025-09-02,out,A,9,,教务处,杨班一,R3"]
    said, _ = both_ways(store, monkeypatch, tmp_path, rows, create="people")
    assert said.count("杨班一 fits more than one person") == 2


@pytest.mark.parametrize("columns", [True, False])
@pytest.mark.parametrize("sum_", ["小计,", ",合计"])
def test_a_sum_line_is_no_movement_though_all_of_it_is_filled_in(store, monkeypatch, tmp_path, columns, sum_):
    """Five receipts of five boxes and the sum of the day, with day, direction and item: 25 boxes are there, not 50."""
    more = ("", "") if columns else (",用途", ",月考")
    rows = [f"x,甲,2025-09-01,in,A,5,1.00{more[1]}"] * 5 + [f"{sum_},2025-09-01,in,A,25,1.00{more[1]}"]
    (tmp_path / "m.csv").write_text("\n".join([f"序,组,on,direction,item,quantity,price{more[0]}", *rows]) + "\n", "utf-8")
    said = store(f"import stock {tmp_path / 'm.csv'} --rejects {tmp_path / 'bad.csv'}", code=7)
    assert "This is a sum line" in said.err
    assert store("stock list -f json").json["rows"][0]["quantity"] == "25"


@pytest.mark.skipif(not beside.possible(), reason="there is no second processor")
def test_a_file_whose_reader_is_killed_is_posted_once_all_the_same(store, monkeypatch, tmp_path):
    """Killed when it waits for an answer, with much written down already: that is taken back, and we read it ourselves."""
    asked = bulk_clerk.Clerk.number

    def number(self, series):
        for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
            if series.endswith("2025"):
                os.kill(int(pid), signal.SIGKILL)
        return asked(self, series)

    monkeypatch.setattr(bulk_clerk.Clerk, "number", number)
    monkeypatch.setattr(bulk, "BESIDE_FROM", 0)
    monkeypatch.setattr(bulk_poster, "CHUNK", 3)
    monkeypatch.setattr(csvrows, "BLOCK", 100)
    rows = [f"2024-12-{n:02d},in,A,5,1.00,,S06,R{n}" for n in range(1, 29)] + [f"2025-01-{n:02d},in,A,5,1.00,,S06,Q{n}" for n in range(1, 9)]
    both_ways(store, monkeypatch, tmp_path, rows)
    assert store("stock list -f json").json["rows"][0]["quantity"] == "180"  # 36 times 5


@pytest.mark.parametrize("lots", [bulk_held.FEW, bulk_held.FEW + 1, bulk_held.FEW + bulk_held.SOME, bulk_held.FEW + bulk_held.SOME + 1])
def test_a_file_takes_past_the_lots_that_were_read_first(store, monkeypatch, tmp_path, lots):
    """One box of each lot is there; the file takes all of them and one of its own."""
    (tmp_path / "old.csv").write_text("on,direction,item,quantity,price\n" + "2025-08-01,in,A,1,1.00\n" * lots, "utf-8")
    rows = ["2025-09-01,in,A,2,1.00,,S06,R1", f"2025-09-02,out,A,{lots + 1},,教务处,S15,R2"]
    both_ways(store, monkeypatch, tmp_path, rows, before=f"import stock {tmp_path / 'old.csv'}")
    assert store("stock list -f json").json["rows"][0]["quantity"] == "1"


@pytest.mark.parametrize("many", [0, 10**9])
@pytest.mark.parametrize("how", ["", "--on 2025-09-15"])
def test_priced_movements_are_taken_back_alike_by_carrying_and_by_counting_anew(blank, monkeypatch, how, many):
    monkeypatch.setattr(store_turning, "MANY", many)
    blank("init --school 测试学校 --lang en --costing month-average --yes")
    for line in ("person add S06 李海燕", "department add JWC 教务处", "stock item add A 粉笔 --unit 盒"):
        blank(line)
    rows = [f"2025-08-{1 + n // 3:02d},A,{'入,20,1.50,,S06' if n % 3 == 0 else '出,1,,教务处,S06'}\n" for n in range(60)]
    (blank.folder / "m.csv").write_text("日期,物品编码,方向,数量,单价,部门,经手人\n" + "".join(rows), encoding="utf-8")
    blank(f"import stock {blank.folder / 'm.csv'}")
    blank("month close 2025-08")
    blank("month reopen 2025-08 --reason 重算")
    blank(f"undo CK-2025-0003 {how}")
    with contextlib.closing(sqlite3.connect(blank.ledger)) as db:
        assert db.execute("SELECT quantity_milli, value_fen FROM stock_sum").fetchall() == [(0, 0)]
        # 20 receipts of 20 at 1.50, 40 issues of 1, whose prices the reopening took back; taken back in the month or the next
        came, went = (400_000, 60_000), (40_000, 0)
        found = db.execute("SELECT month, in_milli, in_fen, out_milli, out_fen FROM stock_month ORDER BY 1").fetchall()
        there = [("2025-08", *came, *went), ("2025-09", *(-n for n in (*came, *went)))] if how else [("2025-08", 0, 0, 0, 0)]
        assert found == there
    assert verify(blank.ledger).clean
