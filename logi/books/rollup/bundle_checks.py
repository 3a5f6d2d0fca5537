"""What is not handed up or not received, and whether what was sealed is still what its seal says."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from logi.books.rollup import bundle, gathering, rollup_report, store, store_bundles
from logi.core.days import month_of
from logi.core.due import Due, Finding
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def due(ledger: "Ledger", days: int) -> Iterator[Due]:
    """Months a unit below has not told of; closed months this ledger has not handed up, or that were closed anew since."""
    yield from _below(ledger, days)
    yield from _own(ledger, days)


def verify(db: store_bundles.Db) -> list[Finding]:
    """Every bundle and submission is what its SHA-256 says, and a correction corrects one that is there."""
    found = []
    for rows in (store_bundles.submissions(db), store_bundles.bundles(db)):
        known = {row["sha256"] for row in rows}
        for row in rows:
            if bundle.seal(json.loads(row["body"])) != row["sha256"]:
                found.append(Finding(say("rollup.finding.seal", number=row["number"]), row["entry"]))
            if row["corrects"] and row["corrects"] not in known:
                found.append(Finding(say("rollup.finding.corrects", number=row["number"]), row["entry"]))
    return found


def _below(ledger: "Ledger", days: int) -> Iterator[Due]:
    """One line for a unit, however many months it has not told of: the first is the oldest."""
    horizon = ledger.today + timedelta(days=days)
    silent: dict[str, tuple[store.Row, list[str]]] = {}
    for when, row in gathering.expected(ledger):
        if rollup_report.due_day(ledger, when) <= horizon:
            silent.setdefault(row["code"], (row, []))[1].append(when)
    for code, (row, months) in silent.items():
        day = rollup_report.due_day(ledger, months[0])
        text = say("rollup.rule.late.text", code=code, name=row["name"], months=_span(months), day=day)
        yield Due("overdue" if day < ledger.today else "soon", "rollup.rule.late", code, text, day,
                  "logi rollup receive FILE", "rollup.submit_by")  # fmt: skip


def _span(months: list[str]) -> str:
    """Months in short: the only one, or how many from which to which."""
    if len(months) == 1:
        return months[0]
    return say("rollup.months", count=len(months), first=months[0], last=months[-1])


def _own(ledger: "Ledger", days: int) -> Iterator[Due]:
    own = store.own(ledger.db)
    if own is None or not own["reports_from"]:
        return
    sent = {row["month"]: row for row in store_bundles.submissions(ledger.db)}
    for month in store_bundles.closed_months(ledger.db, own["reports_from"]):
        day, row = rollup_report.due_day(ledger, month), sent.get(month)
        if month >= month_of(ledger.today) or (row is None and day > ledger.today + timedelta(days=days)):
            continue
        if row is None:
            text = say("rollup.rule.submit.text", month=month, day=day)
            yield Due("overdue" if day < ledger.today else "soon", "rollup.rule.submit", month, text, day,
                      f"logi rollup submit {month} -o FILE", "rollup.submit_by")  # fmt: skip
        elif (store_bundles.closing_entry(ledger.db, month) or 0) > row["entry"] and _differs(ledger, month, row):
            text = say("rollup.rule.changed.text", month=month, number=row["number"])
            yield Due("overdue", "rollup.rule.changed", row["number"], text, None,
                      f"logi rollup submit {month} --correct --reason TEXT -o FILE", "ROL-09")  # fmt: skip


def _differs(ledger: "Ledger", month: str, row: store_bundles.Row) -> bool:
    from logi.books.rollup import handing

    return not handing.same(row, handing.content(ledger, month))
