"""Torments: killed, interrupted, on a failing and a full disk, in hostile surroundings; nothing lost, nothing torn, no lie."""

import contextlib
import itertools
import os
import random
import resource
import shlex
import shutil
import signal
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from logi.verify import verify
from tests.trust.shooting import CLOSING, KINDS, ROUND, Range, months_closed, signal_name
from tests.trust.tormenting import LONG, PROGRAM, codes, count, ran, rows_file

pytestmark = pytest.mark.torment


# -- killed and interrupted ---------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "short", "long", "seed"), [
    (signal.SIGKILL, 21, 1050, 2), (signal.SIGTERM, 7, 210, 3), (signal.SIGINT, 7, 210, 4),
], ids=["KILL", "TERM", "INT"])  # fmt: skip
def test_shot_at_any_moment_nothing_is_lost_or_torn(logi, later: Path, number: int, short: int, long: int, seed: int) -> None:
    """Entries, imports, undo, copies, month closings, migrations, restores: as many shots as must really have stopped one."""
    range_ = Range(logi, later, number, seed)
    for n in itertools.count():
        if n % ROUND == 0:
            range_.fresh()
        if range_.count["killed"] >= count(short, long):
            break
        range_.shoot(KINDS[n % len(KINDS)], n)
    assert ran(logi, "person", "add", f"K{seed}-end", "还能用")[0] == 0
    print(f"{signal_name(number)}: {dict(range_.count)}")


# -- a disk that fails ---------------------------------------------------------------------------------


class Stage:
    """A folder on a disk that fails at will, with a fresh ledger for each try."""

    def __init__(self, logi, shim: Path) -> None:
        self.logi, self.shim = logi, shim
        self.home = logi.folder
        self.base = logi.folder / "base.db"
        shutil.move(logi.ledger, self.base)
        self.folder = Path(os.path.realpath(logi.folder)) / "disk"
        logi.ledger = self.folder / "ledger.db"
        logi.env["LOGI_LEDGER"] = str(logi.ledger)

    def fresh(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700)
        shutil.copy(self.base, self.logi.ledger)

    def play(self, words: list[str], at: int = 0, act: str = "", always: bool = False) -> tuple[int, str, str]:
        env = {"LD_PRELOAD": str(self.shim), "TORMENT_FOLDER": str(self.folder), "TORMENT_AT": str(at), "TORMENT_ACT": act}
        if always:
            env["TORMENT_ALWAYS"] = "1"
        if not at:
            env["TORMENT_COUNT"] = str(self.home / "changes")
        return ran(self.logi, *words, **env)

    def changes(self, words: list[str]) -> int:
        """How often the command changes a file, when nothing fails."""
        (self.home / "changes").unlink(missing_ok=True)
        self.fresh()
        code, _, err = self.play(words)
        assert code == 0, err
        return (self.home / "changes").stat().st_size


def people(path: Path) -> set[str]:
    """Who is registered."""
    return set(codes(path))


def line(stage: Stage, command: str) -> tuple[list[str], Any]:
    """A command's words, and what is to be seen once it is done."""
    if command == "close":
        stage.base.unlink()
        for one in CLOSING:
            stage.logi(one, LOGI_LEDGER=str(stage.base))
        stage.logi.env["LOGI_TODAY"] = "2025-10-05"
        return ["month", "close", "2025-09"], (["2025-09"], 4, 2)
    before = people(stage.base)
    if command == "add":
        return ["person", "add", "S90", "新人"], before | {"S90"}
    if command == "import":
        file = stage.home / "rows.csv"
        return ["import", "people", str(file)], before | rows_file(file, "I", count(150, 400))
    if command == "undo":
        return ["undo", "2"], before - {"S03"}
    if command == "restore":
        return ["restore", str(stage.home / "copy.db"), "--yes"], before
    if command == "init":
        return ["--ledger", str(stage.folder / "new.db"), "init", "--school", "x", "--yes"], before
    return ["backup", str(stage.folder / "copy.db")], before


ACTS = ("kill", "eio", "full", "short", "eio always", "full always")
COMMANDS = ("add", "import", "undo", "close", "backup", "restore", "init")
COPIES = {"backup": 60, "restore": 60, "init": 60}  # of the hundreds of writes by which a file is copied page by page
SHORT = [*((command, "kill") for command in COMMANDS), *(("import", act) for act in ACTS[1:]), ("backup", "full"), ("init", "eio")]


@pytest.mark.parametrize(("command", "act"), [(c, a) for c in COMMANDS for a in ACTS] if LONG else SHORT)
def test_a_disk_that_fails_at_any_write_tears_nothing(logi, shim: Path, command: str, act: str) -> None:
    stage = Stage(logi, shim)
    if command == "undo":  # S03 keeps a room: let nothing stand on entry 2
        logi.env["LOGI_LEDGER"] = str(stage.base)
        assert ran(logi, "place", "edit", "A205", "--keeper", "S15")[0] == 0
        logi.env["LOGI_LEDGER"] = str(logi.ledger)
    if command == "restore":
        shutil.copy(stage.base, stage.home / "copy.db")
    words, after = line(stage, command)
    seen = months_closed if command == "close" else people
    before, total = seen(stage.base), stage.changes(words)
    points = sorted(random.Random(f"{command} {act}").sample(range(1, total + 1), min(total, count(2, COPIES.get(command, 1000)))))
    for at in points:
        stage.fresh()
        name, _, always = act.partition(" ")
        code, out, err = stage.play(words, at, name, bool(always))
        where = f"{command}, {act} at change {at} of {total}: exit {code}\n{out}{err}"
        assert "Traceback" not in err, where
        assert code in (0, 6, -signal.SIGKILL) or (code == 7 and command == "backup"), where
        judge(stage, command, bool(out) and code == 0, (before, after, seen), where)
    print(f"{command}, {act}: {len(points)} of {total} changes struck")


def judge(stage: Stage, command: str, acknowledged: bool, states: tuple[Any, Any, Callable[[Path], Any]], where: str) -> None:
    """What is there after a failure, and that the next command works."""
    before, after, seen = states
    ledger = stage.logi.ledger
    made = {"backup": stage.folder / "copy.db", "init": stage.folder / "new.db"}.get(command)
    if made is not None:
        assert made.exists() or not acknowledged, where
        assert not made.exists() or verify(made).clean, where
    if command == "restore" and not ledger.exists():  # cut off between the two renamings: the old one stands beside
        [ledger] = stage.folder.glob("ledger-set-aside-*.db")
    found = verify(ledger)
    assert found.clean, (where, found.findings)
    there = seen(ledger)
    assert there in (before, after), f"torn\n{where}"
    assert there == after or not acknowledged, f"acknowledged and lost\n{where}"
    if command == "import":
        again = ran(stage.logi, "import", "people", str(stage.home / "rows.csv"))
        assert again[0] in (0, 4), (where, again)
        assert sorted(codes(ledger)) == sorted(after), where


def test_a_file_that_may_not_grow_ends_with_6_and_an_unchanged_ledger(logi) -> None:
    file = logi.folder / "rows.csv"
    rows_file(file, "I", count(900, 3000))
    before, size = codes(logi.ledger), logi.ledger.stat().st_size
    for limit in (4096, size // 2, size + 4096, size + 60_000):
        process = limited(logi, ["import", "people", str(file)], resource.RLIMIT_FSIZE, limit)
        assert process.returncode in (6, -signal.SIGXFSZ), process.stderr
        assert "Traceback" not in process.stderr
        assert codes(logi.ledger) == before
        assert verify(logi.ledger).clean
    assert ran(logi, "import", "people", str(file))[0] == 0


def limited(logi, words: list[str], what: int, limit: int) -> subprocess.CompletedProcess[str]:
    """A command under a limit of the system."""
    return subprocess.run([*PROGRAM, *words], env=logi.env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          preexec_fn=lambda: resource.setrlimit(what, (limit, limit)))  # fmt: skip


def test_a_full_disk_can_be_read_and_is_written_again_once_there_is_room(logi) -> None:
    """A file system of 6 MB, where the system lets us mount one."""
    place = logi.folder / "disk"
    place.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("NO MOUNTING HERE (needs root): a full disk was NOT tried")
    try:
        ledger = Path(shutil.copy(logi.ledger, place / "ledger.db"))
        logi.env["LOGI_LEDGER"] = str(ledger)
        with (place / "fill").open("wb", buffering=0) as fill, contextlib.suppress(OSError):
            while fill.write(bytes(4096)):
                pass
        before = codes(ledger)
        for words in (["person", "add", "S90", "甲"], ["backup", str(place / "copy.db")]):
            code, _, err = ran(logi, *words)
            assert (code, "Traceback" in err) == (6, False), err
        assert ran(logi, "person", "list")[0] == 0
        assert ran(logi, "audit", "verify")[0] == 0
        assert codes(ledger) == before
        assert sorted(one.name for one in place.iterdir()) == ["fill", "ledger.db"]
        (place / "fill").unlink()
        assert ran(logi, "person", "add", "S90", "甲")[0] == 0
        assert verify(ledger).clean
    finally:
        subprocess.run(["umount", str(place)], check=True)


# -- surroundings --------------------------------------------------------------------------------------

PATH = "/usr/bin:/bin"
SURROUNDINGS: dict[str, dict[str, str]] = {
    "cron": {"PATH": PATH},
    "nothing at all": {},
    "C": {"PATH": PATH, "LC_ALL": "C"},
    "POSIX, no coercion": {"PATH": PATH, "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "ASCII": {"PATH": PATH, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    "GBK": {"PATH": PATH, "LANG": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"},
    "dumb": {"PATH": PATH, "TERM": "dumb", "NO_COLOR": "1"},
    "one column": {"PATH": PATH, "COLUMNS": "1", "LINES": "1"},
    "forty columns": {"PATH": PATH, "COLUMNS": "40", "FORCE_COLOR": "1"},
    "no home": {"PATH": PATH, "HOME": "/nonexistent"},
    "empty home": {"PATH": PATH, "HOME": ""},
    "odd zone": {"PATH": PATH, "TZ": ":/etc/passwd"},
    "warnings are errors": {"PATH": PATH, "PYTHONWARNINGS": "error"},
    "optimised": {"PATH": PATH, "PYTHONOPTIMIZE": "2"},
}


@pytest.mark.parametrize("name", SURROUNDINGS if LONG else ["nothing at all", "POSIX, no coercion", "GBK", "warnings are errors"])
def test_the_same_is_written_wherever_logi_runs(logi, name: str) -> None:
    kept = {key: logi.env[key] for key in ("LOGI_LEDGER", "LOGI_LANG", "LOGI_TODAY", "LOGI_ACTOR")}
    logi.env = {**kept, **SURROUNDINGS[name]}
    for words in (["person", "add", "中文1", "桌子𠮷😀"], ["person", "list"], ["audit", "verify"]):
        process = subprocess.run([*PROGRAM, *words], env=logi.env, stdin=subprocess.DEVNULL, capture_output=True)
        assert (process.returncode, b"Traceback" in process.stderr) == (0, False), (words, process.stderr)
    db = sqlite3.connect(logi.ledger)
    assert db.execute("SELECT name FROM school_person WHERE code = '中文1'").fetchone() == ("桌子𠮷😀",)
    db.close()


@pytest.mark.parametrize(("words", "tail", "wanted"), [
    ("person list", ">&-", {0, 6}), ("person list", ">/dev/full", {6}), ("person list", "| true; exit ${PIPESTATUS[0]}", {0, 141}),
    ("person list", "2>&-", {0}), ("person list", "<&-", {0}), ("person list", "<&- >&- 2>&-", {0, 6}),
    ("person add S90 甲", ">/dev/full", {0, 6}), ("person add S90 甲", ">&-", {0, 6}),
    ("person add S90 甲", "| true; exit ${PIPESTATUS[0]}", {0, 141}), ("person add S90 甲", "<&- >&- 2>&-", {0, 6}),
])  # fmt: skip
def test_what_cannot_be_said_is_saved_all_the_same(logi, words: str, tail: str, wanted: set[int]) -> None:
    if not shutil.which("bash"):
        pytest.skip("NO BASH HERE: closed streams were NOT tried")
    process = subprocess.run(["bash", "-c", f"{shlex.join(PROGRAM)} {words} {tail}"], env=logi.env, capture_output=True, text=True)
    assert process.returncode in wanted, process.stderr
    assert "Traceback" not in process.stderr
    assert ("add" in words) == ("S90" in codes(logi.ledger))
    assert verify(logi.ledger).clean


def gone() -> None:
    """Stand in a folder that is no more."""
    folder = f"/tmp/gone-{os.getpid()}"
    os.mkdir(folder)
    os.chdir(folder)
    os.rmdir(folder)


@pytest.mark.parametrize(("limit", "wanted"), [
    (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12)), {0, 6}),
    (lambda: resource.setrlimit(resource.RLIMIT_AS, (80 << 20, 80 << 20)), {0, 1, 6}),
    (lambda: os.umask(0), {0}), (gone, {0}),
], ids=["few files", "little memory", "umask 0", "no folder"])  # fmt: skip
def test_little_room_to_work_in_tears_nothing(logi, limit: Callable[[], object], wanted: set[int]) -> None:
    process = subprocess.run([*PROGRAM, "person", "add", "S90", "甲"], env={**logi.env, "PYTHONPATH": os.getcwd()},
                             capture_output=True, text=True, preexec_fn=limit)  # fmt: skip
    assert process.returncode in wanted, process.stderr
    assert (process.returncode == 0) == ("S90" in codes(logi.ledger))
    assert verify(logi.ledger).clean


def test_a_new_ledger_is_private_whatever_the_umask(logi) -> None:
    path = logi.folder / "deep" / "new.db"
    subprocess.run([*PROGRAM, "--ledger", str(path), "init", "--school", "x", "--yes"], env=logi.env, check=True,
                   capture_output=True, preexec_fn=lambda: os.umask(0))  # fmt: skip
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
