"""`logi meter list`, `month`, `kinds`, `loss` …: what the meter book can be asked."""

import contextlib
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.meter import rules
from logi.books.meter.options import SAID
from logi.core.days import month_of, month_period, school_year_of, school_year_period
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InYear,
    SinceDay,
    UntilDay,
    as_month,
    as_text,
    choice,
    desk_today,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

ask = typer.Typer()
Kind = Annotated[str | None, choice("--kind", "meter.kind", rules.KINDS, "meter.opt.kind", *SAID)]
Place = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="meter.opt.place")]
OneMonth = Annotated[str | None, typer.Argument(parser=as_month, metavar="[MONTH]", help="meter.opt.month")]


@ask.command("list", help="meter.help.list")
def list_(
    ctx: typer.Context, kind: Kind = None, place: Place = None,
    all_: Annotated[bool, typer.Option("--all", help="meter.opt.all")] = False,
) -> None:  # fmt: skip
    """The meters in use."""
    from logi.books.meter import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.meters(ledger, kind=kind, place=place, all_=all_))


@ask.command("unread", help="meter.help.unread")
def unread(ctx: typer.Context, month: OneMonth = None) -> None:
    """The meters whose reading is missing."""
    from logi.books.meter import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.unread(ledger, month=month))


@ask.command("month", help="meter.help.month")
def month_(
    ctx: typer.Context,
    named: OneMonth = None,
    kind: Kind = None,
    place: Place = None,
    state: Annotated[str | None, choice("--state", "meter.state", rules.STATES, "meter.opt.state")] = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Use and cost of every meter in a month, or another period."""
    from logi.books.meter import report

    desk: Desk = ctx.obj
    first, last = _period(named, quarter, year, school_year, since, until)
    desk.read(lambda ledger: report.month(ledger, first, last, kind=kind, place=place, state=state))


@ask.command("kinds", help="meter.help.kinds")
def kinds(
    ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """Use by kind."""
    from logi.books.meter import report

    _answer(ctx, report.kinds, _period(month, quarter, year, school_year, since, until))


@ask.command("loss", help="meter.help.loss")
def loss(
    ctx: typer.Context, kind: Kind = None, month: InMonth = None, quarter: InQuarter = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """Main meters against those behind them."""
    from logi.books.meter import report

    _answer(ctx, report.loss, _period(month, quarter, year, school_year, since, until), kind=kind)


@ask.command("places", help="meter.help.places")
def places(
    ctx: typer.Context, kind: Kind = None, month: InMonth = None, quarter: InQuarter = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """Use by building."""
    from logi.books.meter import report

    _answer(ctx, report.places, _period(month, quarter, year, school_year, since, until), kind=kind)


@ask.command("departments", help="meter.help.departments")
def departments(
    ctx: typer.Context, kind: Kind = None, month: InMonth = None, quarter: InQuarter = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """Use by department."""
    from logi.books.meter import report

    _answer(ctx, report.departments, _period(month, quarter, year, school_year, since, until), kind=kind)


@ask.command("nights", help="meter.help.nights")
def nights(
    ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """What went through meters at night."""
    from logi.books.meter import report

    _answer(ctx, report.nights, _period(month, quarter, year, school_year, since, until))


@ask.command("campus", help="meter.help.campus")
def campus(
    ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """The saving school's programme, held against the records."""
    from logi.books.meter import campus as held

    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: held.aims(ledger, first, last))


@ask.command("trend", help="meter.help.trend")
def trend(
    ctx: typer.Context,
    meter_or_kind: Annotated[str, typer.Argument(parser=as_text, metavar="KIND|CODE", help="meter.opt.trend")],
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Use month by month."""
    from logi.books.meter import report
    from logi.core.errors import BadValue
    from logi.options import fixed

    desk: Desk = ctx.obj
    what = meter_or_kind
    with contextlib.suppress(BadValue):  # else it is a meter
        what = fixed("meter.kind", rules.KINDS, *SAID)(what)
    first, last = period_of(year=year, school_year=school_year, since=since, until=until)
    running = school_year_period(school_year_of(desk_today()))
    desk.read(lambda ledger: report.trend(ledger, what, first or running.since, last or desk_today()))


def _period(
    month: str | None, quarter: str | None, year: str | None, school_year: str | None, since: date | None,
    until: date | None,
) -> tuple[date, date]:  # fmt: skip
    """The period typed; the running month if none is."""
    first, last = period_of(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    running = month_period(month_of(desk_today()))
    return first or (running.since if last is None else date(last.year, last.month, 1)), last or running.until


def _answer(ctx: typer.Context, asked: Any, period: tuple[date, date], **more: Any) -> None:
    desk: Desk = ctx.obj
    desk.read(lambda ledger: asked(ledger, *period, **more))
