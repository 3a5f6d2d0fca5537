"""What tests share: a fresh ledger in memory, and a bursar's terminal that runs command lines in this process."""

import gc
import io
import os
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from logi import cli
from logi.connecting import harden
from logi.core import messages
from logi.db import Ledger, in_memory
from logi.journal import Who
from logi.opening import fill_new
from tests import keeping

# The same examples on every run, however slow the machine: a failure here is a failure everywhere.
hypothesis_settings.register_profile(
    "logi", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
hypothesis_settings.load_profile("logi")

gc.enable()  # the program, one short breath, goes without; thousands of them in one process may not

DAY = date(2025, 9, 30)
TESTER = Who("tester", "tester", 0, "here")


@pytest.fixture(scope="session")
def filled() -> sqlite3.Connection:
    """A new ledger's content, made once; tests work on copies."""
    made = in_memory(TESTER, today=DAY)
    messages.use("en")
    with made.entry("init") as e:
        fill_new(e, school="Test school", lang="en", costing="fifo", threshold_rules="2022", zone="Asia/Shanghai")
    return made.db


@pytest.fixture
def ledger(filled: sqlite3.Connection) -> Ledger:
    """A ledger in memory with every book's tables and the shipped policies, holidays and categories."""
    messages.use("en")
    copy = sqlite3.connect(":memory:", isolation_level=None)
    filled.backup(copy)
    harden(copy)
    return Ledger(copy, Path(":memory:"), TESTER, today=DAY)


class Said:
    """What a line answered."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> dict:
        import json

        return json.loads(self.out)


class Terminal:
    """Runs `logi` lines against one ledger as cron would: no terminal, a fixed day, a named actor."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = folder / "ledger.db"
        self.known = False
        self.env = {
            "LOGI_LEDGER": str(self.ledger), "LOGI_LANG": "en", "LOGI_TODAY": DAY.isoformat(), "LOGI_ACTOR": "tester",
            "HOME": str(folder), "PATH": os.environ.get("PATH", ""),
        }  # fmt: skip

    def __call__(self, line: str, *, code: int | None = 0, stdin: str = "", **env: str) -> Said:
        if self.known:
            return Said(0 if code is None else code, "", "")
        out, err = io.StringIO(), io.StringIO()
        before, before_in = dict(os.environ), sys.stdin
        os.environ.clear()
        os.environ.update({**self.env, **env})
        sys.stdin = io.StringIO(stdin)
        try:
            with redirect_stdout(out), redirect_stderr(err), keeping.Keeping():
                found = cli.run(shlex.split(line))
        finally:
            os.environ.clear()
            os.environ.update(before)
            sys.stdin = before_in
        said = Said(found, out.getvalue(), err.getvalue())
        if code is not None:
            assert found == code, f"logi {line}\nexit {found}, not {code}\n{said.out}\n{said.err}"
        return said

    def once(self) -> AbstractContextManager[None]:
        """Lines that begin many tests alike: played the first time; later the ledger they left is copied, if it began alike."""
        place = sys._getframe(1).f_code
        return self._once((place.co_filename, place.co_firstlineno))

    @contextmanager
    def _once(self, place: tuple[str, int]) -> Iterator[None]:
        key = (*place, hash(self.ledger.read_bytes()) if self.ledger.exists() else 0)
        self.known = key in LEFT
        try:
            yield
        finally:
            known, self.known = self.known, False
        if known:
            keeping.let_go()
            self.ledger.write_bytes(LEFT[key])
        else:
            LEFT[key] = self.ledger.read_bytes()


LEFT: dict[tuple[str, int, int], bytes] = {}  # what `once` keeps: where it stands, the ledger before -> the ledger after


@pytest.fixture
def blank(tmp_path: Path) -> Terminal:
    """A terminal in an empty folder, no ledger yet."""
    return Terminal(tmp_path)


FURNITURE = (
    "person add S03 钱样真 --post 总务主任", "person add S06 周入库 --post 仓库保管员",
    "person add S08 王修好 --post 水电维修工", "person add S15 杨班一 --post 班主任",
    "person add S09 陈巡安 --post 安保队长", "person add S17 秦实妍", "person add S07 吴资明",
    "place add A205 四年级教室 --kind classroom --keeper S15", "place add E101 总务办公室",
    "place add B203 信息教室", "place add F101 仓库",
    "vendor add V01 青禾文汇办公用品店", "vendor add V06 示例科技有限公司",
)  # fmt: skip


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger file that `logi` starts from, made once by command lines."""
    first = Terminal(tmp_path_factory.mktemp("furnished"))
    first("init --school 测试学校 --lang en --costing fifo --yes")
    for line in FURNITURE:
        first(line)
    return first.ledger


@pytest.fixture(scope="session")
def demo_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo school's ledger file, built once by `logi demo`; tests that write work on copies."""
    first = Terminal(tmp_path_factory.mktemp("demo-school"))
    first(f"demo {first.folder / 'school'}")
    return first.folder / "school" / "ledger.db"


@pytest.fixture
def logi(blank: Terminal, furnished: Path) -> Terminal:
    """A terminal at a fresh ledger of costing fifo, with a few people, places and vendors."""
    shutil.copy(furnished, blank.ledger)
    return blank
