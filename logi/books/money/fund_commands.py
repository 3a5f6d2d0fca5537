"""`logi money school …` and `logi money budget …`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.money import rules
from logi.core.errors import BadValue
from logi.core.money import parse_money
from logi.options import InMonth, InQuarter, InYear, OnDay, as_code, as_count, as_month, as_text, known_or_text, period_of

if TYPE_CHECKING:
    from logi.context import Desk

school, budget = typer.Typer(), typer.Typer()

Heads = Annotated[int | None, typer.Option("--heads", parser=as_count, metavar="N", help="money.opt.heads")]
Own = Annotated[bool, typer.Option("--own", help="money.opt.own")]
as_subject = known_or_text("money.subject", rules.SUBJECTS)


def as_planned(text: Any) -> rules.Planned:
    """SUBJECT=AMOUNT."""
    if isinstance(text, rules.Planned):
        return text
    name, _, amount = str(text).replace("＝", "=").partition("=")
    if not name.strip() or not amount.strip():
        raise BadValue("money.bad_planned", text=str(text))
    return rules.Planned(as_subject(name.strip()), parse_money(amount))


@school.command("add", help="money.help.school_add")
def school_add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="money.opt.code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="money.opt.school_name")],
    headcount: Annotated[int, typer.Option("--heads", parser=as_count, metavar="N", help="money.opt.heads")],
    own: Own = False,
    on: OnDay = None,
) -> None:
    """Enter a school."""
    from logi.books.money import funds

    desk: Desk = ctx.obj
    desk.do("money.school.add", lambda e: funds.add_school(e, code, name, heads=headcount, own=own, on=on))


@school.command("edit", help="money.help.school_edit")
def school_edit(
    ctx: typer.Context,
    school: Annotated[str, typer.Argument(parser=as_text, metavar="SCHOOL", help="money.opt.school")],
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="money.opt.school_name")] = None,
    headcount: Heads = None,
    own: Own = False,
) -> None:
    """Change a school."""
    from logi.books.money import funds

    desk: Desk = ctx.obj
    desk.do("money.school.edit", lambda e: funds.edit_school(e, school, name=name, heads=headcount, own=own))


@school.command("list", help="money.help.school_list")
def school_list(ctx: typer.Context) -> None:
    """The schools."""
    from logi.books.money import report

    desk: Desk = ctx.obj
    desk.read(report.schools)


@budget.command("set", help="money.help.budget_set")
def budget_set(
    ctx: typer.Context,
    month: Annotated[str, typer.Argument(parser=as_month, metavar="MONTH", help="money.opt.month")],
    planned: Annotated[
        list[rules.Planned], typer.Argument(parser=as_planned, metavar="SUBJECT=AMOUNT…", help="money.opt.planned")
    ],
) -> None:
    """Plan a month's spending."""
    from logi.books.money import funds

    desk: Desk = ctx.obj
    desk.do("money.budget.set", lambda e: funds.set_budget(e, month, planned))


@budget.command("list", help="money.help.budget_list")
def budget_list(ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, year: InYear = None) -> None:
    """The budget and what was spent of it."""
    from logi.books.money import report

    desk: Desk = ctx.obj
    since, until = period_of(month=month, quarter=quarter, year=year)
    today: date = desk.today
    desk.read(lambda ledger: report.budget_execution(ledger, since or today.replace(day=1), until or today))
