"""`logi patrol …`, `logi route …`: read what was typed, call one act, answer."""

from datetime import date
from typing import Annotated, Any

import typer

from logi.books.patrol import actions, report
from logi.books.patrol.accident_commands import accident
from logi.books.patrol.hazard_commands import Kind, Level, hazard
from logi.books.patrol.rules import AREAS, FREQUENCIES
from logi.context import Desk
from logi.core.days import Period, parse_instant, parse_month, parse_quarter, parse_week, parse_year
from logi.core.errors import BadValue, Usage
from logi.core.messages import say
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
    as_code,
    as_day,
    as_text,
    choice,
    desk_today,
    fixed,
    period_of,
)

patrol, route = typer.Typer(), typer.Typer()
apps = {"patrol": patrol, "route": route, "hazard": hazard}
patrol.add_typer(route, name="route", help="patrol.help.route")
patrol.add_typer(accident, name="accident", help="patrol.help.accident")
hazard.add_typer(accident, name="accident", help="patrol.help.accident")


def as_week(text: Any) -> Period:
    """An ISO week as typed."""
    return parse_week(text, today=desk_today())


def as_period(text: Any) -> Period:
    """A week, month, quarter or year as typed."""
    if isinstance(text, Period):
        return text
    today = desk_today()
    readers: tuple[Any, ...] = (
        lambda t: parse_week(t, today=today), lambda t: _month(parse_month(t, today=today)),
        lambda t: parse_quarter(t, today=today), lambda t: parse_year(t, today=today),
    )  # fmt: skip
    for reader in readers:
        try:
            period: Period = reader(str(text))
        except BadValue:
            continue
        return period
    raise BadValue("patrol.bad_period", text=str(text))


def as_clock(text: Any) -> str:
    """A time of day as "HH:MM"."""
    return parse_instant(str(text), today=date(2000, 1, 1), zone_minutes=0)[1]


Route = Annotated[str, typer.Argument(parser=as_text, metavar="ROUTE", help="patrol.opt.route")]
Name = Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="patrol.opt.name")]
Code = Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="patrol.opt.code")]
By = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="patrol.opt.by")]
Frequency = Annotated[
    str | None,
    typer.Option("--frequency", parser=fixed("patrol.frequency", FREQUENCIES), metavar="|".join(FREQUENCIES),
                 help="patrol.opt.frequency"),
]  # fmt: skip
Starts = Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="patrol.opt.from")]
Points = Annotated[list[str] | None, typer.Option("--point", parser=as_text, metavar="NAME", help="patrol.opt.points")]
Times = Annotated[list[str] | None, typer.Option("--time", parser=as_clock, metavar="HH:MM", help="patrol.opt.times")]
Areas = Annotated[str | None, choice("--area", "patrol.area", AREAS, "patrol.opt.area")]
Keeper = Annotated[str | None, typer.Option("--keeper", parser=as_text, metavar="PERSON", help="patrol.opt.keeper")]
Person = Annotated[
    str | None, typer.Option("--person", "--by", parser=as_text, metavar="PERSON", help="patrol.opt.of_patroller")
]


@patrol.command("log", help="patrol.help.log")
def patrol_log(
    ctx: typer.Context,
    route: Route,
    by: By,
    at: Annotated[str | None, typer.Option("--at", parser=as_text, metavar="INSTANT", help="patrol.opt.at")] = None,
    on: OnDay = None,
    findings: Annotated[
        list[str] | None, typer.Option("--finding", parser=as_text, metavar="TEXT", help="patrol.opt.finding")
    ] = None,
    repairs: Annotated[
        list[str] | None, typer.Option("--repair", parser=as_text, metavar="TEXT", help="patrol.opt.repair")
    ] = None,
    kind: Kind = None,
    level: Level = None,
    weather: Annotated[str | None, typer.Option("--weather", parser=as_text, help="patrol.opt.weather")] = None,
    skip: Annotated[list[str] | None, typer.Option("--skip", parser=as_text, metavar="POINT", help="patrol.opt.skip")]
    = None,
    note: Note = None,
) -> None:
    """Record a round."""
    desk: Desk = ctx.obj
    day, time = _instant(desk, at, on)
    desk.do("patrol.log", lambda e: actions.log_round(
        e, route, by=by, on=day, at_time=time, weather=weather, findings=findings or (), repairs=repairs or (),
        category=kind or "other",
        level=level or "general", skip=skip or (), note=note))  # fmt: skip


@patrol.command("week", help="patrol.help.week")
def patrol_week(
    ctx: typer.Context,
    week: Annotated[Period | None, typer.Argument(parser=as_week, metavar="[WEEK]", help="patrol.opt.week")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="patrol.opt.strict_week")] = False,
) -> None:
    """The week's statistics."""
    desk: Desk = ctx.obj
    table = desk.look(lambda ledger: report.week(ledger, week or as_week("this")))
    desk.answer(table)
    if strict and any(row["missed"] for row in table.rows):
        desk.wrong()


@patrol.command("missed", help="patrol.help.missed")
def patrol_missed(
    ctx: typer.Context,
    period: Annotated[
        Period | None, typer.Argument(parser=as_period, metavar="[PERIOD]", help="patrol.opt.period")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="patrol.opt.strict_missed")] = False,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Due days without a round."""
    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year,
                            since=since, until=until)  # fmt: skip
    if period is not None:
        if first or last:
            raise Usage("front.two_periods", given=[period.key, *(str(d) for d in (first, last) if d)])
        first, last = period.since, period.until
    table = desk.look(lambda ledger: report.missed(ledger, first, last))
    desk.answer(table)
    if strict and any(row["state"] != "today" for row in table.rows):
        desk.wrong()


@patrol.command("list", help="patrol.help.list")
def patrol_list(
    ctx: typer.Context,
    route: Annotated[
        str | None, typer.Option("--route", parser=as_text, metavar="ROUTE", help="patrol.opt.of_route")
    ] = None,
    person: Person = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Rounds walked."""
    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year,
                            since=since, until=until)  # fmt: skip
    desk.read(lambda ledger: report.rounds(ledger, first, last, route=route, person=person))


@patrol.command("show", help="patrol.help.show")
def patrol_show(
    ctx: typer.Context,
    day: Annotated[date | None, typer.Argument(parser=as_day, metavar="[DAY]", help="patrol.opt.day")] = None,
) -> None:
    """One day's record."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.day_sheet(ledger, day or ledger.today))


@patrol.command("publish", help="patrol.help.publish")
def patrol_publish(
    ctx: typer.Context,
    week: Annotated[Period, typer.Argument(parser=as_week, metavar="WEEK", help="patrol.opt.week")],
    place: Annotated[str, typer.Option("--place", parser=as_text, metavar="TEXT", help="patrol.opt.posted_at")],
    on: OnDay = None,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="patrol.opt.posted_by")]
    = None,
    note: Note = None,
) -> None:
    """The week's statistics were posted."""
    desk: Desk = ctx.obj
    desk.do("patrol.publish", lambda e: actions.publish(e, week, place=place, on=on, by=by, note=note))


@route.command("add", help="patrol.help.route_add")
def route_add(
    ctx: typer.Context,
    code: Code,
    name: Name,
    frequency: Frequency = None,
    starts: Starts = None,
    points: Points = None,
    times: Times = None,
    keeper: Keeper = None,
    area: Areas = None,
    note: Note = None,
) -> None:
    """Lay down a route."""
    desk: Desk = ctx.obj
    desk.do("route.add", lambda e: actions.add_route(
        e, code, name, frequency=frequency, starts=starts, points=points or (), times=times or (), keeper=keeper,
        area=area, note=note))  # fmt: skip


@route.command("edit", help="patrol.help.route_edit")
def route_edit(
    ctx: typer.Context,
    route: Route,
    rename: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="patrol.opt.name")]
    = None,
    frequency: Frequency = None,
    starts: Starts = None,
    until: Annotated[date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="patrol.opt.until")]
    = None,
    points: Points = None,
    times: Times = None,
    keeper: Keeper = None,
    area: Areas = None,
    note: Note = None,
) -> None:
    """Change a route."""
    desk: Desk = ctx.obj
    desk.do("route.edit", lambda e: actions.edit_route(
        e, route, name=rename, frequency=frequency, starts=starts, until=until, points=points or (),
        times=times or (), keeper=keeper, area=area, note=note))  # fmt: skip


@route.command("list", help="patrol.help.route_list")
def route_list(ctx: typer.Context) -> None:
    """Every route."""
    desk: Desk = ctx.obj
    desk.read(report.route_list)


@route.command("show", help="patrol.help.route_show")
def route_show(ctx: typer.Context, route: Route) -> None:
    """One route with its points."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.route_card(ledger, route))


def _instant(desk: Desk, at: str | None, on: date | None) -> tuple[date | None, str | None]:
    """The day and time of `--at`; a bare time lies on `--on` or today, and both days must agree."""
    if at is None:
        return on, None
    try:
        day, time = parse_instant(at, today=desk.today, zone_minutes=desk.ledger.zone_minutes, default_day=on)
    except BadValue as error:
        raise Usage("front.bad_value", option="--at", problem=say(error.key, **error.facts)) from None
    if on is not None and day != on:
        raise Usage("patrol.two_days", at=day, on=on)
    return day, time


def _month(month: str) -> Period:
    from logi.core.days import month_period

    return month_period(month)
