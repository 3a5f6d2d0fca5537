"""The copy taken beside a large import or undo: whole and checked before anything is saved, and nothing of it stays otherwise."""

import os
import signal
import sqlite3
import time

import pytest

from logi import aside, beside
from logi.core.errors import Unavailable
from logi.db import open_ledger
from logi.journal import Who
from logi.verify import verify

WHO = Who("tester", "tester", 0, "here")
MANY = "编号,名称,单位\n" + "".join(f"X{n:04d},物品{n},个\n" for n in range(1001))

pytestmark = pytest.mark.skipif(not beside.possible(), reason="NO COPY IS TAKEN BESIDE US: one processor, or not Linux")


@pytest.fixture(autouse=True)
def any_size(monkeypatch):
    monkeypatch.setattr(aside, "LEAST", 0)


@pytest.fixture
def ledger(logi):
    ledger = open_ledger(logi.ledger, WHO, wait=5)
    yield ledger
    ledger.close()


def copies(logi):
    folder = logi.folder / "ledger.db.backups"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_large_import_and_its_undo_each_leave_the_ledger_as_it_was_before(logi):
    before = logi("audit head -f json").json
    (logi.folder / "many.csv").write_text(MANY, encoding="utf-8")
    logi(f"import items {logi.folder / 'many.csv'}")
    between = logi("audit head -f json").json
    logi("undo --no-input")
    first, second = copies(logi)
    assert first.endswith("-import.db")
    assert second.endswith("-undo.db")
    for name, head in ((first, before), (second, between)):
        path = logi.folder / "ledger.db.backups" / name
        assert logi(f"--ledger {path} audit head -f json").json == head
        assert verify(path).clean
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("least", [0, 1 << 40])
@pytest.mark.parametrize("extra", ["X2000,,个\n", "X2000\n"])
def test_an_import_that_is_refused_leaves_no_copy(logi, monkeypatch, extra, least):
    monkeypatch.setattr(aside, "LEAST", least)
    (logi.folder / "many.csv").write_text(MANY + extra, encoding="utf-8")
    logi(f"import items {logi.folder / 'many.csv'}", code=5)
    assert copies(logi) == []


def test_nothing_is_saved_where_the_copy_is_not_sound(logi, monkeypatch):
    def torn(partial, head):
        raise Unavailable("trust.auto_backup_bad", path=str(partial))

    monkeypatch.setattr(aside.backup, "check_quickly", torn)
    before = logi("audit head -f json").json
    (logi.folder / "many.csv").write_text(MANY, encoding="utf-8")
    assert "not sound" in logi(f"import items {logi.folder / 'many.csv'}", code=6).err
    assert logi("audit head -f json").json == before
    assert copies(logi) == []


def test_a_process_killed_while_it_checks_the_copy_stops_the_import(ledger, monkeypatch):
    monkeypatch.setattr(aside.backup, "check_quickly", lambda partial, head: time.sleep(60))
    with aside.set_aside(ledger, "import") as placed:
        os.kill(placed._other._child, signal.SIGKILL)
        with pytest.raises(Unavailable, match="auto_backup_bad"):
            placed()
    assert list((ledger.path.parent / "ledger.db.backups").iterdir()) == []


@pytest.mark.parametrize("how", ["no process", "no bytes", "not the mode"])
def test_where_there_can_be_no_process_the_copy_is_taken_here(ledger, monkeypatch, how):
    if how == "no process":
        monkeypatch.setattr(os, "fork", lambda: (_ for _ in ()).throw(BlockingIOError(11, "Resource temporarily unavailable")))
    elif how == "no bytes":
        monkeypatch.setattr(os, "sendfile", lambda *args: 0)
    else:
        monkeypatch.setattr(aside, "_ROLLBACK_MODE", b"\2\2")
    with aside.set_aside(ledger, "import") as placed:
        placed()
    (copy,) = (ledger.path.parent / "ledger.db.backups").iterdir()
    assert copy.name.endswith("-import.db")
    assert verify(copy).clean


def test_others_may_write_while_the_copy_is_checked(ledger, logi, monkeypatch):
    checked = aside.backup.check_quickly
    monkeypatch.setattr(aside.backup, "check_quickly", lambda partial, head: (time.sleep(0.3), checked(partial, head)))
    before = logi("audit head -f json").json
    with aside.set_aside(ledger, "import") as placed:
        logi("person add S77 后来")
        placed()
    (copy,) = (ledger.path.parent / "ledger.db.backups").iterdir()
    assert logi(f"--ledger {copy} audit head -f json").json == before


def test_a_disk_that_is_full_is_said_as_such(ledger, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "sendfile", full)
    monkeypatch.setattr(aside.backup, "_pages", full)
    with pytest.raises(Unavailable, match="cannot_write"), aside.set_aside(ledger, "import"):
        pass
    assert list((ledger.path.parent / "ledger.db.backups").iterdir()) == []
    assert sqlite3.connect(ledger.path).execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_a_copy_that_the_disk_does_not_take_is_not_sound(ledger, monkeypatch):
    def refuse(handle):
        raise OSError(5, "Input/output error")

    with aside.set_aside(ledger, "import") as placed:
        placed()
    monkeypatch.setattr(os, "fsync", refuse)
    with aside.set_aside(ledger, "undo") as placed, pytest.raises(Unavailable, match="auto_backup_bad"):
        placed()
    (copy,) = (ledger.path.parent / "ledger.db.backups").iterdir()
    assert copy.name.endswith("-import.db")


def test_what_a_killed_process_left_unfinished_is_taken_away_after_a_while(ledger):
    folder = ledger.path.parent / "ledger.db.backups"
    folder.mkdir()
    gone = max(map(int, filter(str.isdigit, os.listdir("/proc")))) + 100_000
    names = [f".auto-a-1-import.db.{pid}.partial" for pid in (gone, gone + 1, os.getpid())]
    for name, age in zip(names, (3600, 0, 3600), strict=True):
        (folder / name).write_text("half")
        os.utime(folder / name, (time.time() - age, time.time() - age))
    with aside.set_aside(ledger, "import") as placed:
        placed()
    assert sorted(path.name for path in folder.iterdir() if path.suffix == ".partial") == sorted(names[1:])
