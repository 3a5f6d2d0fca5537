"""What hazards hear from other books: a repair that was finished has fixed its hazard, one that was rejected has not."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.patrol import hazard_actions, store
from logi.books.patrol.repair import unfinished
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry


def repair_closed(e: "Entry", order: Any, day: date, person: Any) -> None:
    """Every hazard whose repairs are all finished now is fixed; another person still has to verify it."""
    for hazard in store.hazards_of_order(e.db, order["id"]):
        if hazard["state"] not in ("open", "reported-up"):
            continue
        if left := [row["number"] for row in store.repairs_of_hazard(e.db, hazard["id"]) if unfinished(row)]:
            e.warn("patrol.repairs_left", number=hazard["number"], repairs=left)
            continue
        _tell(e, hazard, "fix", day, person, order["number"])


def repair_rejected(e: "Entry", order: Any, day: date, person: Any, reason: str) -> None:
    """A hazard that this repair had fixed is open again; one that was cancelled meanwhile is only warned of."""
    for hazard in store.hazards_of_order(e.db, order["id"]):
        if hazard["state"] == "fixed":
            _tell(e, hazard, "reject", day, person, f"{order['number']} {reason}")
        elif hazard["state"] == "verified":
            e.warn("patrol.cancelled_unmended", number=hazard["number"], repair=order["number"])


def repair_declined(e: "Entry", order: Any, day: date) -> None:
    """A hazard whose repair was turned down stays open, and somebody must think again."""
    for hazard in store.hazards_of_order(e.db, order["id"]):
        if hazard["state"] in ("open", "reported-up"):
            e.warn("patrol.told.declined", number=hazard["number"], title=hazard["title"], repair=order["number"])


def _tell(e: "Entry", hazard: Any, what: str, day: date, person: Any, note: str) -> None:
    try:
        hazard_actions.told(e, hazard, what, day, person, note)
    except Refused as error:  # its own steps lie later than the repair's day
        e.warn("patrol.hazard_not_told", number=hazard["number"], day=day, first=error.facts.get("first"))
    else:
        e.warn(f"patrol.told.{what}", number=hazard["number"], title=hazard["title"])
