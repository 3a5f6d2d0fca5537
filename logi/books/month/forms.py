"""What the month's printed forms are filled with: the work plan, with its completion when it is printed again."""

from typing import TYPE_CHECKING

from logi.books.month import report
from logi.core.forms import Asked, FormData
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger


def month_plan(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """月工作計劃安排表: what is planned, by whom, by when, and what came of it."""
    rows = report.plan(ledger, str(asked.month), full=True).rows
    lines = []
    for row in rows:
        state = title("month.state", row["state"]) if row["state"] != "open" else None
        late = say("month.form.late", days=row["late"]) if row["late"] else None
        said = row["result"] if row["result"] != state else None
        result = " ".join(part for part in (state, late, said) if part)
        carried = say("month.form.carried", number=row["from"]) if row["from"] else None
        lines.append({**row, "result": result or None, "note": carried})
    done, dropped = (sum(row["state"] == state for row in rows) for state in ("done", "dropped"))
    base = len(rows) - dropped
    values = {
        "planned": len(rows), "carried": sum(bool(row["from"]) for row in rows), "done": done,
        "rate": (2000 * done + base) // (2 * base) if base else None,
    }  # fmt: skip
    return FormData(asked.month, values=values, lines=lines)


FORMS = {"month-plan": month_plan}
