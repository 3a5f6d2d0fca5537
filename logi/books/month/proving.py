"""Lines that prove themselves: every book's `evidence.py` says how far a month's work has come, and by which records.

A book's room `evidence.py` holds RULES: name -> function(ledger, month) -> (done, total, numbers of the records).
A total of 0 proves nothing: such a line is ticked by hand.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.month import rules
from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.db import Ledger

    Rule = Callable[[Ledger, str], tuple[int, int, list[str]]]

MOST_NUMBERS = 10


class Proof(NamedTuple):
    """How far the records prove a line: done of total, and their numbers."""

    done: int
    total: int
    numbers: tuple[str, ...]

    @property
    def degree(self) -> int | None:
        """Tenths of a percent, cut off, so that 100 % is all of it; None where there is nothing to do."""
        return 1000 * self.done // self.total if self.total else None

    @property
    def complete(self) -> bool:
        """Whether all of it is proved."""
        return 0 < self.total <= self.done

    @property
    def told(self) -> str:
        """In a line: 3/3 ZB-2025-0001 …, at most ten numbers."""
        more = ["…"] if len(self.numbers) > MOST_NUMBERS else []
        return " ".join([f"{self.done}/{self.total}", *self.numbers[:MOST_NUMBERS], *more])


def known() -> "Mapping[str, Rule]":
    """Every rule of every book by name, in shelf order."""
    found: dict[str, Rule] = {}
    for name in cards():
        hooks = room(name, "evidence")
        if hooks is not None:
            found.update(hooks.RULES)
    return found


class Proofs:
    """The proofs of lines, each rule asked once a month."""

    def __init__(self, ledger: "Ledger") -> None:
        self.ledger = ledger
        self._rules: Mapping[str, Rule] | None = None
        self._asked: dict[tuple[str, str], Proof | None] = {}

    def of(self, line: Any) -> Proof | None:
        """The proof of a line; None if it names no rule (or one that no book keeps any more)."""
        if line["rule"] is None:
            return None
        asked = (line["rule"], line["rule_month"] or line["month"])
        if asked not in self._asked:
            if self._rules is None:
                self._rules = known()
            rule = self._rules.get(asked[0])
            done, total, numbers = rule(self.ledger, asked[1]) if rule else (0, 0, [])
            self._asked[asked] = Proof(done, total, tuple(numbers)) if rule else None
        return self._asked[asked]

    def settled(self, line: Any) -> bool:
        """Whether an open line is done by its evidence."""
        proof = self.of(line) if line["state"] == "open" else None
        return proof is not None and proof.complete

    def standing(self, line: Any, as_of: date) -> rules.Standing:
        """A line as it stands on a day: one that is proved whole counts as done, and not late."""
        if self.settled(line):
            return rules.Standing("done", None)
        due_on, done_on = (date.fromisoformat(line[name]) if line[name] else None for name in ("due_on", "done_on"))
        stood = rules.standing(line["state"], due_on, done_on, as_of)
        return stood._replace(late=None) if line["evidence"] and stood.state == "done" else stood
