"""A fuzzer: command lines made from the real tree of commands, half sensible and half hostile, played in one process or many.

    python -m tests.trust.fuzzing TRIES SEED [processes]

Every line must end with a code of the contract; a refused one (2 to 6) leaves every file as it was; nothing raw is drawn; nothing
is a fault. What fails is printed once for each kind, with the line that did it.
"""

import contextlib
import gc
import io
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from logi import cli
from logi.core import messages
from logi.front import Door
from logi.registry import book_of
from logi.typed import FLAGS, VALUED
from logi.verify import verify
from tests.trust.tormenting import PROGRAM

CODES = {0, 2, 3, 4, 5, 6, 7}
LONGEST_S = 6.0  # of processor time: an inner loop without end is a fault too
KEPT_FOR = 60  # changes until the ledger is a fresh one
SEVERAL = {("run",), ("shell",)}  # lines of one command: those before the one that fails stay done
LEFT_OUT = {("demo",), ("init",)}  # seconds each; they have tests of their own

HOSTILE = (
    "", " ", "-", "--", "---", "-1", "0", "00", "+5", "-0", "1e999999999", "NaN", "inf", "-inf", "0x10", "1_000", "9" * 400, "1.005",
    "9999999999999.99", "99999999999999999999", "9223372036854775807", "9223372036854775808", "１２３", "三百", "−5", "½", "²", "1,2,3",
    "=cmd()", "=1+1", "+1+1", "@SUM(1)", "＝1", "'", '"', "';DROP TABLE entry;--", "%", "_", "\\", "$(id)", "`id`", "${HOME}", "%s%n", "{0}",
    "{missing}", "{", "}", "[red]x[/red]", "[/]", "[link=x]", "<b>&amp;", "<!--", "]]>", "\\u0000", "a\0b", "\x1b[31m", "\x1b]0;x\x07",
    "\x07", "\x7f", "\x9b31m", "a\nb", "a\rb", "a\tb", "\u202eabc", "\u2066x", "\u200b", "a\u200db", "\ufeff", "\ufffe", "\ud800", "\udcff",
    "\U000e0041", "é", "e\u0301", "ﬁ", "İ", "ß", "葛\U000e0100", "👨‍👩‍👧", "𠮷", "中" * 70, "x" * 5000, "长" * 100_000, "../../../x", "../x.csv",
    "/nonexistent/x", "~nosuchuser/x", "~", ".", "..", "/", "//", "a/b/c", "file:x?mode=rwc", "x.db-journal", "con", "NUL", "loop", "pipe",
    "folder", "locked", "ledger.db", "ledger.db-journal", "text.db", "rows.csv", "bad.csv", "rows.xlsx", "rows.json", "rows.jsonl", "2025-02-29",
    "2025-13", "2025-00-00", "0000-00-00", "9999-12-31", "1-1-1", "24.9.1", "-99999999999d", "99:99", "2025-W54", "2025Q5", "2025-2026-3",
    "114年9月1日", "today", "2025-09-30 25:61", "A" * 65, "CK-2025-0001", "WX-999999-9999", "2019-0008-01..99999999", "1..2..3", "1-2,3", "zzz",
    "null", "None", "true", "[]", "()", "-f", "--on", "——on", "help", "“x", "x”", "「x", ",", ":", ";", "@", "#", "#1", "*", "?", "全部", "all",
)  # fmt: skip
DAYS = ("2025-09-01", "2025-09-30", "2025-10-15", "9-30", "today", "昨天", "-3d", "2025年9月5日", "20250905", "2026-01-31", "2024-02-29", "2025/9/3")
KINDS: dict[str, tuple[str, ...]] = {
    "DAY": DAYS, "MONTH": ("2025-09", "2025-10", "2026-01", "上月"), "PRICE": ("1", "3.33", "¥1,250.50", "0", "0.01"),
    "MONEY": ("1", "3.33", "85", "0"), "COST": ("6350", "0.01", "999.99"), "QTY": ("1", "2", "0.5", "100", "12.345"), "N": ("1", "2", "10", "0"),
    "COUNT": ("1", "2", "3"), "FORMAT": ("json", "csv"), "FILE": ("rows.csv", "-", "rows.xlsx", "rows.json", "lines.txt"), "REASON": ("写错了", "late"),
    "AT": ("2025-09-16 07:10", "7:10"), "PERIOD": ("2025-09", "2025-W38", "2025Q3", "2025"), "NO": ("校务会12", "1"), "LINE": ("1", "2"),
    "WEEK": ("2025-W38", "2025-W39"), "DIR": ("folder", "new"), "PATH": ("copy.db", "folder/copy.db"), "YEAR": ("2025", "2026"),
    "ENTRY": ("2", "7", "20", "100", "900"), "KEEP": ("7d,4w", "1y"), "QUARTER": ("2025Q3", "2025Q4"), "INSTANT": ("2025-09-16 07:10", "7:10"), "HH:MM": ("07:10", "23:59"), "AMOUNT": ("1", "300"), "DAYS": ("1", "30"), "NOTE": ("备注",), "SETTING": ("school", "lang"), "VALUE": ("5", "en"), "REPORT": ("month", "due", "stock"), "KIND": ("people", "items", "stock", "assets"), "LEVEL": ("principal", "general"), "DOCNO": ("校务会12",), "TEXT": ("粉笔", "漏水", "fb"), "TITLE": ("漏水", "清理操场"),
}  # fmt: skip
SHARED = {
    "format": ("terminal", "text", "csv", "json", "jsonl", "md", "html", "ics", "xlsx", "pdf"), "output": ("out.csv", "folder", "out.html", "out.xlsx"),
    "lang": ("en", "zh-Hans", "zh-Hant"), "limit": ("0", "1", "3"), "key": ("k1", "k2"), "wait": ("0", "0.1"), "header": ("keys", "titles"),
    "actor": ("周入库", "S03"), "override": ("校长同意",), "sort": ("code", "-name", "编号"), "columns": ("code,name", "number"), "ledger": ("ledger.db",),
}  # fmt: skip
STDIN = ("", "code,name\nS1,某人\n", "\0\0", "item,quantity\n粉笔,5\n", "粉笔 5\nA4纸 2@3.3\n", "[1,2", '{"code":"X"}\n', "person list\nfind x\n", "9月5日 清理\n",
         "\ufeff编号,名称\n1,\x1b[31m\n", "stock out 粉笔 1 --to 教务处 --by 杨班一\nno such\n")  # fmt: skip


def tree() -> list[tuple[tuple[str, ...], list[Any]]]:
    """Every command of the program with its parameters."""
    found: list[tuple[tuple[str, ...], list[Any]]] = []

    def walk(path: tuple[str, ...], group: Any) -> None:
        for name in group.list_commands(None):
            one = group.get_command(None, name)
            if one is None:
                continue
            if hasattr(one, "list_commands"):
                walk((*path, name), one)
            elif (*path, name) not in LEFT_OUT:
                found.append(((*path, name), list(one.params)))

    walk((), Door())
    return found


TABLES = {"PERSON": "school_person", "PLACE": "school_place", "VENDOR": "school_vendor", "ITEM": "stock_item", "ROUTE": "patrol_route",
          "DEPARTMENT": "school_department", "DEPT": "school_department", "KIT": "stock_kit", "TERM": "school_term", "CATEGORY": "school_category",
          "ASSET": "asset_card", "CODES": "asset_card"}  # fmt: skip
NAMED = {"BY": "PERSON", "TO": "DEPARTMENT", "KEEPER": "PERSON", "WORKER": "PERSON", "OWNER": "PERSON", "FROM": "VENDOR", "PARENT": "PLACE",
         "PERSON,": "PERSON", "SINCE": "DAY", "UNTIL": "DAY", "REPORTER": "PERSON"}  # fmt: skip


def known(ledger: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Codes and names that stand in a ledger by kind, and numbers given by book; read without logi."""
    db = sqlite3.connect(ledger)
    words: dict[str, list[str]] = {}
    numbers: dict[str, list[str]] = {}
    try:
        for number, book in db.execute("SELECT number, book FROM number_given ORDER BY id"):
            numbers.setdefault(book, []).append(number)
        there = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for kind, table in TABLES.items():
            columns = {row[1] for row in db.execute(f"PRAGMA table_info({table})")} if table in there else set()
            for column in sorted({"code", "name"} & columns):
                found = db.execute(f"SELECT {column} FROM {table} WHERE void = 0 AND {column} IS NOT NULL ORDER BY id LIMIT 400")
                words.setdefault(kind, []).extend(str(row[0]) for row in found)
        return words, numbers
    finally:
        db.close()


class Maker:
    """Makes lines: a command, its arguments and some of its options, each value sensible or hostile."""

    def __init__(self, ledger: Path, seed: int, malices: tuple[float, ...] = (0.0, 0.0, 0.05, 0.1, 0.3, 0.6)) -> None:
        self.chance, self.malices = random.Random(seed), malices
        self.commands = tree()
        self.words, self.numbers = known(ledger)
        self.any = [word for some in (*self.words.values(), *self.numbers.values()) for word in some]

    def line(self) -> list[str]:
        """One line's words."""
        chance = self.chance
        path, params = chance.choice(self.commands)
        self.malice = chance.choice(self.malices)
        self.book = getattr(book_of(path[0]), "name", "")
        words = list(path)
        if self.malice and chance.random() < 0.1:
            words[chance.randrange(len(words))] = chance.choice(HOSTILE)
        parts: list[list[str]] = []
        for param in params:
            required = param.required or param.param_type_name == "argument"
            if chance.random() < (0.93 if required else min(0.4, chance.choice((0.5, 2, 5)) / max(len(params), 1))):
                parts += self._given(param)
        for name, values in SHARED.items() if self.malice else ():
            if chance.random() < 0.06:
                parts.append([VALUED[name][0], self._value(values)])
        for name in FLAGS if self.malice else ():
            if chance.random() < (0.12 if name == "dry_run" else 0.01):
                parts.append([FLAGS[name][0]])
        chance.shuffle(parts)
        words += [word for part in parts for word in part]
        if self.malice and chance.random() < 0.1:
            words.insert(chance.randrange(len(words) + 1), chance.choice(HOSTILE))
        return words

    def _given(self, param: Any) -> list[list[str]]:
        if getattr(param, "is_flag", False):
            return [[param.opts[0]]]
        metavar = (param.metavar or param.name or "").strip("[].…").upper().split(" ")
        times = self.chance.choice((1, 1, 2, 3)) if param.nargs == -1 or getattr(param, "multiple", False) else 1
        values: list[str] = []
        for _ in range(times):
            values += [self._value(self._sensible(kind, param)) for kind in (metavar if param.nargs == -1 else metavar[:1])]
        if param.param_type_name == "argument":
            return [values]
        return [[param.opts[0], value] for value in values]

    def _sensible(self, kind: str, param: Any) -> tuple[str, ...]:
        for name in (kind.strip("[]… ,"), (param.name or "").upper().rstrip("_")):
            name = NAMED.get(name, name)
            if name in KINDS:
                return KINDS[name]
            if self.words.get(name):
                return (self.chance.choice(self.words[name]),)
            if name in ("NUMBER", "NUMBERS", "SLIP", "NUMBER|CODE", "NAME|NUMBER") and (mine := self.numbers.get(self.book)):
                return (self.chance.choice(mine),)
            if name in ("CODE", "CODES", "NAME") and self.book in ("asset", "stock", "patrol", "school"):
                pool = self.words[{"asset": "ASSET", "stock": "ITEM", "patrol": "ROUTE", "school": "PERSON"}[self.book]]
                return (self.chance.choice(pool), f"新{self.chance.randrange(10**6)}")
        choices = [part.lower() for part in kind.split("|")]
        if len(choices) > 1:
            return tuple(choices)
        return (self.chance.choice(self.any), self.chance.choice(self.any), "新的", "3")

    def _value(self, sensible: tuple[str, ...]) -> str:
        chance = self.chance
        if chance.random() >= self.malice:
            return chance.choice(sensible)
        if chance.random() < 0.3:  # a sensible one gone wrong
            text = chance.choice(sensible)
            at = chance.randrange(len(text) + 1)
            return text[:at] + chance.choice(HOSTILE)[:40] + text[at:]
        return chance.choice(HOSTILE)


class Cell:
    """A folder to play in: a ledger, files to be read, names to be feared."""

    def __init__(self, base: Path, folder: Path) -> None:
        self.base, self.folder = base, folder
        self.home = folder / "a" / "b" / "c"
        self.ledger = self.home / "ledger.db"
        self.fresh()

    def fresh(self) -> None:
        """Everything as at the beginning."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.home.mkdir(parents=True)
        shutil.copy(self.base, self.ledger)
        self.ledger.chmod(0o600)
        (self.home / "rows.csv").write_text("code,name\nS901,某人\nS902,另一人\n", "utf-8")
        (self.home / "bad.csv").write_bytes(b"code,name\nS9,\x1b[31m\n\"open" + b"\xff\xfe\0")
        (self.home / "rows.json").write_text('[{"code":"S903","name":"甲"}]')
        (self.home / "rows.jsonl").write_text('{"code":"S904","name":"乙"}\n')
        (self.home / "lines.txt").write_text("person list\nstock list\n")
        (self.home / "rows.xlsx").write_bytes(b"PK\x03\x04nothing")
        (self.home / "text.db").write_text("not a ledger")
        (self.home / "folder").mkdir()
        (self.home / "loop").symlink_to("loop")

    def state(self) -> dict[str, tuple[int, int]]:
        """Every file with size and time."""
        found = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                info = os.lstat(path := os.path.join(folder, name))
                found[path] = (info.st_size, info.st_mtime_ns)
            found[folder] = (0, 0)
        return found


def raw(text: str) -> str:
    """The first character that must never be drawn, empty if there is none."""
    for char in text:
        if (char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cs")) or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069":
            return repr(char)
    return ""


class Said:
    """How a line ended."""

    def __init__(self, code: int, out: str, err: str, seconds: float) -> None:
        self.code, self.out, self.err, self.seconds = code, out, err, seconds


def played(words: list[str], stdin: str) -> Said:
    """A line in this process."""
    out, err, before = io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(stdin)
    began = time.process_time()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.run(words)
    finally:
        sys.stdin = before
    return Said(code, out.getvalue(), err.getvalue(), time.process_time() - began)


def processed(words: list[str], stdin: str) -> Said:
    """A line as a process: without what no system hands over, a NUL or a word beyond 128 KiB."""
    escaped = ["surrogateescape" if "\udc80" <= max(word, default="") <= "\udcff" else "replace" for word in words]
    argv = [word.encode("utf-8", how).replace(b"\0", b"")[:100_000] for word, how in zip(words, escaped, strict=True)]
    began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run([*PROGRAM, *argv], input=stdin.encode("utf-8", "replace"), capture_output=True, timeout=120)
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began
    return Said(done.returncode, done.stdout.decode("utf-8", "surrogateescape"), done.stderr.decode("utf-8", "surrogateescape"), seconds)


def wrongs(words: list[str], said: Said, before: dict[str, Any], after: dict[str, Any], ledger: str) -> Iterator[str]:
    """What is wrong with how a line ended."""
    if said.code == 1:
        yield "fault " + fault_told(said)
    elif said.code not in CODES and said.code != 141:
        yield f"code {said.code}"
    if "Traceback" in said.err or "Traceback" in said.out:
        yield "traceback"
    if said.code not in (0, 7) and not said.err.strip() and '"kind":"error"' not in said.out.replace(" ", "")[:400]:
        yield f"silent {said.code}"
    if len(said.err) > 9000:
        yield f"{len(said.err)} characters of errors"
    if found := raw(said.err) or ("" if re.search(r"json|ics", " ".join(words)) else raw(said.out)):
        yield f"raw {found}"
    if said.seconds > LONGEST_S:
        yield f"slow {' '.join(words[:2])}"
    if said.code in range(2, 7) and before != after and tuple(words[:1]) not in SEVERAL:
        yield "refused and written: " + ", ".join(sorted(os.path.basename(one) for one in before.keys() ^ after.keys() | {
            name for name in before.keys() & after.keys() if before[name] != after[name]}))  # fmt: skip
    if "--dry-run" in words and before.get(ledger) != after.get(ledger) and tuple(words[:1]) not in SEVERAL and "--" not in words:
        yield "dry run written"
    if ledger in before and ledger not in after:
        yield "the ledger is gone"


def fault_told(said: Said) -> str:
    """The kind of a fault and where it happened, from the file it was written to."""
    text = said.err + said.out
    at = text.find("logi-fault-")
    start = text.rfind(tempfile.gettempdir(), 0, at)
    try:
        path = Path(text[start : text.index(".txt", at) + 4])
        lines = path.read_text("utf-8").splitlines()
        path.unlink()
    except (OSError, ValueError):
        return text[-200:]
    frames = [line.strip() for line in lines if line.strip().startswith("File ") and "/logi/" in line]
    return f"{lines[-1][:160]} | {frames[-1] if frames else ''}"


def fuzz(base: Path, folder: Path, tries: int, seed: int, *, processes: bool = False, most_s: float = 1e9) -> tuple[Counter[int], dict[str, str]]:
    """Play lines; returns how they ended, and for each kind of failure a line that showed it."""
    cell = Cell(base, folder)
    maker = Maker(base, seed)
    env = {"LOGI_LEDGER": str(cell.ledger), "LOGI_LANG": "en", "LOGI_TODAY": "2026-02-10", "LOGI_ACTOR": "tester", "HOME": str(cell.home),
           "PATH": "/usr/bin:/bin", "PYTHONPATH": os.getcwd(), "TMPDIR": tempfile.gettempdir()}  # fmt: skip
    kept, here = dict(os.environ), os.getcwd()
    os.environ.clear()
    os.environ.update(env)
    ends: Counter[int] = Counter()
    failed: dict[str, str] = {}
    changed = 0
    end = time.monotonic() + most_s
    handler = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        for n in range(tries):
            if time.monotonic() > end:
                break
            os.chdir(cell.home)
            words, stdin = maker.line(), maker.chance.choice(STDIN)
            before = cell.state()
            signal.alarm(120)
            try:
                said = (processed if processes else played)(words, stdin)
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                said = Said(-1, "", f"{type(error).__name__}: {error}"[:300], 0)
            signal.alarm(0)
            os.chdir(here)
            messages.use("en")
            after = cell.state()
            ends[said.code] += 1
            for wrong in wrongs(words, said, before, after, str(cell.ledger)):
                failed.setdefault(wrong, f"{words!r} < {stdin!r}\n    {said.code} {said.err[:300]!r} {said.out[:100]!r}")
            if before != after:
                changed += 1
                if changed >= KEPT_FOR or str(cell.ledger) not in after:
                    changed = 0
                    if str(cell.ledger) in after and (found := verify(cell.ledger).findings):
                        failed.setdefault("verify " + found[0].text, f"seed {seed}, before try {n}")
                    cell.fresh()
            if n % 500 == 0:
                gc.collect()
    finally:
        signal.signal(signal.SIGALRM, handler)
        os.chdir(here)
        os.environ.clear()
        os.environ.update(kept)
    return ends, failed


def main() -> int:
    """A long run on the demo's ledger."""
    tries, seed = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as place:
        tempfile.tempdir = place
        env = {**os.environ, "XDG_STATE_HOME": place}
        subprocess.run([*PROGRAM, "demo", f"{place}/demo"], check=True, capture_output=True, env=env)
        ends, failed = fuzz(Path(place, "demo", "ledger.db"), Path(place, "cell"), tries, seed, processes="processes" in sys.argv[3:])
    for wrong, line in failed.items():
        print(f"- {wrong}\n    {line}")
    print(f"{sum(ends.values())} tries, seed {seed}: {dict(ends)}; {len(failed)} kinds of failure")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
