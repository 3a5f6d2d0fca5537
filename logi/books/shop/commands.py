"""`logi shop …`: goods, prices, in and out, the shelf; read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.shop import rules
from logi.books.shop.asking_commands import ask
from logi.books.shop.options import HOW_SAID, By, Goods, Reason, pairs
from logi.books.shop.people_commands import licence, staff
from logi.core.money import parse_count
from logi.options import OnDay, as_code, as_day, as_money, as_quantity, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

shop, goods, price = typer.Typer(), typer.Typer(), typer.Typer()
apps = {"shop": shop}
for part, app in (("licence", licence), ("staff", staff), ("goods", goods), ("price", price)):
    shop.add_typer(app, name=part, help=f"shop.help.{part}")
shop.registered_commands += ask.registered_commands

Maker = Annotated[str | None, typer.Option("--maker", parser=as_text, metavar="TEXT", help="shop.opt.maker")]
Address = Annotated[str | None, typer.Option("--address", parser=as_text, metavar="TEXT", help="shop.opt.address")]
Life = Annotated[int | None, typer.Option("--shelf-life-days", parser=parse_count, metavar="N", help="shop.opt.shelf_life")]


@goods.command("add", help="shop.help.goods_add")
def goods_add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="shop.opt.code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="shop.opt.name")],
    unit: Annotated[str, typer.Option("--unit", parser=as_text, metavar="UNIT", help="shop.opt.unit")],
    item_class: Annotated[str, choice("--class", "shop.class", rules.CLASSES, "shop.opt.class")] = "food",
    maker: Maker = None,
    address: Address = None,
    shelf_life_days: Life = None,
    price: Annotated[int | None, typer.Option("--price", parser=as_money, metavar="P", help="shop.opt.price")] = None,
    starts: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="shop.opt.price_from")] = None,
) -> None:
    """Enter goods."""
    from logi.books.shop import actions

    desk: Desk = ctx.obj
    desk.do("shop.goods.add", lambda e: actions.add_goods(
        e, code, name, class_=item_class, unit=unit, maker=maker, address=address, shelf_life_days=shelf_life_days, price=price,
        starts=starts))  # fmt: skip


@goods.command("edit", help="shop.help.goods_edit")
def goods_edit(
    ctx: typer.Context,
    goods: Goods,
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="shop.opt.name")] = None,
    maker: Maker = None,
    address: Address = None,
    shelf_life_days: Life = None,
    stop_on: Annotated[date | None, typer.Option("--stop", parser=as_day, metavar="DAY", help="shop.opt.stop")] = None,
) -> None:
    """Change goods, or stop selling them."""
    from logi.books.shop import actions

    desk: Desk = ctx.obj
    desk.do("shop.goods.edit", lambda e: actions.edit_goods(
        e, goods, name=name, maker=maker, address=address, shelf_life_days=shelf_life_days, stop=stop_on))  # fmt: skip


@goods.command("list", help="shop.help.goods_list")
def goods_list(
    ctx: typer.Context,
    item_class: Annotated[str | None, choice("--class", "shop.class", rules.CLASSES, "shop.opt.class")] = None,
) -> None:
    """The goods with what is there."""
    from logi.books.shop import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.goods(ledger, ledger.today, class_=item_class))


@price.command("set", help="shop.help.price_set")
def price_set(
    ctx: typer.Context,
    goods: Goods,
    price: Annotated[int, typer.Argument(parser=as_money, metavar="P", help="shop.opt.price")],
    starts: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="shop.opt.price_from")] = None,
    reason: Reason = None,
) -> None:
    """What goods cost from a day on."""
    from logi.books.shop import actions

    desk: Desk = ctx.obj
    desk.do("shop.price.set", lambda e: actions.set_price(e, goods, price, starts=starts, reason=reason), reason=reason)


@price.command("list", help="shop.help.price_list")
def price_list(
    ctx: typer.Context,
    goods: Annotated[str | None, typer.Option("--goods", parser=as_text, metavar="GOODS", help="shop.opt.goods")] = None,
    all_: Annotated[bool, typer.Option("--all", help="shop.opt.all_prices")] = False,
) -> None:
    """The price list."""
    from logi.books.shop import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.prices(ledger, ledger.today, text=goods, all_=all_))


@shop.command("in", help="shop.help.in")
def in_(
    ctx: typer.Context,
    goods: Goods,
    qty: Annotated[int, typer.Argument(parser=as_quantity, metavar="QTY", help="shop.opt.qty")],
    price: Annotated[int, typer.Option("--price", parser=as_money, metavar="P", help="shop.opt.cost")],
    from_: Annotated[str, typer.Option("--from", parser=as_text, metavar="VENDOR", help="shop.opt.vendor")],
    by: Annotated[list[str], typer.Option("--by", parser=as_text, metavar="PERSON", help="shop.opt.inspectors")],
    made: Annotated[date | None, typer.Option("--made", parser=as_day, metavar="DAY", help="shop.opt.made")] = None,
    expires: Annotated[date | None, typer.Option("--expires", parser=as_day, metavar="DAY", help="shop.opt.expires")] = None,
    maker: Maker = None,
    address: Address = None,
    licence: Annotated[str | None, typer.Option("--licence", parser=as_text, metavar="NO", help="shop.opt.licence")] = None,
    certificate: Annotated[
        str | None, typer.Option("--certificate", parser=as_text, metavar="NO", help="shop.opt.certificate")
    ] = None,
    on: OnDay = None,
) -> None:
    """Goods come in."""
    from logi.books.shop import actions

    desk: Desk = ctx.obj
    desk.do("shop.in", lambda e: actions.bring(
        e, goods, qty, price=price, vendor=from_, by=by, made=made, expires=expires, maker=maker, address=address,
        licence=licence, certificate=certificate, on=on))  # fmt: skip


@shop.command("out", help="shop.help.out")
def out(
    ctx: typer.Context,
    taken: Annotated[list[str], typer.Argument(parser=as_text, metavar="GOODS=QTY…", help="shop.opt.pairs")],
    by: By,
    how: Annotated[str, choice("--how", "shop.what", rules.OUT, "shop.opt.how", *HOW_SAID)] = "sold",
    reason: Reason = None,
    seen_by: Annotated[str | None, typer.Option("--witness", parser=as_text, metavar="PERSON", help="shop.opt.witness")] = None,
    on: OnDay = None,
) -> None:
    """Goods go out: sold, destroyed, returned."""
    from logi.books.shop import actions

    desk: Desk = ctx.obj
    wanted = pairs(taken)
    desk.do("shop.out", lambda e: actions.leave(e, wanted, how=how, by=by, reason=reason, witness=seen_by, on=on),
            reason=reason)  # fmt: skip


@shop.command("look", help="shop.help.look")
def look(
    ctx: typer.Context,
    by: By,
    finding: Annotated[str | None, typer.Option("--finding", parser=as_text, metavar="TEXT", help="shop.opt.found")] = None,
    on: OnDay = None,
) -> None:
    """Look through the shelf."""
    from logi.books.shop import actions

    desk: Desk = ctx.obj
    desk.do("shop.look", lambda e: actions.look(e, by=by, found=finding, on=on))
