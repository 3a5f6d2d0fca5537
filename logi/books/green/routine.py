"""The green book's part of the calendar of recurring duties: the season's works, the cleaning of toilets."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.green import rules, school, season, store
from logi.core.messages import say, title
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger


def duties(ledger: "Ledger") -> list[Routine]:
    """Every work the season asks of green zones, and the toilets; nothing while no zone stands."""
    today = ledger.today
    zones = season.standing_zones(ledger.db, today)
    green, toilets = ([row for row in zones if row["kind"] == kind] for kind in ("green", "toilet"))
    held = season.keepers_on(ledger.db, today)
    found = []
    for task in rules.tasks(school.policy(ledger, "green.tasks", today)) if green else ():
        asked = [one for one in season.asked(ledger, today, today + timedelta(days=400)) if one.task == task]
        waiting = [one.until for one in asked if one.state(today) in ("open", "ahead")]
        rows = store.works(ledger.db, today - timedelta(days=400), today)
        last = max((row["on_day"] for row in rows if row["what"] == task.what), default=None)
        by = season.by_whom(ledger, task.what, *season.answering(held, green))
        rule = say("green.routine.rule", first=task.first, last=task.last, times=task.times, days=task.every_days or "—")
        found.append(Routine("occasion", f"green-{task.what}", title("green.what", task.what), None,
                             None if by == "PERSON" else by, date.fromisoformat(last) if last else None,
                             min(waiting, default=None), f"logi green season --month {today:%Y-%m}", rule))  # fmt: skip
    if toilets:
        codes = " ".join(row["code"] for row in toilets)
        by = season.by_whom(ledger, "clean", *season.answering(held, toilets))
        rows = [row for row in store.works(ledger.db, today - timedelta(days=60), today) if row["what"] == "clean"]
        days = season.days_to_clean(ledger, today, today + timedelta(days=100))
        found.append(Routine("schoolday", "toilets", say("green.routine.toilets", count=len(toilets)), None,
                             None if by == "PERSON" else by, date.fromisoformat(rows[-1]["on_day"]) if rows else None,
                             days[0] if days else None, f"logi green clean {codes} --by {by}"))  # fmt: skip
    return found
