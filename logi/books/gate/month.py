"""What the gate book asks of the month's: who leads and who keeps the gate by the duty roster."""

from datetime import date
from typing import Any

from logi.books.month.store import duties

__all__ = ["rostered"]


def rostered(db: Any, day: date, role: str) -> dict[int, str]:
    """Who is on a published roster in a role on a day: id and name."""
    return {row["person_id"]: row["name"] for row in duties(db, since=day, until=day)
            if row["role"] == role and row["state"] == "published"}  # fmt: skip
