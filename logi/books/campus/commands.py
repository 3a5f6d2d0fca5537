"""`logi campus …`: the rooms of its commands, and what may be asked across them."""

from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.campus.plan_commands import plan, scheme
from logi.books.campus.project_commands import project
from logi.books.campus.standard_commands import standard
from logi.options import OnDay, SinceDay, UntilDay, as_text, period_of

if TYPE_CHECKING:
    from logi.context import Desk

campus = typer.Typer()
apps = {"campus": campus}
campus.add_typer(plan, name="plan", help="campus.help.plan")
campus.add_typer(scheme, name="scheme", help="campus.help.scheme")
campus.add_typer(project, name="project", help="campus.help.project")
campus.add_typer(standard, name="standard", help="campus.help.standard")

Short = Annotated[bool, typer.Option("--short", help="campus.opt.short")]


@campus.command("three", help="campus.help.three")
def three(
    ctx: typer.Context,
    scheme: Annotated[str | None, typer.Option("--scheme", parser=as_text, metavar="CODE", help="campus.opt.scheme")] = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Green, culture, beauty."""
    from logi.books.campus import report

    desk: Desk = ctx.obj
    first, last = period_of(since=since, until=until)
    desk.read(lambda ledger: report.three(ledger, scheme=scheme, since=first, until=last))


@campus.command("gaps", help="campus.help.gaps")
def gaps(ctx: typer.Context, short: Short = False) -> None:
    """What there is against the standard of equipment."""
    from logi.books.campus import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.gaps(ledger, short=short))


@campus.command("beauty", help="campus.help.beauty")
def beauty(ctx: typer.Context, short: Short = False) -> None:
    """The beautiful campus point by point."""
    from logi.books.campus import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.beauty(ledger, short=short))


@campus.command("apply", help="campus.help.apply")
def apply(
    ctx: typer.Context,
    accepting: Annotated[list[str], typer.Option("--inspector", parser=as_text, metavar="PERSON", help="campus.opt.inspector")],
    on: OnDay = None,
) -> None:
    """Hand the beautiful campus in for acceptance."""
    from logi.books.campus import projects

    desk: Desk = ctx.obj
    desk.do("campus.apply", lambda e: projects.apply(e, inspectors=accepting, on=on))
