"""`logi campus plan …`, `campus scheme …`: the master plan and the schemes that pay for it."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.campus import rules
from logi.books.campus.options import as_phase, as_year
from logi.options import Note, OnDay, as_code, as_day, as_money, as_text, choice, fixed

if TYPE_CHECKING:
    from logi.context import Desk

plan = typer.Typer()
scheme = typer.Typer()

Item = Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="campus.opt.item")]
Code = Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="campus.opt.code")]
Name = Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="campus.opt.name")]
Place = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="campus.opt.place")]
Owner = Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="campus.opt.owner")]
Budget = Annotated[int | None, typer.Option("--budget", parser=as_money, metavar="MONEY", help="campus.opt.budget")]
Fund = Annotated[int | None, typer.Option("--fund", parser=as_money, metavar="MONEY", help="campus.opt.scheme_fund")]
Reason = Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="campus.opt.reason")]


@plan.command("add", help="campus.help.plan_add")
def add(
    ctx: typer.Context,
    code: Code,
    name: Name,
    phase: Annotated[int, typer.Option("--phase", parser=as_phase, metavar="N", help="campus.opt.phase")],
    aim: Annotated[str, typer.Option("--aim", parser=fixed("campus.aim", rules.AIMS), metavar="|".join(rules.AIMS),
                                     help="campus.opt.aim")],
    goal_on: Annotated[date, typer.Option("--goal", parser=as_day, metavar="DAY", help="campus.opt.goal")],
    source: Annotated[str, typer.Option("--source", parser=as_text, metavar="TEXT", help="campus.opt.source")],
    place: Place = None,
    owner: Owner = None,
    budgeted: Budget = None,
) -> None:  # fmt: skip
    """Put an item into the plan."""
    from logi.books.campus import actions

    desk: Desk = ctx.obj
    desk.do("campus.plan.add", lambda e: actions.add_item(
        e, code, name, phase=phase, aim=aim, goal=goal_on, source=source, place=place, owner=owner,
        budget=budgeted))  # fmt: skip


@plan.command("edit", help="campus.help.plan_edit")
def edit(
    ctx: typer.Context,
    plan_item: Item,
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="campus.opt.name")] = None,
    phase: Annotated[int | None, typer.Option("--phase", parser=as_phase, metavar="N", help="campus.opt.phase")] = None,
    goal_on: Annotated[date | None, typer.Option("--goal", parser=as_day, metavar="DAY", help="campus.opt.goal")] = None,
    place: Place = None,
    owner: Owner = None,
    budgeted: Budget = None,
    source: Annotated[str | None, typer.Option("--source", parser=as_text, metavar="TEXT", help="campus.opt.source")] = None,
) -> None:
    """Change an item."""
    from logi.books.campus import actions

    desk: Desk = ctx.obj
    desk.do("campus.plan.edit", lambda e: actions.edit_item(
        e, plan_item, name=name, phase=phase, goal=goal_on, owner=owner, budget=budgeted, place=place,
        source=source))  # fmt: skip


@plan.command("done", help="campus.help.plan_done")
def done(
    ctx: typer.Context,
    plan_item: Item,
    result: Annotated[str, typer.Option("--outcome", parser=as_text, metavar="TEXT", help="campus.opt.outcome")],
    on: OnDay = None,
) -> None:
    """An item stands."""
    from logi.books.campus import actions

    desk: Desk = ctx.obj
    desk.do("campus.plan.done", lambda e: actions.finish_item(e, plan_item, outcome=result, on=on))


@plan.command("drop", help="campus.help.plan_drop")
def drop(ctx: typer.Context, plan_item: Item, reason: Reason, on: OnDay = None) -> None:
    """An item is taken out."""
    from logi.books.campus import actions

    desk: Desk = ctx.obj
    desk.do("campus.plan.drop", lambda e: actions.drop_item(e, plan_item, reason=reason, on=on), reason=reason)


@plan.command("list", help="campus.help.plan_list")
def list_(
    ctx: typer.Context,
    phase: Annotated[int | None, typer.Option("--phase", parser=as_phase, metavar="N", help="campus.opt.phase")] = None,
    state: Annotated[str | None, choice("--state", "campus.item_state", rules.ITEM_STATES, "campus.opt.state")] = None,
) -> None:
    """The plan."""
    from logi.books.campus import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.plan(ledger, phase=phase, state=state))


@scheme.command("add", help="campus.help.scheme_add")
def add_scheme(
    ctx: typer.Context,
    code: Code,
    name: Name,
    doc: Annotated[str, typer.Option("--doc", parser=as_text, metavar="DOCNO", help="campus.opt.doc")],
    first_year: Annotated[str, typer.Option("--first", parser=as_year, metavar="YEAR", help="campus.opt.first")],
    last_year: Annotated[str | None, typer.Option("--last", parser=as_year, metavar="YEAR", help="campus.opt.last")] = None,
    money: Fund = None,
    weak: Annotated[bool, typer.Option("--weak", help="campus.opt.weak")] = False,
    note: Note = None,
) -> None:
    """Register a scheme."""
    from logi.books.campus import actions

    desk: Desk = ctx.obj
    desk.do("campus.scheme.add", lambda e: actions.add_scheme(
        e, code, name, doc=doc, first=first_year, last=last_year, fund=money, weak=weak, note=note))  # fmt: skip


@scheme.command("list", help="campus.help.scheme_list")
def schemes(ctx: typer.Context) -> None:
    """The schemes."""
    from logi.books.campus import report

    desk: Desk = ctx.obj
    desk.read(report.schemes)
