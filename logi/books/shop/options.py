"""Parameters the shop's commands share: goods, pairs of goods and quantity, who."""

from collections.abc import Sequence
from typing import Annotated

import typer

from logi.books.shop import rules
from logi.core.errors import BadValue, Usage
from logi.core.messages import say
from logi.core.money import parse_quantity
from logi.core.text import fold_typed
from logi.options import as_text, fixed

LICENCE_SAID = (("营业执照", "business"), ("食品经营许可证", "food"), ("食品许可证", "food"), ("消防", "fire"),
                ("承包合同", "contract"))  # fmt: skip
HOW_SAID = (("出售", "sold"), ("卖出", "sold"), ("退货", "returned"), ("报损", "destroyed"))
as_licence = fixed("shop.licence", rules.KINDS, *LICENCE_SAID)


def pairs(words: Sequence[str]) -> list[tuple[str, int]]:
    """`GOODS=QTY GOODS=QTY …`, or `GOODS QTY GOODS QTY …`: what, and how much of it in thousandths."""
    found: list[tuple[str, int]] = []
    waiting: str | None = None
    for word in words:
        name, equals, quantity = fold_typed(word).rpartition("=")
        if waiting is None and not equals:
            waiting = word
            continue
        goods, amount = (waiting, word) if waiting is not None else (name, quantity)
        if (waiting is not None and equals) or not goods.strip() or not amount.strip():
            raise Usage("shop.bad_pair", text=word[:60])
        found.append((goods.strip(), _some(amount, word)))
        waiting = None
    if waiting is not None:
        raise Usage("shop.bad_pair", text=waiting[:60])
    return found


def _some(text: str, word: str) -> int:
    try:
        amount = parse_quantity(text)
    except BadValue as error:
        raise Usage("front.bad_value", option=word, problem=say(error.key, **error.facts)) from None
    if amount <= 0:
        raise Usage("shop.bad_pair", text=word[:60])
    return amount


Goods = Annotated[str, typer.Argument(parser=as_text, metavar="GOODS", help="shop.opt.goods")]
OfGoods = Annotated[str | None, typer.Option("--goods", parser=as_text, metavar="GOODS", help="shop.opt.goods")]
By = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="shop.opt.by")]
Reason = Annotated[str | None, typer.Option("--reason", parser=as_text, metavar="TEXT", help="shop.opt.reason")]
