"""`logi dorm …`: buildings, floors, rooms and beds; read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.dorm import rules
from logi.books.dorm.asking_commands import ask
from logi.books.dorm.care_commands import care, warden
from logi.books.dorm.night_commands import leave, night, visit
from logi.books.dorm.options import Building, InBuilding, OnFloor, Sex, Who, as_beds, as_floor, as_sex
from logi.options import OnDay, as_code, as_day, as_text

if TYPE_CHECKING:
    from logi.context import Desk

dorm, buildings, floors, rooms = typer.Typer(), typer.Typer(), typer.Typer(), typer.Typer()
apps = {"dorm": dorm}
for part, app in (("building", buildings), ("floor", floors), ("room", rooms), ("leave", leave), ("visit", visit),
                  ("warden", warden), ("care", care)):  # fmt: skip
    dorm.add_typer(app, name=part, help=f"dorm.help.{part}")
dorm.registered_commands += [*night.registered_commands, *ask.registered_commands]

Reason = Annotated[str | None, typer.Option("--reason", parser=as_text, metavar="TEXT", help="dorm.opt.reason")]
Room = Annotated[str, typer.Argument(parser=as_text, metavar="ROOM", help="dorm.opt.room")]
Floor = Annotated[int, typer.Option("--floor", parser=as_floor, metavar="N", help="dorm.opt.floor")]


@buildings.command("add", help="dorm.help.building_add")
def building_add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="dorm.opt.code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="dorm.opt.name")],
    place: Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="dorm.opt.place")] = None,
) -> None:
    """Register a building."""
    from logi.books.dorm import actions

    desk: Desk = ctx.obj
    desk.do("dorm.building.add", lambda e: actions.add_building(e, code, name, place=place))


@buildings.command("list", help="dorm.help.building_list")
def building_list(ctx: typer.Context) -> None:
    """The buildings with their floors, beds and wardens."""
    from logi.books.dorm import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.buildings(ledger, ledger.today))


@floors.command("set", help="dorm.help.floor_set")
def floor_set(
    ctx: typer.Context,
    building: Annotated[str, typer.Argument(parser=as_text, metavar="BUILDING", help="dorm.opt.building")],
    floor: Annotated[int, typer.Argument(parser=as_floor, metavar="N", help="dorm.opt.floor")],
    sex: Annotated[str, typer.Argument(parser=as_sex, metavar="|".join(rules.SEXES), help="dorm.opt.floor_sex")],
) -> None:
    """Say for whom a floor is."""
    from logi.books.dorm import actions

    desk: Desk = ctx.obj
    desk.do("dorm.floor.set", lambda e: actions.set_floor(e, building, floor, sex))


@rooms.command("add", help="dorm.help.room_add")
def room_add(
    ctx: typer.Context,
    places: Annotated[list[str], typer.Argument(parser=as_text, metavar="PLACE…", help="dorm.opt.places")],
    building: Building,
    floor: Floor,
    beds: Annotated[int | None, typer.Option("--beds", parser=as_beds, metavar="N", help="dorm.opt.beds")] = None,
    starts: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="dorm.opt.from")] = None,
) -> None:
    """Register rooms."""
    from logi.books.dorm import actions

    desk: Desk = ctx.obj
    desk.do("dorm.room.add", lambda e: actions.add_rooms(e, places, building=building, floor=floor, beds=beds, on=starts))


@rooms.command("edit", help="dorm.help.room_edit")
def room_edit(
    ctx: typer.Context,
    room: Room,
    beds: Annotated[int, typer.Option("--beds", parser=as_beds, metavar="N", help="dorm.opt.beds")],
) -> None:
    """Change how many beds a room has."""
    from logi.books.dorm import actions

    desk: Desk = ctx.obj
    desk.do("dorm.room.edit", lambda e: actions.edit_room(e, room, beds=beds))


@rooms.command("close", help="dorm.help.room_close")
def room_close(
    ctx: typer.Context,
    room: Room,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="dorm.opt.reason")],
    on: OnDay = None,
) -> None:
    """Take a room out of use."""
    from logi.books.dorm import actions

    desk: Desk = ctx.obj
    desk.do("dorm.room.close", lambda e: actions.close_room(e, room, reason=reason, on=on), reason=reason)


@rooms.command("list", help="dorm.help.room_list")
def room_list(
    ctx: typer.Context,
    building: InBuilding = None,
    floor: OnFloor = None,
    sex: Sex = None,
    free: Annotated[bool, typer.Option("--free", help="dorm.opt.free")] = False,
) -> None:
    """Beds and vacancies by room."""
    from logi.books.dorm import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.rooms(ledger, ledger.today, building=building, floor=floor, sex=sex, free=free))


@dorm.command("in", help="dorm.help.in")
def in_(
    ctx: typer.Context,
    pupil: Who,
    bed: Annotated[str | None, typer.Argument(parser=as_text, metavar="[ROOM[/N]]", help="dorm.opt.bed")] = None,
    sex: Sex = None,
    on: OnDay = None,
) -> None:
    """A pupil gets a bed."""
    from logi.books.dorm import actions

    desk: Desk = ctx.obj
    desk.do("dorm.in", lambda e: actions.move_in(e, pupil, bed, sex=sex, on=on))


@dorm.command("change", help="dorm.help.change")
def change(
    ctx: typer.Context,
    pupil: Who,
    bed: Annotated[str, typer.Argument(parser=as_text, metavar="ROOM[/N]", help="dorm.opt.bed")],
    reason: Reason = None,
    on: OnDay = None,
) -> None:
    """A pupil changes beds."""
    from logi.books.dorm import actions

    desk: Desk = ctx.obj
    desk.do("dorm.change", lambda e: actions.move(e, pupil, bed, reason=reason, on=on), reason=reason)


@dorm.command("swap", help="dorm.help.swap")
def swap(
    ctx: typer.Context,
    pupil: Who,
    other_pupil: Annotated[str, typer.Argument(parser=as_text, metavar="PUPIL", help="dorm.opt.other_pupil")],
    reason: Reason = None,
    on: OnDay = None,
) -> None:
    """Two pupils exchange their beds."""
    from logi.books.dorm import actions

    desk: Desk = ctx.obj
    desk.do("dorm.swap", lambda e: actions.swap(e, pupil, other_pupil, reason=reason, on=on), reason=reason)


@dorm.command("out", help="dorm.help.out")
def out(ctx: typer.Context, pupil: Who, reason: Reason = None, on: OnDay = None) -> None:
    """A pupil leaves the dormitory."""
    from logi.books.dorm import actions

    desk: Desk = ctx.obj
    desk.do("dorm.out", lambda e: actions.move_out(e, pupil, reason=reason, on=on), reason=reason)
