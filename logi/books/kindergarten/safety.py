"""What the kindergarten asks of the safety book: lessons, drills and trainings that were held."""

from datetime import date
from typing import Any

from logi.books.safety.store import events

__all__ = ["lessons"]

TEACHING = ("lesson", "training", "drill")


def lessons(db: Any, since: date, until: date) -> list[Any]:
    """What taught safety in a stretch of days: lessons, trainings, drills."""
    return [row for row in events(db, since, until) if row["kind"] in TEACHING]
