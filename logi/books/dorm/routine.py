"""The dormitory's part of the calendar of recurring duties: the nightly count, evening care."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.dorm import nights, rules, school, store
from logi.core.calendar import SchoolCalendar
from logi.core.messages import say
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger


def duties(ledger: "Ledger") -> list[Routine]:
    """What comes round in each night that pupils sleep at school; nothing while nobody has a bed."""
    today = ledger.today
    if not store.sleeping(ledger.db, today):
        return []
    since, calendar, how = today - timedelta(days=60), school.calendar(ledger), str(school.policy(ledger, "dorm.nights", today))
    houses = {row["building"] for row in store.sleeping(ledger.db, today)}
    found = []
    for house in store.buildings(ledger.db):
        if house["code"] in houses:
            done = [row["on_day"] for row in store.counts(ledger.db, since, today) if row["building"] == house["code"]]
            by = nights.warden(ledger, house["id"])
            title = say("dorm.routine.count", building=house["name"])
            found.append(_nightly("dorm-count", title, done, today, calendar, how, by,
                                  f"logi dorm count {house['code']} --by {by}"))  # fmt: skip
    written = [row["on_day"] for row in store.care_logs(ledger.db, since, today)]
    found.append(_nightly("dorm-care", say("dorm.routine.care"), written, today, calendar, how, "PERSON",
                          "logi dorm care log PLACE N --by PERSON"))  # fmt: skip
    return found


def _nightly(code: str, title: str, done: list[str], today: date, calendar: SchoolCalendar, how: str, by: str,
             line: str) -> Routine:  # fmt: skip
    last = date.fromisoformat(max(done)) if done else None
    first = today + rules.DAY if last == today else today
    coming = (first + rules.DAY * n for n in range(60))
    upcoming = next((day for day in coming if rules.boards(how, calendar, day)), None)
    return Routine("nightly", code, title, None, None if by == "PERSON" else by, last, upcoming, line)
