"""Writes the specs that hold stock against the sqlite3 shell: a large import, the whole history, one closed month.

    python bench/stock.py [--logi PATH] [--rows 1000000] [--months 240] [--output bench/out]
    python bench/bench.py bench/out/stock-import.json --rounds 3
    python bench/bench.py bench/out/stock-history.json --rounds 5
    python bench/bench.py bench/out/stock-month.json

Needs sqlite3 on PATH. Two ledgers are built: one of all months, one of the first twelve, every month in both closed.
"""

import argparse
import csv
import json
import os
import random
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from startup import BASE, HERE, interpreter

HEADINGS = ["日期", "物品编码", "物品名称", "方向", "数量", "单价", "部门", "经手人", "凭证号"]
ITEMS, START = 2000, date(2005, 1, 1)
# Ratios that the project holds itself to: an import to the shell's .import, the history to the same in plain SQL,
# a closed month's report to a bare interpreter.
LIMITS = {"logi import": 5, "logi history": 2, "logi month": 12}
HISTORY = """SELECT i.code, i.name, ym, came, went, sum(came - went) OVER (PARTITION BY item_id ORDER BY ym), amount
FROM (SELECT item_id, substr(day, 1, 7) AS ym, sum(CASE dir WHEN 'I' THEN qty ELSE 0 END) AS came,
             sum(CASE dir WHEN 'O' THEN qty ELSE 0 END) AS went, sum(fen) AS amount
      FROM movement GROUP BY item_id, ym) JOIN item i ON i.id = item_id ORDER BY i.code, ym;"""


def main() -> int:
    """Make the files and ledgers, write the specs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--logi", type=Path, default=Path(sys.executable).with_name("logi"))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--months", type=int, default=240)
    parser.add_argument("--output", type=Path, default=HERE / "out")
    given = parser.parse_args()
    folder: Path = given.output.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(Path(os.path.abspath(given.logi)), folder)
    movements, year = folder / "movements.csv", folder / "year.csv"
    write_movements(movements, year, rows=given.rows, months=given.months)
    bench.blank()
    spec(folder / "stock-import.json", ".import", [
        {"name": ".import", "argv": ["sqlite3", "bare.db", ".mode csv", f".import {movements} m"],
         "before": ["rm", "-f", str(folder / "bare.db")]},
        bench.case("logi import", "imported.db", ["import", "stock", str(movements), "--create", "people,departments", "-q"],
                   before=["cp", str(folder / "blank.db"), str(folder / "imported.db")]),
    ], folder)  # fmt: skip
    whole, short = bench.filled("whole.db", movements, given.months), bench.filled("short.db", year, 12)
    bare = bench.bare(whole)
    last = month_after(START, given.months - 1)
    span = ["--since", START.isoformat(), "--until", (month_after(START, given.months) - timedelta(days=1)).isoformat()]
    spec(folder / "stock-history.json", "sqlite3", [
        {"name": "sqlite3", "argv": ["sh", "-c", f"sqlite3 {bare} < {folder / 'history.sql'} > history.csv"]},
        bench.case("logi history", whole, ["report", "item-months", *span, "-f", "csv", "-o", str(folder / "months.csv")]),
    ], folder)  # fmt: skip
    (folder / "history.sql").write_text(f".mode csv\n{HISTORY}\n", encoding="utf-8")
    spec(folder / "stock-month.json", BASE, [
        {"name": BASE, "argv": [interpreter(bench.logi), "-c", "pass"]},
        bench.case("logi month", whole, ["report", "by-item", last.isoformat()[:7]]),
        bench.case("logi month, a year's ledger", short, ["report", "by-item", "2005-12"]),
    ], folder)  # fmt: skip
    return 0


class Bench:
    """The program under test, its environment and its ledgers."""

    def __init__(self, logi: Path, folder: Path) -> None:
        self.logi, self.folder = logi, folder
        self.env = {"LOGI_LANG": "en", "LOGI_TODAY": "2026-01-31", "LOGI_ACTOR": "bench", "LOGI_NO_INPUT": "1",
                    "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "", "HOME": str(folder)}  # fmt: skip

    def case(self, name: str, ledger: str, argv: list[str], **more: Any) -> dict[str, Any]:
        """A case of the program on one ledger, with its limit if it has one."""
        found = {"name": name, "argv": [str(self.logi), "--ledger", str(self.folder / ledger), *argv], "env": self.env, **more}
        return {**found, "limit": LIMITS[name]} if name in LIMITS else found

    def run(self, ledger: str, *argv: str) -> None:
        """Run the program once, untimed."""
        line = [str(self.logi), "--ledger", str(self.folder / ledger), *argv]
        subprocess.run(line, check=True, env={**os.environ, **self.env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def blank(self) -> None:
        """A ledger that knows the items and nothing else."""
        for old in self.folder.glob("*.db*"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        self.run("blank.db", "init", "--school", "Bench", "--lang", "en", "--costing", "fifo", "--yes")
        self.run("blank.db", "import", "items", str(self.folder / "items.csv"), "-q")

    def filled(self, name: str, movements: Path, months: int) -> str:
        """A ledger with these movements, its first months closed by the stock book alone."""
        subprocess.run(["cp", str(self.folder / "blank.db"), str(self.folder / name)], check=True)
        self.run(name, "import", "stock", str(movements), "--create", "people,departments", "-q")
        here, ledger = str(HERE), str(self.folder / name)
        code = f"import sys; sys.path.insert(0, {here!r}); import stock; stock.close_months({ledger!r}, {months})"
        subprocess.run([interpreter(self.logi), "-c", code], check=True, env={**os.environ, **self.env})
        return name

    def bare(self, ledger: str) -> Path:
        """The movements alone in a file of their own, as one would keep them by hand."""
        path = self.folder / "bare-movements.db"
        make = f"""ATTACH '{self.folder / ledger}' AS l;
            CREATE TABLE item (id INTEGER PRIMARY KEY, code TEXT, name TEXT);
            CREATE TABLE movement (id INTEGER PRIMARY KEY, item_id INT, day TEXT, dir TEXT, qty INT, fen INT);
            INSERT INTO item SELECT id, code, name FROM l.stock_item;
            INSERT INTO movement SELECT id, item_id, on_day, iif(quantity_milli > 0, 'I', 'O'), abs(quantity_milli) / 1000,
                abs(value_fen) FROM l.stock_move;"""
        subprocess.run(["sqlite3", str(path), make], check=True)
        return path


def close_months(path: str, months: int) -> None:
    """Close the first months of a bench ledger."""
    from logi.books.stock import closing
    from logi.db import open_ledger
    from logi.journal import Who

    ledger = open_ledger(Path(path), Who("bench", "bench", None, "bench"), today=date(2026, 1, 31))
    for at in range(months):
        month = month_after(START, at).isoformat()[:7]
        with ledger.entry("month.close") as e:
            closing.close(e, month)
            e.insert("month_closed", month=month)
    ledger.close()


def write_movements(path: Path, year: Path, *, rows: int, months: int) -> None:
    """Receipts and issues by day, no item ever below zero; `year` holds those of the first twelve months."""
    chance = random.Random(7)
    days = (month_after(START, months) - START).days
    homes = [f"{grade}年级{n}班" for grade in "一二三四五六" for n in range(1, 6)] + ["总务处", "教务处", "食堂", "图书馆"]
    people = [f"{a}{b}" for a in "王李张刘陈杨黄赵吴周" for b in "伟芳娜敏静丽强磊军洋勇艳杰涛明"]
    prices, held = [chance.randint(50, 90000) for _ in range(ITEMS)], [0] * ITEMS
    items = [f"WP{n + 1:05d}" for n in range(ITEMS)]
    with path.with_name("items.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("code", "name", "unit"), *((code, f"物品{code}", "个") for code in items)])
    with path.open("w", encoding="utf-8", newline="") as all_, year.open("w", encoding="utf-8", newline="") as first:
        writers = [csv.writer(file, lineterminator="\n") for file in (all_, first)]
        for writer in writers:
            writer.writerow(HEADINGS)
        for n in range(rows):
            on = START + timedelta(days=n * days // rows)
            at = chance.randrange(ITEMS) if chance.random() < 0.5 else min(int(chance.paretovariate(0.6)) - 1, ITEMS - 1)
            inward = held[at] < 20 or chance.random() < 0.25
            quantity = chance.randint(20, 400) if inward else chance.randint(1, 20)
            held[at] += quantity if inward else -quantity
            fen = prices[at] * chance.randint(90, 110) // 100
            row = [on, items[at], f"物品{items[at]}", "入" if inward else "出", quantity, f"{fen // 100}.{fen % 100:02d}",
                   chance.choice(homes), chance.choice(people), f"PZ{n:08d}"]  # fmt: skip
            for writer in writers[: 1 + (on < month_after(START, 12))]:
                writer.writerow(row)


def month_after(day: date, months: int) -> date:
    """The first of the month so many months later."""
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


def spec(path: Path, base: str, cases: list[dict[str, Any]], cwd: Path) -> None:
    """Write a spec for bench.py and name it."""
    cases = [{**case, "cwd": str(cwd)} for case in cases]
    path.write_text(json.dumps({"base": base, "cases": cases}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(path)


if __name__ == "__main__":
    sys.exit(main())
