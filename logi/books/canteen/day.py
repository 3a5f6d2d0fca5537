"""How the canteen stands: each record a day lacks (by season, calendar, menu, policies), and whose certificate ends."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.canteen import purchase, rules, school, stock, store, store_accounts
from logi.books.canteen.rules import Gap
from logi.core.answers import Word
from logi.core.days import days_between
from logi.core.messages import say, shown

if TYPE_CHECKING:
    from logi.db import Ledger


class Day(NamedTuple):
    """One day on which the canteen cooks: how many records were asked, and those that are not there."""

    day: date
    meals: tuple[str, ...]
    asked: int
    gaps: tuple[Gap, ...]


def days(ledger: "Ledger", since: date, until: date) -> Iterator[Day]:
    """The days of a stretch on which the canteen cooks (school days of its seasons), up to today."""
    seasons = store.seasons(ledger.db)
    last = min(until, ledger.today)
    if not seasons or last < since:
        return
    since = max(since, date.fromisoformat(seasons[0]["from_day"]))
    calendar = school.calendar(ledger)
    works = calendar.is_schoolday if calendar.terms else calendar.is_workday
    if since > last:
        return
    kept = _Kept(ledger, since, last)
    for day in days_between(since, last):
        season = next((row for row in reversed(seasons) if row["from_day"] <= day.isoformat()
                       and (row["until_day"] or "9999") >= day.isoformat()), None)  # fmt: skip
        if season is not None and works(day):
            meals = tuple(season["meals"].split(","))
            asked = list(kept.asked(day, meals))
            yield Day(day, meals, len(asked), tuple(gap for gap, there in asked if not there))


def gaps_text(gaps: Iterable[Gap]) -> str | None:
    """Gaps as people read them, by meal: `lunch: menu, samples (2); cleaning 13:30`; None if there are none."""
    by_meal: dict[str | None, list[str]] = {}
    for gap in gaps:
        what = shown(Word.of("canteen.record", gap.what)) + (f" {gap.detail}" if gap.detail else "")
        by_meal.setdefault(gap.meal, []).append(f"{what} ({gap.many})" if gap.many > 1 else what)
    comma = say("canteen.comma")
    parts = [say("canteen.gap_of_meal", meal=Word.of("canteen.meal", meal), what=comma.join(texts)) if meal
             else comma.join(texts)
             for meal, texts in by_meal.items()]  # fmt: skip
    return shown(parts) if parts else None


def mend(gap: Gap, day: date, who: str) -> str:
    """The line that puts a missing record there."""
    meal, on = gap.meal or "", f"--by {who} --on {day}"
    if gap.what == "menu":
        return f"logi canteen menu plan {day} {meal} DISH"
    if gap.what == "morning":
        return f"logi canteen morning {on}"
    if gap.what == "samples":
        return f"logi canteen sample take {meal} DISH=GRAMS {on}"
    if gap.what == "served":
        return f"logi canteen serve {meal} HEADS {on}"
    if gap.what == "goods":
        return f"logi canteen inspect {gap.detail} --by {who} --by PERSON --certificate NO --maker NAME --made DAY --on {day}"
    if gap.what == "leader":
        return f"logi canteen accompany {meal} PERSON --on {day}"
    of_meal = f" --meal {meal}" if meal else ""
    more = {"clean": f" --at {gap.detail} --checker PERSON", "disinfect": " --method TEXT --checker PERSON"}.get(gap.what, "")
    more += " --celsius N" if gap.what in rules.MEASURED else ""
    return f"logi canteen log {gap.what}{of_meal}{more} {on}"


def who(ledger: "Ledger") -> str:
    """For a command: who logged last, else one of those who handle food, else the hole."""
    made = store.last_hand(ledger.db)
    today = ledger.today.isoformat()
    able = [row["person_id"] for row in store.workers(ledger.db, ledger.today) if (row["expires_on"] or "") >= today]
    return school.who(ledger.db, ledger.today, *made, *able)


def health(ledger: "Ledger", row: Any, notice: int | None = None) -> str:
    """`none`, `expired`, `expiring` or `valid`: how a worker's certificate stands today."""
    ends = date.fromisoformat(row["expires_on"]) if row["expires_on"] else None
    if ends is None:
        return "none"
    if ends < ledger.today:
        return "expired"
    soon = int(school.policy(ledger, "school.certificate_notice_days", ledger.today)) if notice is None else notice
    return "expiring" if ends <= ledger.today + timedelta(days=soon) else "valid"


class _Kept:
    """The records of a stretch of days, read once."""

    def __init__(self, ledger: "Ledger", since: date, until: date) -> None:
        self.ledger = ledger
        db = ledger.db
        wanted = (store.dishes, store.samples, store.meals, store.guests, store.steps, store.looks)
        self.dishes, self.samples, self.meals, self.guests, self.steps, self.looks = (
            _by_day(found(db, since, until)) for found in wanted
        )  # fmt: skip
        self.workers = store.workers(db)
        looked = store_accounts.goods(db)
        self.goods: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for slip in stock.food_slips(ledger, since, until):
            if slip.row["kind"] == "in":
                seen = slip.row["id"] in looked or purchase.accepted(ledger, slip.row) is not None
                self.goods[slip.row["on_day"]].append((slip.row["number"], seen))

    def asked(self, day: date, meals: tuple[str, ...]) -> Iterator[tuple[Gap, bool]]:
        """Each record asked of a day, and whether it is there."""
        key = day.isoformat()
        steps = [row for row in self.steps[key] if row["passed"]]
        seen = {row["worker_id"] for row in self.looks[key]}
        there = [row["id"] for row in self.workers if row["from_day"] <= key < (row["left_on"] or "9999")
                 and (row["gone_on"] or "9999") > key]  # fmt: skip
        unseen = [one for one in there if one not in seen]
        yield Gap("morning", many=len(unseen) or 1), bool(there) and not unseen
        for number, looked_at in self.goods[key]:
            yield Gap("goods", detail=number), looked_at
        for meal in meals:
            yield from self._of_meal(day, meal, steps)
        for step in self._policy("canteen.day_steps", day):
            yield Gap(step), any(row["step"] == step for row in steps)
        times = list(self._policy("canteen.clean_times", day))
        signed = [row["at_time"] for row in steps if row["step"] == "clean" and row["at_time"]]
        late = rules.unsigned(times, signed, int(self._policy("canteen.clean_within_minutes", day)))
        for time in times:
            yield Gap("clean", detail=time), time not in late

    def _of_meal(self, day: date, meal: str, steps: list[Any]) -> Iterator[tuple[Gap, bool]]:
        key = day.isoformat()
        planned = {row["name"] for row in self.dishes[key] if row["meal"] == meal}
        sampled = {row["dish"] for row in self.samples[key] if row["meal"] == meal}
        yield Gap("menu", meal), bool(planned)
        for step in self._policy("canteen.meal_steps", day):
            yield Gap(step, meal), any(row["step"] == step and row["meal"] == meal for row in steps)
        missing = planned - sampled
        yield Gap("samples", meal, len(missing) or 1), not missing and bool(sampled)
        yield Gap("served", meal), any(row["meal"] == meal for row in self.meals[key])
        if self._policy("canteen.accompanied_meal", day):
            yield Gap("leader", meal), any(row["meal"] == meal for row in self.guests[key])

    def _policy(self, name: str, day: date) -> Any:
        return school.policy(self.ledger, name, day)


def _by_day(rows: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["on_day"]].append(row)
    return found
