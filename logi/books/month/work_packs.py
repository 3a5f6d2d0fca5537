"""Three papers for leaders: the summary of a stretch of days, a month's feedback, and what the next month will ask."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.month import dutyrules, focusing, report, rules, school, store, work_report
from logi.books.month.duty_report import named
from logi.books.month.proving import Proofs
from logi.core.answers import Column, Pack, Table
from logi.core.days import add_months, month_of, month_period
from logi.core.forms import cover_notes, open_chain
from logi.core.messages import say
from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.db import Ledger


def summary(ledger: "Ledger", since: date, until: date) -> Pack:
    """學期(年度)後勤工作總結數據附表: plans, owners, points, focus, figures, what is told, lessons, unfinished."""
    tables = [
        by_month(ledger, since, until), report.completion_by_owner(ledger, since, until),
        work_report.work_points(ledger, since, until), *focusing.sections(ledger, since, until),
        work_report.figures(ledger, since, until), work_report.told(ledger, since, until),
        *_learned(ledger, since, until), unfinished(ledger, since, until),
    ]  # fmt: skip
    return _pack(ledger, "summary", say("month.title.summary", since=since, until=until), f"{since} – {until}", tables)


def feedback(ledger: "Ledger", month: str) -> Pack:
    """月末反饋: what was planned and done, by whom, what is unfinished and why, the month's figures, the month ahead."""
    period = month_period(month)
    since, until = period.since, min(period.until, ledger.today)
    tables = [
        by_month(ledger, since, until), report.completion_by_owner(ledger, since, until), unfinished(ledger, since, until),
        work_report.told(ledger, since, until), work_report.figures(ledger, since, until),
        report.plan(ledger, add_months(month, 1)),
    ]  # fmt: skip
    return _pack(ledger, "feedback", say("month.title.feedback", month=month), month, tables)


def ahead(ledger: "Ledger", month: str) -> Pack:
    """What a month will ask: its plan, its holidays and rosters, what the same month brought a year ago, what to buy."""
    period, before = month_period(month), month_period(add_months(month, -12))
    tables = [report.plan(ledger, month), holidays(ledger, period.since, period.until)]
    tables += [work_report.figures(ledger, before.since, before.until), last_year(ledger, month)]
    for name in cards():
        hooks = room(name, "ahead")
        if hooks is not None:
            tables += hooks.ahead(ledger, month)
    return _pack(ledger, "ahead", say("month.title.ahead", month=month), month, tables)


def _learned(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """What other books have learned in the days: a book's room `lessons`."""
    rooms = (room(name, "lessons") for name in cards())
    return [one for hooks in rooms if hooks is not None for one in hooks.lessons(ledger, since, until)]


def by_month(ledger: "Ledger", since: date, until: date) -> Table:
    """Planned and done, month by month."""
    proofs, as_of = Proofs(ledger), min(until, ledger.today)
    months: dict[str, list[rules.Standing]] = {}
    for line in store.plans(ledger.db, month_of(since), month_of(until)):
        months.setdefault(line["month"], []).append(proofs.standing(line, as_of))
    rows = [{"month": month, **report.tallied(lines)} for month, lines in months.items()]
    whole = report.tallied([one for lines in months.values() for one in lines])
    columns = (Column("month", say("month.col.month"), "month"), *report.tally_columns(total=True))
    return Table("month.by-month", say("month.title.by_month"), columns, rows, totals={"rate": whole["rate"]},
                 notes=[say("month.note.rate")])  # fmt: skip


def unfinished(ledger: "Ledger", since: date, until: date) -> Table:
    """The lines that are open, late, dropped or carried over, each with its reason or where it went."""
    proofs, as_of = Proofs(ledger), min(until, ledger.today)
    rows = [
        report.line_row(line, as_of, proofs) for line in store.plans(ledger.db, month_of(since), month_of(until))
        if proofs.standing(line, as_of) != rules.Standing("done", None)
    ]  # fmt: skip
    columns = report.line_columns(("number", "title", "owner", "due", "state", "late", "result"))
    return Table("month.unfinished", say("month.title.unfinished"), columns, rows)


def holidays(ledger: "Ledger", since: date, until: date) -> Table:
    """The breaks and vacations that begin in a stretch of days, Teachers' Day, and whether each has its roster."""
    from logi.books.month.evidence import uncovered

    rows: list[dict[str, Any]] = []
    for one in dutyrules.asked(school.calendar(ledger), since, until):
        missing = len(uncovered(ledger, one))
        days = (one.last - one.first).days + 1
        rows.append({"title": named(one), "on": one.first, "until": one.last, "days": days, "missing": missing or None})
    columns = (
        Column("title", say("month.col.label")), Column("on", say("month.duty.col.first"), "day"),
        Column("until", say("month.duty.col.last"), "day"), Column("days", say("month.duty.col.days"), "count"),
        Column("missing", say("month.col.no_roster"), "count"),
    )  # fmt: skip
    return Table("month.holidays", say("month.title.holidays"), columns, rows)


def last_year(ledger: "Ledger", month: str) -> Table:
    """The plan of the same month a year ago, as it ended."""
    before, proofs = add_months(month, -12), Proofs(ledger)
    rows = [report.line_row(line, ledger.today, proofs) for line in store.plan(ledger.db, before)]
    columns = report.line_columns(("number", "title", "owner", "due", "state", "late", "result"))
    return Table("month.last-year", say("month.title.last_year", month=before), columns, rows)


def _pack(ledger: "Ledger", name: str, heading: str, period: str, tables: list[Table]) -> Pack:
    notes = cover_notes(ledger.settings, ledger.today)
    return Pack(f"month.{name}", heading, period, journal.head(ledger.db).short, tables, notes, open_chain())
