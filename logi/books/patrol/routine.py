"""The patrol book's part of the calendar of recurring duties: every route that is walked."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.patrol import rules, school, store
from logi.books.patrol.weeks import Routes
from logi.core.messages import title
from logi.core.routine import FREQUENCIES, Routine

if TYPE_CHECKING:
    from logi.db import Ledger

AHEAD = timedelta(days=400)


def duties(ledger: "Ledger") -> list[Routine]:
    """Every route with a frequency today, its last round and the next day it is due."""
    routes, today = Routes(ledger), ledger.today
    last: dict[int, str] = {}
    for row in store.rounds(ledger.db, None, today):
        last[row["route_id"]] = max(row["on_day"], last.get(row["route_id"], ""))
    found = []
    for row in routes.rows:
        plan = routes.schedules[row["id"]]
        frequency = rules.frequency_on(plan, today)
        if frequency is None:
            continue
        walked = last.get(row["id"])
        first = today + timedelta(days=1) if walked == today.isoformat() else today
        ahead = rules.due_days(plan, routes.calendar, first, first + (AHEAD if frequency == "return" else timedelta(days=20)))
        areas = title("patrol.area", row["area"]) if row["area"] else None
        walker = school.who(ledger.db, today, row["keeper_id"], *store.walkers(ledger.db, row["id"]))
        found.append(Routine(
            frequency if frequency in FREQUENCIES else "occasion", row["code"], row["name"], areas, row["keeper"],
            date.fromisoformat(walked) if walked else None, ahead[0] if ahead else None,
            f"logi patrol log {row['code']} --by {walker}", title("patrol.frequency", frequency),
        ))  # fmt: skip
    return found
