"""Pure decisions of the dorm book: which nights are slept at school, what a clock time belongs to, whether stays overlap."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from logi.core.calendar import SchoolCalendar
from logi.core.days import add_months, month_of, month_period

SEXES = ("boys", "girls")
NIGHTS = ("before-schoolday", "schoolday", "daily")
LEAVE_STATES = ("given", "out", "back", "unused")
COUNTS = ("counted", "missing")
OUTCOMES = ("open", "late", "leave", "settled")
SERVED = ("canteen", "dorm")
DAY = timedelta(days=1)


def boards(how: str, calendar: SchoolCalendar, day: date) -> bool:
    """Whether pupils sleep at school in the night that begins on a day, by `dorm.nights`."""
    if how == "daily":
        return not calendar.terms or calendar.term_of(day) is not None
    works = calendar.is_schoolday if calendar.terms else calendar.is_workday
    return works(day + DAY if how == "before-schoolday" else day)


def night_of(day: date, time: str) -> date:
    """The night a clock time lies in: before noon it is the night that began the day before."""
    return day - DAY if time < "12:00" else day


def overlap(first: str, until: str | None, other: str, other_until: str | None) -> bool:
    """Whether two stays share a night; each ends before its `until`, and one of no night shares none."""
    end, other_end = until or "9999", other_until or "9999"
    return max(first, other) < min(end, other_end)


def free_bed(taken: Iterable[int], beds: int) -> int | None:
    """The lowest bed nobody sleeps in."""
    used = set(taken)
    return next((bed for bed in range(1, beds + 1) if bed not in used), None)


def away(row: Any, day: str, time: str) -> bool:
    """Whether a leave slip's pupil is out at a time: signed out by then and not yet back."""
    if row["out_day"] is None or (row["out_day"], row["out_time"]) > (day, time):
        return False
    return row["back_day"] is None or (row["back_day"], row["back_time"]) > (day, time)


def leave_state(row: Any, now: tuple[str, str]) -> str:
    """`given`, `out`, `back`, or `unused` once its time is over and nobody went."""
    if row["back_day"] is not None:
        return "back"
    if row["out_day"] is not None:
        return "out"
    return "unused" if (row["until_day"], row["until_time"]) < now else "given"


def room_and_bed(text: str) -> tuple[str, int | None] | None:
    """`C101` or `C101/3`; None if it is neither."""
    found = re.fullmatch(r"([^/／]+)(?:[/／]([0-9]{1,2}))?", text.strip())
    if found is None or (found[2] and int(found[2]) < 1):
        return None
    return found[1].strip(), int(found[2]) if found[2] else None


def shown_since(today: date, months: int) -> date:
    """The first day whose visitors are still shown by name."""
    period = month_period(add_months(month_of(today), -months))
    return min(period.since + DAY * (today.day - 1), period.until)


def turns(days: Iterable[date], people: list[Any]) -> list[tuple[date, Any]]:
    """Evenings given to people in turn."""
    return [(day, people[n % len(people)]) for n, day in enumerate(days)]
