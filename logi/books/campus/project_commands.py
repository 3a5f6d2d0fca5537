"""`logi campus project …`: from the request to the settlement."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.campus import rules
from logi.books.campus.options import FUND_SAID, KIND_SAID, as_percent
from logi.books.campus.plan_commands import Name, Owner, Place, Reason
from logi.options import Note, OnDay, SinceDay, UntilDay, as_day, as_money, as_text, choice, fixed, period_of

if TYPE_CHECKING:
    from logi.context import Desk

project = typer.Typer()

Number = Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="campus.opt.number")]
Plan = Annotated[str | None, typer.Option("--plan", parser=as_text, metavar="CODE", help="campus.opt.item")]
Scheme = Annotated[str | None, typer.Option("--scheme", parser=as_text, metavar="CODE", help="campus.opt.scheme")]
Shortfall = Annotated[str | None, typer.Option("--shortfall", parser=as_text, metavar="ITEM", help="campus.opt.shortfall")]
Vendor = Annotated[str | None, typer.Option("--vendor", parser=as_text, metavar="VENDOR", help="campus.opt.vendor")]
Contract = Annotated[str | None, typer.Option("--contract", parser=as_text, metavar="DOCNO", help="campus.opt.contract")]
Agreed = Annotated[int | None, typer.Option("--agreed", parser=as_money, metavar="MONEY", help="campus.opt.agreed")]
Warranty = Annotated[date | None, typer.Option("--warranty", parser=as_day, metavar="DAY", help="campus.opt.warranty")]
Shortfalls = Annotated[str | None, typer.Option("--shortfalls", parser=as_text, metavar="TEXT", help="campus.opt.shortfalls")]
Result = fixed("campus.result", ("pass", "fail"))


@project.command("add", help="campus.help.project_add")
def add(
    ctx: typer.Context,
    name: Name,
    kind: Annotated[str, choice("--kind", "campus.kind", rules.KINDS, "campus.opt.kind", *KIND_SAID)],
    budgeted: Annotated[int, typer.Option("--budget", parser=as_money, metavar="MONEY", help="campus.opt.budget")],
    starts: Annotated[date, typer.Option("--starts", parser=as_day, metavar="DAY", help="campus.opt.starts")],
    ends: Annotated[date, typer.Option("--ends", parser=as_day, metavar="DAY", help="campus.opt.ends")],
    funds_from: Annotated[str, choice("--fund", "campus.fund", rules.FUNDS, "campus.opt.fund", *FUND_SAID)] = "public",
    plan_item: Plan = None,
    scheme: Scheme = None,
    shortfall: Shortfall = None,
    place: Place = None,
    owner: Owner = None,
    vendor: Vendor = None,
    contract: Contract = None,
    agreed: Agreed = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Ask for a project."""
    from logi.books.campus import projects

    desk: Desk = ctx.obj
    links = projects.Links(plan_item, scheme, shortfall, place, owner, vendor, contract, agreed)
    desk.do("campus.project.add", lambda e: projects.add(
        e, name, kind=kind, budget=budgeted, fund=funds_from, starts=starts, ends=ends, links=links, on=on,
        note=note))  # fmt: skip


@project.command("edit", help="campus.help.project_edit")
def edit(
    ctx: typer.Context,
    number: Number,
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="campus.opt.name")] = None,
    starts: Annotated[date | None, typer.Option("--starts", parser=as_day, metavar="DAY", help="campus.opt.starts")] = None,
    ends: Annotated[date | None, typer.Option("--ends", parser=as_day, metavar="DAY", help="campus.opt.ends")] = None,
    plan_item: Plan = None,
    scheme: Scheme = None,
    shortfall: Shortfall = None,
    place: Place = None,
    owner: Owner = None,
    vendor: Vendor = None,
    contract: Contract = None,
    agreed: Agreed = None,
    note: Note = None,
) -> None:
    """Change what is planned of a project."""
    from logi.books.campus import projects

    desk: Desk = ctx.obj
    links = projects.Links(plan_item, scheme, shortfall, place, owner, vendor, contract, agreed)
    desk.do("campus.project.edit", lambda e: projects.edit(
        e, number, name=name, starts=starts, ends=ends, links=links, note=note))  # fmt: skip


@project.command("start", help="campus.help.project_start")
def start(ctx: typer.Context, number: Number, on: OnDay = None) -> None:
    """The work begins."""
    from logi.books.campus import projects

    desk: Desk = ctx.obj
    desk.do("campus.project.start", lambda e: projects.start(e, number, on=on))


@project.command("log", help="campus.help.project_log")
def log(
    ctx: typer.Context,
    number: Number,
    percent: Annotated[int, typer.Argument(parser=as_percent, metavar="PERCENT", help="campus.opt.percent")],
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="campus.opt.by")] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """How far the work has come."""
    from logi.books.campus import projects

    desk: Desk = ctx.obj
    desk.do("campus.project.log", lambda e: projects.log(e, number, percent, by=by, on=on, note=note))


@project.command("finish", help="campus.help.project_finish")
def finish(ctx: typer.Context, number: Number, on: OnDay = None) -> None:
    """The work is done."""
    from logi.books.campus import projects

    desk: Desk = ctx.obj
    desk.do("campus.project.finish", lambda e: projects.finish(e, number, on=on))


@project.command("inspect", help="campus.help.project_inspect")
def inspect(
    ctx: typer.Context,
    number: Number,
    conclusion: Annotated[str, typer.Option("--result", parser=Result, metavar="pass|fail", help="campus.opt.result")],
    accepting: Annotated[list[str], typer.Option("--inspector", parser=as_text, metavar="PERSON", help="campus.opt.inspector")],
    shortfalls: Shortfalls = None,
    warranty: Warranty = None,
    on: OnDay = None,
) -> None:  # fmt: skip
    """Inspect a finished project."""
    from logi.books.campus import projects

    desk: Desk = ctx.obj
    desk.do("campus.project.inspect", lambda e: projects.inspect(
        e, number, result=conclusion, inspectors=accepting, shortfalls=shortfalls, warranty=warranty, on=on))  # fmt: skip


@project.command("settle", help="campus.help.project_settle")
def settle(
    ctx: typer.Context,
    number: Number,
    amount: Annotated[int, typer.Argument(parser=as_money, metavar="MONEY", help="campus.opt.amount")],
    doc: Annotated[str, typer.Option("--doc", parser=as_text, metavar="DOCNO", help="campus.opt.settle_doc")],
    on: OnDay = None,
) -> None:
    """Settle an accepted project."""
    from logi.books.campus import projects

    desk: Desk = ctx.obj
    desk.do("campus.project.settle", lambda e: projects.settle(e, number, amount=amount, doc=doc, on=on))


@project.command("stop", help="campus.help.project_stop")
def stop(ctx: typer.Context, number: Number, reason: Reason, on: OnDay = None) -> None:
    """A project is given up."""
    from logi.books.campus import projects

    desk: Desk = ctx.obj
    desk.do("campus.project.stop", lambda e: projects.stop(e, number, reason=reason, on=on), reason=reason)


@project.command("list", help="campus.help.project_list")
def list_(
    ctx: typer.Context,
    kind: Annotated[str | None, choice("--kind", "campus.kind", rules.KINDS, "campus.opt.kind", *KIND_SAID)] = None,
    state: Annotated[str | None, choice("--state", "campus.state", rules.STATES, "campus.opt.state")] = None,
    plan_item: Plan = None,
    scheme: Scheme = None,
    vendor: Vendor = None,
    place: Place = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """The projects."""
    from logi.books.campus import report

    desk: Desk = ctx.obj
    first, last = period_of(since=since, until=until)
    desk.read(lambda ledger: report.projects(
        ledger, kind=kind, state=state, plan=plan_item, scheme=scheme, vendor=vendor, place=place, since=first,
        until=last))  # fmt: skip
