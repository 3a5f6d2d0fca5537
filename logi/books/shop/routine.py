"""The shop's part of the calendar of recurring duties: the look through the shelf."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.shop import school, standing, store
from logi.core.messages import say
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger


def duties(ledger: "Ledger") -> list[Routine]:
    """The shelf, every so many days; nothing while it is empty."""
    today = ledger.today
    there = standing.shelf(ledger, today)
    if not there:
        return []
    seen = [date.fromisoformat(row["on_day"]) for row in store.looks(ledger.db, date.min, today)]
    days = int(school.policy(ledger, "shop.look_days", today))
    last, by = seen[-1] if seen else None, standing.seller(ledger)
    first = last or min(date.fromisoformat(one.lot.came) for one in there)
    upcoming, every = first + timedelta(days=days), say("shop.routine.every", days=days)
    return [Routine("weekly", "shop-shelf", say("shop.routine.look"), None, None if by == "PERSON" else by, last, upcoming,
                    f"logi shop look --by {by}", every)]  # fmt: skip
