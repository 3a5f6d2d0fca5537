"""The school calendar as pure arithmetic: workdays with holidays and make-up workdays, terms, school days."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

_TERM_CODE = re.compile(r"([0-9]{4})-([0-9]{4})-([12])")
_DAY = timedelta(days=1)


class Term(NamedTuple):
    """A school term; both days belong to it."""

    code: str
    name: str
    starts_on: date
    ends_on: date


class SchoolCalendar:
    """Which days are worked. `off` and `makeup` are the State Council's arrangement, plus what the school adds.

    `names` says what a day is off (or made up) for, and `makeup_mark` that it is worked, both in the reader's
    language. A year outside `known_years` has only its weekends: callers warn (`knows`).
    """

    __slots__ = ("known_years", "makeup", "makeup_mark", "names", "off", "terms")

    def __init__(
        self,
        off: frozenset[date],
        makeup: frozenset[date],
        names: Mapping[date, str],
        terms: Sequence[Term],
        known_years: frozenset[int],
        makeup_mark: str = "班",
    ) -> None:
        self.off, self.makeup, self.names = off, makeup, names
        self.terms = tuple(sorted(terms, key=lambda term: term.starts_on))
        self.known_years, self.makeup_mark = known_years, makeup_mark

    def is_workday(self, day: date) -> bool:
        """Monday to Friday without the days off, and the make-up workdays."""
        return day in self.makeup or (day.weekday() < 5 and day not in self.off)

    def is_schoolday(self, day: date) -> bool:
        """A workday inside a term."""
        return self.is_workday(day) and self.term_of(day) is not None

    def workdays(self, since: date, until: date) -> list[date]:
        """The workdays from `since` to `until`, both included."""
        return [day for day in _days(since, until) if self.is_workday(day)]

    def schooldays(self, since: date, until: date) -> list[date]:
        """The school days from `since` to `until`, both included."""
        return [day for day in _days(since, until) if self.is_schoolday(day)]

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th workday after `day` (before it, if n is negative); n = 0 is `day`, or the next workday."""
        if n == 0:
            return day if self.is_workday(day) else self.next_workday(day)
        for _ in range(abs(n)):
            day = self.next_workday(day) if n > 0 else self.previous_workday(day)
        return day

    def next_workday(self, day: date) -> date:
        """The first workday after `day`."""
        day += _DAY
        while not self.is_workday(day):
            day += _DAY
        return day

    def previous_workday(self, day: date) -> date:
        """The last workday before `day`."""
        day -= _DAY
        while not self.is_workday(day):
            day -= _DAY
        return day

    def term_of(self, day: date) -> Term | None:
        """The term a day lies in; None in the vacations and where no term is entered."""
        return next((term for term in self.terms if term.starts_on <= day <= term.ends_on), None)

    def label(self, day: date) -> str | None:
        """What to write beside a day: its holiday's name; for a make-up workday the mark, after the holiday's name."""
        name = self.names.get(day)
        if day in self.makeup:
            return f"{name} {self.makeup_mark}" if name else self.makeup_mark
        return name

    def knows(self, year: int) -> bool:
        """Whether the year's official arrangement is in the calendar."""
        return year in self.known_years


def parse_term_code(code: str) -> tuple[int, int] | None:
    """2025-2026-1 -> (2025, 1): the year in which the school year starts, and the term; None if it is no code."""
    match = _TERM_CODE.fullmatch(code)
    if match is None or int(match[2]) != int(match[1]) + 1:
        return None
    return int(match[1]), int(match[3])


def _days(since: date, until: date) -> list[date]:
    return [since + timedelta(days=n) for n in range((until - since).days + 1)]
