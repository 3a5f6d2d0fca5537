"""Who holds an office of the school, by post or by name (policy purchase.posts), for whoever records a signature at a level."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.school.store import people, policy
from logi.core.folding import fold

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

LADDER = ("bursar", "vice_principal", "principal")


def own(e: "Source", who: str, level: str, on: date) -> bool:
    """Whether a person holds the office of a level themselves."""
    holders = _posts(e, level, on)
    return any(_marks(row) & holders for row in _here(e, on) if row["name"] == who)


def fits(e: "Source", who: str, level: str, on: date) -> bool | None:
    """Whether a person may sign at a level by their office: its own or one above. None where the ledger cannot know: no such
    office is set, nobody is known to hold it, the name is not of the school, the person has no post."""
    if level not in LADDER:
        return None
    if any(own(e, who, one, on) for one in LADDER[LADDER.index(level) :]):
        return True
    named = [row for row in _here(e, on) if row["name"] == who]
    if not named or not any(row["post"] for row in named) or not holders(e, level, on):
        return None
    return False


def left(e: "Source", who: str, on: date) -> date | None:
    """The day a person left, if nobody of that name is at the school on a day."""
    gone = [row["left_on"] for row in people(e.db) if row["name"] == who]
    if not gone or any(day is None or day > on.isoformat() for day in gone):
        return None
    return date.fromisoformat(max(gone))


def holders(e: "Source", level: str, on: date) -> list[str]:
    """Who holds the office of a level."""
    posts = _posts(e, level, on)
    return [row["name"] for row in _here(e, on) if _marks(row) & posts]


def _here(e: "Source", on: date) -> list[Any]:
    return [row for row in people(e.db) if row["left_on"] is None or row["left_on"] > on.isoformat()]


def _posts(e: "Source", level: str, on: date) -> set[str]:
    return {fold(one) for one in policy(e, "purchase.posts", on).get(level, ())} if level in LADDER else set()


def _marks(row: Any) -> set[str]:
    return {fold(row["name"]), fold(row["code"]), fold(row["post"] or "")} - {""}
