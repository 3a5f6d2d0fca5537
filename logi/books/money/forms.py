"""What the money book's printed forms are filled with: the claim, the notice, the vouchers handed in, the budget."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.money import actions, bought, paper_report, school, store
from logi.books.money import store_funds as sql
from logi.core.answers import Fen, Word
from logi.core.days import month_period
from logi.core.errors import NotFound
from logi.core.forms import Asked, FormData, Signed, signatures
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger


def expense(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """費用報銷單: its lines, the amount in words, who signed."""
    row = actions.find(ledger, str(number))
    lines = [
        {"n": one["line"], "account": title("money.subject", one["subject"]), "summary": one["summary"],
         "invoice_no": one["invoice"], "value": one["amount_fen"]}
        for one in store.lines(ledger.db, row["id"])
    ]  # fmt: skip
    settle = row["total_fen"] - row["advance_fen"]
    values = {"department": row["department"], "claimant": row["handler"], "attached": row["papers"], "reason": row["purpose"],
              "advance": Fen(row["advance_fen"]) if row["advance_fen"] else None, "settle": Fen(settle)}  # fmt: skip
    signed = signatures(journal.approvals(ledger.db, row["number"]))
    if row["cashier"]:
        signed.append(Signed("cashier", row["cashier"], date.fromisoformat(row["paid_on"]), row["voucher"]))
    named = {"handler": row["handler"], "paid_to": row["payee"] or row["vendor"] or row["handler"]}
    return FormData(row["number"], on=date.fromisoformat(row["on_day"]), values=values, lines=lines, signed=signed,
                    named=named, levels=str(row["levels"]).split())  # fmt: skip


def public_accounts(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """收支公示表: of a notice by its number, or of the days asked for before it is put up."""
    row = sql.notice(ledger.db, number) if number else None
    if number and row is None:
        raise NotFound("money.no_notice", number=number)
    first = ledger.today.replace(day=1)
    since = date.fromisoformat(row["since"]) if row is not None else asked.since or first
    until = date.fromisoformat(row["until"]) if row is not None else min(asked.until or ledger.today, ledger.today)
    found = paper_report.income_expense(ledger, since, until)
    lines = [{**one, "side": Word.of("money.side", one["side"])} for one in found.rows]
    least = int(school.policy(ledger, "money.large_from", until))
    large = [
        {"day": date.fromisoformat(one["on_day"]), "summary": one["summary"], "value": one["amount_fen"]}
        for one in store.paid_lines(ledger.db, since, until) if abs(one["amount_fen"]) >= least
    ]  # fmt: skip
    large += [
        {"day": date.fromisoformat(one.on_day), "summary": f"{one.purpose} {one.number}", "value": one.amount_fen}
        for one in bought.within(bought.all_of(ledger.db), since, until) if abs(one.amount_fen) >= least
    ]  # fmt: skip
    large.sort(key=lambda one: one["day"])
    values: dict[str, Any] = {"opinions": say("money.form.opinions")}
    if row is not None:
        values |= {"posted": f"{row['posted_from']} – {row['posted_to']}", "posted_at": row["place"]}
    return FormData(row["number"] if row is not None else None, period=f"{since} – {until}", values=values, lines=lines,
                    lists={"large": large}, notes=found.notes)  # fmt: skip


def voucher_handover(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """各校單據交接清單 of a month."""
    month = asked.month or ledger.today.isoformat()[:7]
    period = month_period(month)
    rows = paper_report.voucher_batches(ledger, period.since, period.until).rows
    lines = [{**row, "papers": row.get("pieces"), "state": Word.of("money.batch_state", row["batch_state"])} for row in rows]
    return FormData(month, period=month, lines=lines)


def month_budget(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """月預算執行表 of a month."""
    month = asked.month or ledger.today.isoformat()[:7]
    period = month_period(month)
    found = paper_report.budget_execution(ledger, period.since, period.until)
    lines = [{**row, "account": title("money.subject", row["subject"]), "execution": row["rate"], "execution_so_far":
              row["so_far_rate"], "plan": row["budget"]} for row in found.rows]  # fmt: skip
    totals = {"execution": found.totals["rate"], "execution_so_far": found.totals["so_far_rate"]}
    return FormData(month, period=month, lines=lines, totals=totals, notes=found.notes)


def allotment(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """公用經費分配表 of an allotment."""
    rows = sql.shares(ledger.db, number=str(number).upper())
    if not rows:
        raise NotFound("money.no_allotment", number=number)
    lines = [{"n": at, "school": one["name"], "heads": one["heads"], "value": one["amount_fen"]}
             for at, one in enumerate(rows, 1)]  # fmt: skip
    values = {"batch": f"{rows[0]['receipt']} {rows[0]['title']}"}
    return FormData(rows[0]["number"], on=date.fromisoformat(rows[0]["on_day"]), values=values, lines=lines,
                    notes=[say("money.note.shares")])  # fmt: skip


def _numbers(ledger: "Ledger", since: date, until: date) -> list[str]:
    return [row["number"] for row in store.claims(ledger.db, since, until) if row["state"] != "withdrawn"]


FORMS = {"expense": expense, "public-accounts": public_accounts, "voucher-handover": voucher_handover,
         "month-budget": month_budget, "fund-allotment": allotment}  # fmt: skip
NUMBERS = {"expense": _numbers}
