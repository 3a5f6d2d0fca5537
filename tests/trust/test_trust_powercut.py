"""Power cuts: after every change a command makes, the disk in every state it may be in; nothing confirmed is lost, nothing torn."""

import hashlib
import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from logi.registry import ledger_format
from logi.verify import verify
from tests.trust.powercut import WAYS, Disk, laid_out, records
from tests.trust.shooting import CLOSING, OLD, months_closed, steps_by, steps_done
from tests.trust.tormenting import LONG, PROGRAM, codes, count, ran, rows_file

pytestmark = pytest.mark.torment


class Step:
    """A command, where its file is, what can be seen of it there, before it and after it."""

    def __init__(self, words: list[str], before: Any, after: Any, seen: Callable[[Path], Any], *, made: str | None = None,
                 env: dict[str, str] | None = None) -> None:  # fmt: skip
        self.words, self.before, self.after, self.seen, self.made, self.env = words, before, after, seen, made, env or {}


def people(path: Path) -> set[str]:
    return set(codes(path))


class Area:
    """Folders whose every change is written down."""

    def __init__(self, logi, shim: Path) -> None:
        self.logi, self.shim = logi, shim
        self.root = Path(os.path.realpath(logi.folder)) / "area"
        self.ledger = self.root / "school" / "ledger.db"
        self.ledger.parent.mkdir(parents=True)
        self.log = logi.folder / "log"
        self.found = logi.folder / "found"

    def step(self, command: str, later: Path) -> Step:
        """A command of a kind, and its ledger made ready."""
        logi, ledger = self.logi, self.ledger
        shutil.copy(logi.ledger, ledger)
        logi.env["LOGI_LEDGER"] = str(ledger)
        before = people(ledger)
        if command == "import":
            file = logi.folder / "rows.csv"
            return Step(["import", "people", str(file)], before, before | rows_file(file, "I", 150), people)
        if command == "undo":
            assert ran(logi, "person", "add", "S90", "新人")[0] == 0
            return Step(["undo", "15"], before | {"S90"}, before, people)
        if command == "backup":
            return Step(["backup", str(ledger.parent / "copies" / "new" / "copy.db")], before, before, people, made="school/copies/new/copy.db")
        if command == "init":
            path = ledger.parent / "other" / "deep" / "new.db"
            return Step(["--ledger", str(path), "init", "--school", "x", "--yes"], before, before, people, made="school/other/deep/new.db")
        if command == "restore":
            copy = logi.folder / "copy.db"
            shutil.copy(ledger, copy)
            assert ran(logi, "person", "add", "S90", "新人")[0] == 0
            return Step(["restore", str(copy), "--yes"], before | {"S90"}, before, people)
        if command == "close":
            ledger.unlink()
            for line in CLOSING:
                logi(line)
            return Step(["month", "close", "2025-09"], ([], 0, 0), (["2025-09"], 4, 2), months_closed, env={"LOGI_TODAY": "2025-10-05"})
        if command == "migrate":
            shutil.copy(OLD, ledger)
            ledger.chmod(0o600)
            return Step(["migrate"], steps_done(ledger), steps_by(logi, later), steps_done, env={"PYTHONPATH": str(later)})
        return Step(["person", "add", "S90", "新人"], before, before | {"S90"}, people)

    def played(self, step: Step) -> list[Any]:
        """What the command did, change by change."""
        self.log.unlink(missing_ok=True)
        # -P: the folder it starts in is not searched for modules, so that PYTHONPATH may name a later program.
        env = {"LD_PRELOAD": str(self.shim), "TORMENT_FOLDER": str(self.root), "TORMENT_LOG": str(self.log), "PYTHONSAFEPATH": "1",
               "PYTHONPATH": os.getcwd(), **step.env}  # fmt: skip
        code, out, err = ran(self.logi, *step.words, **env)
        assert (code, bool(out)) == (0, True), err
        return list(records(self.log))


COMMANDS = ("add", "import", "undo", "close", "migrate", "backup", "restore", "init")


@pytest.mark.parametrize("command", COMMANDS)
def test_after_a_power_cut_all_that_was_confirmed_is_there(logi, shim: Path, later: Path, command: str) -> None:
    area = Area(logi, shim)
    step = area.step(command, later)
    disk = Disk(area.root)
    did = area.played(step)
    assert [one.kind for one in did].count("A") >= 1
    assert sum(one.kind == "s" for one in did) >= 2  # the log is whole: something was synced
    chance = random.Random(f"power {command}")
    points = set(range(len(did))) if LONG else {*chance.sample(range(len(did)), 4), len(did) - 1}
    told, seen = False, set()
    for at, one in enumerate(did):
        if one.kind == "A":
            told = True
        else:
            disk.happens(one)
        for way in (WAYS * count(1, 3) if at in points else ()):
            state = disk.cut(way, chance)
            mark = hashlib.sha256(repr((told, sorted(state.items()))).encode()).digest()
            if mark not in seen:
                seen.add(mark)
                laid_out(state, area.root, area.found)
                judge(area, step, told, f"{command}: power cut after change {at + 1} of {len(did)} ({one.kind} {one.path}), {way}")
    print(f"power cut, {command}: {len(did)} changes, {len(seen)} different states")


def judge(area: Area, step: Step, told: bool, where: str) -> None:
    """What is found once the power is back."""
    ledger = area.found / "school" / "ledger.db"
    if not ledger.exists() and step.words[0] == "restore" and not told:  # cut off between two names: the old one stands beside
        [ledger, *_] = sorted(ledger.parent.glob("ledger-set-aside-*.db"))
    assert ledger.exists(), where
    with ledger.open("rb") as file:
        version = int.from_bytes(file.read(64)[60:], "big")
    if version > ledger_format():  # only the later program can tell
        done = subprocess.run([PROGRAM[0], "-P", *PROGRAM[1:], "--ledger", str(ledger), "audit", "verify"], env={**area.logi.env, **step.env},
                              capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, (where, done.stdout, done.stderr)
    else:
        found = verify(ledger)
        assert found.clean, (where, found.findings)
    there = step.seen(ledger)
    assert there in (step.before, step.after), f"torn: {where}"
    assert there == step.after or not told, f"confirmed and lost: {where}"
    if step.made is not None:
        made = area.found / step.made
        assert made.exists() or not told, f"confirmed and lost: {where}"
        if made.exists():
            found = verify(made)
            assert found.clean, (where, found.findings)
