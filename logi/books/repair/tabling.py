"""How the repair book's tables are made: columns by name, the rows of slips."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.repair import rules, store
from logi.books.repair.norms import Norms
from logi.core.answers import Column, Table
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

KINDS = {
    "number": "code", "opened_on": "day", "assigned_on": "day", "closed_on": "day", "accepted_on": "day",
    "waiting_until": "day", "declined_on": "day", "told_on": "day",
    "deferred_on": "day", "deferred_to": "day", "escalated_on": "day", "on": "day", "resolve_by": "day",
    "age_days": "count", "rejected": "count", "count": "count", "entry": "count", "labour_minutes": "count",
    "opened": "count", "closed": "count", "accepted": "count", "wait_days": "quantity", "mttr_days": "quantity",
    "mark": "quantity", "jobs": "count", "wear": "count", "human": "count",
    "down_hours": "quantity", "share": "rate", "share_to": "rate",
    "mtbf_days": "quantity", "repeats": "count", "line": "count", "in_time": "rate", "parts": "money", "begins_on": "day",
    "ends_on": "day", "quantity": "quantity", "worth": "money", "same_day": "rate", "first_time_fixed": "rate",
    "cost": "money", "issue": "code", "item_code": "code", "estimate": "money", "paid": "money",
    "place": "code", "phone": "code", "asset": "code", "invoice": "code",
}  # fmt: skip
WORDS = {"kind": "repair.kind", "urgency": "repair.urgency", "state": "repair.state", "cause": "repair.cause",
         "source": "repair.source", "step": "repair.step", "approval": "repair.approval"}  # fmt: skip

Job = tuple[sqlite3.Row, rules.Progress]


def rows_of(ledger: "Ledger", jobs: Sequence[Job], day: date) -> list[dict[str, Any]]:
    """Slips as they stood on a day, with all that a table may show of them."""
    names = store.people(ledger.db, [p.worker_id for _, p in jobs])
    firms = store.vendors(ledger.db, [p.vendor_id for _, p in jobs])
    norms = Norms(ledger)
    return [row_of(norms, order, progress, day, names, firms) for order, progress in jobs]


def row_of(norms: Norms, order: sqlite3.Row, progress: rules.Progress, day: date, names: dict[int, str],
         firms: dict[int, str]) -> dict[str, Any]:  # fmt: skip
    ended = progress.accepted_on or progress.declined_on or day
    worker = [names.get(progress.worker_id or 0), firms.get(progress.vendor_id or 0)]
    return {
        "number": order["number"], "title": order["title"], "place": order["place"], "place_name": order["place_name"],
        "spot": order["spot"], "kind": order["kind"], "urgency": order["urgency"], "state": progress.state,
        "opened_on": progress.opened_on, "age_days": (ended - progress.opened_on).days, "reporter": order["reporter"],
        "worker": " + ".join(name for name in worker if name) or None, "closed_on": progress.closed_on,
        "accepted_on": progress.accepted_on, "rejected": progress.rejected, "cost": progress.cost_fen,
        "deferred_to": progress.deferred_to or progress.waiting_until, "estimate": progress.estimate_fen,
        "reason": progress.waiting_for if progress.state == "waiting" else progress.reason,
        "escalated_on": progress.escalated_on, "escalated_to": progress.escalated_to, "liable": progress.liable,
        "paid": progress.paid_fen, "settled": say("repair.word.yes" if progress.settled else "repair.word.no"),
        "resolve_by": progress.ends_on or norms.mend_by(order["urgency"], progress).day,
    }  # fmt: skip


def table_of(name: str, heading: str, keys: Sequence[str], rows: Iterable[dict[str, Any]], *, sums: Sequence[str] = (),
           notes: Sequence[str] = ()) -> Table:  # fmt: skip
    columns = columns_of(keys, sums=sums)
    return Table(name, heading, columns, [{key: row[key] for key in keys} for row in rows], notes=notes)


def columns_of(keys: Sequence[str], *, sums: Sequence[str] = ()) -> list[Column]:
    return [
        Column(key, say(f"repair.col.{key}"), "word" if key in WORDS else KINDS.get(key, "text"), total=key in sums,
               words=WORDS.get(key, ""))
        for key in keys
    ]  # fmt: skip
