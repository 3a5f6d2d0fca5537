"""What the floor's undo cannot know about the month: the plan of a closed month stands, and so does a reopening."""

from typing import TYPE_CHECKING

from logi.books.month import store
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry


def settle(e: "Entry", tables: set[str]) -> None:
    """Refuse (4) to take back a reopening (that would close unchecked), or a line of a closed month's plan."""
    if "month_closed" in tables:
        raise Refused("month.undo_reopening")
    if "month_line" not in tables or not e.closed_until:
        return
    for line in store.written_by(e.db, e.n):
        if line["month"] <= e.closed_until:
            raise Refused("month.plan_closed", month=line["month"], last=e.closed_until)
