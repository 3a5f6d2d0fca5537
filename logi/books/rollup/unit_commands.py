"""`logi unit shortfall …`, `canteen`, `canteens`: what units are short of, canteens measured by the central school's."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.rollup import rules
from logi.books.rollup.options import as_heads, as_points
from logi.options import Note, OnDay, as_code, as_day, as_money, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

shortfall, canteen = typer.Typer(), typer.Typer()

Under = Annotated[str | None, typer.Option("--under", parser=as_text, metavar="UNIT", help="rollup.opt.under")]
Campaign = Annotated[str | None, typer.Option("--programme", parser=as_text, metavar="CODE", help="rollup.opt.programme")]
Money = Annotated[int | None, typer.Option("--money", parser=as_money, metavar="MONEY", help="rollup.opt.money")]
STATES = ("open", "late", "closed", "shown")


@shortfall.command("add", help="rollup.help.shortfall_add")
def add(
    ctx: typer.Context,
    words: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="rollup.opt.short_of")],
    unit: Annotated[str, typer.Option("--unit", parser=as_text, metavar="UNIT", help="rollup.opt.whose")],
    shortage: Annotated[str, choice("--kind", "rollup.shortfall", rules.LACKS, "rollup.opt.matter")],
    campaign: Campaign = None,
    owner: Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="NAME", help="rollup.opt.owner")] = None,
    due: Annotated[date | None, typer.Option("--due", parser=as_day, metavar="DAY", help="rollup.opt.due")] = None,
    input_money: Money = None,
    hands: Annotated[int | None, typer.Option("--people", parser=as_heads, metavar="N", help="rollup.opt.people")] = None,
    on: OnDay = None,
) -> None:
    """Put down what a unit is short of."""
    from logi.books.rollup import shortfalls

    desk: Desk = ctx.obj
    desk.do("unit.shortfall.add", lambda e: shortfalls.add(
        e, words, unit=unit, area=shortage, programme=campaign, owner=owner, due=due, money=input_money or None,
        people=hands or None, on=on))  # fmt: skip


@shortfall.command("close", help="rollup.help.shortfall_close")
def close(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="rollup.opt.shortfall_number")],
    result: Annotated[str, typer.Option("--result", parser=as_text, metavar="TEXT", help="rollup.opt.mended")],
    spent: Annotated[int | None, typer.Option("--spent", parser=as_money, metavar="MONEY", help="rollup.opt.spent")] = None,
    on: OnDay = None,
) -> None:
    """It is made good."""
    from logi.books.rollup import shortfalls

    desk: Desk = ctx.obj
    desk.do("unit.shortfall.close", lambda e: shortfalls.close(e, number, result=result, spent=spent, on=on))


@shortfall.command("list", help="rollup.help.shortfall_list")
def list_(
    ctx: typer.Context, under: Under = None,
    shortage: Annotated[str | None, choice("--kind", "rollup.shortfall", rules.LACKS, "rollup.opt.matter")] = None,
    state: Annotated[str | None, choice("--state", "rollup.gap", STATES, "rollup.opt.gap")] = None,
) -> None:  # fmt: skip
    """The list of shortfalls."""
    from logi.books.rollup import work_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: work_report.shortfalls(ledger, under=under, area=shortage, state=state))


@canteen.command("canteen", help="rollup.help.canteen")
def canteen_(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(parser=as_text, metavar="UNIT", help="rollup.opt.unit")],
    state: Annotated[str, choice("--state", "rollup.canteen", rules.CANTEEN, "rollup.opt.canteen_state")],
    met: Annotated[str, typer.Option("--met", parser=as_points, metavar="TEXT,TEXT…", help="rollup.opt.met")] = "",
    all_met: Annotated[bool, typer.Option("--all-met", help="rollup.opt.all_met")] = False,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="TEXT", help="rollup.opt.team")] = None,
    on: OnDay = None, note: Note = None,
) -> None:  # fmt: skip
    """How a school's canteen was found."""
    from logi.books.rollup import shortfalls

    desk: Desk = ctx.obj
    points = [one for one in met.split(",") if one]
    desk.do("unit.canteen", lambda e: shortfalls.canteen(e, unit, state=state, met=points, all_met=all_met, team=by, on=on,
                                                         note=note))  # fmt: skip


@canteen.command("canteens", help="rollup.help.canteens")
def canteens(ctx: typer.Context, under: Under = None) -> None:
    """Every school's canteen."""
    from logi.books.rollup import work_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: work_report.canteens(ledger, under=under))
