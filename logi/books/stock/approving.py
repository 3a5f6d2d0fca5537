"""The signatures of slips, requests and differences of counts: recorded from paper with `logi approve`, in order."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.stock import counting, requesting, school, store
from logi.books.stock import store_kits as sql
from logi.core.messages import title

if TYPE_CHECKING:
    from logi.journal import Entry


def required(source: Any, number: str) -> list[str]:
    """The levels that sign a document of this number, in order (policies stock.signatures, count_levels, request_levels)."""
    levels = counting.required(source, number)
    if levels is not None:
        return levels
    request = sql.request(source.db, number)
    if request is not None:
        return str(request["levels"]).split()
    slip = store.slip(source.db, number)
    if slip is None or slip["void"]:
        return []
    return list(school.policy(source, "stock.signatures", source.today).get(slip["kind"], []))


def decided(e: "Entry", number: str, complete: bool, rejected: bool) -> None:
    """An approved table of differences is adjusted, an approved request may be issued. On a slip a signature changes
    no quantity, goods have moved by then: its absence is listed."""
    on = date.fromisoformat(journal.approvals(e.db, number)[-1]["on_day"])
    if counting.required(e, number) is not None:
        counting.decided(e, number, on=on, complete=complete, rejected=rejected)
    elif sql.request(e.db, number) is not None:
        requesting.decided(e, number, on=on, complete=complete, rejected=rejected)


def level_title(level: str) -> str:
    """What a level is called in the language spoken now."""
    return title("stock.level", level)
