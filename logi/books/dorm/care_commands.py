"""`logi dorm warden …` and `logi dorm care …`: who keeps the buildings, and who watches over the evenings."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.dorm.options import Building, By, InBuilding, as_heads
from logi.options import (
    InMonth,
    InSchoolYear,
    InWeek,
    Note,
    OnDay,
    SinceDay,
    UntilDay,
    as_count,
    as_day,
    as_month,
    as_text,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

warden, care = typer.Typer(), typer.Typer()
Person = Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="dorm.opt.warden")]
Place = Annotated[str, typer.Argument(parser=as_text, metavar="PLACE", help="dorm.opt.care_place")]


@warden.command("add", help="dorm.help.warden_add")
def warden_add(
    ctx: typer.Context, person: Person, building: Building,
    starts: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="dorm.opt.from")] = None,
) -> None:  # fmt: skip
    """Somebody keeps a building."""
    from logi.books.dorm import care_actions as acts

    desk: Desk = ctx.obj
    desk.do("dorm.warden.add", lambda e: acts.add_warden(e, person, building=building, starts=starts))


@warden.command("leave", help="dorm.help.warden_leave")
def warden_leave(ctx: typer.Context, person: Person, building: InBuilding = None, on: OnDay = None) -> None:
    """Somebody no longer keeps a building."""
    from logi.books.dorm import care_actions as acts

    desk: Desk = ctx.obj
    desk.do("dorm.warden.leave", lambda e: acts.warden_leaves(e, person, building=building, on=on))


@warden.command("train", help="dorm.help.warden_train")
def warden_train(
    ctx: typer.Context,
    people: Annotated[list[str], typer.Argument(parser=as_text, metavar="PERSON…", help="dorm.opt.warden")],
    topic: Annotated[str, typer.Option("--topic", parser=as_text, metavar="TOPIC", help="dorm.opt.topic")],
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="dorm.opt.teacher")] = None,
    minutes: Annotated[int | None, typer.Option("--minutes", parser=as_count, metavar="N", help="dorm.opt.minutes")] = None,
    on: OnDay = None,
) -> None:
    """Wardens are trained."""
    from logi.books.dorm import care_actions as acts

    desk: Desk = ctx.obj
    desk.do("dorm.warden.train", lambda e: acts.train(e, people, topic, by=by, minutes=minutes, on=on))


@warden.command("list", help="dorm.help.warden_list")
def warden_list(ctx: typer.Context) -> None:
    """The wardens with their training."""
    from logi.books.dorm import care_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: care_report.wardens(ledger, ledger.today))


@care.command("plan", help="dorm.help.care_plan")
def care_plan(
    ctx: typer.Context,
    month: Annotated[str, typer.Argument(parser=as_month, metavar="MONTH", help="dorm.opt.care_month")],
    place: Place,
    people: Annotated[list[str], typer.Argument(parser=as_text, metavar="PERSON…", help="dorm.opt.carers")],
) -> None:
    """Plan a month's evenings."""
    from logi.books.dorm import care_actions as acts

    desk: Desk = ctx.obj
    desk.do("dorm.care.plan", lambda e: acts.plan(e, month, place, people))


@care.command("swap", help="dorm.help.care_swap")
def care_swap(
    ctx: typer.Context,
    day: Annotated[date, typer.Argument(parser=as_day, metavar="DAY", help="dorm.opt.evening")],
    giver: Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="dorm.opt.giver")],
    taker: Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="dorm.opt.taker")],
    place: Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="dorm.opt.care_place")] = None,
) -> None:
    """Somebody else takes an evening over."""
    from logi.books.dorm import care_actions as acts

    desk: Desk = ctx.obj
    desk.do("dorm.care.swap", lambda e: acts.swap(e, day, giver, taker, place=place))


@care.command("log", help="dorm.help.care_log")
def care_log(
    ctx: typer.Context,
    place: Place,
    heads: Annotated[int, typer.Argument(parser=as_heads, metavar="N", help="dorm.opt.heads")],
    by: By,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Write an evening down."""
    from logi.books.dorm import care_actions as acts

    desk: Desk = ctx.obj
    desk.do("dorm.care.log", lambda e: acts.log(e, place, by=by, heads=heads, on=on, note=note))


@care.command("list", help="dorm.help.care_list")
def care_list(
    ctx: typer.Context, month: InMonth = None, week: InWeek = None, school_year: InSchoolYear = None, since: SinceDay = None,
    until: UntilDay = None,
    person: Annotated[str | None, typer.Option("--person", parser=as_text, metavar="PERSON", help="dorm.opt.carer")] = None,
    place: Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="dorm.opt.care_place")] = None,
) -> None:  # fmt: skip
    """The roster, and what was written."""
    from logi.books.dorm import care_report

    desk: Desk = ctx.obj
    first, last = period_of(month=month, week=week, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: care_report.cares(ledger, first, last, person=person, place=place))
