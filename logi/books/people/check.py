"""What the people book asks of the checks': runs and their scores."""

from datetime import date
from typing import Any

from logi.books.check.store import numbered, runs

__all__ = ["numbered", "scores_at"]


def scores_at(db: Any, since: date, until: date) -> dict[int, list[int]]:
    """The scores of the runs at each place in a stretch of days, in tenths of a percent."""
    found: dict[int, list[int]] = {}
    for row in runs(db, None, since, until):
        if row["score"] is not None and row["place_id"] is not None:
            found.setdefault(row["place_id"], []).append(row["score"])
    return found
