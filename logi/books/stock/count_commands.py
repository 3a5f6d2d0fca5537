"""`logi stock count …`: read what was typed, call one act, answer."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.stock import rules
from logi.core.errors import BadValue, Usage
from logi.options import Note, OnDay, as_code, as_money, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

count = typer.Typer()

Number = Annotated[str | None, typer.Argument(parser=as_code, metavar="[NUMBER]", help="stock.opt.count_number")]
By = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="stock.opt.counter")]


@count.command("start", help="stock.help.count_start")
def count_start(
    ctx: typer.Context,
    places: Annotated[list[str] | None, typer.Argument(metavar="[PLACE]…", help="stock.opt.count_places")] = None,
    item_class: Annotated[list[Any] | None, choice("--class", "stock.class", rules.CLASSES, "stock.opt.class")] = None,
    item: Annotated[
        list[str] | None, typer.Option("--item", parser=as_text, metavar="ITEM", help="stock.opt.count_items")
    ] = None,
    on: OnDay = None,
    blind: Annotated[bool, typer.Option("--blind", help="stock.opt.blind")] = False,
    by: By = None,
    witness: Annotated[
        str | None, typer.Option("--witness", parser=as_text, metavar="PERSON", help="stock.opt.supervisor")
    ] = None,
    note: Note = None,
) -> None:
    """Freeze what the book says, to be held against what lies there."""
    from logi.books.stock import counting

    desk: Desk = ctx.obj
    desk.do("stock.count.start", lambda e: counting.start(
        e, places or [], kinds=item_class or [], items=item or [], on=on, blind=blind, counter=by, supervisor=witness,
        note=note))  # fmt: skip


@count.command("enter", help="stock.help.count_enter")
def count_enter(
    ctx: typer.Context,
    items: Annotated[list[str] | None, typer.Argument(metavar="ITEM QTY", help="stock.opt.count_pairs")] = None,
    lines: Annotated[str | None, typer.Option("--lines", metavar="FILE", help="stock.opt.count_lines")] = None,
    number: Annotated[
        str | None, typer.Option("--number", parser=as_code, metavar="NUMBER", help="stock.opt.count_number")
    ] = None,
    rest_ok: Annotated[bool, typer.Option("--rest-ok", help="stock.opt.rest_ok")] = False,
    by: By = None,
    on: OnDay = None,
) -> None:
    """Enter what lies there: the differences alone with --rest-ok, or all of it."""
    from logi.books.stock import counting
    from logi.books.stock.commands import file_text
    from logi.books.stock.lines import from_csv, from_words

    desk: Desk = ctx.obj
    got = from_words(items or [], counting=True)
    if lines:
        got += from_csv(file_text(lines), desk.today, counting=True)
    if not got and not rest_ok:
        raise Usage("front.missing", missing=["ITEM QTY | --lines | --rest-ok"], command=ctx.command_path)
    desk.do("stock.count.enter", lambda e: counting.enter(e, number, got, rest_ok=rest_ok, by=by, on=on))


@count.command("sheet", help="stock.help.count_sheet")
def count_sheet(
    ctx: typer.Context,
    number: Number = None,
    recount: Annotated[bool, typer.Option("--recount", help="stock.opt.recount")] = False,
) -> None:
    """The list to walk with."""
    from logi.books.stock import count_pages

    desk: Desk = ctx.obj
    desk.read(lambda ledger: count_pages.sheet(ledger, number, again=recount))


@count.command("status", help="stock.help.count_status")
def count_status(ctx: typer.Context, number: Number = None) -> None:
    """How far a count is, and how it differs."""
    from logi.books.stock import count_pages

    desk: Desk = ctx.obj
    desk.read(lambda ledger: count_pages.status(ledger, number))


@count.command("list", help="stock.help.count_list")
def count_list(ctx: typer.Context) -> None:
    """Every count."""
    from logi.books.stock import count_pages

    desk: Desk = ctx.obj
    desk.read(count_pages.listing)


@count.command("settle", help="stock.help.count_settle")
def count_settle(
    ctx: typer.Context,
    number: Number = None,
    cause: Annotated[list[str] | None, typer.Option("--cause", metavar="ITEM=TEXT", help="stock.opt.cause")] = None,
    price: Annotated[list[str] | None, typer.Option("--price", metavar="ITEM=PRICE", help="stock.opt.count_price")] = None,
    on: OnDay = None,
) -> None:
    """End a count: adjust, or propose what must be approved."""
    from logi.books.stock import counting

    desk: Desk = ctx.obj
    causes = {name: as_text(text) for name, text in map(_pair, cause or [])}
    prices = {name: as_money(text) for name, text in map(_pair, price or [])}
    desk.do("stock.count.settle", lambda e: counting.settle(e, number, causes=causes, prices=prices, on=on))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.replace("＝", "=").partition("=")
    if not name.strip() or not equals or not value.strip():
        raise BadValue("stock.bad_pair", text=text)
    return as_text(name), value.strip()
