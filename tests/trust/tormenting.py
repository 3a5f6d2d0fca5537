"""What the torments share: how long they last, and a logi that runs as a process of its own."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

PROGRAM = (sys.executable, "-m", "logi")
LONG = os.environ.get("LOGI_TORMENT", "long") != "short"


def count(short: int, long: int) -> int:
    """How often: `LOGI_TORMENT=short` is the form for every change, anything else the long one."""
    return long if LONG else short


def start(terminal, *words: str, **env: str) -> subprocess.Popen[str]:
    """A logi at work, not waited for."""
    return subprocess.Popen([*PROGRAM, *words], env={**terminal.env, **env}, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip


def ran(terminal, *words: str, **env: str) -> tuple[int, str, str]:
    """A logi that has ended: exit code, output, errors."""
    process = start(terminal, *words, **env)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


def codes(path: Path) -> list[str]:
    """The people's codes, read without logi."""
    db = sqlite3.connect(path)
    try:
        return [row[0] for row in db.execute("SELECT code FROM school_person WHERE void = 0 ORDER BY id")]
    finally:
        db.close()


def rows_file(path: Path, prefix: str, rows: int) -> set[str]:
    """A CSV of people to import; returns their codes."""
    made = [f"{prefix}-{n}" for n in range(rows)]
    path.write_text("code,name\n" + "".join(f"{code},某人\n" for code in made), "utf-8")
    return set(made)
