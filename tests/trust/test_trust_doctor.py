"""`logi doctor`: what endangers the ledger, in a table; 7 with --strict when anything is bad."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from logi import doctor


def states(logi, path: Path | None = None, code: int = 0) -> dict[str, tuple[str, str]]:
    where = f"--ledger {path} " if path else ""
    rows = logi(f"{where}doctor --strict -f json", code=code).json["rows"]
    return {row["check"]: (row["state"], row["detail"]) for row in rows}


def test_a_healthy_ledger_is_told_what_it_lacks(logi) -> None:
    found = states(logi)
    bad = {check for check, (state, _) in found.items() if state == "bad"}
    assert bad == set()
    assert found["ledger"][0] == "ok"
    assert found["backup"][0] == "warn"
    assert found["printed"][0] == "warn"
    assert sqlite3.sqlite_version in found["sqlite"][1]
    copy = logi.folder / "one.db"
    logi(f"backup {copy}")
    logi("person add S90 后来")
    state, detail = states(logi)["backup"]
    assert state == "ok"
    assert str(copy) in detail
    assert "Entries since then: 1" in detail


@pytest.mark.parametrize("name", ["OneDrive - School", "Dropbox", "坚果云", "Nutstore Files", "iCloud Drive"])
def test_a_sync_folder_is_bad(logi, name: str) -> None:
    folder = logi.folder / name / "账"
    folder.mkdir(parents=True)
    path = folder / "ledger.db"
    shutil.copy(logi.ledger, path)
    logi.env["LOGI_LEDGER"] = str(path)
    assert states(logi, code=7)["sync"][0] == "bad"
    assert logi("doctor").code == 0  # without --strict it only tells


def test_a_folder_marked_by_a_sync_program_is_bad(logi) -> None:
    (logi.folder / ".stfolder").mkdir()
    assert states(logi, code=7)["sync"][0] == "bad"


def test_a_second_name_is_bad(logi) -> None:
    os.link(logi.ledger, logi.folder / "twin.db")
    found = states(logi, code=7)
    assert found["links"][0] == "bad"
    assert found["ledger"][0] == "bad"


@pytest.mark.parametrize(("mode", "state", "code"), [(0o600, "ok", 0), (0o644, "warn", 0), (0o666, "bad", 7)])
def test_permissions_are_judged(logi, mode: int, state: str, code: int) -> None:
    logi.ledger.chmod(mode)
    assert states(logi, code=code)["permissions"][0] == state


def test_leftovers_are_named(logi) -> None:
    (logi.folder / ".ledger.db.999999.partial").write_text("")
    (logi.folder / f".ledger.db.{os.getpid()}.partial").write_text("")  # a living process is at work
    Path(f"{logi.ledger}-journal").write_bytes(b"")
    state, detail = states(logi)["leftovers"]
    assert state == "warn"
    assert ".ledger.db.999999.partial" in detail
    assert "ledger.db-journal" in detail
    assert str(os.getpid()) not in detail


def test_a_foreign_or_damaged_ledger_is_bad_and_the_rest_is_told_all_the_same(logi) -> None:
    logi.ledger.write_bytes(logi.ledger.read_bytes()[:5000])
    found = states(logi, code=7)
    assert found["ledger"][0] == "bad"
    assert found["permissions"][0] == "ok"
    logi.ledger.write_text("a letter")
    assert states(logi, code=7)["ledger"][0] == "bad"


def test_a_missing_ledger_is_missing(blank) -> None:
    assert "logi init" in blank("doctor", code=6).err
    assert not blank.ledger.exists()


def test_a_clock_behind_the_last_entry_is_noticed() -> None:
    from datetime import UTC, datetime

    now = datetime(2025, 9, 30, tzinfo=UTC)
    assert doctor._clock("2025-09-30T00:00:01.000000Z", now).state == "warn"
    assert doctor._clock("2025-09-29T23:59:59.000000Z", now).state == "ok"


def test_a_network_file_system_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, state in [("nfs4", "bad"), ("cifs", "bad"), ("fuse.sshfs", "bad"), ("ext4", "ok"), ("fuse.overlayfs", "ok")]:
        monkeypatch.setattr(doctor, "_mounted", lambda path, kind=kind: (kind, "/mnt/share"))
        assert doctor._network(tmp_path).state == state
