"""What the floor's undo cannot know about the month: the plan of a closed month stands, and so does a reopening."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.month import store
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry


def settle(e: "Entry", tables: set[str]) -> None:
    """Refuse (4) to take back a reopening (that would close unchecked), or a line of a closed month's plan, or its duties."""
    if "month_closed" in tables:
        raise Refused("month.undo_reopening")
    if not e.closed_until:
        return
    if tables & {"month_roster_day", "month_duty"}:
        for day in store.rosters_written_by(e.db, e.n):
            if day[:7] <= e.closed_until:
                raise Refused("front.undo_closed_month", day=date.fromisoformat(day), month=e.closed_until)
    if "month_line" not in tables:
        return
    for line in store.written_by(e.db, e.n):
        if line["month"] <= e.closed_until:
            raise Refused("month.plan_closed", month=line["month"], last=e.closed_until)
