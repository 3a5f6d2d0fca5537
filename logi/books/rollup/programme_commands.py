"""`logi programme …`: programmes that run over many schools."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.rollup.options import as_percent, as_year
from logi.options import Note, OnDay, as_code, as_count, as_day, as_quantity, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

programme = typer.Typer()

STATES = ("waiting", "passed", "failed")
Programme = Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="rollup.opt.programme")]
Unit = Annotated[str, typer.Argument(parser=as_text, metavar="UNIT", help="rollup.opt.unit")]
Under = Annotated[str | None, typer.Option("--under", parser=as_text, metavar="UNIT", help="rollup.opt.under")]
Reason = Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="rollup.opt.reason")]
Some = Annotated[str | None, typer.Argument(parser=as_text, metavar="[CODE]", help="rollup.opt.programme")]
OfDay = Annotated[date | None, typer.Option("--on", parser=as_day, metavar="DAY", help="rollup.opt.of_day")]


@programme.command("add", help="rollup.help.programme_add")
def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="rollup.opt.programme")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="rollup.opt.programme_name")],
    standard: Annotated[str, typer.Option("--standard", parser=as_text, metavar="TEXT", help="rollup.opt.standard")],
    pass_score: Annotated[int, typer.Option("--pass", parser=as_quantity, metavar="VALUE", help="rollup.opt.pass")],
    full_score: Annotated[int, typer.Option("--full", parser=as_quantity, metavar="VALUE", help="rollup.opt.full")] = 100_000,
    goal: Annotated[int | None, typer.Option("--goal", parser=as_count, metavar="N", help="rollup.opt.goal")] = None,
    starts: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="rollup.opt.from")] = None,
    source: Annotated[str | None, typer.Option("--source", parser=as_text, metavar="TEXT", help="rollup.opt.source")] = None,
) -> None:
    """Begin a programme."""
    from logi.books.rollup import programmes

    desk: Desk = ctx.obj
    desk.do("programme.add", lambda e: programmes.add(e, code, name, standard=standard, full=full_score, least=pass_score,
                                                      goal=goal, starts=starts, source=source))  # fmt: skip


@programme.command("target", help="rollup.help.programme_target")
def target(
    ctx: typer.Context,
    code: Programme,
    year: Annotated[str, typer.Argument(parser=as_year, metavar="YEAR", help="rollup.opt.year")],
    percent: Annotated[int, typer.Argument(parser=as_percent, metavar="PERCENT", help="rollup.opt.percent")],
    due: Annotated[date | None, typer.Option("--due", parser=as_day, metavar="DAY", help="rollup.opt.target_due")] = None,
) -> None:
    """Say how many schools are to have reached it by the end of a year."""
    from logi.books.rollup import programmes

    desk: Desk = ctx.obj
    desk.do("programme.target", lambda e: programmes.target(e, code, year, percent, due=due))


@programme.command("join", help="rollup.help.programme_join")
def join(
    ctx: typer.Context,
    code: Programme,
    units: Annotated[list[str] | None, typer.Argument(metavar="UNIT…", help="rollup.opt.units")] = None,
    under: Under = None,
    on: OnDay = None,
) -> None:
    """Schools take part."""
    from logi.books.rollup import programmes

    desk: Desk = ctx.obj
    given = [as_text(one) for one in units or ()]
    desk.do("programme.join", lambda e: programmes.join(e, code, given, under=under, on=on))


@programme.command("leave", help="rollup.help.programme_leave")
def leave(ctx: typer.Context, code: Programme, unit: Unit, reason: Reason, on: OnDay = None) -> None:
    """A school takes part no longer."""
    from logi.books.rollup import programmes

    desk: Desk = ctx.obj
    desk.do("programme.leave", lambda e: programmes.leave(e, code, unit, reason=reason, on=on), reason=reason)


@programme.command("accept", help="rollup.help.programme_accept")
def accept(
    ctx: typer.Context,
    code: Programme,
    unit: Unit,
    score: Annotated[int, typer.Option("--score", parser=as_quantity, metavar="VALUE", help="rollup.opt.score")],
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="TEXT", help="rollup.opt.team")] = None,
    no: Annotated[str | None, typer.Option("--no", parser=as_text, metavar="DOCNO", help="rollup.opt.no")] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """A school was inspected and scored."""
    from logi.books.rollup import programmes

    desk: Desk = ctx.obj
    desk.do("programme.accept", lambda e: programmes.accept(e, code, unit, score=score, team=by, doc=no, on=on, note=note))


@programme.command("list", help="rollup.help.programme_list")
def list_(ctx: typer.Context, on: OfDay = None) -> None:
    """Every programme."""
    from logi.books.rollup import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.programmes(ledger, on))


@programme.command("members", help="rollup.help.programme_members")
def members(
    ctx: typer.Context, code: Some = None, under: Under = None,
    state: Annotated[str | None, choice("--state", "rollup.result", STATES, "rollup.opt.result")] = None, on: OfDay = None,
) -> None:  # fmt: skip
    """The schools that take part."""
    from logi.books.rollup import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.members(ledger, code, under=under, state=state, day=on))


@programme.command("progress", help="rollup.help.programme_progress")
def progress(ctx: typer.Context, code: Some = None, on: OfDay = None) -> None:
    """Progress against the target, by county."""
    from logi.books.rollup import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.progress(ledger, code, day=on))
