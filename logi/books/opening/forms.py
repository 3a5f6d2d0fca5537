"""What the opening's printed form is filled with: the registration day, class by class (報名安排表)."""

from typing import TYPE_CHECKING

from logi.books.opening import actions, report
from logi.core.forms import Asked, FormData

if TYPE_CHECKING:
    from logi.db import Ledger


def registration(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """報名安排表 of a term (the next or present one if none is named): class, room, time, staff; who has come so far."""
    term = actions.term_of(ledger, number)
    table = report.arranged(ledger, term["code"])
    lines = [
        {**row, "day": row["on"], "time": f"{row['starts']}–{row['ends']}", "arrived": row["arrived"] or None}
        for row in table.rows
    ]  # fmt: skip
    values = {"term": term["code"], "classes": len(lines), "expected": sum(row["expected"] or 0 for row in table.rows)}
    return FormData(term["code"], on=min((row["on"] for row in table.rows), default=None), values=values, lines=lines,
                    notes=table.notes)  # fmt: skip


FORMS = {"registration": registration}
