"""The tree of units as it stood on a day: who is above and below whom, who answers, how many pupils there are."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.rollup import rules, school, store

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry


class Tree:
    """The units of a day. Units closed by then, or not there yet, are left out.

    `early` lets those in that were put down only later, with the pupils they had first: what a school tells of a month
    before it was registered is not lost.
    """

    def __init__(self, source: "Source", day: date | None = None, *, early: bool = False) -> None:
        self.day = day or source.today
        iso = self.day.isoformat()
        rows = [row for row in store.units(source.db)
                if (early or row["from_day"] <= iso) and (row["closed_on"] is None or row["closed_on"] > iso)]  # fmt: skip
        self.by_id: dict[int, Any] = {row["id"]: row for row in rows}
        self.children: dict[int | None, list[Any]] = {}
        for row in rows:
            above = row["parent_id"] if row["parent_id"] in self.by_id else None
            self.children.setdefault(above, []).append(row)
        self._counted = {unit_id: there[-1]["pupils"] for unit_id, there in store.heads(source.db, self.day).items()}
        first = {unit_id: there[0]["pupils"] for unit_id, there in store.heads(source.db).items()} if early else {}
        self._pupils = first | self._counted
        self.answers = str(school.policy(source, "rollup.accountable", self.day))

    def walk(self, unit_id: int | None = None, depth: int = 0) -> Iterator[tuple[int, Any]]:
        """(depth, unit) from a unit downward, itself first; the whole tree without one."""
        if unit_id is not None and depth == 0:
            yield 0, self.by_id[unit_id]
            depth = 1
        for row in self.children.get(unit_id, []):
            yield depth, row
            yield from self._below(row["id"], depth + 1)

    def under(self, unit_id: int) -> list[Any]:
        """A unit and all below it."""
        return [row for _, row in self.walk(unit_id)] if unit_id in self.by_id else []

    def pupils(self, unit_id: int) -> int | None:
        """The pupils of a unit: what was counted of itself, and the sum of those below; None while nothing was counted."""
        counted = [self._pupils[row["id"]] for row in self.under(unit_id) if row["id"] in self._pupils]
        return sum(counted) if counted else None

    def own_pupils(self, unit_id: int) -> int | None:
        """What was counted of a unit itself."""
        return self._pupils.get(unit_id)

    def counted(self, unit_id: int) -> int | None:
        """What was counted of a unit itself by the day: what is counted later says nothing of it."""
        return self._counted.get(unit_id)

    def line(self, unit_id: int) -> list[Any]:
        """The units above one, the nearest first."""
        found: list[Any] = []
        row = self.by_id.get(unit_id)
        while row is not None and (row := self.by_id.get(row["parent_id"])) is not None:
            found.append(row)
        return found

    def accountable(self, unit_id: int) -> Any | None:
        """The unit that answers for one (以縣為主): itself or the nearest above of the level the policy names."""
        if unit_id not in self.by_id:
            return None
        return next((row for row in (self.by_id[unit_id], *self.line(unit_id)) if row["level"] == self.answers), None)

    def lacking(self, row: Any, needs: Any) -> list[str]:
        """What a unit lacks; `needs` is the policy: level -> things."""
        return rules.lacking(row, needs.get(row["level"], ()))

    def _below(self, unit_id: int, depth: int) -> Iterator[tuple[int, Any]]:
        for row in self.children.get(unit_id, []):
            yield depth, row
            yield from self._below(row["id"], depth + 1)
