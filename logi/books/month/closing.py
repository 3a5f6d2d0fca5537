"""What the plan asks of a closing: every line up to the month is done (by hand or by evidence), dropped or carried over."""

from typing import TYPE_CHECKING

from logi.books.month import school, store, submitting
from logi.books.month.proving import Proofs
from logi.core.days import add_months, month_period
from logi.core.due import Blocker, spoken
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry


def blockers(ledger: "Ledger", month: str) -> list[Blocker]:
    """One blocker for each plan up to the month that still has open lines."""
    waiting: dict[str, list[str]] = {}
    proofs = Proofs(ledger)
    for line in store.open_lines(ledger.db, month):
        if proofs.settled(line):
            continue
        waiting.setdefault(line["month"], []).append(line["number"])
    found = []
    for plan, numbers in waiting.items():
        command = f"logi month carry {plan}"
        if plan < month:  # carried into the month itself it would stand in the way again
            command += f" --to {add_months(month, 1)}"
        found.append(Blocker(say("month.blocker.open", month=plan, count=len(numbers), numbers=numbers), command))
    return found


def close(e: "Entry", month: str) -> None:
    """Tick off what the records prove, with their numbers: it was done by the end of its month, or is by today."""
    proofs = Proofs(e.ledger)
    for line in store.open_lines(e.db, month):
        proof = proofs.of(line)
        if proof is None or not proof.complete:
            continue
        days = (line["due_on"] or "9999", month_period(line["month"]).until.isoformat(), e.today.isoformat())
        e.update("month_line", line["id"], state="done", done_on=min(days), evidence=proof.told)


def reopen(e: "Entry", month: str) -> None:
    """Let the lines that this closing ticked off by their evidence wait for it again."""
    before = [row["month"] for row in store.closings(e.db) if row["month"] < month]
    for line in store.plans(e.db, add_months(max(before), 1) if before else "0000-00", month):
        if line["evidence"] and line["state"] == "done":
            e.update("month_line", line["id"], state="open", done_on=None, evidence=None)


def notices(ledger: "Ledger", month: str) -> list[tuple[str, dict[str, object]]]:
    """A plan that ran without an approval does not stand in the way; it is said."""
    if not store.plan(ledger.db, month) or not school.policy(ledger, "month.approval_required", month_period(month).since):
        return []
    stood = submitting.standing(ledger, month)
    if stood.state == "approved":
        return []
    return [("month.notice.unapproved", {"month": month, "command": spoken(submitting.command_for(ledger, month, stood))})]
