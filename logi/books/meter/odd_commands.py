"""`logi meter explain`, `leak`, `night`: what is unusual, and what became of it."""

from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.meter.options import as_clock
from logi.options import Note, OnDay, as_month, as_quantity, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

odd = typer.Typer()
LEVELS = ("general", "larger", "major")

Code = Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="meter.opt.code")]
By = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="meter.opt.finder")]


@odd.command("explain", help="meter.help.explain")
def explain(
    ctx: typer.Context,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="meter.opt.why")],
    month: Annotated[str, typer.Option("--month", parser=as_month, metavar="MONTH", help="meter.opt.month")],
    codes: Annotated[
        list[str] | None, typer.Argument(parser=as_text, metavar="[CODE…]", help="meter.opt.codes")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="meter.opt.finder")] = None,
) -> None:
    """Say why a use is as it is."""
    from logi.books.meter import alarming

    desk: Desk = ctx.obj
    desk.do("meter.explain", lambda e: alarming.explain(e, codes or (), reason, month=month, by=by))


@odd.command("leak", help="meter.help.leak")
def leak(
    ctx: typer.Context,
    code: Code,
    what: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="meter.opt.leak")],
    by: By,
    repair: Annotated[bool, typer.Option("--repair", help="meter.opt.repair")] = False,
    place: Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="meter.opt.leak_place")] = None,
    level: Annotated[str, choice("--level", "patrol.level", LEVELS, "meter.opt.level")] = "general",
    month: Annotated[str | None, typer.Option("--month", parser=as_month, metavar="MONTH", help="meter.opt.month")] = None,
    on: OnDay = None,
) -> None:
    """A leak behind a meter."""
    from logi.books.meter import alarming

    desk: Desk = ctx.obj
    desk.do("meter.leak", lambda e: alarming.leak(e, code, what, by=by, month=month, place=place, repair=repair, level=level,
                                                  on=on))  # fmt: skip


@odd.command("night", help="meter.help.night")
def night(
    ctx: typer.Context,
    code: Code,
    evening: Annotated[int, typer.Argument(parser=as_quantity, metavar="VALUE", help="meter.opt.evening")],
    morning: Annotated[int, typer.Argument(parser=as_quantity, metavar="VALUE", help="meter.opt.morning")],
    by: By,
    start: Annotated[str, typer.Option("--start", parser=as_clock, metavar="HH:MM", help="meter.opt.night_start")] = "22:00",
    end: Annotated[str, typer.Option("--end", parser=as_clock, metavar="HH:MM", help="meter.opt.night_end")] = "06:00",
    on: OnDay = None,
    note: Note = None,
) -> None:
    """What went through a meter in one night."""
    from logi.books.meter import alarming

    desk: Desk = ctx.obj
    desk.do("meter.night", lambda e: alarming.night(e, code, evening, morning, start=start, end=end, by=by, on=on, note=note))
