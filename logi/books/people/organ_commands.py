"""`logi staff function …, pilot …`: duties and tasks of units by level; pilots and exchange."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.people import rules
from logi.books.people.options import By, span
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InYear,
    OnDay,
    SinceDay,
    UntilDay,
    as_code,
    as_count,
    as_day,
    as_text,
    choice,
    fixed,
)

if TYPE_CHECKING:
    from logi.context import Desk

function = typer.Typer()
pilot = typer.Typer()

WAY_SAID = (("参观", "visit"), ("接待", "host"), ("现场会", "host"), ("汇报", "report"), ("经验介绍", "report"))
VERDICT_SAID = (("推广", "promoted"), ("保留", "kept"), ("终止", "stopped"))
as_way = fixed("people.way", rules.WAYS, *WAY_SAID)
Unit = Annotated[str, typer.Argument(parser=as_text, metavar="UNIT", help="people.opt.organ")]
Code = Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="people.opt.pilot_code")]
Pilot = Annotated[str | None, typer.Option("--pilot", parser=as_text, metavar="CODE", help="people.opt.pilot_code")]
Source = Annotated[str | None, typer.Option("--source", parser=as_text, metavar="TEXT", help="people.opt.basis")]


@function.command("add", help="people.help.function_add")
def add(
    ctx: typer.Context,
    unit: Unit,
    charge: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="people.opt.function")],
    kind: Annotated[str, choice("--kind", "people.function", ("duty", "task"), "people.opt.function_kind")] = "duty",
    source: Source = None,
) -> None:
    """A unit gets a duty or a task."""
    from logi.books.people import organ_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.function.add", lambda e: acts.add(e, unit, charge, kind=kind, source=source))


@function.command("drop", help="people.help.function_drop")
def drop(
    ctx: typer.Context,
    unit: Unit,
    n: Annotated[int, typer.Argument(parser=as_count, metavar="N", help="people.opt.function_n")],
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="people.opt.reason")],
) -> None:
    """A duty or task goes."""
    from logi.books.people import organ_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.function.drop", lambda e: acts.drop(e, unit, n, reason=reason), reason=reason)


@function.command("list", help="people.help.function_list")
def list_functions(ctx: typer.Context) -> None:
    """The organisation by level."""
    from logi.books.people import organ_report

    desk: Desk = ctx.obj
    desk.read(organ_report.organisation)


@pilot.command("add", help="people.help.pilot_add")
def add_pilot(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="people.opt.pilot_code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="people.opt.pilot_name")],
    aim: Annotated[str, typer.Option("--aim", parser=as_text, metavar="TEXT", help="people.opt.aim")],
    owner: Annotated[str, typer.Option("--owner", parser=as_text, metavar="PERSON", help="people.opt.pilot_owner")],
    until: Annotated[date, typer.Option("--until", parser=as_day, metavar="DAY", help="people.opt.pilot_until")],
    starts: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="people.opt.from_day")] = None,
    source: Source = None,
) -> None:
    """A pilot begins."""
    from logi.books.people import pilot_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.pilot.add", lambda e: acts.add(
        e, code, name, aim=aim, owner=owner, until=until, starts=starts, source=source))  # fmt: skip


@pilot.command("log", help="people.help.pilot_log")
def log(
    ctx: typer.Context,
    manner: Annotated[str, typer.Argument(parser=as_way, metavar="|".join(rules.WAYS), help="people.opt.way")],
    topic: Annotated[str, typer.Argument(parser=as_text, metavar="TOPIC", help="people.opt.exchange_topic")],
    by: By,
    of_pilot: Pilot = None,
    partner: Annotated[str | None, typer.Option("--with", parser=as_text, metavar="TEXT", help="people.opt.partner")] = None,
    present: Annotated[int | None, typer.Option("--heads", parser=as_count, metavar="N", help="people.opt.came")] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", parser=as_text, metavar="TEXT", help="people.opt.outcome")] = None,
    on: OnDay = None,
) -> None:
    """A step of a pilot, or an exchange with others."""
    from logi.books.people import pilot_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.pilot.log", lambda e: acts.exchange(
        e, manner, topic, by=by, pilot=of_pilot, unit=partner, heads=present, outcome=outcome, on=on))  # fmt: skip


@pilot.command("end", help="people.help.pilot_end")
def end(
    ctx: typer.Context,
    code: Code,
    verdict: Annotated[
        str,
        typer.Argument(parser=fixed("people.pilot", ("promoted", "kept", "stopped"), *VERDICT_SAID),
                       metavar="promoted|kept|stopped", help="people.opt.pilot_verdict"),
    ],
    result: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="people.opt.pilot_result")],
    on: OnDay = None,
) -> None:
    """A pilot ends."""
    from logi.books.people import pilot_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.pilot.end", lambda e: acts.end(e, code, verdict, result, on=on))


@pilot.command("list", help="people.help.pilot_list")
def list_pilots(ctx: typer.Context) -> None:
    """The pilots."""
    from logi.books.people import organ_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: organ_report.pilots(ledger, ledger.today))


@pilot.command("exchanges", help="people.help.pilot_exchanges")
def exchanges(
    ctx: typer.Context,
    of_pilot: Pilot = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Pilots' steps and exchange of a period."""
    from logi.books.people import organ_report

    desk: Desk = ctx.obj
    first, last = span(desk.today, month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: organ_report.exchanges(ledger, first, last, pilot=of_pilot))
