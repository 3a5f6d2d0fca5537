"""`logi stock move …` and `logi stock moved`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InWeek,
    InYear,
    OnDay,
    SinceDay,
    UntilDay,
    as_text,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk


def _text(flag: str, metavar: str, help: str) -> Any:
    return typer.Option(flag, parser=as_text, metavar=metavar, help=help)


def join(stock: typer.Typer) -> None:
    """Put these commands under `logi stock`."""
    stock.command("move", help="stock.help.move")(stock_move)
    stock.command("moved", help="stock.help.moved")(stock_moved)


def stock_move(
    ctx: typer.Context,
    to_place: Annotated[str, _text("--to-place", "PLACE", "stock.opt.to_place")],
    by: Annotated[str, _text("--by", "PERSON", "stock.opt.moved_by")],
    items: Annotated[list[str] | None, typer.Argument(metavar="ITEM QTY", help="stock.opt.pairs")] = None,
    from_place: Annotated[str | None, _text("--from-place", "PLACE", "stock.opt.from_place")] = None,
    on: OnDay = None,
    lot: Annotated[str | None, _text("--lot", "LOT", "stock.opt.from_lot")] = None,
    reason: Annotated[str | None, _text("--reason", "TEXT", "front.opt.reason")] = None,
    line: Annotated[list[str] | None, typer.Option("--line", metavar="LINE", help="stock.opt.line")] = None,
) -> None:
    """Bring a part of an item's stock to another place."""
    from logi.books.stock import shifting
    from logi.books.stock.commands import typed_lines

    desk: Desk = ctx.obj
    got = typed_lines(desk, ctx, items, line)
    desk.do("stock.move", lambda e: shifting.move(
        e, got, to=to_place, by=by, on=on or e.today, from_=from_place, lot=lot, reason=reason))  # fmt: skip


def stock_moved(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    item: Annotated[str | None, _text("--item", "ITEM", "stock.opt.item")] = None,
    place: Annotated[str | None, _text("--place", "PLACE", "stock.opt.from_or_to")] = None,
) -> None:
    """What was brought from place to place, this year's if no period is named."""
    from logi.books.stock import shifting

    desk: Desk = ctx.obj
    first, last = period_of(
        month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since, until=until
    )
    last = last or desk.today
    begin = first or min(date(last.year, 1, 1), last)
    desk.read(lambda ledger: shifting.moved(ledger, begin, last, item=item, place=place))
