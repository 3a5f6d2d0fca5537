"""`logi repair …`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.repair import actions, halt_commands, rules
from logi.books.repair.maintain_commands import maintain
from logi.books.repair.sharing import (
    Acceptor,
    Arrived,
    At,
    Cause,
    Cost,
    DownSince,
    Invoice,
    Kind,
    Minutes,
    Mode,
    Number,
    Parts,
    Root,
    Vendor,
    Why,
    Worker,
    all_given,
    as_score,
    instant,
    moment,
)
from logi.core.errors import Usage
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InWeek,
    InYear,
    Note,
    OnDay,
    SinceDay,
    UntilDay,
    as_code,
    as_day,
    as_lines,
    as_money,
    as_text,
    choice,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

repair = typer.Typer()
apps = {"repair": repair}
GROUPS = ("kind", "place", "building", "asset", "worker")
repair.add_typer(maintain, name="maintain", help="repair.help.maintain")
for _name in ("decline", "wait", "told"):
    repair.command(_name, help=f"repair.help.{_name}")(getattr(halt_commands, _name))


@repair.command("open", help="repair.help.open")
def open_(
    ctx: typer.Context,
    title: Annotated[list[str] | None, typer.Argument(parser=as_text, metavar="TITLE", help="repair.opt.title")] = None,
    place: Annotated[
        str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="repair.opt.place")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="repair.opt.by")] = None,
    kind: Kind = "other",
    urgency: Annotated[
        str,
        choice(
            "--urgency", "repair.urgency", rules.URGENCIES, "repair.opt.urgency", ("紧急", "urgent"), ("加急", "high")
        ),
    ] = "normal",
    asset: Annotated[
        str | None, typer.Option("--asset", parser=as_code, metavar="CODE", help="repair.opt.asset")
    ] = None,
    origin: Annotated[str, choice("--source", "repair.source", rules.SOURCES, "repair.opt.source")] = "report",
    wanted: Annotated[
        date | None, typer.Option("--wanted", parser=as_day, metavar="DAY", help="repair.opt.wanted")
    ] = None,
    deputy: Annotated[
        str | None, typer.Option("--deputy", parser=as_text, metavar="PERSON", help="repair.opt.deputy")
    ] = None,
    phone: Annotated[str | None, typer.Option("--phone", parser=as_text, metavar="NO", help="repair.opt.phone")] = None,
    down_since: DownSince = None,
    on: OnDay = None,
    at: At = None,
    note: Note = None,
) -> None:
    """Write a repair slip."""
    desk: Desk = ctx.obj
    day, time = instant(desk, at, on)
    words = " ".join(title or ())
    if words and not place:
        place, words = desk.look(lambda ledger: actions.place_in_title(ledger, words)) or (None, words)
    given = all_given(ctx, {"title": words, "place": place, "by": by})
    desk.do("repair.open", lambda e: actions.open(
        e, given["title"], place=given["place"], by=given["by"], kind=kind or "other", urgency=urgency, source=origin,
        asset=asset, on=day, at=time, wanted=wanted, deputy=deputy, phone=phone, note=note,
        down_since=moment(desk, down_since)))  # fmt: skip


@repair.command("assign", help="repair.help.assign")
def assign(
    ctx: typer.Context,
    number: Number,
    person: Annotated[str | None, typer.Argument(parser=as_text, metavar="[WORKER]", help="repair.opt.worker")] = None,
    worker: Annotated[
        str | None, typer.Option("--worker", "--to", "--owner", parser=as_text, metavar="PERSON", help="repair.opt.worker")
    ] = None,
    vendor: Vendor = None,
    on: OnDay = None,
    at: At = None,
    note: Note = None,
) -> None:
    """Give a job to a worker or a vendor."""
    desk: Desk = ctx.obj
    day, time = instant(desk, at, on)
    if person and worker:
        raise Usage("repair.two_workers", first=person, second=worker)
    desk.do("repair.assign", lambda e: actions.assign(
        e, number, worker=person or worker, vendor=vendor, on=day, at=time, note=note))  # fmt: skip


@repair.command("log", help="repair.help.log")
def log(
    ctx: typer.Context,
    number: Number,
    note: Annotated[str | None, typer.Argument(parser=as_lines, metavar="[TEXT]", help="repair.opt.found")] = None,
    by: Worker = None,
    minutes: Minutes = None,
    part: Parts = None,
    expense: Cost = None,
    vendor: Vendor = None,
    invoice: Invoice = None,
    arrived: Arrived = None,
    on: OnDay = None,
    at: At = None,
) -> None:
    """Record work on a job."""
    desk: Desk = ctx.obj
    day, time = instant(desk, at, on)
    desk.do("repair.log", lambda e: actions.log(
        e, number, by=by, minutes=minutes, parts=part or (), cost=expense, vendor=vendor, invoice=invoice,
        arrived=arrived, note=note, on=day, at=time))  # fmt: skip


@repair.command("close", help="repair.help.close")
def close(
    ctx: typer.Context,
    number: Number,
    by: Worker = None,
    expense: Cost = None,
    cause: Cause = None,
    mode: Mode = None,
    root: Root = None,
    minutes: Minutes = None,
    liable: Annotated[
        str | None, typer.Option("--liable", parser=as_text, metavar="TEXT", help="repair.opt.liable")
    ] = None,
    vendor: Vendor = None,
    invoice: Invoice = None,
    part: Parts = None,
    on: OnDay = None,
    at: At = None,
    note: Note = None,
) -> None:
    """The worker has finished."""
    desk: Desk = ctx.obj
    day, time = instant(desk, at, on)
    desk.do("repair.close", lambda e: actions.close(
        e, number, by=by, vendor=vendor, cost=expense, minutes=minutes, cause=cause, liable=liable, mode=mode, root=root,
        invoice=invoice, parts=part or (), note=note, on=day, at=time))  # fmt: skip


@repair.command("accept", help="repair.help.accept")
def accept(
    ctx: typer.Context,
    number: Number,
    by: Acceptor,
    score: Annotated[
        int | None, typer.Option("--score", parser=as_score, metavar="1-5", help="repair.opt.score")
    ] = None,
    on: OnDay = None,
    at: At = None,
    note: Note = None,
) -> None:
    """The reporter accepts and signs."""
    desk: Desk = ctx.obj
    day, time = instant(desk, at, on)
    desk.do("repair.accept", lambda e: actions.accept(e, number, by=by, score=score, note=note, on=day, at=time))


@repair.command("reject", help="repair.help.reject")
def reject(ctx: typer.Context, number: Number, by: Acceptor, reason: Why, on: OnDay = None, at: At = None) -> None:
    """The reporter does not accept: the slip is open again."""
    desk: Desk = ctx.obj
    day, time = instant(desk, at, on)
    desk.do("repair.reject", lambda e: actions.reject(e, number, by=by, reason=reason, on=day, at=time), reason=reason)


@repair.command("defer", help="repair.help.defer")
def defer(
    ctx: typer.Context,
    number: Number,
    reason: Why,
    until: Annotated[
        date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="repair.opt.until")
    ] = None,
    estimate: Annotated[
        int | None, typer.Option("--estimate", parser=as_money, metavar="MONEY", help="repair.opt.estimate")
    ] = None,
    on: OnDay = None,
) -> None:
    """Put a job off, onto the summer list or to a day."""
    desk: Desk = ctx.obj
    desk.do("repair.defer", lambda e: actions.defer(
        e, number, reason=reason, until=until, estimate=estimate, on=on), reason=reason)  # fmt: skip


@repair.command("escalate", help="repair.help.escalate")
def escalate(
    ctx: typer.Context,
    number: Number,
    upward: Annotated[str, typer.Option("--to", parser=as_text, metavar="TEXT", help="repair.opt.upward")],
    reason: Why,
    on: OnDay = None,
) -> None:
    """Report upward what cannot be solved here."""
    desk: Desk = ctx.obj
    desk.do("repair.escalate", lambda e: actions.escalate(e, number, to=upward, reason=reason, on=on), reason=reason)


@repair.command("deputy", help="repair.help.deputy")
def deputy(
    ctx: typer.Context,
    number: Number,
    person: Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="repair.opt.deputy")],
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="repair.opt.by_namer")],
    on: OnDay = None,
) -> None:
    """The reporter names who may accept in their stead."""
    desk: Desk = ctx.obj
    desk.do("repair.deputy", lambda e: actions.deputy(e, number, person, by=by, on=on))


@repair.command("compensate", help="repair.help.compensate")
def compensate(
    ctx: typer.Context,
    number: Number,
    amount: Annotated[int, typer.Option("--amount", parser=as_money, metavar="MONEY", help="repair.opt.amount")],
    by: Annotated[
        str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="repair.opt.by_payer")
    ] = None,
    receipt: Annotated[
        str | None, typer.Option("--receipt", parser=as_text, metavar="NO", help="repair.opt.receipt")
    ] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Record that human damage was paid for."""
    desk: Desk = ctx.obj
    desk.do("repair.compensate", lambda e: actions.compensate(
        e, number, amount=amount, by=by, receipt=receipt, note=note, on=on))  # fmt: skip


@repair.command("list", help="repair.help.list")
def list_(
    ctx: typer.Context,
    state: Annotated[
        str | None, choice("--state", "repair.state", (*rules.STATES, "unfinished"), "repair.opt.state")
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="repair.opt.in_place")
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", parser=as_text, metavar="PERSON", help="repair.opt.person")
    ] = None,
    kind: Kind = None,
    vendor: Vendor = None,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """The slips opened in a period, unfinished first."""
    from logi.books.repair import report

    desk: Desk = ctx.obj
    first, last = period_of(
        month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since, until=until
    )
    desk.read(lambda ledger: report.orders(
        ledger, since=first, until=last, state=state, place=place, person=person, kind=kind,
        vendor=vendor))  # fmt: skip


@repair.command("show", help="repair.help.show")
def show(ctx: typer.Context, number: Number) -> None:
    """One slip with all its steps."""
    from logi.books.repair import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.sheet(ledger, number))


@repair.command("summer", help="repair.help.summer")
def summer(
    ctx: typer.Context,
    number: Annotated[
        str | None, typer.Argument(parser=as_code, metavar="[NUMBER]", help="repair.opt.summer_number")
    ] = None,
    scope: Annotated[str | None, typer.Option("--scope", parser=as_text, metavar="TEXT", help="repair.opt.scope")] = None,
    estimate: Annotated[
        int | None, typer.Option("--estimate", parser=as_money, metavar="MONEY", help="repair.opt.estimate")
    ] = None,
    vendor: Vendor = None,
    starts: Annotated[
        date | None, typer.Option("--starts", parser=as_day, metavar="DAY", help="repair.opt.begins")
    ] = None,
    ends: Annotated[date | None, typer.Option("--ends", parser=as_day, metavar="DAY", help="repair.opt.ends")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="repair.opt.draft")] = False,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="repair.opt.by_drafter")] = None,
    on: OnDay = None,
) -> None:
    """The summer works: the list, what is planned for one slip, or the list drawn up for approval."""
    from logi.books.repair import report
    from logi.books.repair import summer_actions as works

    desk: Desk = ctx.obj
    if draft and number:
        raise Usage("repair.draft_or_number", number=number)
    if draft:
        desk.do("repair.summer", lambda e: works.draft(e, by=by, on=on))
    elif number:
        desk.do("repair.plan", lambda e: works.plan(
            e, number, scope=scope, estimate=estimate, vendor=vendor, starts=starts, ends=ends, on=on))  # fmt: skip
    else:
        desk.read(lambda ledger: report.summer(ledger, report.FIRST, on or ledger.today))


@repair.command("stats", help="repair.help.stats")
def stats(
    ctx: typer.Context,
    group: Annotated[str, choice("--by", "repair.by", GROUPS, "repair.opt.group")] = "kind",
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """Figures by kind of work, place, asset or worker."""
    from logi.books.repair import report

    desk: Desk = ctx.obj
    first, last = period_of(
        month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since, until=until
    )
    desk.read(lambda ledger: report.stats(ledger, first, last, by=group))
