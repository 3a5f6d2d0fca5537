"""`logi green zone …`: zones, their size and who answers for them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.green import rules
from logi.books.green.options import KIND_SAID
from logi.options import Note, OnDay, as_code, as_day, as_quantity, as_text, choice, fixed

if TYPE_CHECKING:
    from logi.context import Desk

zone = typer.Typer()

ZoneArg = Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="green.opt.zone")]
Area = Annotated[int | None, typer.Option("--area", parser=as_quantity, metavar="SIZE", help="green.opt.area")]
Keeper = Annotated[str | None, typer.Option("--keeper", parser=as_text, metavar="PERSON", help="green.opt.keeper")]
Class = Annotated[str | None, typer.Option("--class", parser=as_text, metavar="CLASS", help="green.opt.class")]
From = Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="green.opt.from")]
Place = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="green.opt.place")]


@zone.command("add", help="green.help.zone_add")
def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="green.opt.code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="green.opt.name")],
    kind: Annotated[str, typer.Option("--kind", parser=fixed("green.kind", rules.KINDS, *KIND_SAID),
                                      metavar="|".join(rules.KINDS), help="green.opt.kind")],
    place: Annotated[str, typer.Option("--place", parser=as_text, metavar="PLACE", help="green.opt.place")],
    size: Area = None,
    keeper: Keeper = None,
    duty_class: Class = None,
    from_day: From = None,
    note: Note = None,
) -> None:  # fmt: skip
    """Register a zone."""
    from logi.books.green import actions

    desk: Desk = ctx.obj
    desk.do("green.zone.add", lambda e: actions.add(
        e, code, name, kind=kind, place=place, area=size, keeper=keeper, class_=duty_class, starts=from_day,
        note=note))  # fmt: skip


@zone.command("edit", help="green.help.zone_edit")
def edit(
    ctx: typer.Context,
    code: ZoneArg,
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="green.opt.name")] = None,
    place: Place = None,
    size: Area = None,
    keeper: Keeper = None,
    duty_class: Class = None,
    from_day: From = None,
    note: Note = None,
) -> None:
    """Change what is said of a zone."""
    from logi.books.green import actions

    desk: Desk = ctx.obj
    desk.do("green.zone.edit", lambda e: actions.edit(
        e, code, name=name, place=place, area=size, keeper=keeper, class_=duty_class, starts=from_day,
        note=note))  # fmt: skip


@zone.command("end", help="green.help.zone_end")
def end(
    ctx: typer.Context,
    code: ZoneArg,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="green.opt.ended_why")],
    on: OnDay = None,
) -> None:
    """A zone is given up."""
    from logi.books.green import actions

    desk: Desk = ctx.obj
    desk.do("green.zone.end", lambda e: actions.end(e, code, reason=reason, on=on), reason=reason)


@zone.command("list", help="green.help.zone_list")
def list_(
    ctx: typer.Context,
    kind: Annotated[str | None, choice("--kind", "green.kind", rules.KINDS, "green.opt.kind", *KIND_SAID)] = None,
    place: Place = None,
    keeper: Keeper = None,
    ownerless: Annotated[bool, typer.Option("--ownerless", help="green.opt.ownerless")] = False,
) -> None:
    """The zones that stand."""
    from logi.books.green import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.zones(ledger, kind=kind, place=place, keeper=keeper, ownerless=ownerless))
