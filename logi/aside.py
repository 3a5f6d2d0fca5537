"""The copy set aside before something large: taken and checked by a process beside us while we work, placed before we save."""

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from logi import backup, beside, journal
from logi.core.errors import LogiError, Unavailable
from logi.db import Ledger
from logi.journal import Head
from logi.placing import make_private, remove

LEAST = 8 << 20  # bytes of a ledger from which a process of its own pays
LONG_AGO_S = 600
COPIED, SOUND = b"c", b"s"
_ROLLBACK_MODE = b"\x01\x01"  # bytes 18 and 19 of a file whose every page stands in the file itself


@contextmanager
def set_aside(ledger: Ledger, why: str) -> Iterator[Callable[[], None]]:
    """A copy as the ledger is now, to be entered before an entry is open.

    What it yields is to be called when all is written and before the entry is sealed: the copy is checked and has its name
    then. Raises Unavailable where it is not sound, or cannot be written.
    """
    with backup.writing(backup.backups_folder(ledger.path)):
        path, partial = backup.aside_names(ledger, why)
        _forget_the_dead(partial.parent)
    other = None
    try:
        if ledger.path.stat().st_size >= LEAST and beside.possible():
            other = _begun(ledger, partial)
        if other is None:  # whatever it lacked: here it is said better
            remove(partial)
            with backup.writing(partial.parent):
                backup.copy_quickly(ledger, partial)
        yield _Placed(other, partial, path)
    finally:
        if other is not None:
            other.end()
        remove(partial)


def _forget_the_dead(folder: Path) -> None:
    """Take away what a process that was killed left unfinished."""
    for left in folder.glob(".auto-*.partial"):
        pid = left.name.split(".")[-2]
        with contextlib.suppress(OSError):
            if pid.isdigit() and not os.path.exists(f"/proc/{pid}") and time.time() - left.stat().st_mtime > LONG_AGO_S:
                left.unlink()


class _Placed:
    """Waits until a copy is checked, then gives it its name; once is enough."""

    def __init__(self, other: beside.Aside | None, partial: Path, path: Path) -> None:
        self._other, self._partial, self._path, self._done = other, partial, path, False

    def __call__(self) -> None:
        if self._done:
            return
        if self._other is not None and self._other.hear() != SOUND:
            raise Unavailable("trust.auto_backup_bad", path=str(self._partial))
        with backup.writing(self._path.parent):
            backup.place_aside(self._partial, self._path)
        self._done = True


def _begun(ledger: Ledger, partial: Path) -> beside.Aside | None:
    """A process that has copied the file and goes on to check the copy; None if that did not go well.

    It copies bytes, through a handle of its own: closing that one lets go of no lock of ours. Nobody can write into the file
    meanwhile, for we read it.
    """
    db = ledger.db
    with backup.writing(partial.parent):
        make_private(partial)
    db.execute("BEGIN")
    try:
        head = journal.head(db)
        try:
            other = beside.Aside(lambda say: _copy(ledger.path, partial, head, say))
        except beside.Lost:
            return None
        copied = False
        try:
            copied = other.hear() == COPIED
        finally:
            if not copied:
                other.end()
        return other if copied else None
    finally:
        db.execute("ROLLBACK")


def _copy(source: Path, partial: Path, head: Head, say: Callable[[bytes], object]) -> None:
    try:
        with source.open("rb") as there, partial.open("r+b") as here:
            if there.read(20)[18:] != _ROLLBACK_MODE:
                return
            rest, at = os.fstat(there.fileno()).st_size, 0
            while rest and (done := os.sendfile(here.fileno(), there.fileno(), at, min(rest, 1 << 26))):
                rest, at = rest - done, at + done
            if rest:
                return
            say(COPIED)
            writing = _Synced(here.fileno())
            try:
                backup.check_quickly(partial, head)  # while the disk writes
            finally:
                writing.join()
        if writing.done:
            say(SOUND)
    except (OSError, sqlite3.Error, LogiError):
        return


class _Synced(threading.Thread):
    """A file pushed to the disk while others read it."""

    def __init__(self, handle: int) -> None:
        super().__init__(daemon=True)
        self.done, self._open_file = False, handle
        self.start()

    def run(self) -> None:
        """Push it."""
        with contextlib.suppress(OSError):
            os.fsync(self._open_file)
            self.done = True


@contextmanager
def pushed(path: Path) -> Iterator[None]:
    """What has been written into a file so far is pushed to the disk by a process of its own meanwhile, where that can be.

    Nothing hangs on it: whoever saves later syncs again, and has less to wait for. (A thread of ours must not do it: letting
    go of a second handle would drop SQLite's locks.)
    """
    other = None
    with contextlib.suppress(beside.Lost):
        if beside.possible():
            other = beside.Aside(lambda say: _push(path))
    try:
        yield
    finally:
        if other is not None:
            other.end()


def _push(path: Path) -> None:
    with contextlib.suppress(OSError), path.open("rb") as file:
        os.fdatasync(file.fileno())
