"""The verbs of claims: made out, withdrawn, corrected, paid. Each works inside an open entry it is given."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from logi import journal
from logi.books.money import approving, bought, figures, invoices, matching, rules, school, settling, store, store_funds
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry


class Made:
    """What is typed of a claim besides its purpose and lines."""

    __slots__ = ("advance_fen", "assets", "buyer", "by", "corrects_id", "department", "on", "papers", "payee", "preparer",
                 "repairs", "request", "slips", "tax_no", "total_fen", "vendor")  # fmt: skip

    def __init__(self, by: str, *, preparer: str | None = None, department: str | None = None, on: date | None = None,
                 papers: int | None = None, slips: Sequence[str] = (), assets: Sequence[str] = (),
                 repairs: Sequence[str] = (), request: str | None = None, vendor: str | None = None,
                 payee: str | None = None, buyer: str | None = None, tax_no: str | None = None,
                 advance_fen: int = 0, total_fen: int | None = None, corrects_id: int | None = None) -> None:  # fmt: skip
        self.by, self.preparer, self.department, self.on, self.papers = by, preparer, department, on, papers
        self.slips, self.assets, self.repairs, self.request = tuple(slips), tuple(assets), tuple(repairs), request
        self.vendor, self.payee, self.buyer, self.tax_no = vendor, payee, buyer, tax_no
        self.advance_fen, self.total_fen, self.corrects_id = advance_fen, total_fen, corrects_id


def claim(e: Entry, purpose: str, lines: Sequence[rules.Line], made: Made) -> Confirmation:
    """Make out a claim (費用報銷單, BX-year-running): lines, invoices, what was received for it."""
    day = e.happened(made.on or e.today)
    total = sum(one.amount_fen for one in lines)
    if not lines:
        raise Usage("money.no_lines")
    if made.total_fen is not None and made.total_fen != total:
        raise Refused("money.not_the_sum", total=Fen(made.total_fen), sum=Fen(total))
    handler = _here(e, made.by, day)
    preparer = _here(e, made.preparer, day) if made.preparer else handler
    home = school.department_for(e, made.department) if made.department else None
    found = matching.Found(e, made.slips, made.assets, made.repairs)
    vendor = school.vendor(e, made.vendor) if made.vendor else school.by_id(e.db, "school_vendor", _vendor(found))
    vendor_id = vendor["id"] if vendor is not None else None
    flags = invoices.check(e, lines, day, buyer=made.buyer, tax_no=made.tax_no, request=made.request)
    unmatched = matching.check_new(e, found, lines, vendor_id)
    flags += _ask(e, lines, day, total, vendor_id, made.request)
    levels = rules.levels(school.policy(e, "money.claim_tiers", day), total)
    numbers = len({one.invoice for one in lines if one.invoice})
    number = e.number("BX", str(day.year), book="money", kind="claim")
    rowid = e.insert(
        "money_claim", number=number, on_day=day, department_id=home["id"] if home else handler["department_id"],
        handler_id=handler["id"], preparer_id=preparer["id"], purpose=purpose,
        papers=numbers if made.papers is None else made.papers, vendor_id=vendor_id, payee=made.payee,
        request_no=made.request, total_fen=total, advance_fen=made.advance_fen, levels=" ".join(levels),
        flags=" ".join(dict.fromkeys(flags)) or None, unmatched=unmatched,
        state="open" if levels else "approved", corrects_id=made.corrects_id,
    )  # fmt: skip
    _write(e, rowid, lines, found, made)
    if made.papers is not None and made.papers < numbers:
        e.warn("money.few_papers", papers=made.papers, count=numbers)
    facts = {"purpose": purpose, "handler": handler["name"], "total": Fen(total), "lines": len(lines), "on": day,
             "levels": [Word.of("money.level", one) for one in levels]}  # fmt: skip
    return Confirmation("money.claim", number, facts=facts)


def withdraw(e: Entry, number: str, *, reason: str) -> Confirmation:
    """Take an unpaid claim back: its number stays used, its invoices are free again."""
    row = find(e, number)
    if row["state"] != "open" and row["state"] != "approved":
        raise Refused(f"money.is_{row['state']}", number=row["number"], day=_day(row["paid_on"]))
    e.update("money_claim", row["id"], state="withdrawn", decisions=row["decisions"] + 1)
    approving.free_invoices(e, row["id"])
    e.subject, e.reason = row["number"], reason
    return Confirmation("money.withdraw", row["number"], facts={"total": Fen(row["total_fen"]), "reason": reason})


def pay(e: Entry, number: str, *, by: str, means: str = "transfer", voucher: str | None = None,
        on: date | None = None) -> Confirmation:  # fmt: skip
    """The cashier pays an approved claim in full. Refused (4) before every signature, and without the three-way match."""
    row = find(e, number)
    if row["state"] == "open":
        left = [approving.level_title(one) for one in approving.missing(e, row)]
        raise Refused("money.is_open", number=row["number"], left=left)
    if row["state"] != "approved":
        raise Refused(f"money.is_{row['state']}", number=row["number"], day=_day(row["paid_on"]))
    day = e.happened(on or e.today)
    signed = journal.approvals(e.db, row["number"])
    if signed and day.isoformat() < signed[-1]["on_day"]:
        raise Refused("money.paid_before", number=row["number"], day=day, signed=_day(signed[-1]["on_day"]))
    cashier = _here(e, by, day)
    if cashier["name"] == row["handler"] or cashier["name"] in {one["by_whom"] for one in signed}:
        e.overridable(Refused("money.cashier_signed", number=row["number"], person=cashier["name"]), row["number"])
    if row["request_no"] and (spent := settling.paid_elsewhere(e, row["request_no"])):
        e.overridable(Refused("money.paid_by_purchase", request=row["request_no"], paid=Fen(spent)), row["number"])
    matching.check_paying(e, row)
    invoices.check_paying(e, row)
    e.insert("money_payment", on_day=day, claim_id=row["id"], amount_fen=row["total_fen"], cashier_id=cashier["id"],
             means=means, voucher=voucher)  # fmt: skip
    e.update("money_claim", row["id"], state="paid", decisions=row["decisions"] + 1)
    held = figures.balance(e.db, day)
    if held < 0 and store_funds.begun_on(e.db) is not None:
        e.warn("money.overdrawn", balance=Fen(held))
    e.subject = row["number"]
    facts = {"total": Fen(row["total_fen"]), "payee": row["payee"] or row["vendor"] or row["handler"], "on": day,
             "by": cashier["name"], "means": Word.of("money.means", means)}  # fmt: skip
    return Confirmation("money.pay", row["number"], facts=facts)


def find(source: Any, number: str) -> Any:
    """The claim of a number (NotFound, 3)."""
    row = store.claim(source.db, number)
    if row is None:
        raise NotFound("money.no_claim", number=number)
    return row


def _here(e: Entry, text: str, on: date) -> Any:
    """The person a text names, warned of where they had left by the day."""
    row = school.person(e, text)
    if row["left_on"] and row["left_on"] <= on.isoformat():
        e.warn("money.person_left", person=row["name"], day=_day(row["left_on"]), on=on)
    return row


def _write(e: Entry, rowid: int, lines: Sequence[rules.Line], found: matching.Found, made: Made) -> None:
    rows: dict[str, int] = {}
    days = {one.invoice: one.invoiced_on for one in lines if one.invoice and one.invoiced_on}
    for one in lines:
        if one.invoice and one.invoice not in rows:
            rows[one.invoice] = e.insert(
                "money_invoice", code=one.invoice, kind=rules.invoice_kind(one.invoice), claim_id=rowid,
                issued_on=days.get(one.invoice), buyer=made.buyer, tax_no=made.tax_no)  # fmt: skip
    for at, one in enumerate(lines, 1):
        e.insert("money_line", claim_id=rowid, line=at, subject=one.subject, summary=one.summary,
                 amount_fen=one.amount_fen, invoice_id=rows[one.invoice] if one.invoice else None)  # fmt: skip
    for row in found.slips:
        e.insert("money_link", claim_id=rowid, number=row["number"], slip_id=row["id"])
    for row in found.cards:
        e.insert("money_link", claim_id=rowid, number=row["code"], card_id=row["id"])
    for row in found.orders:
        e.insert("money_link", claim_id=rowid, number=row["number"], order_id=row["id"])


def _ask(e: Entry, lines: Sequence[rules.Line], day: date, total: int, vendor_id: int | None,
         request: str | None) -> list[str]:  # fmt: skip
    """Warn of what the bursar should ask about; the flags of it."""
    flags = []
    month = day.isoformat()[:7]
    apart = bought.by(bought.within(bought.all_of(e.db), f"{month}-01", f"{month}-31"), "subject")
    for subject in dict.fromkeys(one.subject for one in lines):
        if subject not in rules.SUBJECTS and not store.subject_known(e.db, subject):
            e.warn("money.new_subject", subject=subject)
        budget = store_funds.budget_of(e.db, month, subject)
        asked = store.committed(e.db, month, subject) + apart.get(subject, 0)
        asked += sum(one.amount_fen for one in lines if one.subject == subject)
        if budget is not None and asked > budget:
            e.warn("money.over_budget", subject=matching.subject(subject), month=month, asked=Fen(asked), budget=Fen(budget))
            flags.append("over-budget")
    if request is None and total >= int(school.policy(e, "money.request_from", day)):
        e.warn("money.no_request", total=Fen(total))
        flags.append("no-request")
    elif request is not None and journal.number_of(e.db, request) is None:
        e.warn("money.request_unknown", request=request)
    span = timedelta(days=int(school.policy(e, "money.same_amount_days", day)))
    if vendor_id is not None and (other := store.same_amount(e.db, vendor_id, total, day - span, day + span)):
        e.warn("money.same_amount", number=other, total=Fen(total))
        flags.append("same-amount")
    return flags


def _vendor(found: matching.Found) -> int | None:
    """The vendor of the slips and cards, where they all have the same."""
    known = {row["vendor_id"] for row in (*found.slips, *found.cards)}
    return known.pop() if len(known) == 1 else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
