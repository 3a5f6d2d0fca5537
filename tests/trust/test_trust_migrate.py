"""Growing up: an older ledger is verified, copied and migrated in one entry; a newer one is refused."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from logi.registry import ledger_format
from logi.verify import verify

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = sorted((ROOT / "tests" / "ledgers").glob("*.db"))


def run(line: str, terminal, root: Path) -> subprocess.CompletedProcess[str]:
    """One line by another copy of the program."""
    env = {**terminal.env, "PYTHONPATH": str(root)}
    return subprocess.run([sys.executable, "-P", "-m", "logi", *line.split()], env=env, capture_output=True, text=True)


def contents(path: Path) -> list[str]:
    db = sqlite3.connect(path)
    try:
        return list(db.iterdump())
    finally:
        db.close()


def test_an_older_ledger_grows_up_in_one_entry_with_a_copy_beside_it(logi, later: Path) -> None:
    before = contents(logi.ledger)
    refused = run("person list", logi, later)
    assert (refused.returncode, "logi migrate" in refused.stderr) == (6, True)
    assert run("audit verify", logi, later).returncode == 0  # an older ledger can be looked at
    dry = run("migrate --dry-run", logi, later)
    assert (dry.returncode, contents(logi.ledger)) == (0, before)
    done = run("migrate", logi, later)
    assert done.returncode == 0, done.stderr
    assert "2 migrations" in done.stdout
    assert "undo" not in done.stdout
    [copy] = (logi.folder / "ledger.db.backups").iterdir()
    assert contents(copy) == before
    assert verify(copy).clean
    assert run("audit verify", logi, later).returncode == 0
    log = run("audit log --limit 1 -f csv --header keys", logi, later).stdout
    assert ",migrate," in log
    assert run("undo 15", logi, later).returncode == 4
    assert run("person add S95 后来人", logi, later).returncode == 0
    assert run("audit verify --full", logi, later).returncode == 0
    db = sqlite3.connect(logi.ledger)
    assert db.execute("SELECT hat FROM school_person WHERE code = 'S03'").fetchone() == (None,)
    assert db.execute("SELECT words FROM diary_page").fetchall() == [("first, later",)]
    db.close()
    again = run("migrate", logi, later)
    assert (again.returncode, "nothing to do" in again.stdout) == (0, True)
    # The program of today will not touch what is newer than it knows.
    for line in ("person list", "migrate", "audit verify", f"restore {logi.ledger}"):
        said = logi(f"{line}" if not line.startswith("restore") else f"--ledger {logi.folder}/x.db {line}", code=6)
        assert "newer" in said.err


def test_a_ledger_that_is_not_sound_is_not_migrated(logi, later: Path) -> None:
    db = sqlite3.connect(logi.ledger)
    guard = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'guard_school_person_bu'").fetchone()[0]
    db.execute("DROP TRIGGER guard_school_person_bu")
    db.execute("UPDATE school_person SET post = '校长'")
    db.execute(guard)
    db.commit()
    db.close()
    before = contents(logi.ledger)
    said = run("migrate", logi, later)
    assert said.returncode == 7
    assert "Nothing was migrated" in said.stderr
    assert contents(logi.ledger) == before
    assert not (logi.folder / "ledger.db.backups").exists()


def test_an_older_ledger_with_a_foreign_trigger_is_found_out(logi, later: Path) -> None:
    db = sqlite3.connect(logi.ledger)
    db.execute("CREATE TRIGGER evil AFTER INSERT ON entry BEGIN DELETE FROM setting; END")
    db.commit()
    db.close()
    said = run("migrate", logi, later)
    assert said.returncode == 7
    assert "The trigger evil is not logi's" in said.stdout


def test_a_ledger_of_today_needs_no_migration(logi) -> None:
    before = logi.ledger.read_bytes()
    said = logi("migrate -f json").json
    assert (said["facts"]["count"], said["facts"]["format"]) == (0, ledger_format())
    assert logi.ledger.read_bytes() == before
    logi("--ledger nothing.db migrate", code=6)


@pytest.mark.parametrize("kept", KEPT, ids=[path.stem for path in KEPT])
def test_every_ledger_ever_released_still_opens(kept: Path, blank) -> None:
    shutil.copy(kept, blank.ledger)
    os.chmod(blank.ledger, 0o600)
    blank("migrate")
    blank("audit verify --full")
    blank("due --lang en")


def test_the_ledger_of_every_release_is_kept() -> None:
    """`tests/ledgers/` holds one ledger per released format, named by it; the first release starts the row."""
    formats = [int(re.match(r"format-([0-9]+)", path.stem)[1]) for path in KEPT]
    assert formats == sorted(formats)
    assert all(n <= ledger_format() for n in formats)
