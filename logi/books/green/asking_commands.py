"""`logi green log`, `season`, `toilets`, `rate` …: what the green book can be asked."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.green import rules
from logi.books.green.options import WORK_SAID
from logi.core.days import month_of, month_period
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InWeek,
    InYear,
    SinceDay,
    UntilDay,
    as_text,
    choice,
    desk_today,
    year_so_far,
)

if TYPE_CHECKING:
    from logi.context import Desk

ask = typer.Typer()
ZoneOpt = Annotated[str | None, typer.Option("--zone", parser=as_text, metavar="ZONE", help="green.opt.zone")]
WHAT = (*rules.WORKS, rules.PLANT, "lose")


def stretch(**asked: Any) -> tuple[date, date]:
    """The period a line names, else the whole of this month: the season asks for days to come too."""
    if any(asked.values()):
        return year_so_far(**asked)
    now = month_period(month_of(desk_today()))
    return now.since, now.until


@ask.command("plants", help="green.help.plants")
def plants(ctx: typer.Context, green_zone: ZoneOpt = None) -> None:
    """What grows where."""
    from logi.books.green import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.plants(ledger, zone=green_zone))


@ask.command("log", help="green.help.log")
def log(
    ctx: typer.Context,
    green_zone: ZoneOpt = None,
    care: Annotated[str | None, choice("--what", "green.what", WHAT, "green.opt.work", *WORK_SAID)] = None,
    person: Annotated[str | None, typer.Option("--person", parser=as_text, metavar="PERSON", help="green.opt.person")] = None,
    month: InMonth = None, quarter: InQuarter = None, week: InWeek = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """What was done."""
    from logi.books.green import report

    desk: Desk = ctx.obj
    first, last = stretch(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: report.log(ledger, first, last, zone=green_zone, what=care, person=person))


@ask.command("season", help="green.help.season")
def season(
    ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, week: InWeek = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """What the season asks for."""
    from logi.books.green import report

    desk: Desk = ctx.obj
    first, last = stretch(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: report.due_works(ledger, first, last))


@ask.command("toilets", help="green.help.toilets")
def toilets(
    ctx: typer.Context, green_zone: ZoneOpt = None, month: InMonth = None, quarter: InQuarter = None, week: InWeek = None,
    year: InYear = None, school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """How often toilets were cleaned."""
    from logi.books.green import report

    desk: Desk = ctx.obj
    first, last = stretch(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: report.toilets(ledger, first, last, zone=green_zone))


@ask.command("rate", help="green.help.rate")
def rate(ctx: typer.Context) -> None:
    """The green rate year by year."""
    from logi.books.green import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.rate(ledger))


@ask.command("section", help="green.help.section")
def section(
    ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, week: InWeek = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """The greening section of a summary."""
    from logi.books.green import report

    desk: Desk = ctx.obj
    first, last = stretch(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: report.green_section(ledger, first, last))
