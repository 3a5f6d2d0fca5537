"""The three-way match: claim, invoice and what was received (slips all have signed, cards, accepted repairs)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from logi.books.money import asset, repair, rules, school, stock, store
from logi.core.answers import Fen, Word
from logi.core.errors import Refused
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.journal import Entry


class Found:
    """What the words of --slip, --asset and --repair name."""

    __slots__ = ("cards", "orders", "slips")

    def __init__(self, e: "Entry", slips: Sequence[str], cards: Sequence[str], orders: Sequence[str]) -> None:
        self.slips = list({row["id"]: row for row in (stock.slip(e.db, one) for one in slips)}.values())
        self.cards = asset.cards(e, cards) if cards else []
        self.orders = list({row["id"]: row for row in (repair.order(e, one) for one in orders)}.values())

    def __bool__(self) -> bool:
        return bool(self.slips or self.cards or self.orders)


def check_new(e: "Entry", found: Found, lines: Sequence[rules.Line], vendor_id: int | None) -> str | None:
    """Hold a new claim against what was received; the reason of an override where they differ. Refuses (4)."""
    for row in found.slips:
        if row["kind"] != "in":
            raise Refused("money.slip_not_in", slip=row["number"])
        if (by := stock.corrected_by(e.db, row["id"])) is not None:
            raise Refused("money.slip_corrected", slip=row["number"], by=by)
        if (number := store.claimed_on(e.db, "slip_id", row["id"])) is not None:
            e.overridable(Refused("money.claimed_already", what=row["number"], number=number), number)
        if left := stock.lacking(e, row["number"]):
            e.warn("money.slip_unsigned_yet", slip=row["number"], left=left)
    for row in found.cards:
        if (number := store.claimed_on(e.db, "card_id", row["id"])) is not None:
            e.overridable(Refused("money.claimed_already", what=row["code"], number=number), number)
    for row in found.orders:
        if row["state"] != "accepted":
            e.warn("money.repair_unaccepted_yet", repair=row["number"])
    goods = list(school.policy(e, "money.goods_subjects", e.today))
    if not found and any(one.subject in goods for one in lines):
        words = [subject(one.subject) for one in lines if one.subject in goods]
        e.overridable(Refused("money.no_acceptance", subjects=list(dict.fromkeys(words))))
    received = [_slip(e, row) for row in found.slips] + [
        rules.Goods(row["code"], _key(row["invoice"]), row["vendor_id"], row["cost_fen"]) for row in found.cards
    ]
    differ = rules.differences(lines, received, goods, vendor_id)
    if not differ:
        return None
    e.overridable(Refused("money.differs", differences=[_told(one) for one in differ]))
    return e.override


def check_paying(e: "Entry", claim: Any) -> None:
    """What stands in the way of paying a claim: slips gone, unsigned or of another value, repairs not accepted (4)."""
    received = []
    for link in store.links(e.db, claim["id"]):
        if link["slip_id"] is not None:
            received.append(_slip(e, _signed(e, claim["number"], link["slip_id"])))
        elif link["card_id"] is not None:
            received.append(rules.Goods(link["number"], _key(link["card_invoice"]), link["card_vendor_id"], link["cost_fen"]))
        elif link["order_state"] != "accepted":
            raise Refused("money.repair_unaccepted", number=claim["number"], repair=link["number"])
    if claim["unmatched"]:
        return  # it was said why when the claim was made
    goods = list(school.policy(e, "money.goods_subjects", e.today))
    lines = [rules.Line(r["subject"], r["summary"], r["amount_fen"], r["invoice"]) for r in store.lines(e.db, claim["id"])]
    if differ := rules.differences(lines, received, goods, claim["vendor_id"]):
        e.overridable(Refused("money.differs", differences=[_told(one) for one in differ]), claim["number"])


def subject(key: str) -> Word:
    """A subject as people read it."""
    return Word.of("money.subject", key)


def _signed(e: "Entry", number: str, slip_id: int) -> Any:
    row = stock.slip_by_id(e.db, slip_id)
    if row["void"]:
        raise Refused("money.slip_gone", number=number, slip=row["number"])
    if (by := stock.corrected_by(e.db, slip_id)) is not None:
        raise Refused("money.slip_corrected", slip=row["number"], by=by)
    if left := stock.lacking(e, row["number"]):
        raise Refused("money.slip_unsigned", number=number, slip=row["number"], left=left)
    return row


def _slip(e: "Entry", row: Any) -> rules.Goods:
    return rules.Goods(row["number"], _key(row["invoice_no"]), row["vendor_id"], stock.worth(e.db, row["id"]))


def _key(invoice: str | None) -> str | None:
    return rules.invoice_key(invoice) if invoice else None


def _told(one: rules.Difference) -> str:
    return say(f"money.difference.{one.what}", number=one.number, claimed=Fen(one.claimed_fen), received=Fen(one.received_fen))
