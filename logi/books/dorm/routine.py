"""The dormitory's part of the calendar of recurring duties: the nightly count, evening care."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.dorm import nights, rules, store
from logi.core.messages import say
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger


def duties(ledger: "Ledger") -> list[Routine]:
    """What comes round in each night that pupils sleep at school; nothing while nobody has a bed."""
    today = ledger.today
    if not store.sleeping(ledger.db, today):
        return []
    since, at_school = today - timedelta(days=60), nights.slept(ledger)
    houses = {row["building"] for row in store.sleeping(ledger.db, today)}
    found = []
    for house in store.buildings(ledger.db):
        if house["code"] in houses:
            done = [row["on_day"] for row in store.counts(ledger.db, since, today) if row["building"] == house["code"]]
            by = nights.warden(ledger, house["id"])
            title = say("dorm.routine.count", building=house["name"])
            found.append(_nightly("dorm-count", title, done, today, at_school, by,
                                  f"logi dorm count {house['code']} --by {by}"))  # fmt: skip
    written = [row["on_day"] for row in store.care_logs(ledger.db, since, today)]
    found.append(_nightly("dorm-care", say("dorm.routine.care"), written, today, at_school, "PERSON",
                          "logi dorm care log PLACE N --by PERSON"))  # fmt: skip
    return found


def _nightly(code: str, title: str, done: list[str], today: date, at_school: Callable[[date], bool], by: str,
             line: str) -> Routine:  # fmt: skip
    last = date.fromisoformat(max(done)) if done else None
    first = today + rules.DAY if last == today else today
    coming = (first + rules.DAY * n for n in range(60))
    upcoming = next((day for day in coming if at_school(day)), None)
    return Routine("nightly", code, title, None, None if by == "PERSON" else by, last, upcoming, line)
