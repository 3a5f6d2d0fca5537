"""Where nothing can be written: reading works, and where it cannot, a sentence says why and what to do."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trust.tormenting import ran

READING = ("person list", "audit verify", "due", "audit head", "doctor")


@contextlib.contextmanager
def frozen(folder: Path) -> Iterator[None]:
    """A folder in which nothing can be written, not even by root."""
    if os.geteuid():
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(0o700)
        return
    bind = ["mount", "--bind", str(folder), str(folder)]
    if subprocess.run(bind, capture_output=True).returncode:
        pytest.skip("NO MOUNTING HERE: a read-only file system was NOT tried")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # lazily: SQLite may close late


@pytest.fixture
def shelf(logi) -> Path:
    """A folder of its own for the ledger."""
    folder = Path(os.path.realpath(logi.folder)) / "shelf"
    folder.mkdir()
    shutil.move(logi.ledger, folder / "ledger.db")
    logi.ledger = folder / "ledger.db"
    logi.env["LOGI_LEDGER"] = str(logi.ledger)
    return folder


def test_a_ledger_on_a_read_only_file_system_is_read_and_not_written(logi, shelf: Path) -> None:
    with frozen(shelf):
        for line in READING:
            logi(line)
        assert "read-only" in logi("person add S90 甲", code=6).err
        logi(f"backup {logi.folder / 'copy.db'}")
        assert "read-only" in logi("backup", code=6).err.lower()
    logi("person add S90 甲")


def test_an_unfinished_entry_on_a_read_only_file_system_is_told_with_its_cure(logi, shelf: Path, shim: Path) -> None:
    """Killed in the middle of its writing: the ledger is half written, and its journal would put that right."""
    base = logi.ledger.read_bytes()
    for at in range(1, 100):
        code, _, _ = ran(logi, "person", "add", "S90", "甲", LD_PRELOAD=str(shim), TORMENT_FOLDER=str(shelf), TORMENT_AT=str(at), TORMENT_ACT="kill")
        assert code == -9
        if logi.ledger.read_bytes() != base:
            break
        (shelf / "ledger.db-journal").unlink(missing_ok=True)
    assert (shelf / "ledger.db-journal").stat().st_size > 0
    with frozen(shelf):
        for line in ("person list", "audit verify", "audit head", "person add S91 乙", f"backup {logi.folder / 'copy.db'}"):
            said = logi(line, code=6)
            assert "together with its -journal" in said.err, line
        assert "together with its -journal" in logi("doctor").out
    elsewhere = logi.folder / "elsewhere"
    shutil.copytree(shelf, elsewhere)
    logi(f"--ledger {elsewhere / 'ledger.db'} audit verify")
    logi("audit verify")
    assert logi.ledger.read_bytes() == base


@pytest.mark.parametrize("open_still", [False, True], ids=["closed", "left open"])
def test_a_ledger_left_in_another_journal_mode_is_told_with_its_cure(logi, shelf: Path, open_still: bool) -> None:
    other = sqlite3.connect(logi.ledger)
    assert other.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal"
    if open_still:
        other.execute("SELECT COUNT(*) FROM entry").fetchone()
    else:
        other.close()
    with frozen(shelf):
        for line in ("person list", "audit verify"):
            said = logi(line, code=None)
            assert said.code == 0 if open_still else (said.code == 6 and "WAL" in said.err), said.err
    other.close()
    logi("person list")
    logi("audit verify")


def test_a_restore_cut_off_between_its_two_names_is_told_with_its_cure(logi) -> None:
    aside = logi.folder / "ledger-set-aside-20250930T010203Z.db"
    logi.ledger.rename(aside)
    for line in ("person list", "doctor", "audit verify"):
        assert f"mv {aside} {logi.ledger}" in logi(line, code=6).err
    aside.rename(logi.ledger)
    logi("person list")
