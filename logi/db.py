"""The ledger: opened safely, made whole, written only through an entry. Knows no book by name; connecting.py knows the file."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from logi import __version__, journal
from logi.connecting import (
    build,
    check_file,
    connect,
    expected_fingerprint,
    fingerprint,
    identity,
    is_busy,
    leave_wal,
)
from logi.core.errors import Busy, Refused, Unavailable
from logi.core.tables import TableSpec
from logi.journal import Entry, Who
from logi.placing import hold_signals, make_folder, make_private, partial_of, place, remove, sync
from logi.registry import book_of_table, ledger_format, room

if TYPE_CHECKING:
    from logi.core.unfound import Unfound
    from logi.together import Together

MANY_ROWS = ("temp_store=FILE", "threads=2")
FEW_PAGES, MANY_PAGES = "cache_size=-8192", "cache_size=-32768"  # KiB: for rows added in order, for rows looked up
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
        self.unfound: Unfound | None = None  # what was looked for in vain, while a file comes in
        self.chosen: dict[tuple[str, str], int] = {}
        self.hold_signals = False
        self.together: Together | None = None  # the entry that the lines of `run --one-entry` share
        self.file: tuple[int, int] | None = None  # which file was opened: another may bear its name by now
        self._today = today
        self.loose = False  # whether SQLite leaves it to us what rows point at
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

    @contextlib.contextmanager
    def ready_for_many(self, *, loose: bool, ordered: bool = False) -> Iterator[None]:
        """Make ready for very many rows, before the entry is open: sorting for indexes goes to nameless files, in threads.

        (A sort in memory would keep every row of the table there, and take longer.) Under `loose` SQLite does not look at
        each row whether there is what it points at: whoever writes many rows answers for that, the entry for all others.
        Where rows are written in order (`ordered`) few pages are held.
        """
        if self.db.in_transaction:  # one of several commands in one entry
            yield
            return
        self.loose = loose
        for pragma in (*MANY_ROWS, FEW_PAGES if ordered else MANY_PAGES, f"foreign_keys={'OFF' if self.loose else 'ON'}"):
            self.db.execute(f"PRAGMA {pragma}").fetchall()
        try:
            yield
        finally:
            self.loose = False
            with contextlib.suppress(sqlite3.Error):
                self.db.execute("PRAGMA foreign_keys=ON")

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
        leave_wal(db)
    except BaseException:
        db.close()
        raise
    ledger = Ledger(db, path, who, today=today, wait=wait)
    ledger.file = file
    return ledger


# -- creating and migrating ------------------------------------------------------------------------


def in_memory(who: Who, *, today: date | None = None) -> Ledger:
    """A blank ledger in memory, every book migrated: for tests and previews."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    build(db)
    return Ledger(db, Path(":memory:"), who, today=today)


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
