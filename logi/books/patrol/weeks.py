"""What the calendar asks of every route and what the rounds answer: the figures that acts, reports and checks share."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.patrol import rules, school, store
from logi.core.calendar import SchoolCalendar

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

_MARGIN = timedelta(days=6)  # a weekly round answers for its whole week, a night's last round lies on the next day


class RouteDuty(NamedTuple):
    """One route in a stretch of days: what was asked and done, and the points its rounds came past."""

    route: store.Row
    schedule: Sequence[rules.Schedule]
    duty: rules.Duty
    rounds: int
    layouts: Sequence[rules.Layout]
    points_due: int
    points_done: int

    def needed(self, day: date) -> int:
        """The rounds that a day asks for."""
        return rules.layout_on(self.layouts, day).needed


class Routes:
    """All routes with their frequencies and the calendar, read once."""

    def __init__(self, source: "Source") -> None:
        self.source, self.today = source, source.today
        self.rows = store.routes(source.db)
        self.layouts = store.layouts(source.db)
        self.calendar: SchoolCalendar = school.calendar(source)
        self.returns = rules.return_days(self.calendar, int(school.policy(source, "patrol.return_days", self.today)))
        self.areas = list(school.policy(source, "patrol.return_areas", self.today))
        self.schedules = self._plans(store.schedules(source.db))

    @property
    def starts_on(self) -> date | None:
        """The first day on which any route is to be walked."""
        return min((plan[0].from_day for plan in self.schedules.values() if plan), default=None)

    @property
    def lacks_terms(self) -> bool:
        """Whether a route is walked on school days and no term is entered, so that no day is one."""
        return not self.calendar.terms and any(s.frequency == "schoolday" for p in self.schedules.values() for s in p)

    def duties(self, since: date, until: date) -> list[RouteDuty]:
        """Every route with something due or walked from `since` to `until`, by code."""
        walked: dict[int, list[tuple[date, store.Row]]] = {}
        for row in store.rounds(self.source.db, since - _MARGIN, until + _MARGIN):
            schedule = self.schedules.get(row["route_id"], rules.Plan())
            day = rules.duty_day(schedule, self.calendar, date.fromisoformat(row["on_day"]), row["at_time"])
            if since <= day <= until:
                walked.setdefault(row["route_id"], []).append((day, row))
        found = (self._duty(row, walked.get(row["id"], []), since, until) for row in self.rows)
        return [one for one in found if one.duty.expected or one.rounds]

    def uncovered(self, day: date) -> list[str]:
        """The areas that pupils return to and no route walks on a day."""
        walked = {row["area"] for row in self.rows
                  if rules.due_days(self.schedules[row["id"]], self.calendar, day, day)}  # fmt: skip
        return [area for area in self.areas if area not in walked]

    def _plans(self, schedules: dict[int, list[rules.Schedule]]) -> dict[int, rules.Plan]:
        """Every route's frequencies; those of the areas pupils return to, and `return` routes, with those days."""
        found: dict[int, rules.Plan] = {}
        for row in self.rows:
            plan = schedules.get(row["id"], [])
            besides = row["area"] in self.areas or any(one.frequency == "return" for one in plan)
            found[row["id"]] = rules.Plan(plan, self.returns if besides else frozenset())
        return found

    def _duty(self, row: store.Row, walked: list[tuple[date, store.Row]], since: date, until: date) -> RouteDuty:
        schedule = self.schedules.get(row["id"], rules.Plan())
        layouts = self.layouts[row["id"]]
        due = rules.due_days(schedule, self.calendar, since, min(until, self.today))
        duty = rules.duty(due, Counter(day for day, _ in walked), today=self.today,
                          needed=lambda day: rules.layout_on(layouts, day).needed)  # fmt: skip
        absent = [rules.layout_on(layouts, day) for day in (*duty.missed, *duty.pending)]
        return RouteDuty(
            route=row,
            schedule=schedule,
            duty=duty,
            rounds=len(walked),
            layouts=layouts,
            points_due=sum(r["points_due"] for _, r in walked) + sum(len(one.points) * one.needed for one in absent),
            points_done=sum(r["points_done"] for _, r in walked),
        )


def missed_points(routes: Routes, since: date, until: date) -> list[dict[str, Any]]:
    """The days on which every round of a route left out the same points."""
    left: dict[tuple[str, str], list[tuple[store.Row, list[str]]]] = {}
    for row in store.rounds(routes.source.db, since, until):
        left.setdefault((row["route"], row["on_day"]), []).append((row, split(row["skipped"])))
    found = []
    for (route, text), there in left.items():
        points = [point for point in there[0][1] if all(point in skipped for _, skipped in there)]
        if points:
            row, day = there[0][0], date.fromisoformat(text)
            plan = routes.schedules.get(row["route_id"], rules.Plan())
            found.append({
                "route": route, "name": row["route_name"], "day": day, "frequency": rules.frequency_on(plan, day),
                "state": "points", "rounds": len(there), "needed": rules.layout_on(routes.layouts[row["route_id"]], day).needed,
                "points": ", ".join(points),
            })  # fmt: skip
    return found


def split(text: str | None) -> list[str]:
    """The lines of a text column: a round's skipped points."""
    return text.split("\n") if text else []
