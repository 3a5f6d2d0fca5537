"""`logi asset request|issue|use`: asking for a thing, getting it, and the log of special rooms."""

from typing import Annotated

import typer

from logi.books.asset import requesting, rooms
from logi.context import Desk
from logi.core import days
from logi.core.errors import Usage
from logi.options import InMonth, Note, OnDay, SinceDay, UntilDay, as_count, as_quantity, as_text, period_of

app = typer.Typer()

Place = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="asset.opt.to_place")]
Purpose = Annotated[str | None, typer.Option("--for", parser=as_text, metavar="TEXT", help="asset.opt.purpose")]


@app.command("request", help="asset.help.request")
def request(
    ctx: typer.Context,
    thing: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="asset.opt.wanted")],
    applicant: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="asset.opt.applicant")],
    quantity: Annotated[
        int, typer.Option("--quantity", parser=as_quantity, metavar="N", help="asset.opt.wanted_quantity")
    ] = 1000,
    place: Place = None,
    purpose: Purpose = None,
    on: OnDay = None,
) -> None:
    """Ask for a thing."""
    desk: Desk = ctx.obj
    desk.do("asset.request", lambda e: requesting.request(
        e, thing, applicant, quantity_milli=quantity, place=place, purpose=purpose, on=on))  # fmt: skip


@app.command("issue", help="asset.help.issue")
def issue(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="asset.opt.request_number")],
    codes: Annotated[list[str], typer.Argument(parser=as_text, metavar="CODE", help="asset.opt.codes")],
    place: Place = None,
    on: OnDay = None,
) -> None:
    """Issue things on an approved request."""
    desk: Desk = ctx.obj
    desk.do("asset.issue", lambda e: requesting.issue(e, number, codes, place=place, on=on))


@app.command("use", help="asset.help.use")
def use(
    ctx: typer.Context,
    room: Annotated[str | None, typer.Argument(parser=as_text, metavar="[PLACE]", help="asset.opt.used_room")] = None,
    user: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="asset.opt.room_user")] = None,
    periods: Annotated[int, typer.Option("--periods", parser=as_count, metavar="N", help="asset.opt.periods")] = 1,
    school_class: Annotated[
        str | None, typer.Option("--class", parser=as_text, metavar="TEXT", help="asset.opt.using_class")
    ] = None,
    on: OnDay = None,
    note: Note = None,
    month: InMonth = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Log the use of a special room; without a room, how much each was used in a month."""
    desk: Desk = ctx.obj
    if room is None:
        if user:
            raise Usage("asset.use_which_room")
        first, last = period_of(month=month, since=since, until=until)
        desk.read(lambda ledger: rooms.room_use(
            ledger, first or days.month_period(days.month_of(ledger.today)).since, last or ledger.today))  # fmt: skip
        return
    if user is None:
        raise Usage("asset.use_who")
    who = user
    desk.do("asset.use", lambda e: rooms.use(e, room, who, periods=periods, school_class=school_class, on=on, note=note))
