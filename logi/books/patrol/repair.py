"""What the patrol book asks of the repair book: what a round or a hazard needs mended becomes a slip in the same entry."""

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from logi.journal import Entry

# A hazard's kind as the kind of work that removes it.
WORK = {"water": "water", "electric": "electric", "building": "masonry"}


def open_slip(e: "Entry", title: str, *, place: str, by: str | None, on: date, at: str | None, source: str,
              category: str, urgency: str = "normal") -> Any:  # fmt: skip
    """Write a repair slip; returns its row."""
    from logi.books.repair.actions import open as opened
    from logi.books.repair.store import order

    kind = WORK.get(category, "other")
    done = opened(e, title, place=place, by=by, on=on, at=at, kind=kind, source=source, urgency=urgency)
    return order(e, str(done.number))


def slip(source: Any, number: str) -> Any:
    """The slip of a number, or of a number's end."""
    from logi.books.repair.store import order

    return order(source, number)


def unfinished(slip: Any) -> bool:
    """Whether a slip is still to be mended; one that was turned down is not."""
    return slip["closed_on"] is None and slip["state"] != "declined"


FINISHED = ("closed", "accepted")
