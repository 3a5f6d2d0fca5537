"""A hand that writes while the eye reads on: SQLite works in a thread of its own, one task at a time."""

import sqlite3
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

HAND_OVER_S = 0.0002  # how long a thread that has done its part waits for the other; Python's own 5 ms would cost a third


class Writer:
    """Does one task at a time beside us; what goes wrong there is raised here, at the next `do` or `wait`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db, self._alone = db, sqlite3.threadsafety != 3
        self._pool: ThreadPoolExecutor | None = None
        self._task: Future[None] | None = None
        self._interval = 0.0

    def do(self, task: Callable[[], None]) -> None:
        """Begin a task once the one before it is done. Where SQLite may not change threads, it is done at once."""
        self.wait()
        if self._pool is None and not self._alone:
            self._begin()
        if self._alone or self._pool is None:
            task()
            return
        self._task = self._pool.submit(task)

    def wait(self) -> None:
        """Wait until nothing is being written."""
        if self._task is not None:
            task, self._task = self._task, None
            task.result()

    def stop(self) -> None:
        """Let the task come to its end, whatever it is; nothing may touch the ledger after us."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            sys.setswitchinterval(self._interval)
            self._pool = self._task = None

    def _begin(self) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._pool = ThreadPoolExecutor(1)
        self._interval = sys.getswitchinterval()
        sys.setswitchinterval(HAND_OVER_S)
        try:
            self._pool.submit(self._db.execute, "SELECT 1").result()
        except sqlite3.ProgrammingError:  # this connection belongs to the thread that made it
            self.stop()
            self._alone = True
