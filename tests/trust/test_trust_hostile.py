"""Files that are no honest ledger, under a ledger's name: refused with a sentence, left as they were, nothing run."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trust.tormenting import PROGRAM

Make = Callable[[Path, Path], None]


def altered(*statements: str) -> Make:
    """The school's ledger with something done to it."""

    def make(ledger: Path, path: Path) -> None:
        shutil.copy(ledger, path)
        db = sqlite3.connect(path)
        for statement in statements:
            db.execute(statement)
        db.commit()
        db.close()

    return make


def written(content: bytes | None = None) -> Make:
    """Other bytes, or the school's ledger cut off after its first page."""

    def make(ledger: Path, path: Path) -> None:
        path.write_bytes(ledger.read_bytes()[:4096] if content is None else content)

    return make


def twice(ledger: Path, path: Path) -> None:
    """The school's ledger under two names."""
    shutil.copy(ledger, path)
    os.link(path, path.with_name("twin"))


def spliced(at: int, content: bytes) -> Make:
    """The school's ledger with other bytes in its header."""

    def make(ledger: Path, path: Path) -> None:
        whole = bytearray(ledger.read_bytes())
        whole[at : at + len(content)] = content
        path.write_bytes(whole)

    return make


FILES: dict[str, Make] = {
    "another application's": altered("PRAGMA application_id = 1"),
    "of a newer logi": altered("PRAGMA user_version = 9999"),
    "of a format below nought": altered("PRAGMA user_version = -1"),
    "with a hidden trigger": altered("CREATE TRIGGER evil AFTER INSERT ON entry BEGIN DELETE FROM setting; END"),
    "with a view": altered("CREATE VIEW evil AS SELECT 1"),
    "with a table more": altered("CREATE TABLE evil (x)"),
    "with an index more": altered("CREATE INDEX evil ON entry (hash)"),
    "with a view that never ends": altered("CREATE VIEW evil AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n"),
    "with a huge column": altered("CREATE TABLE evil (x, y GENERATED ALWAYS AS (hex(zeroblob(400000000))) VIRTUAL)"),
    "empty": written(b""),
    "a letter": written("尊敬的校长".encode()),
    "the first page alone": written(),
    "of an impossible page size": spliced(16, b"\x00\x03"),
    "asking for WAL": spliced(18, b"\x02\x02"),
    "asking for WAL, with a table more": altered("PRAGMA journal_mode = WAL", "CREATE TABLE evil (x)"),
    "of a later file format": spliced(18, b"\x09\x09"),
    "a folder": lambda ledger, path: path.mkdir(),
    "a pipe": lambda ledger, path: os.mkfifo(path),
    "a link to itself": lambda ledger, path: path.symlink_to(path.name),
    "a link to nowhere": lambda ledger, path: path.symlink_to("nowhere"),
    "a link to endless noughts": lambda ledger, path: path.symlink_to("/dev/zero"),
    "of two names": twice,
}
HARMLESS = {"asking for WAL"}  # ours: opened, and put back into the journal mode logi wants


def bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


@pytest.mark.parametrize("name", [name for name in FILES if name not in HARMLESS])
def test_a_file_that_is_no_honest_ledger_is_refused_and_left_alone(logi, name: str) -> None:
    path = logi.folder / "hostile.db"
    FILES[name](logi.ledger, path)
    before, names = bytes_of(path), sorted(one.name for one in logi.folder.iterdir())
    for line in ("person list", "person add S90 甲", "backup copy.db", "undo 2", "migrate"):
        said = logi(f"--ledger {path} {line.replace('copy.db', str(logi.folder / 'copy.db'))}", code=None)
        assert said.code in (6, 7), (line, said.out, said.err)
        assert said.err.strip()
        assert len(said.err) < 2000
    assert logi(f"--ledger {path} audit verify", code=None).code in (6, 7)
    assert logi(f"--ledger {path} doctor", code=None).code in (0, 6)
    assert bytes_of(path) == before
    assert sorted(one.name for one in logi.folder.iterdir()) == names


@pytest.mark.parametrize("line", ["person list", "--help", "", "person add S90 甲"])
def test_the_language_is_not_asked_of_a_file_that_was_not_checked(logi, line: str) -> None:
    """Without --lang and LOGI_LANG the ledger says its language; a view in its place, without an end, is never read."""
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'lang' name, 'en' value, 0 void FROM n WHERE i < 0"
    path = logi.folder / "hostile.db"
    altered("DROP TABLE setting", f"CREATE VIEW setting AS {endless}")(logi.ledger, path)
    env = {**{k: v for k, v in logi.env.items() if k != "LOGI_LANG"}, "LOGI_LEDGER": str(path)}
    argv = [sys.executable, "-m", "logi", *line.split()]
    done = subprocess.run(argv, env=env, capture_output=True, timeout=20, check=False)
    assert done.returncode == (0 if line == "--help" else 6)


def test_a_ledger_in_another_journal_mode_is_used_and_stays_whole(logi) -> None:
    db = sqlite3.connect(logi.ledger)
    assert db.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal"
    db.close()
    before = logi.ledger.read_bytes()
    logi("audit verify")
    assert logi.ledger.read_bytes() == before  # who only verifies changes nothing
    logi(f"--ledger {logi.folder / 'back.db'} restore {logi.ledger}")
    assert (logi.folder / "back.db").read_bytes()[18:20] == b"\x01\x01"
    logi("person add S90 甲")
    logi("audit verify")
    assert logi.ledger.read_bytes()[18:20] == b"\x01\x01"
    assert not list(logi.folder.glob("ledger.db-*"))


def test_a_pipe_or_an_endless_file_is_not_waited_for(logi) -> None:
    """As a process of its own: a hang here would be the test's."""
    for name in ("a pipe", "a link to endless noughts"):
        path = logi.folder / f"{len(name)}.db"
        FILES[name](logi.ledger, path)
        process = subprocess.run([*PROGRAM, "--ledger", str(path), "person", "list"], env=logi.env, capture_output=True, timeout=20)
        assert process.returncode == 6


def test_a_folder_of_modules_and_plugins_is_not_run(logi, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in the folder somebody works in is data: no module, no configuration, no plugin is loaded from there."""
    for name in ("sqlite3.py", "logi.toml", "typer.py", "sitecustomize.py", "books.py"):
        (logi.folder / name).write_text("raise SystemExit('run')\n")
    monkeypatch.chdir(logi.folder)
    logi("person list")
    script = shutil.which("logi", path=str(Path(PROGRAM[0]).parent))
    if script:
        process = subprocess.run([script, "person", "list"], env=logi.env, cwd=logi.folder, capture_output=True, text=True)
        assert process.returncode == 0, process.stderr
