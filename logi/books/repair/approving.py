"""Which approvals a repair needs: one, where its cost or estimate is above the school's own limit; a summer list always."""

from typing import TYPE_CHECKING

from logi.books.repair import rules, school, store
from logi.core.messages import title

if TYPE_CHECKING:
    from datetime import date

    from logi.db import Ledger
    from logi.journal import Entry

LEVELS = ("leader",)


def required(source: "Ledger | Entry", number: str) -> list[str]:
    """The levels that must approve a slip or a summer list, in order; none for small jobs."""
    from datetime import date

    if store.summer(source.db, number) is not None:
        return list(LEVELS)
    order = store.order(source, number)
    progress = rules.fold(store.steps(source.db, order["id"], date.max))
    limit = school.policy(source, "repair.approval_above_fen", _day(progress))
    return list(LEVELS) if max(progress.cost_fen, progress.estimate_fen or 0) > limit else []


def decided(e: "Entry", number: str, complete: bool, rejected: bool) -> None:
    """Nothing more happens: the approval itself is what the checks look for."""


def level_title(level: str) -> str:
    """What a level is called."""
    return title("repair.level", level)


def _day(progress: rules.Progress) -> "date":
    opened_on: date = progress.opened_on
    return opened_on
