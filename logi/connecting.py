"""Connections to the file a ledger lies in: looked at before SQLite does, hardened, held against the schema of this version."""

import contextlib
import glob
import hashlib
import os
import sqlite3
import stat
import sys
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from logi.core.errors import Unavailable
from logi.placing import forget_partials
from logi.registry import ledger_format
from logi.steps import apply_migrations

APPLICATION_ID = 0x4C4F4749  # "LOGI"
FINGERPRINT = Path(__file__).resolve().parent / "schema.sha256"
PRAGMAS = (
    "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "foreign_keys=ON", "recursive_triggers=ON",
    "synchronous=EXTRA", "temp_store=MEMORY", "secure_delete=FAST", "query_only=ON",
)  # fmt: skip
LIMITS = {"LENGTH": 50_000_000, "SQL_LENGTH": 1_000_000, "ATTACHED": 0, "EXPR_DEPTH": 200, "TRIGGER_DEPTH": 10}
DEFENCES = {"DEFENSIVE": True, "TRUSTED_SCHEMA": False, "DQS_DML": False, "DQS_DDL": False, "ENABLE_VIEW": False}


def check_file(path: Path) -> int:
    """Look at a file before SQLite does; returns its ledger format (user_version)."""
    try:
        info = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(path) from None
    except OSError as error:
        raise Unavailable("front.ledger_unreadable", path=str(path), problem=error.strerror or "") from None
    if not stat.S_ISREG(info.st_mode):
        raise Unavailable("front.ledger_not_file", path=str(path))
    if info.st_nlink > 1 and not forget_partials(path):
        raise Unavailable("front.ledger_hard_link", path=str(path))
    try:
        # Before any connection of ours exists: closing a second handle would drop SQLite's POSIX locks.
        with path.open("rb") as file:
            top = file.read(100)
    except OSError as error:
        raise Unavailable("front.ledger_unreadable", path=str(path), problem=error.strerror or "") from None
    if top[:16] != b"SQLite format 3\0" or int.from_bytes(top[68:72], "big") != APPLICATION_ID:
        raise Unavailable("front.not_a_ledger", path=str(path))
    return int.from_bytes(top[60:64], "big")


def identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path: device and inode, None where that cannot be told."""
    with contextlib.suppress(OSError):
        info = os.stat(path)
        return info.st_dev, info.st_ino
    return None


def connect(path: Path, *, wait: float = 30.0, mode: str = "rw") -> sqlite3.Connection:
    """A connection by the recipe: our own transactions, rollback journal, EXTRA durability, nothing trusted."""
    kw: dict[str, Any] = {"uri": True, "isolation_level": None, "timeout": wait, "cached_statements": 256}
    if sqlite3.threadsafety == 3:
        kw["check_same_thread"] = False  # large imports write from a thread of their own
    if sys.version_info >= (3, 12):
        kw["autocommit"] = sqlite3.LEGACY_TRANSACTION_CONTROL
    # Read-write even for reading: after a crash a reader must be able to roll the hot journal back.
    db: sqlite3.Connection = sqlite3.connect(f"file:{quote(os.path.realpath(path))}?mode={mode}", **kw)
    try:
        harden(db)
    except BaseException as error:
        db.close()
        if isinstance(error, UnicodeDecodeError):  # SQLite's message quotes a damaged schema
            raise Unavailable("front.damaged", problem=str(error)) from error
        raise
    return db


def leave_wal(db: sqlite3.Connection) -> None:
    """A ledger that some other program put into WAL comes back to the rollback journal; to be asked of our own files only."""
    if db.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        with contextlib.suppress(sqlite3.OperationalError):
            db.execute("PRAGMA journal_mode=DELETE").fetchall()


def harden(db: sqlite3.Connection) -> None:
    """Limits, defences and pragmas for a connection."""
    db.row_factory = sqlite3.Row
    if hasattr(db, "enable_load_extension"):
        db.enable_load_extension(False)
    if hasattr(db, "setconfig"):
        for name, value in DEFENCES.items():
            db.setconfig(getattr(sqlite3, f"SQLITE_DBCONFIG_{name}"), value)
    for name, limit in LIMITS.items():
        db.setlimit(getattr(sqlite3, f"SQLITE_LIMIT_{name}"), limit)
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA {pragma}").fetchall()


def is_busy(error: sqlite3.OperationalError) -> bool:
    """Whether the ledger was merely locked."""
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def read_only_cause(error: sqlite3.Error, path: Path) -> Unavailable | None:
    """Why a ledger cannot even be read where nothing can be written: an unfinished entry, or another program's WAL."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    if code & 0xFF == sqlite3.SQLITE_READONLY and os.path.exists(f"{path}-journal"):
        return Unavailable("front.unfinished_read_only", path=str(path))
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN:
        with contextlib.suppress(OSError), path.open("rb") as file:
            if file.read(20)[18:] == b"\2\2":
                return Unavailable("front.wal_read_only", path=str(path))
    return None


def fingerprint(db: sqlite3.Connection) -> str:
    """SHA-256 of every table, index and trigger as SQLite keeps their text."""
    cursor = db.cursor()
    cursor.row_factory = None
    return _fingerprint_of(tuple(cursor.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")))


@lru_cache(maxsize=4)  # a program that opens many ledgers meets the same few shapes again and again
def _fingerprint_of(rows: tuple[tuple[str], ...]) -> str:
    texts = sorted(" ".join(text.split()) for (text,) in rows)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@cache
def expected_fingerprint() -> str:
    """The fingerprint this version makes: shipped beside the code, computed afresh only when a book was added since."""
    try:
        version, _, shipped = FINGERPRINT.read_text("ascii").strip().partition(" ")
        if version == str(ledger_format()):
            return shipped
    except OSError:
        pass
    return computed_fingerprint()


def computed_fingerprint() -> str:
    """The fingerprint of a ledger built in memory by all migrations."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.execute("BEGIN IMMEDIATE")
        apply_migrations(db)
        db.execute("COMMIT")
        return fingerprint(db)
    finally:
        db.close()


def build(db: sqlite3.Connection) -> None:
    """Make a blank ledger on a fresh connection: tables, guards, application id, format."""
    db.execute("BEGIN IMMEDIATE")
    try:
        apply_migrations(db)
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):  # a full disk has rolled it back already
            db.execute("ROLLBACK")
        raise
    harden(db)


def _missing(path: Path) -> Unavailable:
    """No ledger there; perhaps a restore was cut off between setting the old one aside and naming the new one."""
    aside = sorted(path.parent.glob(f"{glob.escape(path.stem)}-set-aside-*{glob.escape(path.suffix)}"))
    if aside:
        return Unavailable("front.ledger_set_aside", path=str(path), aside=str(aside[-1]))
    return Unavailable("front.ledger_missing", path=str(path))
