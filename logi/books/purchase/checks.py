"""What waits in the purchase book and for whom, and what must always hold in it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.purchase import accepting, actions, lapsing, school, standing, store
from logi.core.answers import Fen
from logi.core.due import Due, Finding
from logi.core.messages import say, title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from logi.db import Ledger


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Requests that wait for a signature, a quote or an order; orders for goods, goods for the storeroom and an invoice."""
    stocked = store.stocked(ledger.db)
    found: list[Due] = []
    for one in standing.purchases(ledger):
        if one.stuck:
            found.append(_stuck(one))
            continue
        found += _signing(ledger, one)
        if one.stage == "approved":
            found += _ordering(ledger, one)
        if "delivery" in one.matters:
            found += _delivery(ledger, one, days)
        if "invoice" in one.matters:
            found += _invoice(ledger, one, days)
        found += _storing(one, stocked.get(one.number, {}))
    return found


def verify(db: store.Db) -> list[Finding]:
    """Nothing is accepted beyond its order, nothing ordered twice, every number was given."""
    beyond = store.beyond(db)
    return [
        *(Finding(say("purchase.torn.beyond", number=row["number"], line=row["line"]), row["entry"]) for row in beyond),
        *(Finding(say("purchase.torn.twice", number=row["number"]), row["entry"]) for row in store.twice_ordered(db)),
        *(Finding(say("purchase.torn.number", number=row["number"]), row["entry"]) for row in store.ungiven(db)),
    ]


def _signing(ledger: "Ledger", one: standing.Purchase) -> "Iterator[Due]":
    if not one.missing or one.ended:
        return
    level, asked = one.missing[0], date.fromisoformat(one.row["on_day"])
    command = f"logi approve {one.number} --level {level} --no DOCNO --by PERSON"
    facts = {"number": one.number, "purpose": one.row["purpose"], "level": title("purchase.level", level),
             "amount": Fen(one.row["amount_fen"])}  # fmt: skip
    last = standing.sign_by(ledger, one)
    if last is not None:
        state = "overdue" if last < ledger.today else "soon"
        yield Due(state, "purchase.rule.back_sign", one.number, say("purchase.due.back_sign", day=last, **facts), last, command,
                  "purchase.emergency_back_sign_days")  # fmt: skip
        return
    last = asked + timedelta(days=int(school.policy(ledger, "purchase.approval_days", ledger.today)))
    state = "missing" if last < ledger.today else "soon"
    yield Due(state, "purchase.rule.sign", one.number, say("purchase.due.sign", day=asked, **facts), last, command, "PUR-02")


def _stuck(one: standing.Purchase) -> Due:
    """An emergency that was rejected after it was ordered: its goods go back, or somebody above has it recorded."""
    here = any(one.accepted(row["line"]) for row in one.lines)
    verb = "return" if here else "drop"
    text = say("purchase.due.stuck", number=one.number, purpose=one.row["purpose"], vendor=one.order["vendor"])
    return Due("overdue", "purchase.rule.stuck", one.number, text, standing.as_day(one.approvals[-1]["on_day"]),
               f"logi purchase {verb} {one.number} --reason TEXT" + (" --by PERSON" if here else ""), "PUR-02")  # fmt: skip


def _ordering(ledger: "Ledger", one: standing.Purchase) -> "Iterator[Due]":
    wanted = standing.as_day(one.row["wanted_on"])
    lacks = actions.needed(ledger, one) - len(one.vendors())
    prices = " ".join("PRICE" for _ in one.lines)
    command = f"logi purchase quote {one.number} VENDOR {prices}" if lacks > 0 else f"logi purchase order {one.number}"
    text = say("purchase.due.quote" if lacks > 0 else "purchase.due.order", number=one.number, purpose=one.row["purpose"],
               count=lacks)  # fmt: skip
    state = "overdue" if wanted is not None and wanted < ledger.today else "soon"
    yield Due(state, "purchase.rule.order", one.number, text, wanted, command, "PUR-07")


def _delivery(ledger: "Ledger", one: standing.Purchase, days: int) -> "Iterator[Due]":
    last = standing.as_day(one.order["due_on"])
    if last is None:
        ordered = date.fromisoformat(one.order["on_day"])
        last = ordered + timedelta(days=int(school.policy(ledger, "purchase.delivery_days", ordered)))
    yield from lapsing.due(ledger, one, last)
    if last > ledger.today + timedelta(days=days):
        return
    text = say("purchase.due.delivery", number=one.number, vendor=one.order["vendor"], purpose=one.row["purpose"], day=last)
    yield Due("overdue" if last < ledger.today else "soon", "purchase.rule.delivery", one.number, text, last,
              f"logi purchase accept {one.number} --inspector PERSON", "PUR-05")  # fmt: skip


def _invoice(ledger: "Ledger", one: standing.Purchase, days: int) -> "Iterator[Due]":
    if one.received_on is None:
        return
    last = one.received_on + timedelta(days=int(school.policy(ledger, "purchase.invoice_days", one.received_on)))
    if last > ledger.today + timedelta(days=days):
        return
    text = say("purchase.due.invoice", number=one.number, vendor=one.order["vendor"], value=Fen(one.not_invoiced_fen),
               day=one.received_on)  # fmt: skip
    yield Due("missing" if last < ledger.today else "soon", "purchase.rule.invoice", one.number, text, last,
              f"logi purchase invoice {one.number} INVOICE", "PUR-01")  # fmt: skip


def _storing(one: standing.Purchase, had: dict[int, int]) -> "Iterator[Due]":
    """Goods of the storeroom that were accepted and have not been taken in."""
    goods: dict[int, int] = {}
    for row in one.lines:
        if row["item_id"] is not None:
            goods[row["item_id"]] = goods.get(row["item_id"], 0) + one.accepted(row["line"])
    short = [row["line"] for row in one.lines if goods.get(row["item_id"], 0) > had.get(row["item_id"], 0)]
    if not short or any(had.get(row["item_id"]) for row in one.lines if row["line"] in short):
        return  # a part is there: the storeroom's own slip says why it is less
    names = [row["name"] for row in one.lines if row["line"] in short]
    yield Due("missing", "purchase.rule.store", one.number, say("purchase.due.store", number=one.number, names=names),
              one.received_on, accepting.stock_line(one, short), "STK-04")  # fmt: skip
