"""What becomes of goods that are not kept: sent back to the vendor (退貨); and of an emergency rejected after it was ordered:
it is sent back and given up, or somebody above who rejected it has it recorded all the same (追認)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.purchase import accepting, actions, approving, lapsing, rules, school, standing, store
from logi.books.purchase.lines import Got
from logi.books.purchase.stock import worth
from logi.core.answers import Confirmation, Fen, Milli, Word
from logi.core.errors import Refused, Usage
from logi.core.messages import quantity_text
from logi.journal import Entry


def send_back(e: Entry, number: str, lines: Sequence[Got], *, reason: str, by: str, on: date) -> Confirmation:
    """Send accepted goods back to the vendor (TH-YYYY-nnnn); without lines, all that is accepted and not in the storeroom.

    Refused (4): more than was accepted, what lies in the storeroom on this request, a day before the acceptance.
    """
    e.happened(on)
    one = actions.find(e, number)
    if not one.receipts:
        raise Refused("purchase.nothing_accepted", number=one.number)
    last = date.fromisoformat(one.receipts[-1]["on_day"])
    if on < last:
        raise Refused("purchase.before_last", number=one.number, on=on, last=last)
    person = lapsing.still_here(e, school.person(e, by), on)
    found = accepting.matched(one, lines or _all_here(e, one))
    slip = e.number(rules.RETURNS, str(on.year), book="purchase", kind="goods-return")
    value = 0
    for row, got in found:
        _may_go(e, one, row, got.accepted_milli)
        gone = {"delivered_milli": -got.accepted_milli, "accepted_milli": -got.accepted_milli}
        e.insert("purchase_receipt", on_day=on, request_id=one.row["id"], number=slip, line=row["line"], note=reason,
                 inspector_id=person["id"], **gone)  # fmt: skip
        value += sum(worth(got.accepted_milli, line["price_fen"]) for line in one.order_lines if line["line"] == row["line"])
    actions.touch(e, one)
    after = standing.purchase(e, one.number)
    if after.invoiced_fen > after.accepted_fen:
        e.warn("purchase.returned_invoiced", number=one.number, invoiced=Fen(after.invoiced_fen), paid=Fen(after.paid_fen),
               accepted=Fen(after.accepted_fen))  # fmt: skip
    e.subject = one.number
    return Confirmation("purchase.return", slip, numbers=[slip, one.number], facts={
        "request": one.number, "vendor": one.order["vendor"], "value": Fen(value), "on": on, "reason": reason,
        "lines": [f"{row['name']} {quantity_text(got.accepted_milli)}" for row, got in found], "by": person["name"],
    })  # fmt: skip


def ratify(e: Entry, number: str, *, by: str, no: str, reason: str, on: date) -> Confirmation:
    """Somebody above who rejected an emergency that was already ordered has it recorded all the same: the rejection is lifted,
    that level counts as signed, the others sign as ever.

    Refused (4): what was not rejected after it was ordered, and who stands no higher than who rejected it.
    """
    e.happened(on)
    one = actions.find(e, number)
    if not one.stuck:
        raise Refused("purchase.not_stuck", number=one.number)
    refused = next(row for row in one.approvals if row["decision"] == "no")
    if on.isoformat() < refused["on_day"]:
        raise Refused("purchase.before_last", number=one.number, on=on, last=date.fromisoformat(refused["on_day"]))
    who = approving.named(e, by)
    approving.may_lift(e, one.row, refused, who, no, on)
    e.reverse("approval", refused["id"], on)
    e.insert("approval", on_day=on, number=one.number, level=refused["level"], by_whom=who, doc_no=no, decision="yes",
             reason=reason)  # fmt: skip
    left = [level for level in one.missing if level != refused["level"]]
    e.update("purchase_request", one.row["id"], state="open" if left else "approved", steps=one.row["steps"] + 1)
    e.subject, e.reason = one.number, reason
    return Confirmation("purchase.ratify", one.number, facts={
        "purpose": one.row["purpose"], "by": who, "doc_no": no, "reason": reason, "on": on, "rejected": refused["by_whom"],
        "level": Word.of("purchase.level", refused["level"]), "left": actions.level_words(left) or None,
    })  # fmt: skip


def _all_here(e: Entry, one: standing.Purchase) -> list[Got]:
    found = [Got(f"#{row['line']}", more) for row in one.lines if (more := _here(e, one, row)) > 0]
    if not found:
        raise Refused("purchase.nothing_here", number=one.number)
    return found


def _here(e: Entry, one: standing.Purchase, row: Any) -> int:
    """How much of a line was accepted and lies not in the storeroom."""
    there = store.stocked(e.db, one.number).get(one.number, {}).get(row["item_id"], 0) if row["item_id"] is not None else 0
    same = sum(one.accepted(each["line"]) for each in one.lines if each["item_id"] == row["item_id"])
    return min(one.accepted(row["line"]), same - there) if there else one.accepted(row["line"])


def _may_go(e: Entry, one: standing.Purchase, row: Any, quantity: int) -> None:
    facts = {"number": one.number, "item": row["name"], "quantity": Milli(quantity)}
    if quantity <= 0:
        raise Usage("purchase.nothing_returned", item=row["name"])
    if quantity > one.accepted(row["line"]):
        raise Refused("purchase.returned_more", accepted=Milli(one.accepted(row["line"])), **facts)
    if quantity > _here(e, one, row):
        slips = [slip["number"] for slip in store.slips(e.db, one.number)]
        raise Refused("purchase.returned_stocked", slips=slips, here=Milli(max(_here(e, one, row), 0)), **facts)
