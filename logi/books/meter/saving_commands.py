"""`logi meter saving …` and `submit`: drives for saving, the year's energy return."""

from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.meter import rules
from logi.books.meter.options import SAID, as_year
from logi.options import Note, OnDay, as_code, as_count, as_month, as_text, fixed

if TYPE_CHECKING:
    from logi.context import Desk

saving, submit = typer.Typer(), typer.Typer()


@saving.command("add", help="meter.help.saving_add")
def saving_add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="meter.opt.saving")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="meter.opt.saving_name")],
    kind: Annotated[str, typer.Option("--kind", parser=fixed("meter.kind", rules.KINDS, *SAID), metavar="|".join(rules.KINDS),
                                      help="meter.opt.kind")],
    first: Annotated[str, typer.Option("--first", parser=as_month, metavar="MONTH", help="meter.opt.first")],
    last: Annotated[str, typer.Option("--last", parser=as_month, metavar="MONTH", help="meter.opt.last")],
    target: Annotated[int, typer.Option("--target", parser=as_count, metavar="N", help="meter.opt.target")],
    owner: Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="meter.opt.owner")] = None,
    note: Note = None,
) -> None:  # fmt: skip
    """Begin a drive."""
    from logi.books.meter import saving as acts

    desk: Desk = ctx.obj
    desk.do("meter.saving.add", lambda e: acts.add(e, code, name, kind=kind, first=first, last=last, target=target,
                                                   owner=owner, note=note))  # fmt: skip


@saving.command("drop", help="meter.help.saving_drop")
def saving_drop(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="meter.opt.saving")],
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="meter.opt.reason")],
) -> None:
    """Give a drive up."""
    from logi.books.meter import saving as acts

    desk: Desk = ctx.obj
    desk.do("meter.saving.drop", lambda e: acts.drop(e, code, reason=reason), reason=reason)


@saving.command("list", help="meter.help.saving_list")
def saving_list(ctx: typer.Context) -> None:
    """Every drive and what it came to."""
    from logi.books.meter import report

    desk: Desk = ctx.obj
    desk.read(report.savings)


@submit.command("submit", help="meter.help.submit")
def submit_(
    ctx: typer.Context,
    year: Annotated[str, typer.Argument(parser=as_year, metavar="YEAR", help="meter.opt.year")],
    to: Annotated[str, typer.Option("--to", parser=as_text, metavar="TEXT", help="meter.opt.to")],
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="meter.opt.finder")] = None,
    doc: Annotated[str | None, typer.Option("--doc", parser=as_text, metavar="DOCNO", help="meter.opt.doc")] = None,
    on: OnDay = None,
) -> None:
    """The year's return was handed in."""
    from logi.books.meter import saving as acts

    desk: Desk = ctx.obj
    desk.do("meter.submit", lambda e: acts.submit(e, year, to=to, by=by, on=on, doc=doc))
