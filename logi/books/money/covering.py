"""What the pupils' insurance waits for: classes not told, pupils pending, cases in which nothing happens."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from logi.books.money import cover, cover_report, school
from logi.books.money import store_cover as sql
from logi.core.due import Due
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def due(ledger: "Ledger") -> Iterator[Due]:
    """Of the newest drive while it is open, and of every case that is not settled."""
    row = next(iter(sql.drives(ledger.db)), None)
    if row is not None and not row["closed_on"] and row["from_day"] <= ledger.today.isoformat():
        last = date.fromisoformat(row["to_day"])
        pending = cover.lacking(ledger, row)
        state = "overdue" if last < ledger.today else "soon"
        if pending:
            text = say("money.due.pending", year=row["year"], count=len(pending), names=[one["name"] for one in pending[:5]])
            line = "logi insurance mark PUPIL --status STATUS"
            yield Due(state, "money.rule.insured", row["year"], text, last, line, "INS-04")
        else:
            text = say("money.due.closable", year=row["year"])
            yield Due(state, "money.rule.insured", row["year"], text, last, "logi insurance close", "INS-04")
        told = {one["class_name"] for one in sql.told(ledger.db, row["id"])}
        classes = dict.fromkeys(one["class_name"] for one in pending if one["class_name"] and one["class_name"] not in told)
        if classes:
            text = say("money.due.untold", year=row["year"], classes=list(classes))
            line = f"logi insurance tell {next(iter(classes))} --by PERSON --what TEXT"
            yield Due("missing", "money.rule.told", row["year"], text, last, line, "INS-01")
    most = int(school.policy(ledger, "money.case_idle_days", ledger.today))
    for one in cover_report.cases(ledger, None, None, idle=True).rows if sql.cases(ledger.db) else ():
        text = say("money.due.idle", number=one["number"], pupil=one["pupil"], days=one["idle"], most=most)
        verb = "submit" if one["case_state"] == "open" else "settle"
        tail = "--insurer NAME --amount AMOUNT" if verb == "submit" else "AMOUNT"
        yield Due("overdue", "money.rule.cases", str(one["number"]), text, None,
                  f"logi insurance case {verb} {one['number']} {tail}", "INS-02")  # fmt: skip
