"""Hostile and careless lines by the hundred, made from the real tree of commands: no fault, nothing raw, refused means unwritten."""

import os
from pathlib import Path

import pytest

from tests.trust.fuzzing import HOSTILE, Said, fuzz, tree, wrongs
from tests.trust.tormenting import count


@pytest.fixture(scope="module")
def demo(demo_school: Path) -> Path:
    """A ledger with something of everything in it."""
    return demo_school


@pytest.fixture
def cell(tmp_path: Path) -> Path:
    """Where the playing is done: in memory where there is such a place."""
    return tmp_path / "cell"


def told(failed: dict[str, str]) -> str:
    return "\n".join(f"- {wrong}\n    {line}" for wrong, line in failed.items())


def test_the_fuzzer_knows_every_command_and_sees_what_is_wrong(logi, tmp_path: Path) -> None:
    """Its own test: a fault, a raw escape, a refusal that wrote and a silent one are each noticed."""
    names = {" ".join(path) for path, _ in tree()}
    assert {"stock in", "repair open", "month close", "asset count start", "audit verify", "restore"} <= names
    assert any("\ud800" in one for one in HOSTILE)
    ledger, file = "/x/ledger.db", "/x/out.csv"
    before = {ledger: (1, 1)}
    assert not list(wrongs(["person", "list"], Said(0, "People\n", "", 0.1), before, before, ledger))
    for said, after, words in (
        (Said(1, "", "A fault", 0.1), before, ["person", "list"]), (Said(0, "a\x1b[31m", "", 0.1), before, ["person", "list"]),
        (Said(4, "", "no", 0.1), {ledger: (2, 2)}, ["person", "add"]), (Said(3, "", "", 0.1), before, ["person", "show"]),
        (Said(0, "", "", 99), before, ["person", "list"]), (Said(9, "", "x", 0.1), before, ["person", "list"]),
        (Said(0, "", "", 0.1), {file: (1, 1)}, ["person", "list"]), (Said(0, "", "", 0.1), {ledger: (2, 2)}, ["undo", "--dry-run"]),
    ):  # fmt: skip
        assert list(wrongs(words, said, before, after, ledger)), (said.code, said.out)


@pytest.mark.parametrize("seed", [1, 2])
def test_hostile_lines_are_refused_and_never_a_fault(demo: Path, cell: Path, seed: int) -> None:
    ends, failed = fuzz(demo, cell, 250, seed)
    assert not failed, told(failed)
    assert ends[0] >= 30  # not all of them are nonsense
    assert ends[2] >= 30


@pytest.mark.torment
def test_a_hundred_thousand_hostile_lines(demo: Path, cell: Path) -> None:
    place = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else cell
    ends, failed = fuzz(demo, place / f"logi-fuzz-{os.getpid()}" / "cell", count(300, 100_000), 3)
    print(dict(ends))
    assert not failed, told(failed)


@pytest.mark.torment
def test_a_thousand_hostile_lines_as_processes(demo: Path, cell: Path) -> None:
    ends, failed = fuzz(demo, cell, count(12, 1000), 4, processes=True)
    print(dict(ends))
    assert not failed, told(failed)
