"""The canteen's part of the calendar of recurring duties: the morning look, samples, the day's records, the menu."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.canteen import day as days
from logi.books.canteen import school, store
from logi.core.messages import say
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger


def duties(ledger: "Ledger") -> list[Routine]:
    """What comes round on each school day of the season under way."""
    today = ledger.today
    if (season := store.season_on(ledger.db, today)) is None:
        return []
    since, who = today - timedelta(days=60), days.who(ledger)
    calendar = school.calendar(ledger)
    works = calendar.is_schoolday if calendar.terms else calendar.is_workday
    made = {
        "morning": [row["on_day"] for row in store.looks(ledger.db, since, today)],
        "sample": [row["on_day"] for row in store.samples(ledger.db, since, today)],
        "log": [row["on_day"] for row in store.steps(ledger.db, since, today)],
    }
    meal = season["meals"].split(",")[0]
    lines = {"morning": "logi canteen morning", "sample": f"logi canteen sample take {meal} DISH=GRAMS",
             "log": f"logi canteen log wash --meal {meal}"}  # fmt: skip
    found = []
    for key, done in made.items():
        last = date.fromisoformat(max(done)) if done else None
        first = today if last != today else today + timedelta(days=1)
        coming = (first + timedelta(days=n) for n in range(60))
        found.append(Routine("schoolday", f"canteen-{key}", say(f"canteen.routine.{key}"), None, None, last,
                             next((day for day in coming if works(day)), None), f"{lines[key]} --by {who}"))  # fmt: skip
    return found
