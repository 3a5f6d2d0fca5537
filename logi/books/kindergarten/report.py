"""What the kindergarten can be asked by name, and the hooks of the floor: the month's part, show, search."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.kindergarten import store
from logi.books.kindergarten.listing import (
    EVENTS,
    TOYS,
    areas,
    education,
    event_row,
    events,
    mended,
    needs,
    notices,
    notices_table,
    toys,
)
from logi.books.kindergarten.tabling import table
from logi.core.answers import Table
from logi.core.days import month_period
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

__all__ = ["areas", "education", "events", "notices", "toys"]


def kindergarten_areas(ledger: "Ledger", since: date, until: date) -> Table:
    """The activity areas."""
    return areas(ledger, min(until, ledger.today))


def kindergarten_toys(ledger: "Ledger", since: date, until: date) -> Table:
    """The toys, and which are broken."""
    return toys(ledger, min(until, ledger.today))


def kindergarten_events(ledger: "Ledger", since: date, until: date) -> Table:
    """The events and their support."""
    return events(ledger, since, until)


def kindergarten_notices(ledger: "Ledger", since: date, until: date) -> Table:
    """What families were told."""
    return notices(ledger, since, until)


def kindergarten_safety(ledger: "Ledger", since: date, until: date) -> Table:
    """Safety education, and who leads it."""
    return education(ledger, since, until)


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's part: toys broken and mended, events, notices; nothing for a school without activity areas."""
    period = month_period(month)
    last = min(period.until, ledger.today)
    if not store.areas(ledger.db, last):
        return []
    found = [mended(ledger, period.since, last), events(ledger, period.since, last), notices(ledger, period.since, last)]
    return [one for one in found if one.rows]


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """An event with its checklist, a notice with its words, a toy with what became of it, an area with its toys."""
    if (row := store.numbered(ledger.db, number)) is not None:
        head = table("event", say("kindergarten.title.event", number=row["number"]), EVENTS, [event_row(ledger, row)])
        return [head, needs(ledger, row)]
    if (row := store.notice(ledger.db, number)) is not None:
        body = table("body", row["title"], "content", [{"content": line} for line in row["body"].splitlines()])
        return [notices_table([row], say("kindergarten.title.notice", number=row["number"])), body]
    toy = next((one for one in store.toys(ledger.db) if one["code"] == number), None)
    if toy is not None:
        mine = [row for row in toys(ledger, ledger.today).rows if row["code"] == number]
        return [table("toy", say("kindergarten.title.toy", code=number), TOYS, mine),
                mended(ledger, date.fromisoformat(toy["from_day"]), ledger.today, toy["id"])]  # fmt: skip
    area = next((one for one in store.areas(ledger.db) if one["code"] == number), None)
    if area is not None:
        return [areas(ledger, ledger.today), toys(ledger, ledger.today, area=number)]
    return None


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Areas, toys and events for `logi find`."""
    from logi.core.folding import fold

    folded = fold(text)
    found = [{"kind": kind, "code": row["code"], "name": row["name"], "detail": row["place"]}
             for kind, rows in (("area", store.areas(ledger.db)), ("toy", store.toys(ledger.db))) for row in rows
             if folded in row["folded"] or folded == fold(row["code"])]  # fmt: skip
    since = ledger.today - timedelta(days=3660)
    return found + [{"kind": "document", "code": row["number"], "name": row["title"], "detail": row["on_day"]}
                    for row in store.events(ledger.db, since, date.max) if folded in row["folded"]]  # fmt: skip
