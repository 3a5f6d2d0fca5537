"""Lines that come round by the school year: every workday, week, month, quarter or year, by the term, before holidays."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from logi.books.month import school, store
from logi.books.month.actions import write_line
from logi.books.month.dutyrules import SUMMER, breaks
from logi.core.answers import Word
from logi.core.calendar import SchoolCalendar
from logi.core.days import add_months, month_period
from logi.core.errors import Refused
from logi.journal import Entry

EVERY = ("workday", "week", "month", "quarter", "term", "year", "holiday", "first-day", "last-day", "summer")
FRIDAY, END = 4, "end"
QUARTERS = (3, 6, 9, 12)
NEAR = timedelta(days=60)  # a day this close to a term's start is counted from it
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def begin(e: Entry, every: str, month: str, title: str, *, due_on: date | None, rule: str | None = None,
          **values: Any) -> list[str]:  # fmt: skip
    """Let a line come round from this month on; returns the numbers of its lines in this month's plan."""
    from logi.core.folding import fold

    calendar = school.calendar(e)
    anchored = anchor(every, month, due_on, calendar)
    if anchored is None:
        raise Refused("month.every_no_term", month=month)
    rowid = e.insert("month_recurring", title=title, folded=fold(title), every=every, anchor=anchored, first_month=month,
                     rule=rule, **values)  # fmt: skip
    row = next(row for row in store.recurring(e.db, month) if row["id"] == rowid)
    numbers = write(e, row, month, calendar, set())
    if not numbers:
        raise Refused("month.every_not_here", month=month)
    e.warn("month.comes_round", every=Word.of("month.every", every), month=month, number=numbers[0])
    return numbers


def write(e: Entry, row: Any, month: str, calendar: SchoolCalendar, there: set[str]) -> list[str]:
    """Write what comes round in a month and is not in its plan yet; returns the new numbers."""
    numbers = []
    for at, day in enumerate(days(row["every"], row["anchor"], row["first_month"], month, calendar), 1):
        key = f"every-{row['id']}-{at}"
        if key not in there:
            kept = ("owner_id", "helpers", "standard", "source", "priority", "rule", "point_id")
            keep = {name: row[name] for name in kept}
            numbers.append(write_line(e, month, row["title"], due_on=day, template_key=key, **keep))
    return numbers


def end(e: Entry, line: Any) -> bool:
    """Let the line's like come round no more after its month; False if it does not come round at all."""
    key = line["template_key"] or ""
    if not key.startswith("every-"):
        return False
    rowid = int(key.split("-")[1])
    e.update("month_recurring", rowid, last_month=line["month"])
    return True


def anchor(every: str, month: str, due_on: date | None, calendar: SchoolCalendar) -> str | None:
    """What a line is held by, from the day it is due first: a weekday, a day of the month, or days from a term's start.

    Without a day: each week's Friday, the month's or the quarter's end, the term's first day, the day after the last
    one before the summer. None where no term is near.
    """
    period = month_period(month)
    if every in ("workday", "holiday", "first-day", "last-day"):
        return ""
    if every == "week":
        return str(due_on.weekday() if due_on else FRIDAY)
    if every in ("term", "summer"):
        return _from_term(period.since, period.until, due_on, _marks(every, calendar))
    worked = calendar.workdays(period.since, period.until)
    last = due_on is None or due_on == period.until or (worked and due_on == worked[-1])
    return END if last or due_on is None else str(due_on.day)


def days(every: str, anchored: str, first_month: str, month: str, calendar: SchoolCalendar) -> list[date]:
    """The days in a month on which a line comes round; one that is not worked goes back to the workday before it.

    Only at the beginning of a month is it the workday after; a week that is all holiday has none.
    """
    period = month_period(month)
    if every == "workday":
        return calendar.workdays(period.since, period.until)
    if every in ("holiday", "first-day", "last-day"):
        return [day for day in _turning(every, period.since, period.until, calendar) if period.since <= day <= period.until]
    if every == "summer":
        found = [calendar.add_workdays(start + timedelta(days=int(anchored)), 0) for start in _marks(every, calendar)]
        return [day for day in found if period.since <= day <= period.until]
    if every == "term":
        found = [start + timedelta(days=int(anchored)) for start in _marks(every, calendar)]
        return [_worked(day, period.since, calendar) for day in found if period.since <= day <= period.until]
    if every == "quarter" and anchored == END and int(first_month[5:]) not in QUARTERS:
        first_month = add_months(first_month, 2 - (int(first_month[5:]) - 1) % 3)
    found = _rrule(every, anchored, first_month, period.since, period.until)
    if every == "week":
        return [day for day in (_in_week(one, calendar) for one in found) if day is not None]
    return [_worked(day, period.since, calendar) for day in found]


def _marks(every: str, calendar: SchoolCalendar) -> list[date]:
    """The days counted from: each term's first day; for the summer, the day after each last one before a summer."""
    if every == "term":
        return [term.starts_on for term in calendar.terms]
    ends = (term.ends_on for term in calendar.terms)
    return [end + timedelta(days=1) for end in ends if SUMMER[0] <= end.month <= SUMMER[1]]


def _from_term(since: date, until: date, due_on: date | None, marks: list[date]) -> str | None:
    if due_on is None:
        return "0" if any(since <= mark <= until for mark in marks) else None
    near = [mark for mark in marks if due_on - NEAR <= mark <= due_on + NEAR]
    return str(min((due_on - mark for mark in near), key=abs).days) if near else None


def _turning(every: str, since: date, until: date, calendar: SchoolCalendar) -> list[date]:
    """The last workday before each holiday's break; the first or the last school day of each term."""
    if every == "holiday":
        found = breaks(calendar, since, until + timedelta(days=14))
        return [calendar.previous_workday(one.first) for one in found]
    if every == "first-day":
        return [calendar.add_workdays(term.starts_on, 0) for term in calendar.terms]
    return [calendar.previous_workday(term.ends_on + timedelta(days=1)) for term in calendar.terms]


def _rrule(every: str, anchored: str, first_month: str, since: date, until: date) -> list[date]:
    from datetime import datetime, time

    from dateutil.rrule import MONTHLY, WEEKLY, rrule

    start = datetime.combine(month_period(first_month).since, time.min)
    if every == "week":
        rule = rrule(WEEKLY, dtstart=start, byweekday=int(anchored))
    else:
        # The last of 28…31 that a month has: the 31st is the 28th of February.
        wanted = 31 if anchored == END else int(anchored)
        choice: Sequence[int] = range(min(wanted, 28), wanted + 1)
        rule = rrule(MONTHLY, interval=_MONTHS[every], dtstart=start, bymonthday=tuple(choice), bysetpos=-1)
    found = rule.between(datetime.combine(since, time.min), datetime.combine(until, time.min), inc=True)
    return [one.date() for one in found]


def _worked(day: date, first: date, calendar: SchoolCalendar) -> date:
    if calendar.is_workday(day):
        return day
    before = calendar.previous_workday(day)
    return before if before >= first else calendar.next_workday(day)


def _in_week(day: date, calendar: SchoolCalendar) -> date | None:
    """The day itself, else the last workday before it in its week, else the first after it; a make-up Sunday counts."""
    monday = day - timedelta(days=day.weekday())
    worked = calendar.workdays(monday, monday + timedelta(days=6))
    before = [one for one in worked if one <= day]
    return before[-1] if before else worked[0] if worked else None

