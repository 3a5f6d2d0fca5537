"""What the asset book's records prove of a month: categories audited and signed, rooms counted to the end."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.asset import auditing, school, store
from logi.books.asset.counting import Count
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def audit(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The categories with cards or movements in the month, and those signed; a month under way is not signed yet."""
    period = month_period(month)
    keys = auditing.figures(ledger.db, period.since, period.until)
    waiting = auditing.unsigned(ledger.db, month)
    signed = [key for key in keys if key not in waiting]
    codes = {row["id"]: row["code"] for row in school.rows(ledger.db, "school_category")}
    return len(signed), len(keys), [codes[key] for key in signed if key in codes]


def rooms(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The rooms that hold assets, and those some stocktake counted to the end in the month."""
    period = month_period(month)
    until = min(period.until, ledger.today)
    wanted = store.rooms_with_cards(ledger.db, until)
    done: set[int] = set()
    numbers = []
    for row in store.where(ledger.db, "asset_count", "number"):
        count = Count(ledger.db, row)
        mine = {room["place_id"] for room in count.rooms if room["entered_on"] is not None
                and period.since.isoformat() <= room["entered_on"] <= until.isoformat()
                and count.state_of(room) == "counted"} & wanted  # fmt: skip
        if mine:
            numbers.append(str(row["number"]))
        done |= mine
    return len(done), len(wanted), numbers


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {"property-audit": audit, "rooms-counted": rooms}
