"""What the green book decides: which work belongs to which zone, what a season asks for, how many plants stand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

KINDS = ("green", "hygiene", "toilet")
WORKS = ("water", "prune", "pest", "feed", "weed", "clean")
FORMS = ("tree", "shrub", "hedge", "lawn", "flower", "vine", "pot")
PLANT = "plant"  # what a season may ask for besides works
MOST = 366  # days of a safe interval, of a stretch; works of a season
BELONGS: Mapping[str, tuple[str, ...]] = {
    "green": ("water", "prune", "pest", "feed", "weed"), "hygiene": ("pest", "clean"), "toilet": ("pest", "clean"),
}  # fmt: skip
ASKED_FOR = (*BELONGS["green"], PLANT)


class Task(NamedTuple):
    """What a season asks for: a work so many times between two days of the year, or once in every so many days.

    `each` is asked of every green zone; else one work anywhere answers for the school.
    """

    what: str
    first: str
    last: str
    times: int = 1
    every_days: int = 0
    each: bool = True


class Zone(NamedTuple):
    """A zone with the days it stands, both included."""

    code: str
    since: date
    until: date


class Asked(NamedTuple):
    """One stretch of days in which a work was asked for: of one zone, or of the school (zone None)."""

    task: Task
    zone: str | None
    since: date
    until: date
    times: int
    done: tuple[tuple[date, str], ...]

    def state(self, today: date) -> str:
        """done, missed once its last day is over, open while it runs, ahead before."""
        if len(self.done) >= self.times:
            return "done"
        if self.until < today:
            return "missed"
        return "open" if self.since <= today else "ahead"


def tasks(given: Iterable[Mapping[str, Any]]) -> list[Task]:
    """The tasks of the policy."""
    return [
        Task(one["what"], one["from"], one["until"], int(one.get("times", 1)), int(one.get("every_days", 0)),
             bool(one.get("each", True)))
        for one in given
    ]  # fmt: skip


def window(task: Task, year: int) -> tuple[date, date]:
    """A task's season that begins in a year; one that ends before it begins runs into the next."""
    first, last = _in_year(task.first, year), _in_year(task.last, year)
    return first, last if last >= first else _in_year(task.last, year + 1)


def stretches(task: Task, since: date, until: date) -> list[tuple[date, date]]:
    """The stretches of a task that end from `since` to `until`: its season as one, or cut into every so many days."""
    found = []
    for year in range(since.year - 1, until.year + 1):
        first, last = window(task, year)
        step = timedelta(days=task.every_days or (last - first).days + 1)
        while first <= last:
            end = first + step - timedelta(days=1)
            if (last - end) * 2 < step:  # what is left is too short to stand by itself
                end = last
            if since <= end <= until:
                found.append((first, end))
            first = end + timedelta(days=1)
    return found


def asked(task: Task, zones: Sequence[Zone], works: Mapping[tuple[str, str], Sequence[tuple[date, str]]], since: date,
          until: date) -> list[Asked]:  # fmt: skip
    """What a task asked of zones in the stretches that end from `since` to `until`, with the works that answer.

    A zone that came into the second half of a stretch, or went before its end, is not asked.
    """
    found = []
    for first, last in stretches(task, since, until):
        middle = first + (last - first) / 2
        there = [zone for zone in zones if zone.since <= middle and zone.until >= last]
        if task.each:
            for zone in there:
                done = _within(works.get((zone.code, task.what), ()), first, last)
                found.append(Asked(task, zone.code, first, last, task.times, done))
        elif there:
            all_done = [one for (_, what), days in works.items() if what == task.what for one in days]
            found.append(Asked(task, None, first, last, task.times, _within(all_done, first, last)))
    return found


def in_force(rows: Iterable[Any], day: date) -> Any | None:
    """Of rows that begin on days (oldest first) the one that holds on a day."""
    held = None
    for row in rows:
        if row["from_day"] <= day.isoformat():
            held = row
    return held


def lowest(changes: Iterable[tuple[date, int]]) -> tuple[int, date | None]:
    """How few there ever were at a day's end, and on which day."""
    days: dict[date, int] = {}
    for day, change in changes:
        days[day] = days.get(day, 0) + change
    left, least, on = 0, 0, None
    for day in sorted(days):
        left += days[day]
        if left < least:
            least, on = left, day
    return least, on


def _in_year(text: str, year: int) -> date:
    """A month and day of a year; 29 February is the last of February where there is none."""
    day = date.fromisoformat(f"2000-{text}")
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) and not _leaps(year) else day.replace(year=year)


def _leaps(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _within(days: Iterable[tuple[date, str]], since: date, until: date) -> tuple[tuple[date, str], ...]:
    return tuple(sorted(one for one in days if since <= one[0] <= until))
