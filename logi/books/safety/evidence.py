"""What the safety book's records prove of a month: a drill, a meeting, lessons were held; all equipment was looked at."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from logi.books.safety import store
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger

    Rule = Callable[[Ledger, str], tuple[int, int, list[str]]]


def held(kind: str, ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Whether anything of a kind was held in the month."""
    period = month_period(month)
    numbers = [row["number"] for row in store.events(ledger.db, period.since, min(period.until, ledger.today), kind)]
    return int(bool(numbers)), 1, numbers


def looked_at(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The fire equipment on the register at the month's end, and what of it was checked or renewed in the month."""
    period = month_period(month)
    until = min(period.until, ledger.today)
    seen = {row["equipment_id"] for row in store.looks(ledger.db, period.since, until)}
    there = store.equipment(ledger.db, until)
    done = [row["code"] for row in there if row["id"] in seen]
    return len(done), len(there), done


RULES: "dict[str, Rule]" = {
    **{f"safety-{kind}": partial(held, kind) for kind in ("lesson", "drill", "meeting")},
    "fire-equipment": looked_at,
}
