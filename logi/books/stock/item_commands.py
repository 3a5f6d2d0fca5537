"""`logi item …`: read what was typed, call one act, answer."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.stock import rules
from logi.options import as_code, as_count, as_quantity, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

item = typer.Typer()


def _text(flag: str, metavar: str, help: str) -> Any:
    return typer.Option(flag, parser=as_text, metavar=metavar, help=help)


def _quantity(flag: str, help: str) -> Any:
    return typer.Option(flag, parser=as_quantity, metavar="QTY", help=help)


def as_pack(text: Any) -> tuple[str, int]:
    """`箱=10`."""
    from logi.books.stock.items import as_pack as parse

    return parse(text)


Item = Annotated[str, typer.Argument(parser=as_text, metavar="ITEM", help="stock.opt.item")]
Class = Annotated[str | None, choice("--class", "stock.class", rules.CLASSES, "stock.opt.class")]
ItemPlace = Annotated[str | None, _text("--place", "PLACE", "stock.opt.item_place")]
Spec = Annotated[str | None, _text("--spec", "TEXT", "stock.opt.spec")]
Min = Annotated[int | None, _quantity("--min", "stock.opt.min")]
Max = Annotated[int | None, _quantity("--max", "stock.opt.max")]
Shelf = Annotated[int | None, typer.Option("--shelf-life-days", parser=as_count, metavar="DAYS", help="stock.opt.shelf_life")]
Packs = Annotated[list[Any] | None, typer.Option("--pack", parser=as_pack, metavar="UNIT=N", help="stock.opt.pack")]


@item.command("add", help="stock.help.item_add")
def item_add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="stock.opt.code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="stock.opt.name")],
    unit: Annotated[str, _text("--unit", "UNIT", "stock.opt.unit")],
    spec: Spec = None,
    item_class: Class = None,
    min_: Min = None,
    max_: Max = None,
    shelf_life_days: Shelf = None,
    pack: Packs = None,
    place: ItemPlace = None,
    tendered: Annotated[bool, typer.Option("--tendered", help="stock.opt.tendered")] = False,
    chemical: Annotated[bool, typer.Option("--chemical", help="stock.opt.chemical")] = False,
    costing: Annotated[
        str | None, choice("--costing", "stock.costing", rules.METHODS, "stock.opt.item_costing")
    ] = None,
) -> None:
    """Register an item."""
    from logi.books.stock import items

    desk: Desk = ctx.obj
    given: dict[str, Any] = {"class": item_class, "spec": spec, "min_milli": min_, "max_milli": max_,
                             "shelf_life_days": shelf_life_days, "costing": costing}  # fmt: skip
    desk.do("item.add", lambda e: items.add_item(
        e, code, name, unit=unit, packs=pack, place=place, tendered=tendered, chemical=chemical, **given))  # fmt: skip


@item.command("edit", help="stock.help.item_edit")
def item_edit(
    ctx: typer.Context,
    item: Item,
    name: Annotated[str | None, _text("--name", "NAME", "stock.opt.name")] = None,
    unit: Annotated[str | None, _text("--unit", "UNIT", "stock.opt.unit")] = None,
    spec: Spec = None,
    item_class: Class = None,
    min_: Min = None,
    max_: Max = None,
    shelf_life_days: Shelf = None,
    pack: Packs = None,
    place: ItemPlace = None,
    tendered: Annotated[bool | None, typer.Option("--tendered/--no-tendered", help="stock.opt.tendered")] = None,
    chemical: Annotated[bool | None, typer.Option("--chemical/--no-chemical", help="stock.opt.chemical")] = None,
) -> None:
    """Change an item."""
    from logi.books.stock import items

    desk: Desk = ctx.obj
    given = {"class": item_class, "spec": spec, "min_milli": min_, "max_milli": max_, "shelf_life_days": shelf_life_days,
             "tendered": tendered, "chemical": chemical}  # fmt: skip
    desk.do("item.edit", lambda e: items.edit_item(e, item, name=name, unit=unit, packs=pack, place=place, **given))


@item.command("list", help="stock.help.item_list")
def item_list(ctx: typer.Context, item_class: Class = None) -> None:
    """All items."""
    from logi.books.stock import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.items(ledger, kinds=[item_class] if item_class else []))


@item.command("show", help="stock.help.item_show")
def item_show(ctx: typer.Context, item: Item) -> None:
    """An item with its lots."""
    page(ctx, item)


def page(ctx: Any, text: str) -> None:
    """A document of this book by its number, or an item with its lots."""
    from logi.books.stock import pages
    from logi.core.answers import Pack
    from logi.core.messages import say
    from logi.journal import head

    desk: Desk = ctx.obj

    def page(ledger: Any) -> Pack:
        tables = pages.document(ledger, text) or pages.item(ledger, text, exactly=False) or []
        return Pack("stock.show", say("stock.title.show"), ledger.today.isoformat(), head(ledger.db).short, tables)

    desk.read(page)
