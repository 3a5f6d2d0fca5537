"""`logi patrol accident …`, also as `logi hazard accident …`: the log of accidents and the days without one."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.patrol.rules import ACCIDENTS
from logi.core.errors import BadValue
from logi.core.money import parse_count
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InWeek,
    InYear,
    Note,
    OnDay,
    SinceDay,
    UntilDay,
    as_text,
    choice,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

accident = typer.Typer()


def as_number(text: Any) -> int:
    """A whole number from 0."""
    return 0 if str(text).strip() in ("0", "０") else parse_count(text)


def as_clock(text: Any) -> str:
    """A time of day as "HH:MM"."""
    from logi.core.days import parse_instant

    day, time = parse_instant(str(text), today=date(2000, 1, 1), zone_minutes=0)
    if day != date(2000, 1, 1):
        raise BadValue("patrol.bad_clock", text=str(text))
    return time


@accident.command("add", help="patrol.help.accident_add")
def add(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(parser=as_text, metavar="TITLE", help="patrol.opt.accident_title")],
    place: Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="patrol.opt.place")] = None,
    kind: Annotated[str, choice("--kind", "patrol.accident_kind", ACCIDENTS, "patrol.opt.accident_kind")] = "injury",
    injured: Annotated[int, typer.Option("--injured", parser=as_number, metavar="N", help="patrol.opt.injured")] = 0,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="patrol.opt.accident_by")] = None,
    treatment: Annotated[
        str | None, typer.Option("--treatment", parser=as_text, metavar="TEXT", help="patrol.opt.treatment")
    ] = None,
    reported_to: Annotated[
        str | None, typer.Option("--reported-to", parser=as_text, metavar="NAME", help="patrol.opt.reported_to")
    ] = None,
    hazard: Annotated[
        str | None, typer.Option("--hazard", parser=as_text, metavar="NUMBER", help="patrol.opt.accident_hazard")
    ] = None,
    on: OnDay = None,
    at: Annotated[str | None, typer.Option("--at", parser=as_clock, metavar="HH:MM", help="patrol.opt.at_clock")] = None,
    note: Note = None,
) -> None:
    """Record an accident."""
    from logi.books.patrol import accident_actions as actions

    desk: Desk = ctx.obj
    desk.do("patrol.accident.add", lambda e: actions.add(
        e, title, place=place, kind=kind, injured=injured, by=by, treatment=treatment, reported_to=reported_to,
        hazard=hazard, on=on, at=at, note=note))  # fmt: skip


@accident.command("list", help="patrol.help.accident_list")
def list_(
    ctx: typer.Context,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """The log of accidents."""
    from logi.books.patrol import accident_report as report

    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year,
                            since=since, until=until)  # fmt: skip
    desk.read(lambda ledger: report.listing(ledger, first, last))


@accident.command("days", help="patrol.help.accident_days")
def days(ctx: typer.Context) -> None:
    """The days without an accident."""
    from logi.books.patrol import accident_report as report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.free(ledger))
