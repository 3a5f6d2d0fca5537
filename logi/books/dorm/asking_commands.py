"""`logi dorm list`, `nights`, `absences`, `lates`, `standard`, `ranking`, `services`: what the dorm book can be asked."""

from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.dorm.options import InBuilding, OnFloor, Sex
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InWeek,
    InYear,
    SinceDay,
    UntilDay,
    as_text,
    month_so_far,
)

if TYPE_CHECKING:
    from logi.context import Desk

ask = typer.Typer()
Place = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="ROOM", help="dorm.opt.room")]
Class = Annotated[str | None, typer.Option("--class", parser=as_text, metavar="CLASS", help="dorm.opt.class")]


@ask.command("list", help="dorm.help.list")
def list_(
    ctx: typer.Context, building: InBuilding = None, floor: OnFloor = None, place: Place = None, school_class: Class = None,
    sex: Sex = None,
) -> None:  # fmt: skip
    """Who sleeps where."""
    from logi.books.dorm import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.roster(ledger, ledger.today, building=building, floor=floor, place=place,
                                           class_=school_class, sex=sex))  # fmt: skip


@ask.command("nights", help="dorm.help.nights")
def nights(
    ctx: typer.Context, building: InBuilding = None, month: InMonth = None, quarter: InQuarter = None, week: InWeek = None,
    year: InYear = None, school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
    missing: Annotated[bool, typer.Option("--missing", help="dorm.opt.missing")] = False,
) -> None:  # fmt: skip
    """The nights, counted or not."""
    from logi.books.dorm import night_report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                               until=until)  # fmt: skip
    desk.read(lambda ledger: night_report.nights(ledger, first, last, building=building, missing=missing))


@ask.command("absences", help="dorm.help.absences")
def absences(
    ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, week: InWeek = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """Who was not there, and what became of it."""
    from logi.books.dorm import night_report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                               until=until)  # fmt: skip
    desk.read(lambda ledger: night_report.absences(ledger, first, last))


@ask.command("lates", help="dorm.help.lates")
def lates(
    ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, week: InWeek = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """Who came late."""
    from logi.books.dorm import night_report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                               until=until)  # fmt: skip
    desk.read(lambda ledger: night_report.lates(ledger, first, last))


@ask.command("standard", help="dorm.help.standard")
def standard(ctx: typer.Context, building: InBuilding = None) -> None:
    """The uniform items of each building, and the rules."""
    from logi.books.dorm import standard as held

    desk: Desk = ctx.obj
    desk.read(lambda ledger: held.pack_of(ledger, building=building))


@ask.command("ranking", help="dorm.help.ranking")
def ranking(
    ctx: typer.Context, building: InBuilding = None, month: InMonth = None, quarter: InQuarter = None, week: InWeek = None,
    year: InYear = None, school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """The rooms by their scores."""
    from logi.books.dorm import standard as held

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                               until=until)  # fmt: skip
    desk.read(lambda ledger: held.ranking(ledger, first, last, building=building))


@ask.command("services", help="dorm.help.services")
def services(
    ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, year: InYear = None, school_year: InSchoolYear = None,
    since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """Eating and lodging side by side."""
    from logi.books.dorm import services as both

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: both.services(ledger, first, last))
