"""Shooting at a logi at work: what it was told to do, what may stand in the ledger afterwards, and the shot itself."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from logi.verify import verify
from tests.trust.tormenting import PROGRAM, codes, ran, rows_file

ROOT = Path(__file__).resolve().parent.parent.parent
OLD = ROOT / "tests" / "ledgers" / "format-8.db"
ROUND = 40  # shots after which the ledger is a fresh one: what is verified each time must not grow for ever
KINDS = ("add", "import", "undo", "backup", "close", "migrate", "restore")
CLOSING = (  # a month of stock whose prices are only settled by the closing
    "init --school x --lang en --costing month-average --yes", "person add S03 钱样真", "place add A205 教室",
    "vendor add V01 青禾", "item add I1 粉笔 --unit 盒", "item add I2 A4纸 --unit 箱",
    "stock in I1 100@3.33 I2 30@100.01 --from V01 --on 2025-09-02", "stock out I1 7 I2 1 --to 教务处 --by S03 --on 2025-09-03",
    "stock in I1 10@4 --from V01 --on 2025-09-08", "stock out I1 50 I2 3 --to 教务处 --by S03 --on 2025-09-09",
)  # fmt: skip


class Act:
    """A command, what can be seen of it in the ledger, and what is to be seen before and after it."""

    def __init__(self, words: list[str], before: Any, after: Any, *, seen: Callable[[Path], Any] = lambda path: set(codes(path)),
                 copy: Path | None = None, env: dict[str, str] | None = None) -> None:  # fmt: skip
        self.words, self.before, self.after, self.seen, self.copy, self.env = words, before, after, seen, copy, env or {}


def months_closed(path: Path) -> tuple[list[str], int, int]:
    """The months closed, how many issues a closing has priced, and how many items it has balanced; read without logi."""
    db = sqlite3.connect(path)
    try:
        months = [row[0] for row in db.execute("SELECT month FROM month_closed WHERE void = 0 ORDER BY month")]
        counts = [db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("stock_price", "stock_closing")]
        return months, counts[0], counts[1]
    finally:
        db.close()


def steps_done(path: Path) -> int:
    """How many migrations a ledger has been through."""
    db = sqlite3.connect(path)
    try:
        return int(db.execute("SELECT COUNT(*) FROM _sqlite_migrations").fetchone()[0])
    finally:
        db.close()


def steps_by(terminal, later: Path) -> int:
    """How many migrations the oldest kept ledger has been through once the later program has migrated it."""
    trial = terminal.folder / "trial.db"
    shutil.copy(OLD, trial)
    trial.chmod(0o600)
    env = {"LOGI_LEDGER": str(trial), "PYTHONPATH": str(later), "PYTHONSAFEPATH": "1"}
    code, _, err = ran(terminal, "migrate", **env)
    assert code == 0, err
    return steps_done(trial)


def newest(path: Path) -> tuple[int, set[str]]:
    """The newest entry that registered somebody still there, and whom."""
    db = sqlite3.connect(path)
    try:
        [entry] = db.execute("SELECT MAX(entry) FROM school_person WHERE void = 0").fetchone()
        return entry, {row[0] for row in db.execute("SELECT code FROM school_person WHERE void = 0 AND entry = ?", (entry,))}
    finally:
        db.close()


class Range:
    """Where is shot: a ledger that goes on from shot to shot, others made anew, and how long each kind of act takes."""

    def __init__(self, terminal, later: Path, number: int, seed: int) -> None:
        self.terminal, self.later, self.number, self.seed = terminal, later, number, seed
        self.chance = random.Random(seed)
        self.base = terminal.folder / "base.db"
        shutil.copy(terminal.ledger, self.base)
        self.closing = terminal.folder / "closing.db"
        for line in CLOSING:
            terminal(line, LOGI_LEDGER=str(self.closing))
        self.other = terminal.folder / "other" / "ledger.db"
        self.other.parent.mkdir()
        self.steps = steps_by(terminal, later)
        self.spans: dict[str, float] = {}
        self.count: Counter[str] = Counter()

    def fresh(self) -> None:
        """The ledger that goes on begins anew; one entry is there that undo may take back."""
        shutil.copy(self.base, self.terminal.ledger)
        assert ran(self.terminal, "person", "add", f"K{self.seed}", "量一下")[0] == 0

    def act(self, kind: str, name: str) -> Act:
        """An act of a kind, ready to be started."""
        ledger = self.terminal.ledger
        if kind in ("close", "migrate", "restore"):
            return self._elsewhere(kind, name)
        before = set(codes(ledger))
        if kind == "import":
            file = self.terminal.folder / "rows.csv"
            return Act(["import", "people", str(file)], before, before | rows_file(file, name, 30))
        if kind == "backup":
            copy = self.terminal.folder / "copies" / f"{name}.db"
            return Act(["backup", str(copy)], before, before, copy=copy)
        if kind == "undo" and any(code.startswith("K") for code in before):
            entry, gone = newest(ledger)
            return Act(["undo", str(entry)], before, before - gone)
        return Act(["person", "add", name, "人" * 50], before, before | {name})

    def _elsewhere(self, kind: str, name: str) -> Act:
        """Acts that need a ledger of their own, made anew for each shot."""
        for one in self.other.parent.iterdir():
            shutil.rmtree(one) if one.is_dir() else one.unlink()
        env = {"LOGI_LEDGER": str(self.other)}
        if kind == "close":
            shutil.copy(self.closing, self.other)
            return Act(["month", "close", "2025-09"], ([], 0, 0), (["2025-09"], 4, 2), seen=months_closed,
                       env={**env, "LOGI_TODAY": "2025-10-05"})  # fmt: skip
        if kind == "migrate":
            shutil.copy(OLD, self.other)
            self.other.chmod(0o600)
            before = steps_done(self.other)
            return Act(["migrate"], before, self.steps, seen=later_steps, env={**env, "PYTHONPATH": str(self.later)})
        shutil.copy(self.terminal.ledger, self.other)
        copy = self.terminal.folder / "copy.db"
        shutil.copy(self.base, copy)
        return Act(["restore", str(copy), "--yes"], set(codes(self.other)), set(codes(copy)), env=env)

    def shoot(self, kind: str, n: int) -> None:
        """Start an act, send it a signal at some moment, and hold what it said against what is there."""
        act = self.act(kind, f"K{self.seed}-{n}")
        ledger = Path(act.env.get("LOGI_LEDGER", self.terminal.ledger))
        span = self.spans.setdefault(kind, self._measured(kind))
        process = subprocess.Popen([PROGRAM[0], "-P", *PROGRAM[1:], *act.words], cwd="/", stdin=subprocess.DEVNULL,
                                   env={"PYTHONPATH": str(ROOT), **self.terminal.env, **act.env},
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip
        if self.chance.random() < 0.5:
            time.sleep(self.chance.uniform(0.5, 1.1) * span)
        else:  # the moments that matter are short: wait until it writes
            self._until_it_writes(process, ledger, act, 2 * span)
            time.sleep(self.chance.uniform(0, 0.15) * span)
        process.send_signal(self.number)
        out, err = process.communicate(timeout=60)
        self.count["shots"] += 1
        self.count["killed"] += process.returncode == -self.number or process.returncode in (130, 143)
        self.count["told"] += bool(out)
        self.spans[kind] = span * (0.93 if out else 1.07)  # a machine under load is slow: about half the shots are to come too late
        self._judge(act, ledger, process.returncode, out, err, f"seed {self.seed}, shot {n}, {kind}")

    def _measured(self, kind: str) -> float:
        began = time.monotonic()
        assert ran(self.terminal, "person", "list")[0] == 0
        return (time.monotonic() - began) * {"import": 1.3, "backup": 1.4, "close": 1.5, "migrate": 2, "restore": 1.5}.get(kind, 1)

    @staticmethod
    def _until_it_writes(process: subprocess.Popen[str], ledger: Path, act: Act, longest: float) -> None:
        journal = f"{ledger}-journal"
        folder = act.copy.parent if act.copy else ledger.parent
        end = time.monotonic() + longest
        while process.poll() is None and time.monotonic() < end:
            if os.path.exists(journal) or (folder.is_dir() and any(one.endswith(".partial") for one in os.listdir(folder))):
                return
            time.sleep(0.0003)

    def _judge(self, act: Act, ledger: Path, code: int, out: str, err: str, where: str) -> None:
        assert "Traceback" not in err or "<frozen" in err, f"{where}\n{err}"  # before its first line Python speaks
        assert code in (0, 130, 143, -self.number), (where, code, err)
        if not ledger.exists():  # a restore cut off between its two renamings: the old one stands beside
            [ledger] = ledger.parent.glob("ledger-set-aside-*.db")
            self.count["set aside"] += 1
        found = verify_by(act, ledger)
        assert found == [], (where, found)
        there = act.seen(ledger)
        assert there in (act.before, act.after), f"{where}: torn or lost"
        if out and code == 0:
            assert there == act.after, f"{where}: acknowledged and not saved\n{out}"
            assert act.copy is None or act.copy.exists(), where
        elif "nothing was saved" in err:
            assert there == act.before or act.before == act.after, f"{where}: a lie"
        elif there == act.after != act.before:
            self.count["saved, not told"] += 1
        if act.copy is not None and act.copy.exists():
            assert verify(act.copy).clean, where
            act.copy.unlink()


def later_steps(path: Path) -> int:
    """The migrations of a ledger; the copies made beforehand must be whole too."""
    for copy in path.with_name(f"{path.name}.backups").glob("*.db"):
        assert verify(copy).clean
    return steps_done(path)


def verify_by(act: Act, ledger: Path) -> list[str]:
    """What verify finds, by the program that the ledger belongs to."""
    if "PYTHONPATH" not in act.env:
        return [one.text for one in verify(ledger).findings]
    done = subprocess.run([PROGRAM[0], "-P", *PROGRAM[1:], "--ledger", str(ledger), "audit", "verify"], capture_output=True, text=True,
                          env={**os.environ, **act.env}, stdin=subprocess.DEVNULL)  # fmt: skip
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def signal_name(number: int) -> str:
    """KILL, TERM, INT."""
    return signal.Signals(number).name
