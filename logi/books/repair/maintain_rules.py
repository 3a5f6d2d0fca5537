"""When preventive work is due: every so many weeks or months, or by the school year; on workdays, from a plan or from
the day the last was done."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from logi.core.calendar import SchoolCalendar
from logi.core.errors import BadValue
from logi.core.text import fold_typed

BASES = ("planned", "completed")
ANCHORS = ("term-start", "term-end", "heating-start", "heating-end", "summer")
_STEPS = {"weekly": "1w", "monthly": "1m", "quarterly": "3m", "termly": "6m", "yearly": "12m",
          "每周": "1w", "每月": "1m", "每季": "3m", "每学期": "6m", "每年": "12m", "每週": "1w", "每學期": "6m"}  # fmt: skip
_EVERY = re.compile(r"每?([0-9]{1,2}) ?(weeks?|w|周|週|months?|m|个月|個月|月|years?|y|年)")
_ANCHOR = re.compile(r"([a-z-]+?)(?: ?([+-] ?[0-9]{1,3}))?")
_WORDS = {"开学": "term-start", "開學": "term-start", "学期结束": "term-end", "學期結束": "term-end", "放假": "term-end",
          "供暖": "heating-start", "点炉": "heating-start", "點爐": "heating-start", "停炉": "heating-end",
          "停爐": "heating-end", "停暖": "heating-end", "停炉后": "heating-end", "停爐後": "heating-end",
          "暑假": "summer"}  # fmt: skip


# 開學前一週, 停爐後3天: an anchor, before or after it, how many days or weeks.
_SAID = re.compile(r"(前|后|後)([0-9]{1,3}|[一二两兩三四五六七八九十]) ?(天|日|周|週|个?星期|個?星期|个月|個月|月)?")
_DIGITS = {"一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


class Heating(NamedTuple):
    """The heating season as month and day."""

    since: str
    until: str


class State(NamedTuple):
    """How a schedule stands on a day: its next planned day, how many before it were passed over, the slip still open."""

    next_on: date | None
    passed: int
    waiting: str | None


class Run(NamedTuple):
    """A slip that a schedule opened."""

    number: str
    planned_on: date
    closed_on: date | None


def parse_every(text: str) -> str:
    """`3 months`, `2w`, `monthly`, `每月` -> "3m", "2w", "1m"."""
    typed = fold_typed(text).strip().lower()
    if typed in _STEPS:
        return _STEPS[typed]
    found = _EVERY.fullmatch(typed)
    if found is None or int(found[1]) == 0:
        raise BadValue("repair.bad_every", text=text)
    number, unit = int(found[1]), found[2]
    if unit[0] in "w周週":
        return f"{number}w"
    return f"{number * 12 if unit[0] in 'y年' else number}m"


def parse_when(text: str) -> str:
    """`term-start -7`, `开学 -7`, `开学前一周`, `停炉后` -> "term-start -7" (twice), "heating-end 0"."""
    typed = fold_typed(text).strip().lower()
    for word, anchor in sorted(_WORDS.items(), key=lambda pair: (pair[0][-1] in "后後", -len(pair[0]))):
        if typed.startswith(word):
            typed = anchor + _said(typed[len(word) :])
            break
    found = _ANCHOR.fullmatch(typed)
    if found is None or found[1] not in ANCHORS:
        raise BadValue("repair.bad_when", text=text, known=list(ANCHORS))
    return f"{found[1]} {int((found[2] or '0').replace(' ', ''))}"


def _said(rest: str) -> str:
    """`前一周` -> " -7", `后3天` -> " +3"; what is not said so stays; `后` alone is the day itself."""
    if rest in ("后", "後"):
        return ""
    found = _SAID.fullmatch(rest.replace(" ", ""))
    if found is None:
        return rest
    number = _DIGITS.get(found[2]) or int(found[2])
    unit = found[3] or "天"
    days = number * (7 if unit[-1] in "周週期" else 30 if unit[-1] == "月" else 1)
    return f" {'-' if found[1] == '前' else '+'}{days}"


def planned_days(
    rule: str, from_day: date, until: date, calendar: SchoolCalendar, heating: Heating
) -> list[date]:
    """The planned days of a rule from its first day on, each moved onto a workday, up to a day."""
    found: list[date] = []
    for day, back in _raw(rule, from_day, until, calendar, heating):
        moved = _worked(calendar, day, back)
        if moved <= until and moved not in found:
            found.append(moved)
    return sorted(found)


def state_of(
    rule: str, basis: str, from_day: date, runs: Sequence[Run], today: date, horizon: date,
    calendar: SchoolCalendar, heating: Heating,
) -> State:  # fmt: skip
    """How a schedule stands: what is due next, as of `today`, looking no farther than `horizon`."""
    waiting = next((run.number for run in runs if run.closed_on is None), None)
    last = runs[-1] if runs else None
    if basis == "completed" and last is not None:
        if last.closed_on is None:
            return State(None, 0, waiting)
        return State(_worked(calendar, step_on(last.closed_on, rule, 1), False), 0, None)
    days = planned_days(rule, from_day, horizon, calendar, heating)
    if last is not None:
        days = [day for day in days if day > last.planned_on]
    overdue = [day for day in days if day <= today]
    if overdue:  # one slip answers for all that were passed over
        return State(overdue[-1], len(overdue) - 1, waiting)
    return State(days[0] if days else None, 0, waiting)


def step_on(day: date, rule: str, times: int) -> date:
    """A day so many steps of "3m" or "2w" later; the last of a shorter month."""
    number = int(rule[:-1]) * times
    if rule[-1] == "w":
        return day + timedelta(weeks=number)
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _raw(
    rule: str, from_day: date, until: date, calendar: SchoolCalendar, heating: Heating
) -> Iterator[tuple[date, bool]]:
    """Days of a rule, and whether a day that is not worked goes back to the one before."""
    anchor, _, offset = rule.partition(" ")
    if anchor not in ANCHORS:
        times = 0
        while (day := step_on(from_day, rule, times)) <= until:
            yield day, False
            times += 1
        return
    shift = timedelta(days=int(offset))
    for base in _anchors(anchor, from_day, until, calendar, heating):
        if from_day <= base + shift:
            yield base + shift, shift.days < 0


def _anchors(
    anchor: str, from_day: date, until: date, calendar: SchoolCalendar, heating: Heating
) -> Iterator[date]:
    if anchor == "term-start":
        yield from (term.starts_on for term in calendar.terms)
    elif anchor == "term-end":
        yield from (term.ends_on for term in calendar.terms)
    elif anchor == "summer":
        yield from (t.ends_on + timedelta(days=1) for t in calendar.terms if t.code.endswith("-2"))
    else:
        text = heating.since if anchor == "heating-start" else heating.until
        for year in range(from_day.year - 1, until.year + 2):
            yield date(year, int(text[:2]), min(int(text[3:]), monthrange(year, int(text[:2]))[1]))


def _worked(calendar: SchoolCalendar, day: date, back: bool) -> date:
    if calendar.is_workday(day):
        return day
    return calendar.previous_workday(day) if back else calendar.next_workday(day)
