"""The recipes of docs/trust.md, as a bursar types them: `backup -` into a program of another's, and back."""

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


PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "trust.md"
SECRET = "correct horse battery staple"


def recipe(program: str) -> list[str]:
    """The lines the page gives for a program, as they stand there."""
    blocks = PAGE.read_text("utf-8").split("\n\n")
    [lines] = [block.splitlines() for block in blocks if "logi backup - |" in block and program in block]
    return [line.strip() for line in lines]


@pytest.mark.parametrize("program", ["gpg", "age", "restic"])
def test_the_page_s_recipe_works_word_for_word_at_a_terminal(logi, gpg: str, program: str) -> None:
    """Typed by a bursar: passphrases are asked for and given; the present ledger is set aside on being asked."""
    pexpect = pytest.importorskip("pexpect")
    logi_bin = Path(sys.executable).with_name("logi")
    if not shutil.which(program) or not logi_bin.exists():
        pytest.skip(f"NO {program} (OR logi) HERE: its recipe was NOT tried")
    (Path(gpg) / "gpg.conf").write_text("pinentry-mode loopback\n")
    (logi.folder / "restic.words").write_text(SECRET + "\n")
    tools = logi.folder / "bin"
    tools.mkdir()
    (tools / "date").write_text("#!/bin/sh\necho 2025-09-30\n")
    (tools / "date").chmod(0o700)
    env = {**logi.env, "GNUPGHOME": gpg, "TERM": "dumb", "PATH": f"{tools}:{logi_bin.parent}:{logi.env['PATH']}", "XDG_STATE_HOME": str(logi.folder),
           "XDG_CACHE_HOME": str(logi.folder)}  # fmt: skip
    before = verify(logi.ledger).head
    for line in recipe(program):
        line = line.replace("/media/stick", str(logi.folder))
        shell = pexpect.spawn("bash", ["-o", "pipefail", "-c", line], cwd=str(logi.folder), env=env, encoding="utf-8", timeout=60)
        while shell.expect(["(?i)(passphrase|password)[^\n]*: ?$", r"\[n\]: $", pexpect.EOF]) < 2:
            shell.sendline(SECRET if "pass" in str(shell.after).lower() else "y")
        shell.close()
        assert shell.exitstatus == 0, (line, shell.before)
    assert verify(logi.folder / "copy.db").head == before
    assert verify(logi.ledger).head == before
    assert list(logi.folder.glob("ledger-set-aside-*.db"))
    for left in logi.folder.glob("ledger-2025-09-30.*"):
        assert b"SQLite" not in left.read_bytes()
