"""Names that meant nothing when they were looked for, remembered while a file of many rows comes in."""

from collections.abc import Mapping
from typing import Any

MOST = 5000  # of one table

Asked = tuple[object, ...]


class Unfound:
    """What was looked for in vain, and what was said of it; forgotten as soon as its table may hold something else."""

    __slots__ = ("_tables", "_written")

    def __init__(self) -> None:
        self._tables: dict[str, dict[Asked, tuple[str, Mapping[str, Any]]]] = {}
        self._written: set[str] = set()

    def get(self, table: str, asked: Asked) -> tuple[str, Mapping[str, Any]] | None:
        """What was said (key and facts) when this was looked for; None if it was not, or may be found by now."""
        known = self._tables.get(table)
        return known.get(asked) if known else None

    def keep(self, table: str, asked: Asked, key: str, facts: Mapping[str, Any]) -> None:
        """Remember what is said of it."""
        known = self._tables.setdefault(table, {})
        if len(known) >= MOST:
            known.clear()
        known[asked] = key, facts

    def wrote(self, table: str) -> None:
        """A table is written to."""
        self._written.add(table)
        self._tables.pop(table, None)

    def taken_back(self) -> None:
        """Something that was written is taken back: which tables that was of is not asked."""
        for table in self._written:
            self._tables.pop(table, None)
