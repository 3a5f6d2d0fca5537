"""Several command lines as one entry: each line works inside the entry that `run --one-entry` has opened."""

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from logi.core.errors import Usage

if TYPE_CHECKING:
    from logi.journal import Entry

# What opens, copies or reads the ledger as a whole, or speaks of entries already sealed, cannot be part of one.
APART = frozenset({
    "init", "demo", "migrate", "undo", "redo", "backup", "restore", "doctor", "run", "shell", "audit", "why",
    "month close", "month reopen", "report issue",
})  # fmt: skip


class Together:
    """The entry that many lines share; `lines` counts those that wrote, `numbers` are all that they gave."""

    def __init__(self, e: "Entry") -> None:
        self.e = e
        self.lines = 0
        self.numbers: list[str] = []
        self.reasons: list[str] = []
        self.after: list[Callable[[], str]] = []  # files of the lines, written when the entry stands; each says how it went
        self._about: set[str] = set()

    @contextlib.contextmanager
    def part(self, action: str, *, key: str | None, reason: str | None, dry_run: bool) -> Iterator["Entry"]:
        """One line's own part of the entry: as if it were alone, but its numbers and reasons are kept with the whole."""
        if key:
            raise Usage("front.together_key")
        e = self.e
        kept = (e.action, e.subject, e.answer, e.override, e.reason)
        e.action, e.subject, e.answer, e.override, e.reason, e.warnings = action, None, {}, None, reason, []
        try:
            with contextlib.suppress(_Tried), e.attempt():
                yield e
                if dry_run:
                    raise _Tried("front.tried")
                self._remember(e, reason)
        finally:
            e.action, e.subject, e.answer, e.override, e.reason = kept
            e.warnings = []

    def _remember(self, e: "Entry", reason: str | None) -> None:
        self.lines += 1
        self.numbers += e.answer.get("numbers") or []
        if reason and reason not in self.reasons:
            self.reasons.append(reason)
        if e.subject and e.subject not in self._about:
            self._about.add(e.subject)
            e.insert("entry_about", subject=e.subject)


class _Tried(Usage):
    """A line with its own --dry-run has been tried: what it did is taken back, and the others go on."""


def alone(path: str) -> bool:
    """Whether a command cannot be part of one entry."""
    return path in APART or path.partition(" ")[0] in APART
