"""`logi campus standard …`: how many of what a school, a class, a pupil or a room has."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.campus import rules
from logi.books.campus.options import PER_SAID, ROOMS, as_words
from logi.books.campus.plan_commands import Code, Name, Reason
from logi.options import OnDay, as_day, as_money, as_quantity, as_text, choice, fixed

if TYPE_CHECKING:
    from logi.context import Desk

standard = typer.Typer()


@standard.command("set", help="campus.help.standard_set")
def set_(
    ctx: typer.Context,
    code: Code,
    name: Name,
    per: Annotated[str, typer.Option("--per", parser=fixed("campus.per", rules.PERS, *PER_SAID), metavar="|".join(rules.PERS),
                                     help="campus.opt.per")],
    quantity: Annotated[int, typer.Option("--quantity", parser=as_quantity, metavar="QTY", help="campus.opt.quantity")],
    match: Annotated[str, typer.Option("--match", parser=as_text, metavar="TEXT", help="campus.opt.match")],
    source: Annotated[str, typer.Option("--source", parser=as_text, metavar="TEXT", help="campus.opt.standard_source")],
    room_kind: Annotated[str | None, choice("--room", "school.kind", ROOMS, "campus.opt.room")] = None,
    price: Annotated[int | None, typer.Option("--price", parser=as_money, metavar="MONEY", help="campus.opt.price")] = None,
    from_day: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="campus.opt.from")] = None,
) -> None:  # fmt: skip
    """Set a standard."""
    from logi.books.campus import actions

    desk: Desk = ctx.obj
    desk.do("campus.standard.set", lambda e: actions.set_standard(
        e, code, name, per=per, quantity=quantity, words=as_words(match), source=source, room=room_kind, price=price,
        starts=from_day))  # fmt: skip


@standard.command("drop", help="campus.help.standard_drop")
def drop(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="campus.opt.code")],
    reason: Reason,
    on: OnDay = None,
) -> None:
    """A standard no longer holds."""
    from logi.books.campus import actions

    desk: Desk = ctx.obj
    desk.do("campus.standard.drop", lambda e: actions.drop_standard(e, code, reason=reason, on=on), reason=reason)
