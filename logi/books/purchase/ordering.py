"""Ordering: what was approved, from one of those who quoted, and what an order is held to."""

from datetime import date
from typing import Any

from logi.books.purchase import actions, lapsing, rules, school, standing
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import Refused
from logi.journal import Entry


def order(e: Entry, number: str, *, on: date, vendor: str | None = None, reason: str | None = None, method: str | None = None,
          buyer: str | None = None, due: date | None = None, contract: str | None = None) -> Confirmation:  # fmt: skip
    """Order what was approved from one of those who quoted.

    Refused (4) before every signature, without enough quotes, not from the lowest without a reason, rice, flour and oil
    from a vendor who is not on the tender list, and far above what was approved.
    """
    one = actions.going(e, number, on)
    if one.order is not None:
        raise actions.ordered_already(one)
    _may_order(e, one, on)
    chosen = _chosen(e, one, vendor, reason, on)
    total, have = one.quoted(chosen["id"]), len(one.vendors())
    _keeps_to(e, one, total, on)
    how = method or ("tender" if _all_tendered(e, one) else "inquiry" if have > 1 else "self")
    if one.row["government"] and how not in ("tender", "government"):
        raise Refused("purchase.government", number=one.number)
    if due is not None and due < on:
        raise Refused("purchase.due_before", due=due, on=on)
    buys = lapsing.still_here(e, school.person(e, buyer), on) if buyer else None
    e.insert("purchase_order", on_day=on, request_id=one.row["id"], vendor_id=chosen["id"], value_fen=total, method=how,
             reason=reason, buyer_id=buys["id"] if buys else None, due_on=due, contract=contract)  # fmt: skip
    for line, priced in zip(one.lines, [q for q in one.quotes if q["vendor_id"] == chosen["id"]], strict=True):
        same = {"price_fen": priced["price_fen"], "value_fen": priced["value_fen"]}
        e.insert("purchase_order_line", on_day=on, request_id=one.row["id"], line=line["line"],
                 quantity_milli=line["quantity_milli"], **same)  # fmt: skip
    actions.touch(e, one)
    if one.missing:
        e.warn("purchase.sign_after", number=one.number, day=standing.sign_by(e, standing.purchase(e, one.number)),
               left=actions.level_words(one.missing))  # fmt: skip
    return Confirmation("purchase.order", one.number, facts={
        "vendor": chosen["name"], "total": Fen(total), "lines": actions.goods(one), "on": on, "due": due, "quotes": have,
        "method": Word.of("purchase.method", how), "reason": reason or actions.why(one, how),
    })  # fmt: skip


def _may_order(e: Entry, one: standing.Purchase, on: date) -> None:
    if not standing.orderable(one):
        raise Refused("purchase.not_approved", number=one.number, left=actions.level_words(one.missing))
    if one.approved_on is not None and on < one.approved_on and not one.row["emergency"]:
        raise Refused("purchase.before_approval", number=one.number, on=on, approved=one.approved_on)
    one.quotes = [row for row in one.quotes if row["on_day"] <= on.isoformat()]  # later ones had no part in it
    if not one.quotes:
        raise Refused("purchase.no_quote", number=one.number)


def _chosen(e: Entry, one: standing.Purchase, vendor: str | None, reason: str | None, on: date) -> Any:
    """The vendor named, who must have quoted; without a name the one whose quote alone is lowest.

    Of what may come from tendered vendors alone, only their quotes are compared.
    """
    fit = {q["vendor_id"]: q["vendor_code"] for q in one.quotes}
    if _all_tendered(e, one):
        fit = {key: code for key, code in fit.items() if _listed(school.by_id(e.db, "school_vendor", key), on)} or fit
    lowest = min(one.quoted(key) for key in fit)
    if vendor is None:
        best = sorted(code for key, code in fit.items() if one.quoted(key) == lowest)
        if len(best) > 1:
            raise Refused("purchase.same_price", number=one.number, vendors=best, total=Fen(lowest))
        vendor = best[0]
    row = actions.seller(e, vendor, on)
    if row["code"] not in one.vendors():
        raise Refused("purchase.did_not_quote", number=one.number, vendor=row["name"], code=row["code"])
    names = [line["name"] for line in one.lines if actions.is_tendered(e, one, line)]
    if names and not _listed(row, on):
        e.overridable(Refused("purchase.not_tendered", items=names, vendor=row["name"], on=on), one.number)
    have, asked = len(one.vendors()), actions.needed(e, one)
    if have < asked:
        e.overridable(Refused("purchase.few_quotes", number=one.number, have=have, needed=asked), one.number)
    if one.quoted(row["id"]) > lowest and not reason:
        raise Refused("purchase.not_lowest", number=one.number, vendor=row["name"], total=Fen(one.quoted(row["id"])),
                      lowest=Fen(lowest))  # fmt: skip
    return row


def _all_tendered(e: Entry, one: standing.Purchase) -> bool:
    return all(actions.is_tendered(e, one, line) for line in one.lines)


def _listed(vendor: Any, on: date) -> bool:
    return school.on_tender_list(vendor["tendered_from"], vendor["tendered_to"], on)


def _keeps_to(e: Entry, one: standing.Purchase, total: int, on: date) -> None:
    """An order above what was approved: warned of within the policy's share and the same tier, refused beyond."""
    approved = one.row["amount_fen"]
    if total <= approved:
        return
    steps = rules.tiers(school.policy(e, "purchase.tiers", date.fromisoformat(one.row["on_day"])))
    percent = int(school.policy(e, "purchase.over_estimate_percent", on))
    facts = {"number": one.number, "total": Fen(total), "approved": Fen(approved), "percent": percent}
    if rules.tier_at(steps, total) > rules.tier_at(steps, approved):
        raise Refused("purchase.higher_tier", **facts)
    if total * 100 > approved * (100 + percent):
        e.overridable(Refused("purchase.far_above", **facts), one.number)
    e.warn("purchase.above", **facts)
