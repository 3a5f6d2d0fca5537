"""Whether an invoice may be claimed on: its number, its day, its edition, its buyer, and whether it was verified."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.money import rules, school, settling, store
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import NotFound, Refused
from logi.core.folding import fold

if TYPE_CHECKING:
    from logi.journal import Entry


def check(e: "Entry", lines: Sequence[rules.Line], on: date, *, buyer: str | None, tax_no: str | None,
          request: str | None = None) -> list[str]:  # fmt: skip
    """Check every invoice of a new claim; the flags of what is only asked about. Refuses (4) what may not be claimed."""
    _one_day(lines)
    flags: list[str] = []
    seen: set[tuple[str, str]] = set()
    for one in lines:
        if one.invoice is None:
            flags.append("no-invoice")
            continue
        if (one.invoice, one.subject) in seen:
            raise Refused("money.invoice_twice", invoice=one.invoice)
        seen.add((one.invoice, one.subject))
        _refuse(e, one.invoice, one.invoiced_on, on)
        bought = settling.invoiced_elsewhere(e, one.invoice)
        if bought is not None and bought != (request or "").upper():
            raise Refused("money.invoice_bought", invoice=one.invoice, request=bought)
        flags += _flags(e, one.invoice, one.invoiced_on, on)
    if any(one.invoice for one in lines):
        flags += _buyer(e, buyer, tax_no)
    if "no-invoice" in flags:
        e.warn("money.no_invoice", count=flags.count("no-invoice"))
    return list(dict.fromkeys(flags))


def verify(e: "Entry", text: str, result: str, *, by: str, on: date | None = None) -> Confirmation:
    """Put on record what the tax authority's site said of an invoice; a forged one is never paid."""
    day = e.happened(on or e.today)
    row = store.invoice(e.db, rules.invoice_key(text))
    if row is None:
        raise NotFound("money.no_such_invoice", invoice=text)
    if row["issued_on"] and day.isoformat() < row["issued_on"]:
        raise Refused("money.verified_before", invoice=row["code"], day=day, issued=date.fromisoformat(row["issued_on"]))
    person = school.person(e, by)
    if person["name"] == row["handler"]:
        e.warn("money.verified_by_handler", invoice=row["code"], person=person["name"])
    e.update("money_invoice", row["id"], result=result, verified_on=day, verified_id=person["id"])
    if result != "genuine":
        e.warn("money.not_genuine", invoice=row["code"], number=row["number"])
    e.subject = row["number"]
    facts = {"invoice": row["code"], "result": Word.of("money.result", result), "by": person["name"], "on": day,
             "amount": Fen(row["amount_fen"])}  # fmt: skip
    return Confirmation("money.verify", row["number"], facts=facts)


def check_paying(e: "Entry", claim: Any) -> None:
    """Refuse (4) to pay on invoices that are forged or unknown, or large and not verified."""
    least = int(school.policy(e, "money.verify_from", e.today))
    for row in store.invoices_of(e.db, claim["id"]):
        if row["result"] in ("fake", "not-found"):
            raise Refused("money.invoice_bad", invoice=row["code"], result=Word.of("money.result", row["result"]))
        if row["result"] is None and row["kind"] in ("digital", "special", "ordinary") and row["amount_fen"] >= least:
            raise Refused("money.unverified", invoice=row["code"], amount=Fen(row["amount_fen"]), least=Fen(least))


def _one_day(lines: Sequence[rules.Line]) -> None:
    """An invoice on several lines was issued on one day (4)."""
    days: dict[str, date] = {}
    for one in lines:
        if one.invoice and one.invoiced_on and days.setdefault(one.invoice, one.invoiced_on) != one.invoiced_on:
            raise Refused("money.invoice_two_days", invoice=one.invoice, one=days[one.invoice], other=one.invoiced_on)


def _refuse(e: "Entry", code: str, issued: date | None, on: date) -> None:
    there = store.invoice(e.db, code)
    if there is not None:
        raise Refused("money.invoice_used", invoice=code, number=there["number"], day=date.fromisoformat(there["on_day"]))
    if (fake := store.was_fake(e.db, code)) is not None:
        raise Refused("money.invoice_fake", invoice=code, number=fake["number"], day=date.fromisoformat(fake["verified_on"]))
    if issued is None:
        return
    if issued > on:
        raise Refused("money.invoice_future", invoice=code, issued=issued, day=on)
    abolished = school.policy(e, "money.abolished_invoices", on).get(rules.invoice_kind(code))
    if abolished and issued.isoformat() >= abolished:
        kind = Word.of("money.invoice_kind", rules.invoice_kind(code))
        raise Refused("money.invoice_abolished", invoice=code, kind=kind, day=date.fromisoformat(abolished))
    grace = str(school.policy(e, "money.invoice_grace", on))
    if rules.too_old(issued, on, grace):
        e.overridable(Refused("money.invoice_expired", invoice=code, issued=issued, grace=grace), code)


def _flags(e: "Entry", code: str, issued: date | None, on: date) -> list[str]:
    flags = []
    if rules.invoice_kind(code) == "receipt":
        e.warn("money.receipt", invoice=code)
        flags.append("receipt")
    elif issued is None:
        e.warn("money.undated", invoice=code)
        flags.append("undated")
    if rules.odd_year(code, issued, on):
        e.warn("money.odd_number", invoice=code)
    most = int(school.policy(e, "money.invoice_max_age_days", on))
    if issued is not None and issued < on - timedelta(days=most):
        e.warn("money.invoice_old", invoice=code, issued=issued, days=(on - issued).days, most=most)
        flags.append("old")
    return flags


def _buyer(e: "Entry", buyer: str | None, tax_no: str | None) -> list[str]:
    flags = []
    ours = e.ledger.settings.get("school", "")
    if buyer and ours and fold(buyer) != fold(ours):
        e.warn("money.other_buyer", buyer=buyer, school=ours)
        flags.append("buyer")
    own = str(school.policy(e, "money.tax_no", e.today))
    if tax_no and own and tax_no.strip().upper() != own.upper():
        e.warn("money.other_tax_no", tax_no=tax_no, own=own)
        flags.append("buyer")
    return flags
