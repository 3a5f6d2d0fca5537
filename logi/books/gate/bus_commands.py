"""`logi bus …`: the school bus, its papers, its trips with a roll-call."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.gate import rules
from logi.books.gate.options import LEG_SAID, PAPER_SAID, At, as_pair, as_plate, when
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
    as_count,
    as_day,
    as_text,
    fixed,
    month_so_far,
)

if TYPE_CHECKING:
    from logi.context import Desk

bus = typer.Typer()
as_paper = fixed("gate.paper", rules.BUS_PAPERS, *PAPER_SAID)
as_leg = fixed("gate.leg", rules.LEGS, *LEG_SAID)


def as_heads(text: Any) -> int:
    """How many pupils, from 0."""
    return 0 if str(text).strip() in ("0", "０") else parse_count(text)


Bus = Annotated[str, typer.Argument(parser=as_text, metavar="PLATE", help="gate.opt.bus")]
Riders = Annotated[int | None, typer.Option("--riders", parser=as_count, metavar="N", help="gate.opt.riders")]
Route = Annotated[str | None, typer.Option("--route", parser=as_text, metavar="TEXT", help="gate.opt.route")]
Asset = Annotated[str | None, typer.Option("--asset", parser=as_text, metavar="CODE", help="gate.opt.bus_asset")]
Driver = Annotated[str | None, typer.Option("--driver", parser=as_text, metavar="PERSON", help="gate.opt.bus_driver")]
Attendant = Annotated[str | None, typer.Option("--attendant", parser=as_text, metavar="PERSON", help="gate.opt.attendant")]


@bus.command("add", help="gate.help.bus_add")
def add(
    ctx: typer.Context,
    plate: Annotated[str, typer.Argument(parser=as_plate, metavar="PLATE", help="gate.opt.plate")],
    vehicle_name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="gate.opt.bus_name")],
    seats: Annotated[int, typer.Option("--seats", parser=as_count, metavar="N", help="gate.opt.seats")],
    driver: Annotated[str, typer.Option("--driver", parser=as_text, metavar="PERSON", help="gate.opt.bus_driver")],
    attendant: Annotated[str, typer.Option("--attendant", parser=as_text, metavar="PERSON", help="gate.opt.attendant")],
    riders: Riders = None,
    bus_route: Route = None,
    asset: Asset = None,
    from_day: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="gate.opt.from")] = None,
) -> None:
    """A bus is entered."""
    from logi.books.gate import bus_actions as acts

    desk: Desk = ctx.obj
    desk.do("bus.add", lambda e: acts.add(e, plate, vehicle_name, seats=seats, driver=driver, attendant=attendant,
                                          route=bus_route, riders=riders, card=asset, starts=from_day))  # fmt: skip


@bus.command("edit", help="gate.help.bus_edit")
def edit(
    ctx: typer.Context,
    bus_named: Bus,
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="gate.opt.bus_name")] = None,
    seats: Annotated[int | None, typer.Option("--seats", parser=as_count, metavar="N", help="gate.opt.seats")] = None,
    driver: Driver = None,
    attendant: Attendant = None,
    riders: Riders = None,
    bus_route: Route = None,
    asset: Asset = None,
    on: OnDay = None,
) -> None:
    """Change a bus."""
    from logi.books.gate import bus_actions as acts

    desk: Desk = ctx.obj
    desk.do("bus.edit", lambda e: acts.edit(e, bus_named, name=name, seats=seats, driver=driver, attendant=attendant,
                                            route=bus_route, riders=riders, card=asset, on=on))  # fmt: skip


@bus.command("stop", help="gate.help.bus_stop")
def stop(
    ctx: typer.Context,
    bus_named: Bus,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="gate.opt.reason")],
    on: OnDay = None,
) -> None:
    """A bus is taken out of service."""
    from logi.books.gate import bus_actions as acts

    desk: Desk = ctx.obj
    desk.do("bus.stop", lambda e: acts.stop(e, bus_named, reason=reason, on=on))


@bus.command("paper", help="gate.help.bus_paper")
def paper(
    ctx: typer.Context,
    bus_named: Bus,
    bus_paper: Annotated[str, typer.Argument(parser=as_paper, metavar="|".join(rules.BUS_PAPERS), help="gate.opt.paper")],
    on: OnDay = None,
    until: Annotated[date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="gate.opt.paper_until")] = None,
    bus_paper_no: Annotated[str | None, typer.Option("--no", parser=as_text, metavar="NO", help="gate.opt.paper_no")] = None,
    failed_for: Annotated[str | None, typer.Option("--failed", parser=as_text, metavar="TEXT", help="gate.opt.failed")] = None,
) -> None:
    """An inspection, the permit, the insurance."""
    from logi.books.gate import bus_actions as acts

    desk: Desk = ctx.obj
    desk.do("bus.paper", lambda e: acts.paper(
        e, bus_named, bus_paper, on=on or desk.today, until=until, doc_no=bus_paper_no, failed=failed_for))  # fmt: skip


@bus.command("licence", help="gate.help.bus_licence")
def licence(
    ctx: typer.Context,
    bus_driver: Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="gate.opt.bus_driver")],
    bus_paper_no: Annotated[str, typer.Option("--no", parser=as_text, metavar="NO", help="gate.opt.paper_no")],
    until: Annotated[date, typer.Option("--until", parser=as_day, metavar="DAY", help="gate.opt.paper_until")],
    on: OnDay = None,
) -> None:
    """The driver's licence for school buses."""
    from logi.books.gate import bus_actions as acts

    desk: Desk = ctx.obj
    desk.do("bus.licence", lambda e: acts.licence(e, bus_driver, doc_no=bus_paper_no, on=on or desk.today, until=until))


@bus.command("trip", help="gate.help.bus_trip")
def trip(
    ctx: typer.Context,
    bus_named: Bus,
    leg: Annotated[str, typer.Argument(parser=as_leg, metavar="|".join(rules.LEGS), help="gate.opt.leg")],
    boarded: Annotated[int, typer.Option("--boarded", parser=as_heads, metavar="N", help="gate.opt.boarded")],
    alighted: Annotated[int, typer.Option("--alighted", parser=as_heads, metavar="N", help="gate.opt.alighted")],
    not_riding: Annotated[
        list[Any] | None, typer.Option("--absent", parser=as_pair, metavar="NAME=TEXT", help="gate.opt.not_riding")
    ] = None,
    driver: Driver = None,
    attendant: Attendant = None,
    at: At = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """A trip with its roll-call."""
    from logi.books.gate import bus_actions as acts

    desk: Desk = ctx.obj
    moment = when(desk, at, on)
    desk.do("bus.trip", lambda e: acts.trip(e, bus_named, leg, moment, boarded=boarded, alighted=alighted, note=note,
                                            absent=not_riding or (), driver=driver, attendant=attendant))  # fmt: skip


@bus.command("list", help="gate.help.bus_list")
def list_(ctx: typer.Context, on: OnDay = None) -> None:
    """The buses in service."""
    from logi.books.gate import bus_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: bus_report.buses(ledger, on or ledger.today))


@bus.command("papers", help="gate.help.bus_papers")
def papers(
    ctx: typer.Context,
    bus_named: Annotated[str | None, typer.Argument(parser=as_text, metavar="PLATE", help="gate.opt.bus")] = None,
) -> None:
    """The papers of the buses and their drivers."""
    from logi.books.gate import bus_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: bus_report.papers(ledger, bus_named))


@bus.command("trips", help="gate.help.bus_trips")
def trips(
    ctx: typer.Context,
    of_bus: Annotated[str | None, typer.Option("--plate", parser=as_text, metavar="PLATE", help="gate.opt.bus")] = None,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """The trips of a period."""
    from logi.books.gate import bus_report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                               until=until)  # fmt: skip
    desk.read(lambda ledger: bus_report.trips(
        ledger, first, last, text=of_bus))  # fmt: skip


@bus.command("month", help="gate.help.bus_month")
def month_(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """Each bus's trips of a period in sum."""
    from logi.books.gate import bus_report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: bus_report.month(ledger, first, last))
