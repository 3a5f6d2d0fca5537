"""What the kindergarten asks of the patrol book: hazards at its areas."""

from typing import Any

from logi.books.patrol.store import unsettled

__all__ = ["hazards_at"]


def hazards_at(db: Any) -> dict[str, int]:
    """How many hazards of a place are not settled, by its code."""
    found: dict[str, int] = {}
    for row in unsettled(db):
        if row["place_code"]:
            found[row["place_code"]] = found.get(row["place_code"], 0) + 1
    return found
