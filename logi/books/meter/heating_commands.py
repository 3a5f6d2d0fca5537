"""`logi meter heating …`: the boiler's season, its log and its upkeep."""

from typing import TYPE_CHECKING, Annotated

import typer

from logi.options import Note, OnDay, as_code, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

heating = typer.Typer()
FREQUENCIES = ("daily", "workday", "weekly")

Season = Annotated[str | None, typer.Argument(parser=as_text, metavar="[CODE]", help="meter.opt.season")]


@heating.command("start", help="meter.help.heating_start")
def start(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="meter.opt.season")],
    place: Annotated[str, typer.Option("--place", parser=as_text, metavar="PLACE", help="meter.opt.boiler")],
    operator: Annotated[str, typer.Option("--operator", parser=as_text, metavar="PERSON", help="meter.opt.operator")],
    fuel: Annotated[str | None, typer.Option("--fuel", parser=as_text, metavar="ITEM", help="meter.opt.fuel")] = None,
    meter: Annotated[str | None, typer.Option("--meter", parser=as_text, metavar="CODE", help="meter.opt.fuel_meter")] = None,
    frequency: Annotated[
        str | None, choice("--frequency", "check.frequency", FREQUENCIES, "meter.opt.frequency")
    ] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Light the boiler."""
    from logi.books.meter import heating as acts

    desk: Desk = ctx.obj
    desk.do("meter.heating.start", lambda e: acts.start(
        e, code, place=place, operator=operator, fuel=fuel, meter=meter, frequency=frequency, on=on, note=note))  # fmt: skip


@heating.command("stop", help="meter.help.heating_stop")
def stop(ctx: typer.Context, code: Season = None, on: OnDay = None) -> None:
    """The boiler goes out."""
    from logi.books.meter import heating as acts

    desk: Desk = ctx.obj
    desk.do("meter.heating.stop", lambda e: acts.stop(e, code, on=on))


@heating.command("upkeep", help="meter.help.heating_upkeep")
def upkeep(
    ctx: typer.Context,
    work: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="meter.opt.upkeep")],
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="meter.opt.finder")],
    season: Annotated[str | None, typer.Option("--season", parser=as_text, metavar="CODE", help="meter.opt.season")] = None,
    slip: Annotated[str | None, typer.Option("--slip", parser=as_text, metavar="NUMBER", help="meter.opt.upkeep_slip")] = None,
    on: OnDay = None,
) -> None:
    """What was done to the boiler afterwards."""
    from logi.books.meter import heating as acts

    desk: Desk = ctx.obj
    desk.do("meter.heating.upkeep", lambda e: acts.upkeep(e, work, by=by, code=season, slip=slip, on=on))


@heating.command("log", help="meter.help.heating_log")
def log(ctx: typer.Context, code: Season = None) -> None:
    """The boiler's log."""
    from logi.books.meter import heating_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: heating_report.log(ledger, code))


@heating.command("list", help="meter.help.heating_list")
def list_(ctx: typer.Context) -> None:
    """Every season."""
    from logi.books.meter import heating_report

    desk: Desk = ctx.obj
    desk.read(heating_report.seasons)
