"""What patrols and hazards are, and what follows: due days from the calendar, rates, states, what is lacking."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from logi.core.calendar import SchoolCalendar

FREQUENCIES = ("workday", "schoolday", "daily", "nightly", "weekly", "return")
STOPPED = "none"
LEVELS = ("general", "larger", "major")
CATEGORIES = ("water", "theft", "electric", "fire", "building", "food", "traffic", "other")
AREAS = ("teaching", "dorm", "other")
ACCIDENTS = ("injury", "fire", "electric", "traffic", "food", "water", "theft", "building", "other")
BUCKETS = (("to7", 7), ("to15", 15), ("to30", 30), ("to90", 90), ("over90", None))
STATES = ("open", "fixed", "verified", "reported-up")
STATE_STEPS = ("open", "fix", "verify", "reject", "escalate")
NOON = "12:00"
_DAY = timedelta(days=1)


class Schedule(NamedTuple):
    """From which day on a route has which frequency."""

    from_day: date
    frequency: str


class Plan(list[Schedule]):
    """A route's frequencies, oldest first, and the days it is walked besides: when pupils return."""

    __slots__ = ("returns",)

    def __init__(self, schedules: Iterable[Schedule] = (), returns: frozenset[date] = frozenset()) -> None:
        super().__init__(schedules)
        self.returns = returns


class Layout(NamedTuple):
    """From which day on a route has which points and times."""

    from_day: date
    points: tuple[str, ...]
    times: tuple[str, ...]

    @property
    def needed(self) -> int:
        """The rounds a due day asks for."""
        return max(1, len(self.times))


class Step(NamedTuple):
    """Something that happened to a hazard."""

    on_day: date
    what: str
    due_before: date | None = None


class Duty(NamedTuple):
    """What the calendar asks of one route in a stretch of days, and what its rounds answer.

    `missed` and `short` lie before today; `pending` is today's, not walked yet. `short` are days walked less often
    than the route's times ask: (day, rounds walked).
    """

    expected: int
    done: int
    missed: tuple[date, ...]
    pending: tuple[date, ...]
    short: tuple[tuple[date, int], ...]


# -- rounds ----------------------------------------------------------------------------------------


def frequency_on(schedule: Sequence[Schedule], day: date) -> str | None:
    """The frequency in force on a day (schedules oldest first); None before the route's start and after its end."""
    found = None
    for one in schedule:
        if one.from_day > day:
            break
        found = one.frequency
    return None if found == STOPPED else found


def due_days(schedule: Sequence[Schedule], calendar: SchoolCalendar, since: date, until: date) -> list[date]:
    """The days from `since` to `until` on which the route must be walked: by the calendar, never by the rows there are.

    A weekly round is due on its week's last workday; a night bears the day it begins on. A `return` route, and any
    other in an area that pupils return to, is due on the days of their return.
    """
    if not schedule:
        return []
    returns = returns_of(schedule)
    day, found = max(since, schedule[0].from_day), []
    while day <= until:
        frequency = frequency_on(schedule, day)
        if _is_due(frequency, calendar, day) or (frequency is not None and day in returns):
            found.append(day)
        day += _DAY
    return found


def duty_day(schedule: Sequence[Schedule], calendar: SchoolCalendar, day: date, at_time: str | None) -> date:
    """The due day a round answers for: a round before noon is part of the night before, a weekly one of its week."""
    if at_time and at_time < NOON and frequency_on(schedule, day - _DAY) == "nightly":
        return day - _DAY
    if day in returns_of(schedule):
        return day
    if frequency_on(schedule, day) == "weekly":
        return last_workday(calendar, day) or day
    return day


def returns_of(schedule: Sequence[Schedule]) -> frozenset[date]:
    """The days of return on which a route is walked besides."""
    return schedule.returns if isinstance(schedule, Plan) else frozenset()


def return_days(calendar: SchoolCalendar, before: int) -> frozenset[date]:
    """The days before every term's start on which pupils return (PAT-12)."""
    return frozenset(term.starts_on - timedelta(days=n) for term in calendar.terms for n in range(1, before + 1))


def layout_on(layouts: Sequence[Layout], day: date) -> Layout:
    """The points and times in force on a day (oldest first); before the first ones, the first ones."""
    found = layouts[0]
    for one in layouts:
        if one.from_day > day:
            break
        found = one
    return found


def bucket(age: int) -> str:
    """The stretch of days an age lies in."""
    return next(name for name, last in BUCKETS if last is None or age <= last)


def last_workday(calendar: SchoolCalendar, day: date) -> date | None:
    """The last workday of the day's week (Monday to Sunday); None in a week that is all holiday."""
    monday = day - timedelta(days=day.weekday())
    worked = calendar.workdays(monday, monday + timedelta(days=6))
    return worked[-1] if worked else None


def duty(due: Sequence[date], walked: Mapping[date, int], *, needed: Callable[[date], int], today: date) -> Duty:
    """Hold the rounds walked (number by due day) against the due days. Days after today are not asked for yet."""
    asked = [day for day in due if day <= today]
    absent = [day for day in asked if not walked.get(day)]
    return Duty(
        expected=len(asked),
        done=len(asked) - len(absent),
        missed=tuple(day for day in absent if day < today),
        pending=tuple(day for day in absent if day == today),
        short=tuple((day, walked[day]) for day in asked if day < today and 0 < walked.get(day, 0) < needed(day)),
    )


def rate(done: int, expected: int) -> int | None:
    """Done of expected in tenths of a percent, half up: 5 of 6 is 833; None where nothing was expected."""
    return (2000 * done + expected) // (2 * expected) if expected else None


def widest_gap(times: Iterable[str]) -> int:
    """The longest stretch in minutes between rounds that follow each other through a night (from noon to noon)."""
    minutes = sorted((_minutes(time) - 720) % 1440 for time in times)
    return max((b - a for a, b in pairwise(minutes)), default=0)


def week_key(day: date) -> str:
    """The ISO week a day lies in: 2025-W38."""
    iso = day.isocalendar()
    return f"{iso.year}-W{iso.week:02d}"


# -- hazards ---------------------------------------------------------------------------------------


def lacking(level: str, *, measure: object, owner: object, deadline: object, fund: object, plan: object) -> list[str]:
    """What a hazard still lacks: measure, owner, deadline (三落實); larger and major ones also fund, plan (五落實)."""
    needed = {"owner": owner, "measure": measure, "deadline": deadline}
    if level != "general":
        needed |= {"fund": fund, "plan": plan}
    return [name for name, value in needed.items() if value is None or value == ""]


def state_of(steps: Iterable[Step]) -> str:
    """The state that a hazard's steps, oldest first, lead to. A rejected one is as open as it was before."""
    state, basis = "open", "open"
    for step in steps:
        if step.what == "escalate":
            state = basis = "reported-up"
        elif step.what == "reject":
            state = basis
        else:
            state = {"fix": "fixed", "verify": "verified"}.get(step.what, state)
    return state


def due_as_of(due_on: date | None, steps: Iterable[Step], day: date) -> date | None:
    """The deadline as it stood at the end of a day: what a later extension replaced."""
    for step in steps:
        if step.what == "extend" and step.on_day > day:
            return step.due_before
    return due_on


def _is_due(frequency: str | None, calendar: SchoolCalendar, day: date) -> bool:
    if frequency in ("daily", "nightly"):
        return True
    if frequency == "workday":
        return calendar.is_workday(day)
    if frequency == "schoolday":
        return calendar.is_schoolday(day)
    return frequency == "weekly" and last_workday(calendar, day) == day


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])
