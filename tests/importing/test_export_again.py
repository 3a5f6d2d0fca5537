"""What is exported goes into an empty ledger again, and out to other programs, with the same figures."""

import json
import shutil
import sqlite3
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ITEMS = 'code,name,unit\nFB,粉笔,盒\nZZ,"纸 ""A4""; x",包\n'
# FB: 10 at 4.20, 3 out: 7 left worth 29.40. ZZ: 3.5 at 7.13 = 24.955 -> 24.96; 1.2 out at 8.556 -> 8.56: 2.3 left worth 16.40.
MOVES = """on,direction,item,quantity,price,department,person,ref
2025-08-01,in,FB,10,4.20,,,A1
2025-09-02,in,ZZ,3.5,7.13,,,A2
2025-09-03,out,FB,3,,教务处,周入库,A3
2025-09-04,out,ZZ,1.2,,教务处,周入库,A4
"""
ORDER = ("categories", "people", "places", "vendors", "items", "assets", "stock", "repairs", "plan")


@pytest.fixture
def kept(logi):
    (logi.folder / "i.csv").write_text(ITEMS, "utf-8")
    (logi.folder / "s.csv").write_text(MOVES, "utf-8")
    logi(f"import items {logi.folder}/i.csv")
    logi(f"import stock {logi.folder}/s.csv")
    logi("asset add 便携式计算机 --category A02010108 --cost 6350 --on 2025-09-15 --place E101 --keeper 钱样真")
    logi("asset add 打印机 --category A02021000 --cost 1980.50 --count 2 --on 2025-08-20 --code DY-1")
    return logi


def test_all_exported_and_imported_into_an_empty_ledger_gives_the_same_lists_and_reports(kept):
    asked = (
        "stock list", "asset list", "asset list --place E101", "asset depreciation --to 2025-09-30",
        "report stock.by-item --month 2025-09", "report stock.by-class --month 2025-09",
        "report asset.by-category --month 2025-09", "report asset.by-place --month 2025-09",
    )  # fmt: skip
    before = {one: kept(f"{one} -f csv").out for one in asked}
    assert all(len(text.splitlines()) > 1 for text in before.values())
    folder = kept.folder / "all"
    kept(f"export all -f csv -o {folder}/")
    files = {kind: next((path for path in folder.iterdir() if path.stem.endswith(kind)), None) for kind in ORDER}
    kept.ledger = kept.folder / "again.db"
    kept.env["LOGI_LEDGER"] = str(kept.ledger)
    kept("init --school 测试学校 --lang en --costing fifo --yes")
    for kind, path in files.items():
        if path is not None and len(path.read_text("utf-8").splitlines()) > 1:
            kept(f"import {kind} {path} --create departments")
    for one, text in before.items():
        assert kept(f"{one} -f csv").out == text, one


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(str(Path(sys.executable).parent / name))
    if found is None:
        warnings.warn(f"{name} is not installed: its journal was not checked", stacklevel=2)
        pytest.skip(f"{name} is not installed")
    return found


def test_beancount_checks_the_journal_of_stock(kept):
    check = program("bean-check")
    path = kept.folder / "s.beancount"
    kept(f"export stock --as beancount -o {path}")
    ran = subprocess.run([check, "--no-cache", str(path)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    from beancount import loader  # type: ignore[import-not-found]
    from beancount.core import realization

    entries, errors, _ = loader.load_file(str(path))
    assert not errors
    real = realization.realize(entries)
    sums = realization.compute_balance(realization.get(real, "Assets:Stock")).reduce(lambda p: p.units)
    assert str(sums.get_currency_units("CNY").number) == "45.80"  # 29.40 + 16.40


def test_hledger_checks_the_journal_of_stock_and_totals_it_to_the_same_figures(kept):
    hledger = program("hledger")
    path = kept.folder / "s.hledger"
    kept(f"export stock --as hledger -o {path}")
    subprocess.run([hledger, "-f", str(path), "check", "--strict"], check=True, capture_output=True)
    said = subprocess.run([hledger, "-f", str(path), "balance", "Assets:Stock", "-O", "csv"], check=True, capture_output=True, text=True)
    assert said.stdout.splitlines()[1:] == ['"Assets:Stock:I1","29.40 CNY"', '"Assets:Stock:I2","16.40 CNY"', '"total","45.80 CNY"']


def test_as_is_the_actor_everywhere_else_and_other_kinds_have_no_journal(kept):
    kept("--as 甲 export stock --as beancount")
    kept("export people --as beancount", code=2)
    kept("export stock --as gnucash", code=2)
    kept("--as 甲 person add Q1 某某")
    assert kept("audit log --limit 1 -f json").json["rows"][0]["actor"] == "甲"


def test_the_page_for_datasette_names_tables_and_asks_questions_that_are_there(ledger):
    page = json.loads((ROOT / "docs" / "datasette" / "metadata.json").read_text("utf-8"))["databases"]["ledger"]
    tables = {row[0] for row in ledger.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert page["tables"].keys() <= tables
    for table, about in page["tables"].items():
        label = about.get("label_column")
        columns = {row["name"] for row in ledger.db.execute(f"PRAGMA table_info({table})")}
        assert label is None or label in columns
    for question in page["queries"].values():
        assert isinstance(ledger.db.execute(question["sql"]), sqlite3.Cursor)
