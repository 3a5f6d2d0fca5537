"""A terminal at the demo school with a few more papers: a loan, a handover, a letter, a count, damage, a roster."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from logi.core import messages
from tests.conftest import Terminal

MORE = (
    "asset lend 2024-0010-02 --to 秦实妍 --due 2026-09-10 --on 2026-08-31 --note 暑期培训",
    "asset handover 2025-0001-01..02 --from 钱样真 --to 吴资明 --witness 孙算清 --on 2026-08-31 --note 岗位调整",
    "asset letter --place B201 --keeper 秦实妍 --term 2025-2026-2 --on 2026-08-31",
    "asset count start B203 --on 2026-08-31",
    "asset count enter PD-2026-0003 B203 --rest-ok --missing 2025-0001-40 --by 秦实妍 --on 2026-08-31",
    "asset count settle PD-2026-0003 --cause 2025-0001-40=去向不明 --on 2026-08-31",
    "asset damage 2024-0010-01 --by 杨班一 --note 球砸坏 --on 2026-08-31",
    "month duty draft --holiday national --year 2026",
    "stock kit add TJ1 教师办公用品 BG016 1 BG008 2 --for 教师基本办公用品",
    "stock issue-kit TJ1 --to 年级组1 --by 杨班一 --people 杨班一,秦实妍,钱样真 --on 2026-08-31",
    "approve CK-2025-0001 --level receiver --by 杨班一 --no 领-1 --on 2025-09-01",
)


class Forms(Terminal):
    """The terminal, with the bytes of a form."""

    def drawn(self, words: str, name: str, lang: str = "zh-Hans") -> bytes:
        """What `logi form` writes in a format."""
        path = self.folder / f"drawn.{name}"
        self(f"form {words} -f {name} -o {path}", LOGI_LANG=lang)
        return path.read_bytes()

    def text(self, words: str, lang: str = "zh-Hans") -> str:
        """A form as plain text."""
        return self(f"form {words} -f text", LOGI_LANG=lang).out


@pytest.fixture(scope="session")
def demo(demo_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Forms:
    """The demo school on its last day; tests only read it."""
    made = Forms(tmp_path_factory.mktemp("forms"))
    shutil.copy(demo_school, made.ledger)
    made.env |= {"LOGI_TODAY": "2026-08-31", "LOGI_ACTOR": "S03"}
    for line in MORE:
        made(line)
    return made


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    """Terminals change the language; what follows speaks English again."""
    yield
    messages.use("en")


@pytest.fixture(scope="session")
def repository() -> Path:
    """Where the shipped data stand."""
    return Path(__file__).resolve().parents[2]
