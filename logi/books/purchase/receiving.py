"""What the purchase book says to whoever takes goods in on a request: an unknown number is a paper's, a known one is checked.

The stock and the asset book ask every book that has this room; they do not know whose it is.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.purchase import actions, standing, store
from logi.core.answers import Milli, Word
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry


def before_stock_in(e: "Entry", number: str, goods: Sequence[tuple[Any, int]], vendor: Any, on: date) -> str | None:
    """Check a stock-in against its request; `goods` are the items and their quantities (thousandths). The request's number,
    None if this book does not know it.

    Refused (4): a request that was taken back, given up, rejected or not approved; more than was accepted; food that was not
    accepted. Warned of: goods nobody accepted or asked for, another vendor than the order's.
    """
    one = _known(e, number, on)
    if one is None:
        return None
    lines = {row["item_id"]: row for row in one.lines if row["item_id"] is not None}
    had = store.stocked(e.db, one.number).get(one.number, {})
    whole = {item["id"]: sum(more for other, more in goods if other["id"] == item["id"]) for item, _ in goods}
    for item in {item["id"]: item for item, _ in goods}.values():
        quantity = whole[item["id"]]
        row = lines.get(item["id"])
        if row is None:
            e.warn("purchase.not_asked", item=item["name"], number=one.number)
            continue
        accepted = sum(one.accepted(each["line"]) for each in one.lines if each["item_id"] == item["id"])
        if not one.receipts:
            if item["class"] == "food":
                raise Refused("purchase.food_not_accepted", item=item["name"], number=one.number)
            e.warn("purchase.not_accepted", item=item["name"], number=one.number)
        elif had.get(item["id"], 0) + quantity > accepted:
            raise Refused("purchase.more_than_accepted", item=item["name"], number=one.number, accepted=Milli(accepted),
                          had=Milli(had.get(item["id"], 0)), quantity=Milli(quantity))  # fmt: skip
    if vendor is not None and one.order is not None and vendor["id"] != one.order["vendor_id"]:
        e.warn("purchase.other_vendor", number=one.number, vendor=vendor["name"], ordered=one.order["vendor"])
    return one.number


def before_card(e: "Entry", number: str, vendor: Any, on: date) -> str | None:
    """Check a card's request; the request's number, None if this book does not know it."""
    one = _known(e, number, on)
    if one is None:
        return None
    if one.order is not None and not one.receipts:
        e.warn("purchase.not_accepted", item=one.lines[0]["name"], number=one.number)
    if vendor is not None and one.order is not None and vendor["id"] != one.order["vendor_id"]:
        e.warn("purchase.other_vendor", number=one.number, vendor=vendor["name"], ordered=one.order["vendor"])
    return one.number


def _known(e: "Entry", number: str, on: date) -> standing.Purchase | None:
    row = store.request(e, number)
    if row is None:
        given = journal.number_of(e.db, number.upper())
        if given is not None and given["book"] == "purchase" and given["kind"] == "purchase":
            raise Refused("purchase.taken_back", number=number.upper())
        return None
    one = standing.purchase(e, row["number"])
    if one.stuck:
        raise actions.rejected_after(one)
    if row["state"] in ("rejected", "dropped"):
        raise Refused("purchase.ended", number=one.number, state=Word.of("purchase.stage", row["state"]))
    if not standing.orderable(one):
        raise Refused("purchase.not_approved", number=one.number, left=actions.level_words(one.missing))
    if on.isoformat() < row["on_day"]:
        raise Refused("purchase.before_request", number=one.number, on=on, asked=date.fromisoformat(row["on_day"]))
    return one
