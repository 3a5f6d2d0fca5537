"""The shipped month-plan templates and the rules that turn a line of them into a day.

A line's due rule is one of six, and its day is always a workday (a day that is not goes back to the one before,
forward only at the beginning of the month):

    month-end              the last workday of the month
    day N                  the N-th of the month (the last day where the month is shorter)
    workday N              the N-th workday of the month; -1 is the last one
    term-start N           N days after the start of the term that starts in this or the next month (before it: -7)
    term-end N             N days after the end of the term that ends in this or the next month
    before-holiday KEY     the last workday before that holiday (new-year spring qingming labour dragon-boat
                           mid-autumn national), in this or the next month

The last three may lie before the month or after it; without a term or a holiday they know, they mean month-end.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from logi.core.calendar import SchoolCalendar
from logi.core.datafiles import data_path

RULES = ("month-end", "day", "workday", "term-start", "term-end", "before-holiday")
# How each holiday's name begins, in whatever language the ledger's calendar was entered.
HOLIDAYS = {
    "new-year": ("元旦", "new year"),
    "spring": ("春节", "春節", "spring festival"),
    "qingming": ("清明", "qingming", "tomb"),
    "labour": ("劳动节", "勞動節", "五一", "labo"),
    "dragon-boat": ("端午", "dragon"),
    "mid-autumn": ("中秋", "mid-autumn"),
    "national": ("国庆", "國慶", "national"),
}
_FIXED = {"new-year": (1, 1), "labour": (5, 1), "national": (10, 1)}


class PlanLine(NamedTuple):
    """One line of a template; `titles` and `standards` by language, `owner` the demo school's person of that post."""

    key: str
    titles: dict[str, str]
    owner_post: str
    owner: str
    helpers: tuple[str, ...]
    due: str
    standards: dict[str, str]
    source: tuple[str, ...]
    repeats: str
    rule: str = ""  # what proves it done: a name in some book's evidence.py


def template(month: int) -> list[PlanLine]:
    """The lines of a month (1-12), in the order they are listed."""
    return _lines(f"{month:02d}.toml")


def routine() -> list[PlanLine]:
    """What comes round every month; a template's line of the same key takes its place."""
    return _lines("monthly.toml")


def due_day(rule: str, month: str, calendar: SchoolCalendar) -> date:
    """The day a due rule means for the plan of `month` ("2025-09"). ValueError for a rule there is not."""
    kind, _, rest = rule.partition(" ")
    if kind not in RULES or (kind == "month-end") == bool(rest):
        raise ValueError(rule)
    first, last = _ends(month)
    found = _FINDERS[kind](rest, first, last, calendar) or last
    if calendar.is_workday(found):
        return found
    before = calendar.previous_workday(found)
    return calendar.next_workday(found) if before < first <= found else before


def _lines(file: str) -> list[PlanLine]:
    return list(_read(data_path("plans", file)))


@cache
def _read(path: Path) -> tuple[PlanLine, ...]:
    import tomllib

    return tuple(_line(entry) for entry in tomllib.loads(path.read_text("utf-8"))["line"])


def _line(entry: dict[str, Any]) -> PlanLine:
    languages = (("zh-Hans", "hans"), ("zh-Hant", "hant"), ("en", "en"))
    return PlanLine(
        key=entry["key"],
        titles={language: entry[short] for language, short in languages},
        owner_post=entry["owner_post"],
        owner=entry["owner"],
        helpers=tuple(entry.get("helpers", ())),
        due=entry["due"],
        standards={language: entry[f"standard_{short}"] for language, short in languages},
        source=tuple(entry["source"]),
        repeats=entry["repeats"],
        rule=entry.get("rule", ""),
    )


def _ends(month: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{month}-01")
    return first, _next_month(first) - timedelta(days=1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _month_end(rest: str, first: date, last: date, calendar: SchoolCalendar) -> date | None:
    return last


def _day(rest: str, first: date, last: date, calendar: SchoolCalendar) -> date | None:
    number = int(rest)
    if not 1 <= number <= 31:
        raise ValueError(f"day {rest}")
    return first.replace(day=min(number, last.day))


def _workday(rest: str, first: date, last: date, calendar: SchoolCalendar) -> date | None:
    number, days = int(rest), calendar.workdays(first, last)
    if number == 0:
        raise ValueError("workday 0")
    if not days:
        return None
    return days[min(number, len(days)) - 1] if number > 0 else days[max(number, -len(days))]


def _term_start(rest: str, first: date, last: date, calendar: SchoolCalendar) -> date | None:
    return _shifted((term.starts_on for term in calendar.terms), rest, first)


def _term_end(rest: str, first: date, last: date, calendar: SchoolCalendar) -> date | None:
    return _shifted((term.ends_on for term in calendar.terms), rest, first)


def _shifted(days: Iterable[date], rest: str, first: date) -> date | None:
    near = [day for day in days if first <= day < _next_month(_next_month(first))]
    return min(near) + timedelta(days=int(rest)) if near else None


def _before_holiday(rest: str, first: date, last: date, calendar: SchoolCalendar) -> date | None:
    begins = HOLIDAYS.get(rest)
    if begins is None:
        raise ValueError(f"before-holiday {rest}")
    end = _next_month(_next_month(first))
    off = [day for day in calendar.off if first <= day < end and _is_named(calendar.names.get(day, ""), begins)]
    if not off and rest in _FIXED:  # a year whose arrangement is not known yet: the day itself is
        off = [date(year, *_FIXED[rest]) for year in (first.year, first.year + 1)]
        off = [day for day in off if first <= day < end]
    return calendar.previous_workday(min(off)) if off else None


def _is_named(name: str, begins: tuple[str, ...]) -> bool:
    return any(begin in name.lower() for begin in begins)


_FINDERS: dict[str, Callable[[str, date, date, SchoolCalendar], date | None]] = {
    "month-end": _month_end,
    "day": _day,
    "workday": _workday,
    "term-start": _term_start,
    "term-end": _term_end,
    "before-holiday": _before_holiday,
}
