"""What the policies say of a category, for many cards: read once for each stretch of days in which none of them changes."""

import json
from bisect import bisect_right
from datetime import date
from sqlite3 import Connection
from typing import Any, NamedTuple

from logi.books.asset import rules, school
from logi.books.asset.actions import OLD_LINE_ENDS, threshold

NAMES = (
    "asset.not_depreciated_prefixes", "asset.life_months", "asset.batch_prefixes", "asset.single_card_min_fen",
    "asset.entry_lag_days", "asset.special_prefixes", "asset.threshold_general_fen", "asset.threshold_rules",
    "asset.threshold_special_fen",
)  # fmt: skip


class OfKind(NamedTuple):
    """The rules for cards of a category in a stretch of days (fen, months, days); `usual_life` where none is given."""

    depreciates: bool
    least_life: int | None
    usual_life: int | None
    least_fen: int
    batch: bool
    single_fen: int
    lag_days: int


class Rules:
    """The rules by category and day."""

    def __init__(self, db: Connection) -> None:
        self._history: dict[str, tuple[list[str], list[Any]]] = {}
        for name in NAMES:
            rows = school.policy_history(db, name)
            self._history[name] = [row["from_day"] for row in rows], [json.loads(row["value"]) for row in rows]
        changes = {day for days, _ in self._history.values() for day in days}
        # The line for special equipment stays as it was on a certain day, so the day after begins a stretch too.
        self._starts = sorted(changes | {date.fromordinal(OLD_LINE_ENDS.toordinal() + 1).isoformat()})
        self._known: dict[tuple[int, int | None], OfKind | None] = {}

    def of(self, kind: Any, day: str) -> OfKind | None:
        """The rules for a category (or none) on a day; None where a policy does not reach back so far."""
        return self.in_stretch(kind, self.stretch(day))

    def stretch(self, day: str) -> int:
        """Which of the stretches of days, in none of which a policy changes, a day lies in."""
        return bisect_right(self._starts, day)

    def in_stretch(self, kind: Any, at: int) -> OfKind | None:
        """The rules for a category (or none) in a stretch of days."""
        key = (at, kind["id"] if kind is not None else None)
        if key not in self._known:
            self._known[key] = self._read(kind, date.fromisoformat(self._starts[at - 1])) if at else None
        return self._known[key]

    def _read(self, kind: Any, on: date) -> OfKind | None:
        try:
            exempt, lives = (self._value(name, on) for name in NAMES[:2])
            code = kind["code"] if kind is not None else None
            own = kind["life_months"] if kind is not None else None
            depreciates = rules.depreciates(code, kind["method"] if kind is not None else None, "cost", exempt)
            least = own or rules.least_life(lives, code)
            return OfKind(
                depreciates, least, least if depreciates else None, threshold(self._value, kind, on),
                (code or "").startswith(tuple(self._value("asset.batch_prefixes", on))),
                self._value("asset.single_card_min_fen", on), self._value("asset.entry_lag_days", on),
            )  # fmt: skip
        except LookupError:
            return None

    def _value(self, name: str, on: date) -> Any:
        days, values = self._history[name]
        at = bisect_right(days, on.isoformat())
        if not at:
            raise LookupError(name)
        return values[at - 1]
