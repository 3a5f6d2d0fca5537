"""Which papers a bus and its driver hold on a day, and which are lacking."""

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.gate import rules, school, store_bus

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry


def held(source: "Source", row: Any, driver_id: int, day: date) -> dict[str, Any]:
    """For each kind of paper the one that holds on a day; None where there is none."""
    by_kind: dict[str, list[Any]] = defaultdict(list)
    for paper in store_bus.papers(source.db, bus_id=row["id"]) + store_bus.papers(source.db, person_id=driver_id):
        by_kind[paper["kind"]].append(paper)
    return {kind: rules.holding(by_kind[kind], day) for kind in rules.PAPERS}


def lacking(source: "Source", row: Any, driver_id: int, day: date) -> list[str]:
    """The kinds of papers that do not hold on a day."""
    return [kind for kind, paper in held(source, row, driver_id, day).items() if paper is None]


def standing(source: "Source", paper: Any, day: date, ahead: int = 0) -> str:
    """`none`, `expiring` or `valid`: how a paper that is held (or None) stands on a day."""
    if paper is None:
        return "none"
    notice = max(ahead, int(school.policy(source, "school.certificate_notice_days", day)))
    return "expiring" if paper["until_day"] <= (day + timedelta(days=notice)).isoformat() else "valid"
