"""What the canteen asks of the patrol's: the register of accidents, for those with food."""

from datetime import date
from typing import Any

from logi.books.patrol.store import accidents

__all__ = ["poisonings"]


def poisonings(db: Any, since: date | None, until: date | None) -> list[Any]:
    """Accidents with food in a stretch of days."""
    return [row for row in accidents(db, since, until) if row["kind"] == "food"]
