"""Every verb of every book: undone backwards the ledger shows what it showed, redone what it became, replayed what it holds."""

import contextlib
import os
import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logi import journal
from logi.verify import verify
from tests.conftest import Terminal
from tests.house.test_pages import HERE, PAGES, steps
from tests.trust.fuzzing import Maker
from tests.trust.replaying import lists, replayed, tables
from tests.trust.tormenting import count

# What is not taken back by undo, and lines that leave this ledger for another.
APART = {"month close", "month reopen", "init", "demo", "restore", "migrate", "backup", "run", "shell", "undo", "redo"}
ELSEWHERE = {"--ledger", "--paste", "-"}  # lines about another file, or that would read the lines after them
TODAY = "2026-08-31"  # the demo's last day


def opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    return db


def standing(path: Path, first: int) -> list[int]:
    """Entries from one on that could still be undone, newest first."""
    with contextlib.closing(opened(path)) as db:
        found = [row["seq"] for row in journal.log(db) if row["seq"] >= first]
        return [n for n in found if journal.undone_by(db, n) is None and not journal.is_undoing(db, n)]


def seen(path: Path) -> dict[str, Any]:
    with contextlib.closing(opened(path)) as db:
        return lists(db)


def differing(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The tables that differ, and how."""
    return {
        table: (sorted(set(one[table]) - set(other[table]))[:3], sorted(set(other[table]) - set(one[table]))[:3])
        for table in one if one[table] != other[table]
    }  # fmt: skip


def taken_back_and_redone(terminal: Terminal, before: dict[str, Any], first: int) -> int:
    """Undo everything from an entry on, backwards; redo it forwards; replay. Returns how many entries that were."""
    became, taken = seen(terminal.ledger), standing(terminal.ledger, first)
    terminal("run -", stdin="\n".join(f"undo {seq}" for seq in taken))
    assert differing(seen(terminal.ledger), before) == {}
    terminal("run -", stdin="\n".join(f"redo {seq}" for seq in reversed(taken)))
    assert differing(seen(terminal.ledger), became) == {}
    with contextlib.closing(opened(terminal.ledger)) as db:
        assert replayed(db) == tables(db)
    found = verify(terminal.ledger)
    assert found.clean, found.findings
    return len(taken)


@pytest.mark.parametrize("path", [page for page in PAGES if page.name != "trust.md"], ids=lambda p: str(p.relative_to(HERE.parent)))
def test_all_that_a_book_s_page_does_can_be_taken_back_and_done_again(path: Path, logi: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages know every command of every book; what closes a month is left out, for it is reopened, not undone."""
    monkeypatch.chdir(logi.folder)
    first, before = 15, seen(logi.ledger)
    lines = [line for line, _, _ in steps(path.read_text("utf-8"))]
    kept = [one for one in lines if APART.isdisjoint({" ".join(one.split()[:2]), one.split()[0]}) and ELSEWHERE.isdisjoint(one.split())]
    logi("shell", code=None, stdin="\n".join(kept))  # a refusal ends nothing there
    taken_back_and_redone(logi, before, first)


@pytest.fixture(scope="module")
def demo(demo_school: Path) -> Path:
    """A school year to go on from."""
    return demo_school


@pytest.fixture(scope="module")
def maker(demo: Path) -> Maker:
    made = Maker(demo, 0, malices=(0.0,))
    made.commands = [one for one in made.commands if " ".join(one[0][:2]) not in APART and one[0][0] not in APART | {"report", "export"}]
    return made


ACTIONS: set[str] = set()


def played(terminal: Terminal, maker: Maker, seeds: list[int]) -> None:
    """Lines, each made from one number; many are refused, and that is as it should be."""
    import shlex

    for seed in seeds:
        maker.chance = random.Random(seed)
        terminal(shlex.join(maker.line()), code=None)


@settings(max_examples=3)
@given(seeds=st.lists(st.integers(0, 2**32), min_size=10, max_size=25))
def test_any_lines_can_be_taken_back_and_done_again(demo: Path, maker: Maker, tmp_path_factory: pytest.TempPathFactory, seeds: list[int]) -> None:
    come_and_gone(demo, maker, tmp_path_factory.mktemp("lines"), seeds)


@pytest.mark.torment
@settings(max_examples=count(3, 60))
@given(seeds=st.lists(st.integers(0, 2**32), min_size=30, max_size=120))
def test_many_lines_can_be_taken_back_and_done_again(demo: Path, maker: Maker, tmp_path_factory: pytest.TempPathFactory, seeds: list[int]) -> None:
    come_and_gone(demo, maker, tmp_path_factory.mktemp("lines"), seeds)
    print(len(ACTIONS), "kinds of act:", " ".join(sorted(ACTIONS)))


def come_and_gone(demo: Path, maker: Maker, folder: Path, seeds: list[int]) -> None:
    """Lines played on the demo's ledger, taken back, done again."""
    terminal = Terminal(folder)
    terminal.env["LOGI_TODAY"] = TODAY
    here = os.getcwd()
    os.chdir(terminal.folder)
    try:
        shutil.copy(demo, terminal.ledger)
        before = seen(terminal.ledger)
        with contextlib.closing(opened(terminal.ledger)) as db:
            first = journal.next_seq(db)
        played(terminal, maker, seeds)
        taken_back_and_redone(terminal, before, first)
        with contextlib.closing(opened(terminal.ledger)) as db:
            ACTIONS.update(row[0] for row in db.execute("SELECT action FROM entry WHERE seq >= ?", (first,)))
    finally:
        os.chdir(here)
        shutil.rmtree(terminal.folder)
