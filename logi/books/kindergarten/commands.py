"""`logi kindergarten area …, toy …`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.kindergarten import rules
from logi.books.kindergarten.event_commands import event
from logi.books.kindergarten.notice_commands import lead, notice, safety
from logi.books.kindergarten.options import AREA_SAID, By, as_area
from logi.options import Note, OnDay, as_code, as_count, as_day, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

kindergarten = typer.Typer()
area = typer.Typer()
toy = typer.Typer()
apps = {"kindergarten": kindergarten}
kindergarten.add_typer(area, name="area", help="kindergarten.help.area")
kindergarten.add_typer(toy, name="toy", help="kindergarten.help.toy")
kindergarten.add_typer(event, name="event", help="kindergarten.help.event")
kindergarten.add_typer(notice, name="notice", help="kindergarten.help.notice")
kindergarten.command("lead", help="kindergarten.help.lead")(lead)
kindergarten.command("safety", help="kindergarten.help.safety")(safety)

Code = Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="kindergarten.opt.code")]
Named = Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="kindergarten.opt.name")]
Keeper = Annotated[str | None, typer.Option("--keeper", parser=as_text, metavar="PERSON", help="kindergarten.opt.keeper")]
Heads = Annotated[int | None, typer.Option("--heads", parser=as_count, metavar="N", help="kindergarten.opt.heads")]
From = Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="kindergarten.opt.from")]
AreaArg = Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="kindergarten.opt.area")]
ToyArg = Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="kindergarten.opt.toy")]
Why = Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="kindergarten.opt.reason")]
Pieces = Annotated[int | None, typer.Argument(parser=as_count, metavar="N", help="kindergarten.opt.pieces_some")]


@area.command("add", help="kindergarten.help.area_add")
def area_add(
    ctx: typer.Context,
    code: Code,
    name: Named,
    place: Annotated[str, typer.Option("--place", parser=as_text, metavar="PLACE", help="kindergarten.opt.place")],
    area_kind: Annotated[
        str, typer.Option("--kind", parser=as_area, metavar="|".join(rules.AREAS), help="kindergarten.opt.area_kind")
    ] = "activity",
    keeper: Keeper = None,
    room_for: Heads = None,
    from_day: From = None,
    note: Note = None,
) -> None:
    """An activity area."""
    from logi.books.kindergarten import actions

    desk: Desk = ctx.obj
    desk.do("kindergarten.area.add", lambda e: actions.add_area(
        e, code, name, kind=area_kind, place=place, keeper=keeper, heads=room_for, starts=from_day, note=note))  # fmt: skip


@area.command("edit", help="kindergarten.help.area_edit")
def area_edit(
    ctx: typer.Context,
    area_named: AreaArg,
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="kindergarten.opt.name")] = None,
    area_kind: Annotated[
        str | None, choice("--kind", "kindergarten.area", rules.AREAS, "kindergarten.opt.area_kind", *AREA_SAID)
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="kindergarten.opt.place")
    ] = None,
    keeper: Keeper = None,
    room_for: Heads = None,
    note: Note = None,
) -> None:
    """Change an area."""
    from logi.books.kindergarten import actions

    desk: Desk = ctx.obj
    desk.do("kindergarten.area.edit", lambda e: actions.edit_area(
        e, area_named, name=name, kind=area_kind, place=place, keeper=keeper, heads=room_for, note=note))  # fmt: skip


@area.command("end", help="kindergarten.help.area_end")
def area_end(ctx: typer.Context, area_named: AreaArg, reason: Why, on: OnDay = None) -> None:
    """An area is used no more."""
    from logi.books.kindergarten import actions

    desk: Desk = ctx.obj
    desk.do("kindergarten.area.end", lambda e: actions.end_area(e, area_named, reason=reason, on=on))


@area.command("list", help="kindergarten.help.area_list")
def area_list(ctx: typer.Context, on: OnDay = None) -> None:
    """The activity areas."""
    from logi.books.kindergarten import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.areas(ledger, on or ledger.today))


@toy.command("add", help="kindergarten.help.toy_add")
def toy_add(
    ctx: typer.Context,
    code: Code,
    name: Named,
    of_area: Annotated[str, typer.Option("--area", parser=as_text, metavar="CODE", help="kindergarten.opt.area")],
    how_many: Annotated[int, typer.Option("--pieces", parser=as_count, metavar="N", help="kindergarten.opt.pieces")] = 1,
    asset: Annotated[str | None, typer.Option("--asset", parser=as_text, metavar="CODE", help="kindergarten.opt.asset")] = None,
    from_day: From = None,
    note: Note = None,
) -> None:
    """A toy."""
    from logi.books.kindergarten import actions

    desk: Desk = ctx.obj
    desk.do("kindergarten.toy.add", lambda e: actions.add_toy(
        e, code, name, how_many, area=of_area, card=asset, starts=from_day, note=note))  # fmt: skip


@toy.command("move", help="kindergarten.help.toy_move")
def toy_move(ctx: typer.Context, toy_named: ToyArg, area_named: AreaArg) -> None:
    """A toy stands in another area."""
    from logi.books.kindergarten import actions

    desk: Desk = ctx.obj
    desk.do("kindergarten.toy.move", lambda e: actions.move_toy(e, toy_named, area_named))


@toy.command("break", help="kindergarten.help.toy_break")
def toy_break(
    ctx: typer.Context,
    toy_named: ToyArg,
    broken: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="kindergarten.opt.broken")],
    by: By,
    how_many: Annotated[int, typer.Option("--pieces", parser=as_count, metavar="N", help="kindergarten.opt.pieces")] = 1,
    repair: Annotated[bool, typer.Option("--repair", help="kindergarten.opt.repair")] = False,
    on: OnDay = None,
) -> None:
    """Pieces of a toy are broken."""
    from logi.books.kindergarten import actions

    desk: Desk = ctx.obj
    desk.do("kindergarten.toy.break", lambda e: actions.break_toy(e, toy_named, how_many, broken, by=by, slip=repair, on=on))


@toy.command("mend", help="kindergarten.help.toy_mend")
def toy_mend(ctx: typer.Context, toy_named: ToyArg, by: By, some: Pieces = None, note: Note = None, on: OnDay = None) -> None:
    """Broken pieces were mended."""
    from logi.books.kindergarten import actions

    desk: Desk = ctx.obj
    desk.do("kindergarten.toy.mend", lambda e: actions.mend_toy(e, toy_named, some, by=by, words=note, on=on))


@toy.command("discard", help="kindergarten.help.toy_discard")
def toy_discard(
    ctx: typer.Context,
    toy_named: ToyArg,
    by: By,
    reason: Why,
    some: Pieces = None,
    lost: Annotated[bool, typer.Option("--lost", help="kindergarten.opt.lost")] = False,
    on: OnDay = None,
) -> None:
    """Broken pieces are thrown away."""
    from logi.books.kindergarten import actions

    desk: Desk = ctx.obj
    desk.do("kindergarten.toy.discard", lambda e: actions.discard_toy(
        e, toy_named, some, by=by, reason=reason, lost=lost, on=on))  # fmt: skip


@toy.command("list", help="kindergarten.help.toy_list")
def toy_list(
    ctx: typer.Context,
    of_area: Annotated[
        str | None, typer.Option("--area", parser=as_text, metavar="CODE", help="kindergarten.opt.area")
    ] = None,
    broken_only: Annotated[bool, typer.Option("--broken", help="kindergarten.opt.broken_only")] = False,
    on: OnDay = None,
) -> None:
    """The toys."""
    from logi.books.kindergarten import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.toys(ledger, on or ledger.today, area=of_area, broken=broken_only))
