"""What the asset book asks of the school's book."""

from sqlite3 import Connection

from logi.books.school.actions import department_for
from logi.books.school.store import (
    by_id,
    calendar,
    category,
    department,
    person,
    place,
    place_spot,
    policy,
    policy_history,
    rows,
    term,
    term_on,
    vendor,
    who,
)

__all__ = [
    "by_id", "calendar", "category", "department", "department_for", "inside", "person", "place", "place_spot", "policy",
    "policy_history", "rows", "term", "term_on", "vendor", "who",
]  # fmt: skip


def inside(db: Connection) -> dict[int, set[int]]:
    """Every place with itself and all that lies in it, at any depth."""
    parents = {row["id"]: row["parent_id"] for row in rows(db, "school_place")}
    found: dict[int, set[int]] = {}
    for place_id in parents:
        at: int | None = place_id
        while at is not None and place_id not in found.setdefault(at, set()):
            found[at].add(place_id)
            at = parents.get(at)
    return found
