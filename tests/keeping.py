"""Lines of one test share a connection while nobody else touches the file: reading its schema costs more than most lines.

A program runs one line and ends; thousands of lines in one process would read the same thousand tables and triggers anew.
What a line leaves behind is let go of as soon as the file is another, or another hand has written to it. Nobody pulls the
plug here, so nothing waits for the disk; tests in which somebody does, or files change under the program, turn it off.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any, NamedTuple

from logi import connecting, db

ENABLED = True
_connect, _close, _fingerprint = db.connect, db.Ledger.close, db.fingerprint


class Kept(NamedTuple):
    """A connection between two lines: of which file, how that looked then, and its schema."""

    path: Path
    looks: tuple[int, int, int, int]
    db: sqlite3.Connection
    shape: str


_kept: list[Kept] = []  # one at most
_working: dict[int, Kept] = {}  # what lines work with, by the connection's id; its schema is "" until asked
_within: list[None] = []  # not empty while a line runs


class Keeping:
    """Within it, `open_ledger` takes over what the line before it left."""

    def __enter__(self) -> None:
        _within.append(None)

    def __exit__(self, *raised: object) -> None:
        _within.pop()


def let_go() -> None:
    """Close what is kept; the next line opens the file anew."""
    while _kept:
        _kept.pop().db.close()


def connect(path: Path, **given: Any) -> sqlite3.Connection:
    """The connection of the line before, if the file is as it left it; else a new one."""
    if not ENABLED or not _within:
        return _connect(path, **given)
    looks = _looks(path)
    if _kept and looks and _kept[0][:2] == (path, looks) and not os.path.exists(f"{path}-journal"):
        taken = _kept.pop()
        connecting.harden(taken.db)
    else:
        let_go()
        taken = Kept(path, (0, 0, 0, 0), _connect(path, **given), "")
    taken.db.execute("PRAGMA synchronous=OFF")
    _working[id(taken.db)] = taken
    return taken.db


def fingerprint(opened: sqlite3.Connection) -> str:
    """The schema of a connection; asked once while the file stays as it is."""
    taken = _working.get(id(opened))
    if taken is None or taken.db is not opened:
        return _fingerprint(opened)
    if not taken.shape:
        taken = _working[id(opened)] = taken._replace(shape=_fingerprint(opened))
    return taken.shape


def close(ledger: db.Ledger) -> None:
    """Keep the connection for the next line, or close it."""
    taken = _working.pop(id(ledger.db), None)
    looks = _looks(taken.path) if taken is not None and _within else None
    if taken is None or taken.db is not ledger.db or looks is None or ledger.db.in_transaction:
        _close(ledger)
        return
    let_go()
    _kept.append(taken._replace(looks=looks))


def _looks(path: Path) -> tuple[int, int, int, int] | None:
    try:
        info = os.stat(path)
    except OSError:
        return None
    return info.st_dev, info.st_ino, info.st_mtime_ns, info.st_size


db.connect, db.Ledger.close, db.fingerprint = connect, close, fingerprint  # type: ignore[method-assign]
