"""How far an import is: a line on the terminal that goes away again."""

import sys
import time
from typing import TYPE_CHECKING

from logi.context import Desk
from logi.core.messages import say
from logi.importing.running import TICK_ROWS
from logi.surroundings import is_terminal

if TYPE_CHECKING:
    from logi.importing.reading import Source

NOTICE_AFTER_S = 2.0


class Progress:
    """A line on the terminal after two seconds: rows read, then rows entered with their rate and the time left."""

    def __init__(self, desk: Desk, source: "Source") -> None:
        self.shown = is_terminal(sys.stderr) and not desk.quiet
        self.source, self.start, self.last, self.drawn = source, time.monotonic(), 0.0, False
        self.read = 0
        self.entering = 0.0  # when the first rows were entered

    def tick(self, rows: int) -> None:
        """So many rows are entered (0: so many more are read). Said at most four times a second."""
        now = time.monotonic()
        if rows:
            self.entering = self.entering or (now if self.read else self.start)
        else:
            self.read += TICK_ROWS
        if not self.shown or now - self.start < NOTICE_AFTER_S or now - self.last < 0.25:
            return
        self.last, self.drawn = now, True
        sys.stderr.write(f"\r\x1b[K{self.line(rows, now)}")
        sys.stderr.flush()

    def line(self, rows: int, now: float) -> str:
        """What is said now."""
        if not rows:
            part = self.read / self.source.total if self.source.total else self.source.fraction()
            return say("importing.progress_reading", rows=self.read, percent=min(int(part * 100), 100))
        # A file that is read to its end first has all its rows by now; another is entered as it is read.
        part = min(rows / self.read if self.read else self.source.fraction(), 1.0)
        spent = max(now - self.entering, 0.001)
        left = int(spent / part * (1 - part)) if part > 0.01 else 0
        return say("importing.progress", rows=rows, rate=int(rows / spent), percent=int(part * 100), left=left)

    def end(self) -> None:
        """Wipe the line."""
        if self.drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
