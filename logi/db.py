"""The ledger file: open it safely, keep it migrated, and let writes in only through an entry. Knows no book by name."""

import contextlib
import glob
import hashlib
import os
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from logi import __version__, journal
from logi.core.errors import Busy, Refused, Unavailable
from logi.core.tables import TableSpec
from logi.journal import Entry, Who
from logi.placing import forget_partials, hold_signals, make_folder, make_private, partial_of, place, remove, sync
from logi.registry import book_of_table, ledger_format, room
from logi.steps import apply_migrations

if TYPE_CHECKING:
    from logi.together import Together

APPLICATION_ID = 0x4C4F4749  # "LOGI"
FINGERPRINT = Path(__file__).resolve().parent / "schema.sha256"
PRAGMAS = (
    "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "foreign_keys=ON", "recursive_triggers=ON",
    "synchronous=EXTRA", "temp_store=MEMORY", "secure_delete=FAST", "query_only=ON",
)  # fmt: skip
LIMITS = {"LENGTH": 50_000_000, "SQL_LENGTH": 1_000_000, "ATTACHED": 0, "EXPR_DEPTH": 200, "TRIGGER_DEPTH": 10}
DEFENCES = {"DEFENSIVE": True, "TRUSTED_SCHEMA": False, "DQS_DML": False, "DQS_DDL": False, "ENABLE_VIEW": False}
SHANGHAI = 8 * 60  # minutes; no summer time since 1991, so no zone file is needed for the usual school
FIRST_NOTICE_S = 2.0
BREATH_S = 0.25


def utc_now() -> datetime:
    """The clock's instant."""
    return datetime.now(UTC)


class Ledger:
    """An open ledger. `db` only reads; `with ledger.entry("stock.out") as e:` is the one door for writing."""

    def __init__(self, db: sqlite3.Connection, path: Path, who: Who, *, today: date | None = None, wait: float = 30.0):
        self.db, self.path, self.who, self.wait = db, path, who, wait
        self.clock: Callable[[], datetime] = utc_now
        self.waiting: Callable[[], None] = lambda: None
        self.exact = False
        self.hints = True  # whether what is not found comes with names like it
        self.chosen: dict[tuple[str, str], int] = {}
        self.hold_signals = False
        self.together: Together | None = None  # the entry that the lines of `run --one-entry` share
        self.file: tuple[int, int] | None = None  # which file was opened: another may bear its name by now
        self._today = today
        self._settings: dict[str, str] | None = None
        self._specs: dict[str, TableSpec] = {spec.name: spec for spec in journal.TABLES}

    @property
    def settings(self) -> Mapping[str, str]:
        """The ledger's own settings (school, lang, zone, costing, …)."""
        if self._settings is None:
            self._settings = journal.settings(self.db)
        return self._settings

    @property
    def zone_minutes(self) -> int:
        """Minutes east of UTC now, by the ledger's zone."""
        name = self.settings.get("zone", "Asia/Shanghai")
        if name == "Asia/Shanghai":
            return SHANGHAI
        from zoneinfo import ZoneInfo

        offset = self.clock().astimezone(ZoneInfo(name)).utcoffset() or timedelta()
        return int(offset.total_seconds() // 60)

    @property
    def today(self) -> date:
        """The day it is for the school: fixed by LOGI_TODAY, else the clock in the ledger's zone."""
        return self._today or (self.clock() + timedelta(minutes=self.zone_minutes)).date()

    def spec(self, table: str) -> TableSpec:
        """The kind of a table; unknown ones are a fault of ours."""
        if table not in self._specs:
            schema = room(book_of_table(table), "schema")
            if schema is not None:
                self._specs.update({spec.name: spec for spec in schema.TABLES})
        return self._specs[table]

    @contextlib.contextmanager
    def entry(
        self, action: str, *, key: str | None = None, args: str | None = None, reason: str | None = None,
        dry_run: bool = False, first: Callable[[], None] = lambda: None,
    ) -> Iterator[Entry]:  # fmt: skip
        """One act = one transaction = one journal entry, or nothing. `dry_run` checks everything, then rolls back.

        `first` is done in the same transaction before the entry is open (a journal that is taken over).
        """
        if self.together is not None:
            try:
                with self.together.part(action, key=key, reason=reason, dry_run=dry_run) as part:
                    yield part
            finally:
                self._settings = None
            return
        db = self.db
        db.execute("PRAGMA query_only=OFF")
        try:
            self._begin()
            if self.file is not None and self.file != identity(self.path):
                raise Unavailable("front.ledger_replaced", path=str(self.path))
            first()
            entry = Entry(self, action, reason=reason)
            yield entry
            at = self.clock().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            entry.seal(who=self.who, at=at, app=f"logi {__version__}", key=key, args=args)
            if not dry_run:
                self._commit()
        finally:
            self._settings = None
            with contextlib.suppress(sqlite3.Error):
                if db.in_transaction:
                    db.execute("ROLLBACK")
                db.execute("PRAGMA query_only=ON")

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """One unchanging view for a whole report. Fetch everything, leave the block, then print."""
        if self.db.in_transaction:
            yield self.db
            return
        self.db.execute("BEGIN")
        try:
            yield self.db
        finally:
            with contextlib.suppress(sqlite3.Error):
                self.db.execute("ROLLBACK")

    def widen_cache(self, kib: int) -> None:
        """Give SQLite more memory for pages: for imports, which touch many."""
        self.db.execute(f"PRAGMA cache_size=-{kib}")

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def _begin(self) -> None:
        start = time.monotonic()
        told = False
        while True:
            waited = time.monotonic() - start
            # In short breaths: a signal is heard only between them.
            self.db.execute(f"PRAGMA busy_timeout={int(max(min(self.wait - waited, BREATH_S), 0) * 1000)}")
            try:
                self.db.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if not is_busy(error):
                    raise
                waited = time.monotonic() - start
                if waited >= self.wait:
                    raise Busy("front.ledger_busy", path=str(self.path), seconds=int(self.wait)) from error
            if waited >= FIRST_NOTICE_S and not told:
                self.waiting()
                told = True

    def _commit(self) -> None:
        """COMMIT, with signals held back from here until the caller has said so (`hold_signals`)."""
        if self.hold_signals:
            hold_signals()
        end = time.monotonic() + max(self.wait, 1.0)
        while True:
            try:
                self.db.execute("COMMIT")
                return
            except sqlite3.OperationalError as error:
                # A reader still holds the file; the transaction stays open, so try again.
                if not is_busy(error):
                    raise
                if time.monotonic() > end:
                    raise Busy("front.ledger_busy", path=str(self.path), seconds=int(self.wait)) from error


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


# -- opening ---------------------------------------------------------------------------------------


def open_ledger(path: Path, who: Who, *, today: date | None = None, wait: float = 30.0) -> Ledger:
    """Open an existing ledger. Foreign, newer, older, doctored or shared-name files are refused (6), none created."""
    version = check_file(path)
    if version > ledger_format():
        raise Unavailable("front.ledger_newer", path=str(path), format=version, known=ledger_format())
    file = identity(path)
    db = connect(path, wait=wait)
    try:
        if version < ledger_format():
            raise Unavailable("front.ledger_older", path=str(path), format=version, known=ledger_format())
        found = fingerprint(db)
        if found != expected_fingerprint():
            raise Unavailable("front.ledger_foreign_schema", path=str(path))
        _leave_wal(db)
    except BaseException:
        db.close()
        raise
    ledger = Ledger(db, path, who, today=today, wait=wait)
    ledger.file = file
    return ledger


def identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path: device and inode, None where that cannot be told."""
    with contextlib.suppress(OSError):
        info = os.stat(path)
        return info.st_dev, info.st_ino
    return None


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


def _missing(path: Path) -> Unavailable:
    """No ledger there; perhaps a restore was cut off between setting the old one aside and naming the new one."""
    aside = sorted(path.parent.glob(f"{glob.escape(path.stem)}-set-aside-*{glob.escape(path.suffix)}"))
    if aside:
        return Unavailable("front.ledger_set_aside", path=str(path), aside=str(aside[-1]))
    return Unavailable("front.ledger_missing", path=str(path))


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


def _leave_wal(db: sqlite3.Connection) -> None:
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


def fingerprint(db: sqlite3.Connection) -> str:
    """SHA-256 of every table, index and trigger as SQLite keeps their text."""
    rows = db.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
    texts = sorted(" ".join(row[0].split()) for row in rows)
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


# -- creating and migrating ------------------------------------------------------------------------


def in_memory(who: Who, *, today: date | None = None) -> Ledger:
    """A blank ledger in memory, every book migrated: for tests and previews."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    build(db)
    return Ledger(db, Path(":memory:"), who, today=today)


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


def create(path: Path, fill: Callable[[Ledger], None], who: Who, *, today: date | None = None,
           clock: Callable[[], datetime] | None = None, hold: bool = False) -> None:  # fmt: skip
    """Make a ledger under a temporary name, let `fill` write into it, then link it to `path`: never half a ledger.

    With `hold`, signals wait from then on until the caller has said so.
    Errors: 4 if something stands there already, 6 if the place cannot be written.
    """
    if os.path.lexists(path):
        raise Refused("front.ledger_exists", path=str(path))
    if os.path.lexists(f"{path}-journal"):  # SQLite would roll the lost ledger's last pages back into the new one
        raise Refused("front.leftover_journal", path=f"{path}-journal")
    partial = partial_of(path)
    try:
        make_folder(path.parent)
        make_private(partial)
        db = sqlite3.connect(partial, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode=MEMORY")  # nobody else knows this file yet; it is synced whole below
            build(db)
            db.execute("PRAGMA synchronous=OFF")
            ledger = Ledger(db, path, who, today=today)
            if clock is not None:
                ledger.clock = clock
            fill(ledger)
            db.execute("PRAGMA query_only=OFF")
            db.execute("PRAGMA journal_mode=DELETE")
        finally:
            db.close()
        sync(partial)
        if hold:
            hold_signals()
        place(partial, path)
    except FileExistsError:
        raise Refused("front.ledger_exists", path=str(path)) from None
    except OSError as error:
        raise Unavailable("front.cannot_write", path=str(path), problem=error.strerror or str(error)) from None
    finally:
        remove(partial)
