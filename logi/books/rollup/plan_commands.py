"""`logi rollup hand`, `take`, `inherited`: a superior's plan in ours; `analyse`, `situation`: how the units stand."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.rollup.options import as_heads
from logi.books.rollup.rollup_commands import read_file, write_bundle
from logi.options import (
    InMonth,
    InSchoolYear,
    InYear,
    OnDay,
    SinceDay,
    UntilDay,
    as_code,
    as_money,
    as_month,
    as_text,
    year_so_far,
)

if TYPE_CHECKING:
    from logi.context import Desk

plans = typer.Typer()

Money = Annotated[int | None, typer.Option("--money", parser=as_money, metavar="MONEY", help="rollup.opt.money")]


@plans.command("hand", help="rollup.help.hand")
def hand(
    ctx: typer.Context,
    month: Annotated[str, typer.Argument(parser=as_month, metavar="MONTH", help="rollup.opt.month")],
    numbers: Annotated[list[str] | None, typer.Argument(metavar="NUMBER…", help="rollup.opt.lines")] = None,
) -> None:
    """The plan of a month as a file for the units below."""
    from logi.books.rollup import planning

    desk: Desk = ctx.obj
    output: Path | None = desk.output
    chosen = tuple(as_code(one) for one in numbers or ())
    content = desk.look(lambda ledger: planning.handed(ledger, month, chosen))
    if not desk.dry_run:
        write_bundle(desk, content, output)
        desk.wrote()


@plans.command("take", help="rollup.help.take")
def take(
    ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE|-", help="rollup.opt.plan_file")],
) -> None:  # fmt: skip
    """The lines of a superior's plan go into ours."""
    from logi.books.rollup import planning

    desk: Desk = ctx.obj
    body = planning.opened(read_file(desk, file), file)
    desk.do("rollup.take", lambda e: planning.take(e, body))


@plans.command("inherited", help="rollup.help.inherited")
def inherited(
    ctx: typer.Context,
    named: Annotated[str | None, typer.Argument(parser=as_month, metavar="[MONTH]", help="rollup.opt.month")] = None,
) -> None:
    """How far the superior's lines are."""
    from logi.books.rollup import work_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: work_report.inherited(ledger, named))


@plans.command("analyse", help="rollup.help.analyse")
def analyse(
    ctx: typer.Context,
    problem: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="rollup.opt.problem")],
    measure: Annotated[str, typer.Option("--measure", parser=as_text, metavar="TEXT", help="rollup.opt.measure")],
    unit: Annotated[str | None, typer.Option("--unit", parser=as_text, metavar="UNIT", help="rollup.opt.whose")] = None,
    hands: Annotated[int | None, typer.Option("--people", parser=as_heads, metavar="N", help="rollup.opt.people")] = None,
    input_money: Money = None,
    on: OnDay = None,
) -> None:
    """A problem, and what is put in to solve it."""
    from logi.books.rollup import shortfalls

    desk: Desk = ctx.obj
    desk.do("rollup.analyse", lambda e: shortfalls.analyse(e, problem, measure=measure, unit=unit, people=hands or None,
                                                           money=input_money or None, on=on))  # fmt: skip


@plans.command("situation", help="rollup.help.situation")
def situation(
    ctx: typer.Context, month: InMonth = None, year: InYear = None, school_year: InSchoolYear = None, since: SinceDay = None,
    until: UntilDay = None,
) -> None:  # fmt: skip
    """How the units stand, problems and what is put in."""
    from logi.books.rollup import situation as room

    desk: Desk = ctx.obj
    first, last = year_so_far(month=month, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: room.situation(ledger, first, last))
