"""Working time: which hours of a workday are worked, and when so many minutes of them are over."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from logi.core.calendar import SchoolCalendar

DAY_MINUTES = 24 * 60  # in a norm, 24 hours stand for one workday


class Moment(NamedTuple):
    """A day, with a time of day where one is known."""

    day: date
    time: str | None = None

    def __str__(self) -> str:
        return f"{self.day} {self.time}" if self.time else str(self.day)

    @property
    def shown(self) -> "date | str":
        """What stands in a fact: the day alone stays a day."""
        return str(self) if self.time else self.day

    @property
    def minute(self) -> int | None:
        """The minute of the day, where the time is known."""
        return _minutes(self.time) if self.time else None


def later(one: Moment, other: Moment) -> bool:
    """Whether `one` lies after `other`: by the clock where both have a time, else by the day."""
    if one.day != other.day or not (one.time and other.time):
        return one.day > other.day
    return one.time > other.time


def deadline(calendar: SchoolCalendar, hours: Sequence[Sequence[str]], start: Moment, minutes: int) -> Moment:
    """When `minutes` after `start` are over. Whole days of 24 hours are workdays; what is less runs in working hours.

    Without a time of day the deadline is a day too. What comes in outside the hours starts with the next ones.
    """
    days, rest = divmod(minutes, DAY_MINUTES)
    if not start.time:
        return Moment(calendar.add_workdays(start.day, days))
    spans = [(_minutes(since), _minutes(until)) for since, until in hours]
    day, at = _snapped(calendar, spans, start.day, _minutes(start.time))
    for _ in range(days):
        day = calendar.next_workday(day)
    day, at = _walked(calendar, spans, day, at, rest)
    if days and at == spans[0][0]:  # a day that begins with the first hour ends with the last one
        day, at = calendar.previous_workday(day), spans[-1][1]
    return Moment(day, f"{at // 60:02d}:{at % 60:02d}")


def worked(
    calendar: SchoolCalendar, hours: Sequence[Sequence[str]], first: tuple[date, int], last: tuple[date, int]
) -> int:
    """The worked minutes from one minute of a day to another."""
    total = 0
    for day in calendar.workdays(first[0], last[0]):
        begin, end = first[1] if day == first[0] else 0, last[1] if day == last[0] else DAY_MINUTES
        total += sum(max(0, min(end, _minutes(till)) - max(begin, _minutes(since))) for since, till in hours)
    return total


def _snapped(calendar: SchoolCalendar, spans: Sequence[tuple[int, int]], day: date, at: int) -> tuple[date, int]:
    """The first worked minute not before this one."""
    if calendar.is_workday(day):
        for since, until in spans:
            if at < until:
                return day, max(at, since)
    return calendar.next_workday(day), spans[0][0]


def _walked(
    calendar: SchoolCalendar, spans: Sequence[tuple[int, int]], day: date, at: int, minutes: int
) -> tuple[date, int]:
    while True:
        for since, until in spans:
            if at >= until:
                continue
            at = max(at, since)
            if minutes <= until - at:
                return day, at + minutes
            minutes -= until - at
        day, at = calendar.next_workday(day), 0


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])
