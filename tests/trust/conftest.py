"""A small ledger with a past worth doctoring: people, places, numbers, approvals, an undo and a redo."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from logi import undo
from logi.books.school import actions as school
from logi.confirming import finish
from logi.core import messages
from logi.core.answers import Confirmation
from logi.db import Ledger, create
from logi.journal import Entry, Who
from logi.opening import fill_new
from tests import keeping

DAY = date(2025, 9, 30)
ROOT = Path(__file__).resolve().parent.parent.parent
DIARY = '''"""A book that came later."""

from logi.core.tables import STATE_COLUMNS, State

TABLES = (State("diary_page"),)
MIGRATIONS = {"m001_diary": f"CREATE TABLE diary_page ({STATE_COLUMNS}, words TEXT NOT NULL) STRICT"}
'''
SEED = '''"""What a diary holds from the start, also in ledgers older than it."""


def seed(e, *, costing, threshold_rules):
    e.insert("diary_page", words="first")


def grow(e, applied):
    if "diary.m001_diary" in applied:
        e.insert("diary_page", words="first, later")
'''
BURSAR = Who("周入库", "zhou", 1000, "office")


def approved(e: Entry) -> Confirmation:
    """A document gets its number and an approval."""
    number = e.number("CZ", "2025", book="school", kind="document")
    e.insert("approval", on_day=date(2025, 9, 1), number=number, level="principal", by_whom="郑示园", doc_no="校务会12",
             decision="yes")  # fmt: skip
    return Confirmation("approve", number, facts={"by": "郑示园"})


def raw(path: Path) -> sqlite3.Connection:
    """The file as any other program opens it, without the waiting for the disk."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA journal_mode=MEMORY")
    return db


def story(ledger: Ledger) -> None:
    """Eleven entries: what the doctoring tests lean on."""

    def act(action: str, do: Callable[[Entry], Confirmation]) -> None:
        with ledger.entry(action) as e:
            finish(e, do(e))

    messages.use("en")
    act("init", lambda e: fill_new(e, school="测试学校", lang="en", costing="fifo", threshold_rules="2022",
                                   zone="Asia/Shanghai", ledger_id="00112233aabbccdd"))  # fmt: skip
    act("person.add", lambda e: school.add_person(e, "S03", "钱样真", post="总务主任"))
    act("person.add", lambda e: school.add_person(e, "S06", "周入库", post="保管员"))
    act("place.add", lambda e: school.add_place(e, "A205", "四年级教室", keeper="S03"))
    act("person.edit", lambda e: school.edit_person(e, "S06", post="仓库保管员"))
    act("approve", approved)
    act("approve", approved)
    act("undo", lambda e: undo.undo(e, [7]))
    act("place.add", lambda e: school.add_place(e, "B203", "信息教室"))
    act("undo", lambda e: undo.undo(e, [9]))
    act("redo", lambda e: undo.redo(e, 9, actor=BURSAR.actor))


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of `story`, made once; tests take copies."""
    path = tmp_path_factory.mktemp("trust") / "base.db"
    ticks = iter(range(1, 1000))
    start = datetime(2025, 9, 30, 1, 0, tzinfo=UTC)
    create(path, story, BURSAR, today=DAY, clock=lambda: start + timedelta(minutes=next(ticks)))
    return path


@pytest.fixture
def copy(base: Path, tmp_path: Path) -> Path:
    """A private copy of the story's ledger."""
    return Path(shutil.copy(base, tmp_path / "ledger.db"))


@pytest.fixture
def doctored(copy: Path) -> Callable[..., Path]:
    """Changes the copy as somebody would who takes the guards away first and puts them back afterwards."""

    def doctor(*statements: str) -> Path:
        db = raw(copy)
        touched = " ".join(statements)
        query = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND instr(?, tbl_name)"
        guards = db.execute(query, (touched,)).fetchall()
        for name, _ in guards:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.executescript(statement)
        for _, sql in guards:
            db.execute(sql)
        db.close()
        return copy

    return doctor


@pytest.fixture(autouse=True)
def english() -> None:
    """Sentences are compared in English."""
    messages.use("en")


@pytest.fixture(scope="session")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program a version on: one more column for people, one more book."""
    root = tmp_path_factory.mktemp("later")
    shutil.copytree(ROOT / "logi", root / "logi", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "data").symlink_to(ROOT / "data")
    card = root / "logi/books/school/book.toml"
    text = card.read_text("utf-8")
    card.write_text(re.sub(r"(?m)^schema = ([0-9]+)$", lambda m: f"schema = {int(m[1]) + 1}", text), "utf-8")
    with (root / "logi/books/school/schema.py").open("a", encoding="utf-8") as file:
        file.write('\nMIGRATIONS["m900_hat"] = "ALTER TABLE school_person ADD COLUMN hat TEXT"\n')
    book = root / "logi/books/diary"
    book.mkdir()
    (book / "__init__.py").write_text('"""The diary."""\n')
    (book / "book.toml").write_text('order = 990\nschema = 1\nneeds = []\nreports = []\nimports = []\n[title]\nen = "Diary."\n')
    (book / "schema.py").write_text(DIARY)
    (book / "seed.py").write_text(SEED)
    return root


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that lets the disk fail."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or os.uname().sysname != "Linux":
        pytest.skip("NO C COMPILER HERE: that the disk fails at every write was NOT tried; install gcc")
    library = tmp_path_factory.mktemp("shim") / "faults.so"
    source = Path(__file__).with_name("faults.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-w", "-o", str(library), str(source), "-ldl"], check=True)
    return library


@pytest.fixture(autouse=True)
def opened_by_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here files change under the program: every line opens its own, as at a terminal."""
    monkeypatch.setattr(keeping, "ENABLED", False)
