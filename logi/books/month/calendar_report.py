"""The month as a calendar: a grid of weeks or day by day, with holidays, the plan, who is on duty, and what is due."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.month import school, store
from logi.books.month.duty_report import WEEKDAYS
from logi.books.month.proving import Proofs
from logi.core.answers import Column, Table
from logi.core.days import days_between, month_period
from logi.core.messages import say
from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.db import Ledger


def calendar(ledger: "Ledger", month: str) -> Table:
    """The month as a grid of weeks: day, holiday or make-up mark, who leads the duty, and what is due.

    `#03` is the plan's line -03, with ✓ done; `!2` says that two things of other books are due (`logi due`).
    """
    period = month_period(month)
    others = _others_due(ledger, period.since, period.until)
    marks = _marks(ledger, month, others)
    rows: list[dict[str, str]] = []
    for one in days_between(period.since, period.until):
        if not rows or one.weekday() == 0:
            rows.append({})
        rows[-1][WEEKDAYS[one.weekday()]] = " ".join([str(one.day), *marks[one]])
    columns = [Column(name, say(f"month.weekday.{name}")) for name in WEEKDAYS]
    workdays = len(school.calendar(ledger).workdays(period.since, period.until))
    notes = [say("month.note.workdays", count=workdays)]
    if others:
        notes.append(say("month.note.others_due"))
    if not school.calendar(ledger).knows(period.since.year):
        notes.append(say("month.year_unknown", year=period.since.year))
    return Table("month.calendar", say("month.title.calendar", month=month), columns, rows, notes=notes)


def day_list(ledger: "Ledger", month: str) -> Table:
    """The same month day by day: whether it is worked, what it is called, what is due."""
    known, period = school.calendar(ledger), month_period(month)
    due = _due_by_day(ledger, period.since, period.until)
    on = _on_duty(ledger, period.since, period.until)
    others = _others_due(ledger, period.since, period.until)
    rows = [
        {"day": one, "weekday": WEEKDAYS[one.weekday()], "workday": "yes" if known.is_workday(one) else "no",
         "label": _label(known, one), "due": " ".join(line["number"] for line in due.get(one, ())) or None,
         "duty": "、".join(on.get(one, ())) or None, "others": others[one] or None}
        for one in days_between(period.since, period.until)
    ]  # fmt: skip
    columns = (
        Column("day", say("month.col.day"), "day"),
        Column("weekday", say("month.col.weekday"), "word", words="month.weekday"),
        Column("workday", say("month.col.workday"), "word", words="month.workday"),
        Column("label", say("month.col.label")), Column("due", say("month.col.due_lines"), "code"),
        Column("duty", say("month.col.duty")), Column("others", say("month.col.others"), "count"),
    )  # fmt: skip
    return Table("month.days", say("month.title.calendar", month=month), columns, rows)


def _marks(ledger: "Ledger", month: str, others: Counter[date]) -> dict[date, list[str]]:
    """What stands beside each day's number in the grid."""
    known, period = school.calendar(ledger), month_period(month)
    due = _due_by_day(ledger, period.since, period.until)
    on, proofs = _on_duty(ledger, period.since, period.until), Proofs(ledger)
    marks: dict[date, list[str]] = {}
    for one in days_between(period.since, period.until):
        found = [_label(known, one) or ("" if known.is_workday(one) else say("month.off"))]
        for line in due.get(one, ()):
            short = line["number"].rpartition("-")[2]
            number = f"#{short}" if line["month"] == month else line["number"]
            found.append(f"{number}✓" if line["state"] == "done" or proofs.settled(line) else number)
        if one in on:
            found.append(f"{say('month.duty.short')}:{on[one][0]}")
        if others[one]:
            found.append(f"!{others[one]}")
        marks[one] = [mark for mark in found if mark]
    return marks


def _label(known: Any, one: date) -> str | None:
    starts = [say("month.term_starts") for term in known.terms if term.starts_on == one]
    ends = [say("month.term_ends") for term in known.terms if term.ends_on == one]
    parts = [known.label(one), *starts, *ends]
    return " ".join(part for part in parts if part) or None


def _due_by_day(ledger: "Ledger", since: date, until: date) -> dict[date, list[Any]]:
    days: dict[date, list[Any]] = {}
    for line in store.due_between(ledger.db, since, until):
        days.setdefault(date.fromisoformat(line["due_on"]), []).append(line)
    return days


def _on_duty(ledger: "Ledger", since: date, until: date) -> dict[date, list[str]]:
    """Who is on duty, each once a day, the leader first."""
    days: dict[date, list[str]] = {}
    for row in store.duties(ledger.db, since=since, until=until):
        names = days.setdefault(date.fromisoformat(row["on_day"]), [])
        if row["name"] not in names:
            names.append(row["name"])
    return days


def _others_due(ledger: "Ledger", since: date, until: date) -> Counter[date]:
    """How many things of other books are due on each day of a stretch, by their checks of today."""
    found: Counter[date] = Counter()
    for name in cards():
        hooks = room(name, "checks") if name != "month" else None
        if hooks is not None and hasattr(hooks, "due"):
            days = max((until - ledger.today).days, 0)
            found.update(one.day for one in hooks.due(ledger, days) if one.day and since <= one.day <= until)
    return found
