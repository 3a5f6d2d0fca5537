"""`logi kindergarten event …`: the support of an event, from its order to its close."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.kindergarten import rules
from logi.books.kindergarten.options import By, as_line, as_need, this_year
from logi.options import (
    InMonth,
    InSchoolYear,
    InYear,
    Note,
    OnDay,
    SinceDay,
    UntilDay,
    as_code,
    as_count,
    as_day,
    as_text,
    choice,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

event = typer.Typer()
Number = Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="kindergarten.opt.event")]


@event.command("add", help="kindergarten.help.event_add")
def add(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(parser=as_text, metavar="TITLE", help="kindergarten.opt.title")],
    day: Annotated[date, typer.Option("--day", parser=as_day, metavar="DAY", help="kindergarten.opt.day")],
    place: Annotated[str, typer.Option("--place", parser=as_text, metavar="PLACE", help="kindergarten.opt.place")],
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="kindergarten.opt.event_leader")],
    event_time: Annotated[
        str | None, typer.Option("--time", parser=as_text, metavar="TEXT", help="kindergarten.opt.time")
    ] = None,
    room_for: Annotated[
        int | None, typer.Option("--heads", parser=as_count, metavar="N", help="kindergarten.opt.comers")
    ] = None,
    needs: Annotated[
        list[Any] | None, typer.Option("--need", parser=as_line, metavar="KIND=TEXT", help="kindergarten.opt.needs")
    ] = None,
) -> None:
    """An event and what it needs."""
    from logi.books.kindergarten import event_actions as acts

    desk: Desk = ctx.obj
    lines = [acts.Need(*one) for one in needs or ()]
    desk.do("kindergarten.event.add", lambda e: acts.order(
        e, title, day, place=place, leader=by, at=event_time, heads=room_for, needs=lines))  # fmt: skip


@event.command("need", help="kindergarten.help.event_need")
def need(
    ctx: typer.Context,
    number: Number,
    need_kind: Annotated[str, typer.Argument(parser=as_need, metavar="|".join(rules.NEEDS), help="kindergarten.opt.need_kind")],
    text: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="kindergarten.opt.need")],
    owner: Annotated[
        str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="kindergarten.opt.owner")
    ] = None,
    due: Annotated[date | None, typer.Option("--due", parser=as_day, metavar="DAY", help="kindergarten.opt.due")] = None,
) -> None:
    """One more line of the checklist."""
    from logi.books.kindergarten import event_actions as acts

    desk: Desk = ctx.obj
    desk.do("kindergarten.event.need", lambda e: acts.need(e, number, acts.Need(need_kind, text, owner), due=due))


@event.command("done", help="kindergarten.help.event_done")
def done(
    ctx: typer.Context,
    number: Number,
    line_numbers: Annotated[list[int], typer.Argument(parser=as_count, metavar="N", help="kindergarten.opt.lines")],
    by: By,
    proof: Annotated[str | None, typer.Option("--slip", parser=as_code, metavar="NUMBER", help="kindergarten.opt.slip")] = None,
    note: Note = None,
    on: OnDay = None,
) -> None:
    """Lines of the checklist are done."""
    from logi.books.kindergarten import event_actions as acts

    desk: Desk = ctx.obj
    desk.do("kindergarten.event.done", lambda e: acts.done(e, number, line_numbers, by=by, on=on, note=note, slip=proof))


@event.command("close", help="kindergarten.help.event_close")
def close(
    ctx: typer.Context,
    number: Number,
    outcome: Annotated[str, typer.Option("--outcome", parser=as_text, metavar="TEXT", help="kindergarten.opt.outcome")],
    by: By,
    on: OnDay = None,
) -> None:
    """The event was held."""
    from logi.books.kindergarten import event_actions as acts

    desk: Desk = ctx.obj
    desk.do("kindergarten.event.close", lambda e: acts.close(e, number, by=by, outcome=outcome, on=on))


@event.command("drop", help="kindergarten.help.event_drop")
def drop(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="kindergarten.opt.reason")],
) -> None:
    """The event is called off."""
    from logi.books.kindergarten import event_actions as acts

    desk: Desk = ctx.obj
    desk.do("kindergarten.event.drop", lambda e: acts.drop(e, number, reason=reason))


@event.command("list", help="kindergarten.help.event_list")
def list_(
    ctx: typer.Context,
    state: Annotated[
        str | None, choice("--state", "kindergarten.event", rules.EVENT_STATES, "kindergarten.opt.event_state")
    ] = None,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """The events."""
    from logi.books.kindergarten import report

    desk: Desk = ctx.obj
    first, last = period_of(month=month, year=year, school_year=school_year, since=since, until=until)
    end = this_year(desk).replace(year=this_year(desk).year + 1)
    desk.read(lambda ledger: report.events(ledger, first or this_year(desk), last or end, state=state))
