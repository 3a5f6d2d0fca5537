"""How a programme stands on a day: who takes part, who has reached the standard, what the target asks of each county."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.rollup import rules, store
from logi.books.rollup.tree import Tree

if TYPE_CHECKING:
    from logi.db import Ledger


class Part(NamedTuple):
    """A school in a programme: its last acceptance (None before) and whether it has reached the standard."""

    unit: Any
    since: date
    last: Any | None

    @property
    def state(self) -> str:
        """passed, failed, or waiting for its acceptance."""
        return "waiting" if self.last is None else "passed" if self.last["passed"] else "failed"


class County(NamedTuple):
    """The schools one unit answers for; `answers` is None where nobody does."""

    answers: Any | None
    parts: list[Part]

    @property
    def passed(self) -> int:
        """How many have reached the standard."""
        return sum(part.state == "passed" for part in self.parts)


class Standing:
    """A programme on a day."""

    def __init__(self, ledger: "Ledger", row: Any, day: date | None = None, tree: Tree | None = None) -> None:
        self.row, self.day = row, day or ledger.today
        self.tree = tree or Tree(ledger, self.day)
        iso = self.day.isoformat()
        last = {one["unit_id"]: one for one in store.acceptances(ledger.db, row["id"], self.day)}
        self.parts = [
            Part(one, date.fromisoformat(one["from_day"]), last.get(one["unit_id"]))
            for one in store.members(ledger.db, row["id"])
            if one["from_day"] <= iso and (one["left_on"] is None or one["left_on"] > iso)
        ]  # fmt: skip
        self.targets = [rules.Target(one["year"], one["percent"], date.fromisoformat(one["due_on"]))
                        for one in store.targets(ledger.db, row["id"])]  # fmt: skip

    @property
    def target(self) -> rules.Target | None:
        """What the programme is held against."""
        return rules.target_on(self.targets, self.day)

    @property
    def passed(self) -> int:
        """How many schools have reached the standard."""
        return sum(part.state == "passed" for part in self.parts)

    @property
    def count(self) -> int:
        """How many schools there are to be: the goal set, else those that take part."""
        return int(self.row["goal"] or len(self.parts))

    def counties(self) -> list[County]:
        """The schools by the unit that answers for them, by its code; those nobody answers for last."""
        groups: dict[int | None, County] = {}
        for part in self.parts:
            answers = self.tree.accountable(part.unit["unit_id"])
            groups.setdefault(answers["id"] if answers is not None else None, County(answers, [])).parts.append(part)
        return sorted(groups.values(), key=lambda one: (one.answers is None, one.answers["code"] if one.answers else ""))


def short(county: County, target: rules.Target | None) -> int:
    """How many schools a county lacks to the target."""
    return max(rules.wanted(len(county.parts), target.percent) - county.passed, 0) if target is not None else 0
