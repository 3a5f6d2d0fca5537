"""`logi term|holiday …`: read what was typed, call one act, answer."""

import hashlib
import sys
from datetime import date
from typing import Annotated

import typer

from logi.books.school import calendar_actions as actions
from logi.books.school import calendar_report as report
from logi.books.school.rules import DAY_KINDS
from logi.books.school.typed import Code, Name, NewName
from logi.context import Desk
from logi.core.datafiles import path_typed
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InWeek,
    InYear,
    SinceDay,
    UntilDay,
    as_day,
    as_text,
    choice,
    period_of,
)

term, holiday = typer.Typer(), typer.Typer()

TermName = Annotated[str, typer.Argument(parser=as_text, metavar="TERM", help="school.opt.term")]
OneDay = Annotated[date, typer.Argument(parser=as_day, metavar="DAY", help="school.opt.day")]
Starts = Annotated[date | None, typer.Option("--starts", parser=as_day, metavar="DAY", help="school.opt.starts")]
Ends = Annotated[date | None, typer.Option("--ends", parser=as_day, metavar="DAY", help="school.opt.ends")]
LastDay = Annotated[date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="school.opt.until")]
KIND_ALIASES = (("补班", "makeup"), ("上班", "makeup"), ("班", "makeup"), ("休", "off"), ("休息", "off"))
DayKind = Annotated[str | None, choice("--kind", "school.day", DAY_KINDS, "school.opt.day_kind", *KIND_ALIASES)]


@term.command("add", help="school.help.term_add")
def term_add(
    ctx: typer.Context,
    code: Code,
    name: Name,
    starts: Annotated[date, typer.Option("--starts", parser=as_day, metavar="DAY", help="school.opt.starts")],
    ends: Annotated[date, typer.Option("--ends", parser=as_day, metavar="DAY", help="school.opt.ends")],
) -> None:
    """Enter a term."""
    desk: Desk = ctx.obj
    desk.do("term.add", lambda e: actions.add_term(e, code, name, starts_on=starts, ends_on=ends))


@term.command("list", help="school.help.term_list")
def term_list(ctx: typer.Context) -> None:
    """Terms."""
    desk: Desk = ctx.obj
    desk.read(report.terms)


@term.command("show", help="school.help.term_show")
def term_show(ctx: typer.Context, term: TermName) -> None:
    """One term."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.term(ledger, term))


@term.command("edit", help="school.help.term_edit")
def term_edit(
    ctx: typer.Context,
    term: TermName,
    name: NewName = None,
    starts: Starts = None,
    ends: Ends = None,
) -> None:
    """Change a term's name or days."""
    desk: Desk = ctx.obj
    desk.do("term.edit", lambda e: actions.edit_term(e, term, name=name, starts_on=starts, ends_on=ends))


@holiday.command("add", help="school.help.holiday_add")
def holiday_add(
    ctx: typer.Context, day: OneDay, name: Name, kind: DayKind = "off", until: LastDay = None
) -> None:
    """Enter a day off or a make-up workday, or several in a row."""
    desk: Desk = ctx.obj
    desk.do("holiday.add", lambda e: actions.add_days(e, day, name, kind=kind or "off", until=until))


@holiday.command("list", help="school.help.holiday_list")
def holiday_list(
    ctx: typer.Context, kind: DayKind = None, since: SinceDay = None, until: UntilDay = None, month: InMonth = None,
    quarter: InQuarter = None, week: InWeek = None, year: InYear = None, school_year: InSchoolYear = None,
) -> None:  # fmt: skip
    """Days off and make-up workdays."""
    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year,
                            since=since, until=until)  # fmt: skip
    desk.read(lambda ledger: report.holidays(ledger, since=first, until=last, kind=kind))


@holiday.command("show", help="school.help.holiday_show")
def holiday_show(ctx: typer.Context, day: OneDay) -> None:
    """Whether a day is worked, and why."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.holiday(ledger, day))


@holiday.command("edit", help="school.help.holiday_edit")
def holiday_edit(ctx: typer.Context, day: OneDay, name: NewName = None, kind: DayKind = None) -> None:
    """Change what is given of a day."""
    desk: Desk = ctx.obj
    desk.do("holiday.edit", lambda e: actions.edit_day(e, day, name=name, kind=kind))


@holiday.command("drop", help="school.help.holiday_drop")
def holiday_drop(ctx: typer.Context, day: OneDay) -> None:
    """Strike a day off the list."""
    desk: Desk = ctx.obj
    desk.do("holiday.drop", lambda e: actions.drop_day(e, day))


@holiday.command("import", help="school.help.holiday_import")
def holiday_import(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="school.opt.file")],
    again: Annotated[bool, typer.Option("--again", help="school.opt.again")] = False,
) -> None:
    """Take a file's days over."""
    from logi.books.school.holiday_files import read_days

    desk: Desk = ctx.obj
    data, name = _bytes_of(file)
    rows = read_days(data, name)
    sha256 = hashlib.sha256(data).hexdigest()
    desk.do("holiday.import", lambda e: actions.import_days(e, rows, file=name, sha256=sha256, again=again))


def _bytes_of(file: str) -> tuple[bytes, str]:
    if file != "-":
        path = path_typed(file)
        return path.read_bytes(), path.name
    stream = getattr(sys.stdin, "buffer", None)
    return (stream.read() if stream is not None else sys.stdin.read().encode()), "-"
