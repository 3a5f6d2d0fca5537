"""`logi asset reserve|reservations|unreserve`: things and rooms booked ahead."""

from datetime import date
from typing import Annotated, Any

import typer

from logi.books.asset import booking
from logi.context import Desk
from logi.core.days import parse_instant
from logi.core.errors import BadValue
from logi.options import (
    InMonth,
    InSchoolYear,
    InWeek,
    SinceDay,
    UntilDay,
    as_code,
    as_day,
    as_quantity,
    as_text,
    choice,
    period_of,
)

app = typer.Typer()


def as_hours(text: Any) -> tuple[str, str]:
    """`8:00-9:40` -> ("08:00", "09:40"); BadValue unless the second is later."""
    if isinstance(text, tuple):
        return text
    first, dash, last = str(text).replace("—", "-").replace("–", "-").replace("～", "-").replace("~", "-").partition("-")
    if not dash:
        raise BadValue("asset.bad_hours", text=str(text))
    start, end = (parse_instant(one.strip(), today=date(2000, 1, 1), zone_minutes=0)[1] for one in (first, last))
    if end <= start:
        raise BadValue("asset.bad_hours", text=str(text))
    return start, end


Person = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="asset.opt.booked_by")]
Things = Annotated[
    list[str] | None, typer.Argument(parser=as_text, metavar="[CODE]…", help="asset.opt.booked_codes")
]


@app.command("reserve", help="asset.help.reserve")
def reserve(
    ctx: typer.Context,
    by: Person,
    from_day: Annotated[date, typer.Option("--from", parser=as_day, metavar="DAY", help="asset.opt.booked_from")],
    codes: Things = None,
    places: Annotated[
        list[str] | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="asset.opt.booked_place")
    ] = None,
    until: Annotated[date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="asset.opt.booked_until")] = None,
    hours: Annotated[Any, typer.Option("--hours", parser=as_hours, metavar="8:00-9:40", help="asset.opt.hours")] = None,
    quantity: Annotated[
        int | None, typer.Option("--quantity", parser=as_quantity, metavar="N", help="asset.opt.booked_quantity")
    ] = None,
    purpose: Annotated[str | None, typer.Option("--for", parser=as_text, metavar="TEXT", help="asset.opt.purpose")] = None,
) -> None:
    """Book things or rooms ahead."""
    desk: Desk = ctx.obj
    desk.do("asset.reserve", lambda e: booking.reserve(
        e, codes or (), by, starts=from_day, ends=until, places=places or (), hours=hours, quantity_milli=quantity,
        purpose=purpose))  # fmt: skip


@app.command("reservations", help="asset.help.reservations")
def reservations(
    ctx: typer.Context,
    codes: Things = None,
    place: Annotated[
        str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="asset.opt.booked_place")
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", parser=as_text, metavar="PERSON", help="asset.opt.booked_by")
    ] = None,
    state: Annotated[str | None, choice("--state", "asset.booking", booking.STATES, "asset.opt.booking_state")] = None,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    week: InWeek = None,
    school_year: InSchoolYear = None,
) -> None:
    """The calendar of what is booked, from today on unless told."""
    desk: Desk = ctx.obj
    first, last = period_of(month=month, week=week, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: booking.reservations(
        ledger, first or ledger.today, last, texts=codes or (), place=place, person=person, state=state))  # fmt: skip


@app.command("unreserve", help="asset.help.unreserve")
def unreserve(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="asset.opt.booking")],
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="asset.opt.booking_reason")],
    codes: Things = None,
) -> None:
    """Give a booking up."""
    desk: Desk = ctx.obj
    desk.do("asset.unreserve", lambda e: booking.release(e, number, reason, texts=codes or ()))
