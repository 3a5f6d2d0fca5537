"""`logi repair decline|wait|told`: what the office does not mend, or not yet."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.repair.sharing import Number, Why, Worker
from logi.options import Note, OnDay, as_day, as_text

if TYPE_CHECKING:
    from logi.context import Desk


def decline(
    ctx: typer.Context,
    number: Number,
    reason: Why,
    by: Annotated[
        str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="repair.opt.by_office")
    ] = None,
    told: Annotated[bool, typer.Option("--told", help="repair.opt.told")] = False,
    on: OnDay = None,
) -> None:
    """Turn a slip down."""
    from logi.books.repair import halt_actions

    desk: Desk = ctx.obj
    desk.do("repair.decline", lambda e: halt_actions.decline(
        e, number, reason=reason, by=by, told=told, on=on), reason=reason)  # fmt: skip


def wait(
    ctx: typer.Context,
    number: Number,
    parts: Annotated[str, typer.Option("--for", parser=as_text, metavar="TEXT", help="repair.opt.for_parts")],
    until: Annotated[
        date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="repair.opt.promised")
    ] = None,
    by: Worker = None,
    on: OnDay = None,
) -> None:
    """The job waits for parts."""
    from logi.books.repair import halt_actions

    desk: Desk = ctx.obj
    desk.do("repair.wait", lambda e: halt_actions.wait(e, number, parts=parts, until=until, by=by, on=on))


def told(
    ctx: typer.Context,
    number: Number,
    by: Annotated[
        str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="repair.opt.by_office")
    ] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """The reporter was told."""
    from logi.books.repair import halt_actions

    desk: Desk = ctx.obj
    desk.do("repair.told", lambda e: halt_actions.told(e, number, by=by, note=note, on=on))
