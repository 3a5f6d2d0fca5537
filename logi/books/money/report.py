"""The money book's questions; each returns a Table. Those about papers stand next door (paper_report)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.money import approving, bought, cover_report, fee_report, figures, paper_report, rules, showing, store, worth
from logi.books.money import store_funds as sql
from logi.books.money.tabling import as_day, table
from logi.core.answers import Table
from logi.core.days import month_period
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

CLAIMS = ("number:code on:day department handler purpose value:money+ claim_state:word:money.state waiting "
          "paid_on:day flags")  # fmt: skip
PAID = ("on:day number:code subject:word:money.subject summary value:money+ department payee means:word:money.means "
        "voucher:code")  # fmt: skip
INVOICES = ("invoice:code invoice_kind:word:money.invoice_kind issued_on:day value:money+ number:code vendor "
            "result:word:money.result verified_on:day verified_by")  # fmt: skip
FUNDS = ("number:code on:day title source:word:money.source basis value:money+ shared:money+ rest:money+ shared_on:day "
         "waited:count")  # fmt: skip
MONTHS = "month:month opening:money in:money+ allotted:money+ paid:money+ bought:money+ closing:money"
show, search = showing.show, showing.search
money_per_result = worth.money_per_result
voucher_batches, finance_returns, finance_findings = (
    paper_report.voucher_batches, paper_report.finance_returns, paper_report.finance_findings,
)  # fmt: skip
income_expense, budget_execution, savings = (
    paper_report.income_expense, paper_report.budget_execution, paper_report.savings,
)  # fmt: skip


def listing(ledger: "Ledger", since: date | None, until: date | None, *, state: str | None = None, person: str | None = None,
            department: str | None = None, unpaid: bool = False, flagged: bool = False) -> Table:  # fmt: skip
    """Claims with what each waits for."""
    from logi.books.money import school

    handler = school.person(ledger, person)["id"] if person else None
    home = school.department(ledger, department)["id"] if department else None
    rows = [
        _claim(ledger, row) for row in store.claims(ledger.db, since, until)
        if state in (None, row["state"]) and handler in (None, row["handler_id"]) and home in (None, row["department_id"])
        and (not unpaid or row["state"] in ("open", "approved")) and (not flagged or row["flags"])
    ]  # fmt: skip
    return _of_claims(say("money.title.claims"), rows)


def months(ledger: "Ledger", since: date | None, until: date | None) -> Table:
    """Month by month: opening + in − allotted − paid = closing."""
    begun = figures.begun(ledger.db)
    rows = []
    apart = bought.all_of(ledger.db)
    month = (since or begun or ledger.today).isoformat()[:7]
    last = min(until or ledger.today, ledger.today).isoformat()[:7]
    while begun is not None and month <= last:
        found = figures.of_month(ledger.db, month, apart)
        rows.append({"month": month, "opening": found.opening_fen, "in": found.in_fen, "allotted": found.allotted_fen,
                     "paid": found.paid_fen, "bought": found.bought_fen, "closing": found.closing_fen})  # fmt: skip
        month = paper_report.next_month(month)
    return table("months", say("money.title.months"), MONTHS, rows)


def schools(ledger: "Ledger") -> Table:
    """The schools that share in the funds and hand their vouchers in."""
    rows = [{"code": row["code"], "school": row["name"], "heads": row["heads"], "own": say("money.yes") if row["own"] else None}
            for row in sql.schools(ledger.db)]  # fmt: skip
    return table("schools", say("money.title.schools"), "code:code school heads:count+ own", rows)


# -- hooks of the floor ----------------------------------------------------------------------------


def claims(ledger: "Ledger", since: date, until: date) -> Table:
    """The claims made in a period."""
    return listing(ledger, since, until)


def expense_vouchers(ledger: "Ledger", since: date, until: date) -> Table:
    """支出憑單彙總: what was paid in a period, line by line, on claims and besides them, the subjects summed below."""
    rows = [
        {"on": as_day(row["on_day"]), "number": row["number"], "subject": row["subject"], "summary": row["summary"],
         "value": row["amount_fen"], "department": row["department"], "payee": row["payee"] or row["vendor"] or row["handler"],
         "means": row["means"], "voucher": row["voucher"]}
        for row in store.paid_lines(ledger.db, since, until)
    ]  # fmt: skip
    apart = bought.all_of(ledger.db)
    rows += [
        {"on": as_day(one.on_day), "number": one.number, "subject": one.subject, "summary": one.purpose,
         "value": one.amount_fen, "department": one.department, "payee": one.vendor, "means": None, "voucher": one.voucher}
        for one in bought.within(apart, since, until)
    ]  # fmt: skip
    rows.sort(key=lambda row: row["on"])
    sums = paper_report.spent_by(ledger.db, "subject", since, until, apart)
    notes = [say("money.note.subjects", sums=paper_report.summed(sums))] if sums else []
    notes += paper_report.sources(figures.between(ledger.db, since, until, apart))
    return table("expense-vouchers", say("money.title.vouchers", since=since, until=until), PAID, rows, notes=notes)


def invoices(ledger: "Ledger", since: date, until: date) -> Table:
    """已入賬發票臺賬: the invoices of standing claims."""
    rows = [
        {"invoice": row["code"], "invoice_kind": row["kind"], "issued_on": as_day(row["issued_on"]), "value": row["amount_fen"],
         "number": row["number"], "vendor": row["vendor"], "result": row["result"], "verified_on": as_day(row["verified_on"]),
         "verified_by": row["verified_by"]}
        for row in store.invoices(ledger.db, since, until)
    ]  # fmt: skip
    return table("invoices", say("money.title.invoices", since=since, until=until), INVOICES, rows)


def funds(ledger: "Ledger", since: date, until: date) -> Table:
    """What came in, what of it is allotted, and how many days that took."""
    rows = []
    for row in sql.receipts(ledger.db, since, until):
        came, shared = date.fromisoformat(row["on_day"]), as_day(row["shared_on"])
        lag = (shared or min(ledger.today, until)) - came if row["source"] == "public-funds" else None
        rows.append({"number": row["number"], "on": came, "title": row["title"], "source": row["source"],
                     "basis": row["basis"], "value": row["amount_fen"], "shared": row["shared_fen"],
                     "rest": row["amount_fen"] - row["shared_fen"], "shared_on": shared,
                     "waited": lag.days if lag is not None else None})  # fmt: skip
    return table("funds", say("money.title.funds", since=since, until=until), FUNDS, rows)


def fee_items(ledger: "Ledger", since: date, until: date) -> Table:
    """Every fee with its standard and basis, as of a period's end."""
    return fee_report.items(ledger, min(until, ledger.today))


def fee_classes(ledger: "Ledger", since: date, until: date) -> Table:
    """Fees by class, as of a period's end."""
    return fee_report.by_class(ledger, min(until, ledger.today))


def fee_arrears(ledger: "Ledger", since: date, until: date) -> Table:
    """Who owes fees at a period's end."""
    return fee_report.arrears(ledger, min(until, ledger.today))


def fee_receipts(ledger: "Ledger", since: date, until: date) -> Table:
    """The receipts given in a period."""
    return fee_report.receipts(ledger, since, until)


def insurance_classes(ledger: "Ledger", since: date, until: date) -> Table:
    """How every class is insured, as of a period's end."""
    return cover_report.by_class(ledger, min(until, ledger.today))


def insurance_uninsured(ledger: "Ledger", since: date, until: date) -> Table:
    """Who is not insured at a period's end."""
    return cover_report.lacking(ledger, min(until, ledger.today))


def insurance_told(ledger: "Ledger", since: date, until: date) -> Table:
    """What classes were told of the insurance in a period."""
    return cover_report.told(ledger, since, until)


def insurance_cases(ledger: "Ledger", since: date, until: date) -> Table:
    """The cases of accidents in a period."""
    return cover_report.cases(ledger, since, until)


def spending_flags(ledger: "Ledger", since: date, until: date) -> Table:
    """Spending to ask about: over budget, without a request, without an invoice, much alike, or passed by an override."""
    flagged = listing(ledger, since, until, flagged=True)
    spent = flagged.totals["value"]
    all_ = sum(row["total_fen"] for row in store.claims(ledger.db, since, until)
               if row["state"] not in ("rejected", "withdrawn"))  # fmt: skip
    rate = rules.rate(spent, all_)
    notes = [say("money.note.flagged", count=len(flagged.rows), rate=f"{rate // 10}.{rate % 10}%")] if rate is not None else []
    made = table("spending-flags", say("money.title.flags", since=since, until=until), CLAIMS, flagged.rows, notes=notes)
    made.totals["value"] = spent
    return made


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's part: figures, vouchers paid, budget, unpaid claims, schools; nothing while the book is empty."""
    begun = figures.begun(ledger.db)
    period = month_period(month)
    last = min(period.until, ledger.today)
    pupils = [*fee_report.pack(ledger, period.since, last), *cover_report.pack(ledger, period.since, last)]
    if begun is None or begun > period.until:
        return pupils
    found = [months(ledger, period.since, last), expense_vouchers(ledger, period.since, last)]
    if sql.budgets(ledger.db, month[:5] + "01", month):
        found.append(budget_execution(ledger, period.since, last))
    waiting = [_claim(ledger, row) for row in store.waiting(ledger.db) if row["on_day"] <= last.isoformat()]
    if waiting:
        found.append(_of_claims(say("money.title.unpaid"), waiting))
    if sql.schools(ledger.db):
        found.append(voucher_batches(ledger, period.since, last))
    return found + pupils


def _of_claims(heading: str, rows: list[dict[str, Any]]) -> Table:
    """Claims with the sum of those that stand."""
    made = table("claims", heading, CLAIMS, rows)
    made.totals["value"] = sum(row["value"] for row in rows if row["claim_state"] not in ("rejected", "withdrawn"))
    return made


def _claim(ledger: "Ledger", row: Any) -> dict[str, Any]:
    left = approving.missing(ledger, row) if row["state"] == "open" else []
    flags = [say(f"money.flag.{one}") for one in (row["flags"] or "").split()]
    if row["unmatched"]:
        flags.append(say("money.flag.unmatched"))
    return {
        "number": row["number"], "on": as_day(row["on_day"]), "department": row["department"], "handler": row["handler"],
        "purpose": row["purpose"], "value": row["total_fen"], "claim_state": row["state"],
        "waiting": approving.level_title(left[0]) if left else None, "paid_on": as_day(row["paid_on"]),
        "flags": say("money.comma").join(flags) or None,
    }  # fmt: skip
