"""What comes after the goods: invoices taken in, and what was paid of them."""

from datetime import date

from logi.books.purchase import actions, standing, store
from logi.core.answers import Confirmation, Fen
from logi.core.errors import Refused, Usage
from logi.journal import Entry


def invoice(e: Entry, number: str, invoice_no: str, *, on: date, amount: int | None = None) -> Confirmation:
    """Take an invoice in for what was ordered; its amount is what was accepted and not invoiced yet, unless told.

    Refused (4): before the order, an invoice that came in before or is claimed for something else, more than was ordered.
    """
    one = _ordered(e, number, on)
    before = store.invoice_of(e.db, invoice_no)
    if before is not None:
        e.overridable(Refused("purchase.invoice_twice", invoice=invoice_no, number=before["number"],
                              on=standing.as_day(before["on_day"])), one.number)  # fmt: skip
    _not_claimed(e, one, invoice_no)
    had = sum(row["amount_fen"] for row in one.invoices)
    total = max(one.accepted_fen - had, 0) if amount is None else amount
    if total <= 0:
        raise Usage("purchase.no_amount", number=one.number)
    if had + total > one.order["value_fen"]:
        e.overridable(Refused("purchase.invoice_above", number=one.number, total=Fen(had + total),
                              ordered=Fen(one.order["value_fen"])), one.number)  # fmt: skip
    if had + total > one.accepted_fen:
        e.warn("purchase.invoice_before_goods", number=one.number, total=Fen(had + total), accepted=Fen(one.accepted_fen))
    e.insert("purchase_invoice", on_day=on, request_id=one.row["id"], invoice_no=invoice_no, amount_fen=total)
    actions.touch(e, one)
    return Confirmation("purchase.invoice", one.number, facts={
        "invoice": invoice_no, "amount": Fen(total), "invoiced": Fen(had + total), "accepted": Fen(one.accepted_fen),
        "vendor": one.order["vendor"], "on": on,
    })  # fmt: skip


def pay(e: Entry, number: str, *, on: date, amount: int | None = None, doc_no: str | None = None) -> Confirmation:
    """Record what was paid; all that is invoiced and open unless told. Refused (4): more than invoices or goods are there for,
    and before everybody signed."""
    one = _ordered(e, number, on)
    if one.missing:
        raise Refused("purchase.not_approved", number=one.number, left=actions.level_words(one.missing))
    then = standing.purchase(e, one.number, on)
    if then.missing:
        raise Refused("purchase.paid_before_signed", number=one.number, on=on, approved=one.approved_on)
    had = one.paid_fen  # also what another book has paid on this request
    invoiced = one.invoiced_fen
    total = max(invoiced - had, 0) if amount is None else amount
    if total <= 0:
        raise Usage("purchase.no_amount", number=one.number)
    _covered(e, (then, one), total)
    e.insert("purchase_payment", on_day=on, request_id=one.row["id"], amount_fen=total, doc_no=doc_no)
    actions.touch(e, one)
    return Confirmation("purchase.pay", one.number, facts={
        "amount": Fen(total), "paid": Fen(had + total), "open": Fen(max(invoiced - had - total, 0)), "doc_no": doc_no,
        "vendor": one.order["vendor"], "on": on,
    })  # fmt: skip


def _not_claimed(e: Entry, one: standing.Purchase, invoice_no: str) -> None:
    """An invoice that stands on a claim of another book is this purchase's only where the claim names it."""
    claim = standing.claim_on_invoice(e.db, invoice_no)
    if claim is None or (claim["request_no"] or "").upper() == one.number:
        return
    key = "purchase.invoice_claimed_paid" if claim["state"] == "paid" else "purchase.invoice_claimed"
    raise Refused(key, invoice=invoice_no, claim=claim["number"], on=standing.as_day(claim["on_day"]), number=one.number)


def _covered(e: Entry, both: tuple[standing.Purchase, standing.Purchase], total: int) -> None:
    """Whether invoices and goods are there for a payment, on its own day and with all that is known now."""
    above = next((one for one in both if one.paid_fen + total > one.invoiced_fen), None)
    if above is not None:
        e.overridable(Refused("purchase.paid_above_invoice", number=above.number, total=Fen(above.paid_fen + total),
                              invoiced=Fen(above.invoiced_fen)), above.number)  # fmt: skip
    early = next((one for one in both if one.paid_fen + total > one.accepted_fen), None)
    if early is not None:
        e.overridable(Refused("purchase.paid_before_goods", number=early.number, total=Fen(early.paid_fen + total),
                              accepted=Fen(early.accepted_fen)), early.number)  # fmt: skip


def _ordered(e: Entry, number: str, on: date) -> standing.Purchase:
    """A purchase that was ordered by a day; one closed short is paid for too."""
    e.happened(on)
    one = actions.find(e, number)
    if one.stuck:
        raise actions.rejected_after(one)
    if one.order is None:
        raise Refused("purchase.not_ordered", number=one.number)
    if on.isoformat() < one.order["on_day"]:
        raise Refused("purchase.before_order", number=one.number, on=on, ordered=standing.as_day(one.order["on_day"]))
    e.subject = one.number
    return one
