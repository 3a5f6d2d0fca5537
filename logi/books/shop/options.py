"""Parameters the shop's commands share: goods, pairs of goods and quantity, who."""

from typing import Annotated, Any

import typer

from logi.books.shop import rules
from logi.core.errors import BadValue
from logi.core.money import parse_quantity
from logi.core.text import fold_typed
from logi.options import as_text, fixed

LICENCE_SAID = (("营业执照", "business"), ("食品经营许可证", "food"), ("食品许可证", "food"), ("消防", "fire"),
                ("承包合同", "contract"))  # fmt: skip
HOW_SAID = (("出售", "sold"), ("卖出", "sold"), ("退货", "returned"), ("报损", "destroyed"))
as_licence = fixed("shop.licence", rules.KINDS, *LICENCE_SAID)


def as_pair(text: Any) -> tuple[str, int]:
    """`GOODS=QTY`: what, and how much of it in thousandths."""
    if isinstance(text, tuple):
        return text
    name, equals, quantity = fold_typed(str(text)).rpartition("=")
    if not equals or not name.strip() or not quantity.strip():
        raise BadValue("shop.bad_pair", text=str(text)[:60])
    amount = parse_quantity(quantity)
    if amount <= 0:
        raise BadValue("shop.bad_pair", text=str(text)[:60])
    return as_text(name), amount


Goods = Annotated[str, typer.Argument(parser=as_text, metavar="GOODS", help="shop.opt.goods")]
OfGoods = Annotated[str | None, typer.Option("--goods", parser=as_text, metavar="GOODS", help="shop.opt.goods")]
By = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="shop.opt.by")]
Reason = Annotated[str | None, typer.Option("--reason", parser=as_text, metavar="TEXT", help="shop.opt.reason")]
