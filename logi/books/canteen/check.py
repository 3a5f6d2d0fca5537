"""What the canteen asks of the checks': runs of the canteen's lists, what failed, and what became of it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.check import lists
from logi.books.check.analysis import grade, outcome
from logi.books.check.store import numbered, results_of_runs, runs

if TYPE_CHECKING:
    from logi.db import Ledger

__all__ = ["LISTS", "daily_items", "failures", "grade", "list_title", "numbered", "outcome", "runs_of"]

LISTS = ("canteen-service", "canteen-shop", "canteen-daily")


def runs_of(db: Any, since: date, until: date, keys: tuple[str, ...] = LISTS) -> list[Any]:
    """The live runs of the canteen's lists in a stretch of days, by day."""
    found = [row for key in keys for row in runs(db, key, since, until)]
    return sorted(found, key=lambda row: (row["on_day"], row["number"]))


def failures(ledger: "Ledger", made: list[Any]) -> list[tuple[Any, Any]]:
    """(run, item) of all that failed in these runs."""
    answers = results_of_runs(ledger.db, made)
    return [(run, one) for run in made for one in answers.get(run["number"], []) if one["result"] == "fail"]


def daily_items() -> dict[str, str]:
    """The points of the canteen's daily control: id and title."""
    known = lists.known("canteen-daily")
    return {item.id: lists.said(item.titles) for item in known.items} if known is not None else {}


def list_title(key: str) -> str:
    """What a list is called."""
    known = lists.known(key)
    return lists.title(known) if known is not None else key
