"""`logi canteen staff …` and `logi canteen morning`: who handles food, and in what health."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.canteen.options import By
from logi.core.errors import BadValue
from logi.options import OnDay, as_day, as_text

if TYPE_CHECKING:
    from logi.context import Desk

staff = typer.Typer()


def as_complaint(text: Any) -> tuple[str, str]:
    """`PERSON=TEXT`: who, and what is wrong."""
    if isinstance(text, tuple):
        return text
    name, equals, what = str(text).replace("＝", "=").partition("=")
    if not equals or not name.strip() or not what.strip():
        raise BadValue("canteen.bad_complaint", text=str(text))
    return as_text(name), as_text(what)


Who = Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="canteen.opt.worker")]
Number = Annotated[str | None, typer.Option("--certificate", parser=as_text, metavar="NO", help="canteen.opt.certificate")]
Until = Annotated[date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="canteen.opt.valid_until")]


@staff.command("add", help="canteen.help.staff_add")
def add(
    ctx: typer.Context,
    person: Who,
    job: Annotated[str | None, typer.Option("--job", parser=as_text, metavar="TEXT", help="canteen.opt.job")] = None,
    health_no: Number = None,
    examined: Annotated[
        date | None, typer.Option("--examined", parser=as_day, metavar="DAY", help="canteen.opt.examined")
    ] = None,
    until: Until = None,
    from_day: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="canteen.opt.from")] = None,
) -> None:
    """Somebody begins to handle food."""
    from logi.books.canteen import staff_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.staff.add", lambda e: acts.add(
        e, person, job=job, certificate=health_no, examined=examined, until=until, starts=from_day))  # fmt: skip


@staff.command("renew", help="canteen.help.staff_renew")
def renew(
    ctx: typer.Context,
    person: Who,
    examined: Annotated[date, typer.Option("--examined", parser=as_day, metavar="DAY", help="canteen.opt.examined")],
    health_no: Number = None,
    until: Until = None,
) -> None:
    """Examined again."""
    from logi.books.canteen import staff_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.staff.renew", lambda e: acts.renew(e, person, examined=examined, certificate=health_no, until=until))


@staff.command("leave", help="canteen.help.staff_leave")
def leave(ctx: typer.Context, person: Who, on: OnDay = None) -> None:
    """Somebody no longer handles food."""
    from logi.books.canteen import staff_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.staff.leave", lambda e: acts.leave(e, person, on=on))


@staff.command("list", help="canteen.help.staff_list")
def list_(ctx: typer.Context) -> None:
    """Who handles food, and until when the certificates hold."""
    from logi.books.canteen import report

    desk: Desk = ctx.obj
    desk.read(report.staff)


def morning(
    ctx: typer.Context,
    by: By,
    ill: Annotated[
        list[Any] | None, typer.Option("--ill", parser=as_complaint, metavar="PERSON=TEXT", help="canteen.opt.ill")
    ] = None,
    dress: Annotated[
        list[Any] | None, typer.Option("--dress", parser=as_complaint, metavar="PERSON=TEXT", help="canteen.opt.dress")
    ] = None,
    away: Annotated[list[str] | None, typer.Option("--away", parser=as_text, metavar="PERSON", help="canteen.opt.away")] = None,
    on: OnDay = None,
) -> None:
    """The look at everybody in the morning."""
    from logi.books.canteen import staff_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.morning", lambda e: acts.morning(e, by=by, ill=ill or (), dress=dress or (), away=away or (), on=on))
