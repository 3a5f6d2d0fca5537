"""Going through the journal once: every hash and digest anew, every image held against the row it speaks of."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from logi import journal
from logi.core.tables import TableSpec
from logi.images import Find, Images, plain
from logi.journal import HEADER, ZERO, Head

_read = json.JSONDecoder().raw_decode
_DIGEST, _HASH, _PARTS = HEADER.index("digest"), len(HEADER), HEADER.index("parts")
_PREV, _AT = HEADER.index("prev"), HEADER.index("recorded_at")


class Walk:
    """One walk along the chain from entry `since` on; `wanted` are the hashes that must stand at some entries."""

    def __init__(self, db: sqlite3.Connection, specs: Mapping[str, TableSpec], find: Find, *, since: int = 1,
                 wanted: Mapping[int, Sequence[str]] | None = None,
                 step: Callable[[int, str, str], None]) -> None:  # fmt: skip
        self.db, self.find, self.since, self.step = db, find, since, step
        self.wanted = dict(wanted or {})
        self.images = Images(db, specs, find, since)
        self.head = Head(0, ZERO)
        self.entries = 0
        self._parts = plain(db, "SELECT id, seq, body FROM entry_part WHERE seq >= ? ORDER BY id", since)
        self._part: Any = None
        self._part_id: int | None = None

    def run(self) -> None:
        """Go through every entry, then look for what no entry speaks of."""
        self._before()
        self._part = next(self._parts, None)
        names = ", ".join((*HEADER, "hash"))
        for row in plain(self.db, f"SELECT {names} FROM entry WHERE seq >= ? ORDER BY seq", self.since):
            self._entry(row)
        while self._part is not None:
            self.find("trust.find.stray_part", self._part[1], part=self._part[0])
            self._part = next(self._parts, None)
        self.images.finish()

    def _before(self) -> None:
        """Stand on the entry before the first one looked at."""
        self._at = ""
        if self.since > 1:
            row = journal.find_entry(self.db, self.since - 1)
            if row is not None:
                self.head, self._at = Head(row["seq"], row["hash"]), row["recorded_at"]

    def _entry(self, row: Sequence[Any]) -> None:
        seq, said = row[0], row[_HASH]
        if seq != self.head.seq + 1 and not (self.since > 1 and self.entries == 0 and self.head.seq == 0):
            self.find("trust.find.entries_missing", seq, first=self.head.seq + 1, last=seq - 1)
        elif row[_PREV] != self.head.hash and (self.head.seq or seq == 1):
            self.find("trust.find.chain_broken", seq, before=seq - 1)
        if _hash(row) != said:
            self.find("trust.find.entry_altered", seq)
        if seq in self.wanted:
            for one in self.wanted.pop(seq):
                if not said.startswith(one):
                    self.find("trust.find.not_as_printed", seq, expected=one[:32], found=said[: len(one[:32])])
        if row[_AT] < self._at:
            self.step(seq, self._at, row[_AT])
        self._at = row[_AT]
        self._bodies(seq, row[_PARTS], row[_DIGEST])
        self.head = Head(seq, said)
        self.entries += 1

    def _bodies(self, seq: int, count: int, said: str) -> None:
        digest, seen = journal.part_seed(seq), 0
        while self._part is not None and self._part[1] <= seq:
            number, whose, body = self._part
            if self._part_id is not None and number != self._part_id + 1:
                self.find("trust.find.part_gap", seq, first=self._part_id + 1, last=number - 1)
            self._part_id = number
            if whose < seq:
                self.find("trust.find.stray_part", whose, part=number)
            else:
                seen += 1
                digest = _part_digest(digest, body)
                self._replay(seq, body)
            self._part = next(self._parts, None)
        if seen != count or digest != said:
            self.find("trust.find.part_altered", seq, parts=seen, count=count)

    def _replay(self, seq: int, body: str) -> None:
        try:
            changes, end = _read(body)
            if end != len(body):
                raise ValueError
            for change in changes:
                if change[0] == "C":
                    self.images.inserted_many(seq, *change[1:])
                elif change[0] == "I":
                    self.images.inserted(seq, change[1], change[2], change[3])
                elif change[0] == "V":
                    self.images.turned(seq, change)
                elif change[0] == "W":
                    self.images.run_updated(seq, *change[1:])
                else:
                    self.images.updated(seq, change[1], change[2], change[3])
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError):
            self.find("trust.find.part_unreadable", seq)


def _hash(row: Sequence[Any]) -> str:
    try:
        return journal.entry_hash(row[:-1])
    except (UnicodeEncodeError, TypeError, ValueError):
        return ""


def _part_digest(before: str, body: Any) -> str:
    try:
        return journal.part_digest(before, body)
    except UnicodeEncodeError:
        return ""
