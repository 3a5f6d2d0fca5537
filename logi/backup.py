"""Copies of the ledger: taken while others write, verified before they are named, thinned by age, put back."""

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, NamedTuple

from logi import journal
from logi.connecting import check_file, connect, is_busy
from logi.core.errors import BadValue, Busy, Refused, Unavailable
from logi.db import Ledger
from logi.journal import ZERO, Head
from logi.placing import hold_signals, make_folder, make_private, partial_of, place, remove, sync
from logi.verify import Verdict, verify

AUTO_KEPT = 5
UNITS = ("d", "w", "m", "y")
STAMP = "%Y%m%dT%H%M%SZ"


class Copy(NamedTuple):
    """A verified copy: where it is, its head and entries, its SHA-256 and size."""

    path: Path
    head: Head
    entries: int
    sha256: str
    size: int


class Unsound(Exception):
    """A copy that does not pass verification; `verdict` says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.findings[0].text if verdict.findings else "")
        self.verdict = verdict


# -- making --------------------------------------------------------------------------------------------


def backup(source: Ledger, path: Path) -> Copy:
    """Copy the ledger to a new file: whole, verified, synced, never over another (4). Raises Unsound."""
    refuse_existing(path)
    with writing(path):
        make_folder(path.parent)
        with _copied(source.db, path) as (partial, verdict):
            copy = _receipt(partial, path, verdict)
            if source.hold_signals:
                hold_signals()
            place(partial, path)
            return copy


def stream(source: Ledger, out: IO[bytes]) -> Copy:
    """Verify a private copy, then write its bytes to a stream. Raises Unsound."""
    import tempfile

    folder = source.path.parent if os.access(source.path.parent, os.W_OK) else Path(tempfile.gettempdir())
    with writing(folder), _copied(source.db, folder / f"{source.path.name}.stream") as (partial, verdict):
        copy = _receipt(partial, Path("-"), verdict)
        with partial.open("rb") as file:
            while block := file.read(1 << 20):
                out.write(block)
        out.flush()
        return copy


def auto_backup(ledger: Ledger, why: str) -> Path:
    """A quick copy beside the ledger before something large; the newest five of them are kept.

    Checked by SQLite's quick_check and the head; to be called before an entry is opened.
    `why` is one word for its name: migrate, import, undo, run.
    """
    with writing(backups_folder(ledger.path)):
        path, partial = aside_names(ledger, why)
        try:
            copy_quickly(ledger, partial)
            place_aside(partial, path)
        finally:
            remove(partial)
    return path


def copy_quickly(ledger: Ledger, partial: Path) -> None:
    """A private copy, checked quickly and synced."""
    make_private(partial)
    head = _pages(ledger.db, partial)
    check_quickly(partial, head)
    sync(partial)


def aside_names(ledger: Ledger, why: str) -> tuple[Path, Path]:
    """The name of a copy to be set aside, in a folder that is there, and the temporary one until then."""
    folder = backups_folder(ledger.path)
    make_folder(folder)
    stamp = ledger.clock().astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    path = folder / f"auto-{stamp}-{journal.head(ledger.db).seq}-{why}.db"
    return path, partial_of(path)


def place_aside(partial: Path, path: Path) -> None:
    """Give a copy that was checked and synced its name, and let the oldest go."""
    place(partial, path)
    for old in sorted(path.parent.glob("auto-*.db"), reverse=True)[AUTO_KEPT:]:
        remove(old)


def backups_folder(path: Path) -> Path:
    """Where copies lie beside a ledger unless told otherwise."""
    return path.with_name(f"{path.name}.backups")


def name_in(folder: Path, ledger: Ledger) -> Path:
    """The name of a copy in a folder of copies: ledger, instant, entry."""
    stamp = ledger.clock().astimezone(UTC).strftime(STAMP)
    name = f"{ledger.path.stem}-{_short_id(ledger)}-{stamp}-{journal.head(ledger.db).seq}"
    tries = (folder / f"{name}{tail}.db" for tail in ("", *(f"-{n}" for n in range(2, 100))))
    return next((path for path in tries if not os.path.lexists(path)), folder / f"{name}.db")


def refuse_existing(path: Path) -> None:
    """A copy is never written over anything (4)."""
    if os.path.lexists(path):
        raise Refused("trust.backup_exists", path=str(path))


# -- thinning ------------------------------------------------------------------------------------------


class Keep(NamedTuple):
    """What `--keep 7d,4w,12m` asks: the newest copy of each day, week, month or year within so many of them."""

    number: int
    unit: str


def parse_keep(text: str) -> list[Keep]:
    """The parts of a keep rule; an empty or unreadable one is refused."""
    rules: list[Keep] = []
    for part in text.replace("，", ",").split(","):
        found = re.fullmatch(r"([0-9]{1,4})([dwmy])", part.strip().lower())
        if found is None or int(found[1]) == 0:
            raise BadValue("trust.bad_keep", text=text)
        rules.append(Keep(int(found[1]), found[2]))
    return rules


def superfluous(copies: Sequence[tuple[Path, datetime]], rules: Sequence[Keep], now: datetime) -> list[Path]:
    """Which copies a rule lets go: by age, not by count, so that many new ones cannot push a good old one out.

    The newest of all is never among them, nor one from the future.
    """
    ordered = sorted(copies, key=lambda copy: (copy[1], copy[0].name), reverse=True)
    kept = {path for path, at in ordered[:1]} | {path for path, at in ordered if at > now}
    for rule in rules:
        taken: set[tuple[int, ...]] = set()
        for path, at in ordered:
            bucket = _bucket(at, rule.unit)
            if at >= _reach(now, rule) and bucket not in taken:
                taken.add(bucket)
                kept.add(path)
    return [path for path, _ in ordered if path not in kept]


def copies_in(folder: Path, ledger: Ledger) -> list[tuple[Path, datetime]]:
    """The copies of this very ledger in a folder, by the names this module gives."""
    start = re.escape(f"{ledger.path.stem}-{_short_id(ledger)}-")
    pattern = re.compile(start + r"([0-9]{8}T[0-9]{6}Z)-[0-9]+(?:-([0-9]{1,2}))?\.db")
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        named = pattern.fullmatch(path.name)
        if named and path.is_file() and not path.is_symlink():
            at = datetime.strptime(named[1], STAMP).replace(tzinfo=UTC)
            found.append((path, at + timedelta(microseconds=int(named[2] or 0))))  # several within one second
    return found


# -- putting back --------------------------------------------------------------------------------------


class Restored(NamedTuple):
    """What a restore did: the copy's head, the old ledger's head and new name (None where there was none)."""

    copy: Copy
    before: Head | None
    aside: Path | None
    parted: bool  # the copy is not an earlier state of the ledger set aside


def restore(source: Path, target: Path, *, now: datetime, wait: float = 30.0, hold: bool = False) -> Restored:
    """Verify a copy, set the present ledger aside under a new name, and let the copy stand in its place.

    Raises Unsound, Refused (the same file), Unavailable or Busy; before that nothing is touched. With `hold`, signals wait from
    then on until the caller has said so.
    """
    check_file(source)
    if os.path.exists(target) and os.path.samefile(source, target):
        raise Refused("trust.restore_itself", path=str(source))
    target = Path(os.path.realpath(target))
    with writing(target):
        make_folder(target.parent)
        db = connect(source, wait=wait)
        try:
            with _copied(db, target) as (partial, verdict):
                copy = _receipt(partial, target, verdict)
                before, parted, aside = _swap(partial, target, verdict, now, wait, hold=hold)
        finally:
            db.close()
    return Restored(copy, before, aside, parted)


def _swap(partial: Path, target: Path, verdict: Verdict, now: datetime, wait: float, *,
          hold: bool) -> tuple[Head | None, bool, Path | None]:  # fmt: skip
    before, parted, aside, held = None, False, None, None
    spare = _free_name(target, now)
    try:
        if os.path.lexists(target):
            held = _hold(target, wait)
            if held is not None:
                before, parted = _compare(held, partial, verdict)
        if hold:
            hold_signals()
        if os.path.lexists(target):
            os.rename(target, spare)
            aside = spare
        for tail in ("-journal", "-wal", "-shm"):
            if os.path.lexists(f"{target}{tail}"):
                # A journal left here would be rolled into the copy; it belongs to what was set aside.
                os.rename(f"{target}{tail}", f"{spare}{tail}")
        place(partial, target)
    except BaseException:
        if aside is not None and not os.path.lexists(target):
            os.rename(aside, target)
        raise
    finally:
        if held is not None:
            held.close()
    return before, parted, aside


def _hold(target: Path, wait: float) -> sqlite3.Connection | None:
    """Keep everybody else out of the present ledger; None if it is too damaged for SQLite to lock."""
    db = None
    try:
        with target.open("rb") as file:
            if file.read(16) != b"SQLite format 3\0":
                return None  # SQLite would throw its journal away
        db = connect(target, wait=wait)
        db.execute("PRAGMA query_only=OFF")
        db.execute("BEGIN EXCLUSIVE")
        return db
    except sqlite3.DatabaseError as error:
        if db is not None:
            db.close()
        if isinstance(error, sqlite3.OperationalError) and is_busy(error):
            raise Busy("front.ledger_busy", path=str(target), seconds=int(wait)) from error
        return None


def _compare(present: sqlite3.Connection, partial: Path, verdict: Verdict) -> tuple[Head | None, bool]:
    """The present ledger's head, and whether the copy is of another past: neither holds the other's head."""
    copy = connect(partial)
    try:
        now = journal.head(present)
        older, newer = (verdict.head, present) if verdict.head.seq <= now.seq else (now, copy)
        row = journal.find_entry(newer, older.seq)
        parted = older.seq > 0 and (row is None or row["hash"] != older.hash)
        return now, parted or journal.settings(present).get("ledger_id", "") != verdict.ledger_id
    except sqlite3.DatabaseError:
        return None, False
    finally:
        copy.close()


def _free_name(target: Path, now: datetime) -> Path:
    base = f"{target.stem}-set-aside-{now.astimezone(UTC).strftime(STAMP)}"
    for n in range(1, 1000):
        name = target.with_name(f"{base}{'' if n == 1 else f'-{n}'}{target.suffix}")
        if not os.path.lexists(name):
            return name
    raise Refused("trust.backup_exists", path=str(name))


# -- the copy itself -----------------------------------------------------------------------------------


@contextmanager
def _copied(db: sqlite3.Connection, path: Path) -> Iterator[tuple[Path, Verdict]]:
    """A private, verified, synced copy under a temporary name, taken away again unless it was placed."""
    partial = partial_of(path)
    try:
        make_private(partial)
        _pages(db, partial)
        verdict = verify(partial)
        if not verdict.clean:
            raise Unsound(verdict)
        sync(partial)
        yield partial, verdict
    finally:
        remove(partial)
        remove(Path(f"{partial}-journal"))


def _pages(db: sqlite3.Connection, partial: Path) -> Head:
    """Copy every page as of one moment (its head); the read lock taken first makes waiting end by itself."""
    inside = db.in_transaction
    if inside and not db.execute("PRAGMA query_only").fetchone()[0]:
        raise Unavailable("trust.copy_in_entry")  # SQLite would wait for the entry, and the entry for the copy
    if not inside:
        db.execute("BEGIN")
    try:
        head = _head(db)
        to = sqlite3.connect(partial, isolation_level=None)
        try:
            to.execute("PRAGMA synchronous=OFF")  # nobody knows this file yet; it is synced whole before it is named
            db.backup(to)
            to.execute("PRAGMA journal_mode=DELETE").fetchall()  # the header's WAL mark would come along with the pages
        finally:
            to.close()
    finally:
        if not inside:
            with suppress(sqlite3.Error):
                db.execute("ROLLBACK")
    return head


def _head(db: sqlite3.Connection) -> Head:
    try:
        return journal.head(db)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and is_busy(error):
            raise
        return Head(0, ZERO)


def check_quickly(partial: Path, head: Head) -> None:
    """SQLite's own check of a copy, and that it ends where the ledger does. Unavailable if not."""
    db = connect(partial)
    try:
        if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok" or journal.head(db) != head:
            raise Unavailable("trust.auto_backup_bad", path=str(partial))
    finally:
        db.close()


def _receipt(partial: Path, path: Path, verdict: Verdict) -> Copy:
    with partial.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Copy(path, verdict.head, verdict.entries, digest, partial.stat().st_size)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the computer refuses while a copy is made, as a sentence (6); a name taken meanwhile (4)."""
    try:
        yield
    except FileExistsError:
        raise Refused("trust.backup_exists", path=str(path)) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unavailable("front.cannot_write", path=str(path), problem=error.strerror or str(error)) from None


def _short_id(ledger: Ledger) -> str:
    found = re.sub(r"[^0-9a-zA-Z]", "", ledger.settings.get("ledger_id", ""))[:8]
    return found or "0"


def _bucket(at: datetime, unit: str) -> tuple[int, ...]:
    if unit == "w":
        return at.isocalendar()[:2]
    return (at.year, at.month, at.day)[: {"y": 1, "m": 2, "d": 3}[unit]]


def _reach(now: datetime, rule: Keep) -> datetime:
    """The earliest instant a rule still reaches."""
    if rule.unit in "dw":
        return now - timedelta(days=rule.number * (7 if rule.unit == "w" else 1))
    months = now.year * 12 + now.month - 1 - rule.number * (12 if rule.unit == "y" else 1)
    year, month = divmod(months, 12)
    return datetime(max(year, 1), month + 1, min(now.day, 28), now.hour, now.minute, now.second, tzinfo=UTC)


