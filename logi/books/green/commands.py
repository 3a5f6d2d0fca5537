"""`logi green …`: read what was typed, call one act, answer."""

from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.green import rules
from logi.books.green.asking_commands import ask
from logi.books.green.options import FORM_SAID, WORK_SAID, as_clock, as_safe_days
from logi.books.green.zone_commands import zone
from logi.options import Note, OnDay, as_count, as_text, choice, fixed

if TYPE_CHECKING:
    from logi.context import Desk

green = typer.Typer()
apps = {"green": green}
green.add_typer(zone, name="zone", help="green.help.zone")

CARE = rules.BELONGS["green"]
as_care = fixed("green.work", CARE, *WORK_SAID)

ZoneArg = Annotated[str, typer.Argument(parser=as_text, metavar="ZONE", help="green.opt.zone")]
Species = Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="green.opt.species")]
Count = Annotated[int, typer.Argument(parser=as_count, metavar="N", help="green.opt.count")]
Zones = Annotated[list[str] | None, typer.Argument(metavar="ZONE…", help="green.opt.zones")]
Everywhere = Annotated[bool, typer.Option("--everywhere", help="green.opt.everywhere")]
Hand = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="green.opt.by")]
By = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="green.opt.by")]
SafeDays = Annotated[int | None, typer.Option("--safe-days", parser=as_safe_days, metavar="N", help="green.opt.safe_days")]
Checker = Annotated[str | None, typer.Option("--checker", parser=as_text, metavar="PERSON", help="green.opt.checker")]
Vendor = Annotated[str | None, typer.Option("--vendor", parser=as_text, metavar="VENDOR", help="green.opt.vendor")]


@green.command("plant", help="green.help.plant")
def plant(
    ctx: typer.Context,
    green_zone: ZoneArg,
    species: Species,
    count: Count,
    growth: Annotated[str | None, choice("--form", "green.form", rules.FORMS, "green.opt.form", *FORM_SAID)] = None,
    standing: Annotated[bool, typer.Option("--there", help="green.opt.there")] = False,
    by: Hand = None,
    vendor: Vendor = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Plants come into a zone."""
    from logi.books.green import actions

    desk: Desk = ctx.obj
    desk.do("green.plant", lambda e: actions.plant(
        e, green_zone, species, count, form=growth, there=standing, by=by, vendor=vendor, on=on, note=note))  # fmt: skip


@green.command("lose", help="green.help.lose")
def lose(
    ctx: typer.Context,
    green_zone: ZoneArg,
    species: Species,
    count: Count,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="green.opt.lost_why")],
    on: OnDay = None,
) -> None:
    """Plants died or were taken out."""
    from logi.books.green import actions

    desk: Desk = ctx.obj
    desk.do("green.lose", lambda e: actions.lose(e, green_zone, species, count, reason=reason, on=on), reason=reason)


@green.command("work", help="green.help.work")
def work(
    ctx: typer.Context,
    care: Annotated[str, typer.Argument(parser=as_care, metavar="|".join(CARE), help="green.opt.work")],
    zones: Zones = None,
    by: Hand = None,
    vendor: Vendor = None,
    agent: Annotated[str | None, typer.Option("--agent", parser=as_text, metavar="ITEM", help="green.opt.agent")] = None,
    dose: Annotated[str | None, typer.Option("--dose", parser=as_text, metavar="TEXT", help="green.opt.dose")] = None,
    safe_days: SafeDays = None,
    draw: Annotated[str | None, typer.Option("--draw", parser=as_text, metavar="QTY", help="green.opt.draw")] = None,
    slip: Annotated[str | None, typer.Option("--slip", parser=as_text, metavar="NUMBER", help="green.opt.slip")] = None,
    posted: Annotated[str | None, typer.Option("--posted", parser=as_text, metavar="TEXT", help="green.opt.posted")] = None,
    everywhere: Everywhere = False,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Water, prune, treat, feed, weed."""
    from logi.books.green import working

    desk: Desk = ctx.obj
    held = working.Agent(agent, dose, safe_days, draw, slip, posted)
    desk.do("green.work", lambda e: working.work(
        e, care, zones or (), by=by, vendor=vendor, agent=held, everywhere=everywhere, on=on, note=note))  # fmt: skip


@green.command("clean", help="green.help.clean")
def clean(
    ctx: typer.Context,
    by: By,
    zones: Zones = None,
    at: Annotated[str | None, typer.Option("--at", parser=as_clock, metavar="HH:MM", help="green.opt.at")] = None,
    checker: Checker = None,
    fault: Annotated[str | None, typer.Option("--fault", parser=as_text, metavar="TEXT", help="green.opt.fault")] = None,
    everywhere: Everywhere = False,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Toilets and hygiene zones were cleaned."""
    from logi.books.green import working

    desk: Desk = ctx.obj
    desk.do("green.clean", lambda e: working.clean(
        e, zones or (), by=by, at=at, checker=checker, fault=fault, everywhere=everywhere, on=on, note=note))  # fmt: skip


@green.command("notice", help="green.help.notice")
def notice(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="green.opt.number")],
    posted: Annotated[str, typer.Option("--posted", parser=as_text, metavar="TEXT", help="green.opt.posted")],
    by: By,
    on: OnDay = None,
) -> None:
    """The notice about a treatment is put up."""
    from logi.books.green import working

    desk: Desk = ctx.obj
    desk.do("green.notice", lambda e: working.notice(e, number, posted=posted, by=by, on=on))


green.registered_commands += ask.registered_commands
