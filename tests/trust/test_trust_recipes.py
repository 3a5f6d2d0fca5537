"""The recipes of docs/trust.md, as a bursar types them: `backup -` into a program of another's, and back."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from logi.verify import verify

LOGI = f"'{sys.executable}' -m logi"


@pytest.fixture
def gpg() -> Iterator[str]:
    """GnuPG's folder, short enough for its sockets, and its agent sent home afterwards."""
    if not shutil.which("gpg"):
        pytest.skip("NO gpg HERE: that a copy goes through it and comes back was NOT tried")
    folder = tempfile.mkdtemp(prefix="gpg")
    yield folder
    subprocess.run(["gpgconf", "--homedir", folder, "--kill", "all"], capture_output=True)
    shutil.rmtree(folder, ignore_errors=True)


def typed(logi, line: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A line at the shell, in which any part that fails is a failure."""
    return subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=logi.folder, env={**logi.env, **env},
                          capture_output=True, text=True, timeout=120)  # fmt: skip


def test_a_copy_goes_through_gpg_and_comes_back_whole(logi, gpg: str) -> None:
    (logi.folder / "words").write_text("correct horse\n")
    secret = "gpg --batch --pinentry-mode loopback --passphrase-file words"
    away = typed(logi, f"{LOGI} backup - | {secret} --symmetric --output copy.gpg", GNUPGHOME=gpg)
    assert away.returncode == 0, away.stderr
    assert b"SQLite" not in (logi.folder / "copy.gpg").read_bytes()
    back = typed(logi, f"{secret} --decrypt --output copy.db copy.gpg && {LOGI} --ledger back.db restore copy.db", GNUPGHOME=gpg)
    assert back.returncode == 0, back.stderr
    assert verify(logi.folder / "back.db").head == verify(logi.ledger).head
    assert (logi.folder / "copy.db").read_bytes()[:15] == b"SQLite format 3"


def test_a_copy_changed_on_its_way_is_not_restored(logi, gpg: str) -> None:
    (logi.folder / "words").write_text("correct horse\n")
    secret = "gpg --batch --pinentry-mode loopback --passphrase-file words"
    assert typed(logi, f"{LOGI} backup - | {secret} --symmetric --output copy.gpg", GNUPGHOME=gpg).returncode == 0
    sealed = bytearray((logi.folder / "copy.gpg").read_bytes())
    sealed[len(sealed) // 2] ^= 1
    (logi.folder / "copy.gpg").write_bytes(sealed)
    assert typed(logi, f"{secret} --decrypt --output copy.db copy.gpg", GNUPGHOME=gpg).returncode != 0
    if (logi.folder / "copy.db").exists():  # what gpg let out before it noticed
        assert typed(logi, f"{LOGI} --ledger back.db restore copy.db").returncode in (6, 7)
    assert not (logi.folder / "back.db").exists()


@pytest.mark.parametrize(("program", "line"), [
    ("age", "age-keygen -o key 2>/dev/null && {logi} backup - | age -r $(age-keygen -y key) > copy.age && age -d -i key copy.age > copy.db"),
    ("restic", "restic init -q -r repo && {logi} backup - | restic -r repo -q backup --stdin --stdin-filename ledger.db && "
               "restic -r repo -q dump latest ledger.db > copy.db"),
])  # fmt: skip
def test_a_copy_goes_through_other_programs_and_comes_back(logi, program: str, line: str) -> None:
    if not shutil.which(program):
        pytest.skip(f"NO {program} HERE: its recipe was NOT tried")
    said = typed(logi, line.format(logi=LOGI), XDG_CACHE_HOME=os.fspath(logi.folder), RESTIC_PASSWORD="correct horse")
    assert said.returncode == 0, said.stderr
    assert verify(Path(logi.folder / "copy.db")).head == verify(logi.ledger).head
