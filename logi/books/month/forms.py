"""What the month's printed forms are filled with: the work plan, with its completion when it is printed again."""

import re
from datetime import date
from typing import TYPE_CHECKING

from logi import journal
from logi.books.month import approving, duty, duty_report, report, store, submitting
from logi.core.days import month_period
from logi.core.forms import Asked, FormData, Signed, signatures
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

_TEMPLATE = re.compile(r"[A-Z]{3}-[0-9]{2}(?: [A-Z]{3}-[0-9]{2})*")
# The roster's shifts as the form has them.
SHIFTS = {"all_day": ("all",), "morning": ("day", "morning"), "noon": ("middle",), "night": ("night", "late")}


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
        source = row["source"]
        if source and _TEMPLATE.fullmatch(source):  # marks of the shipped plan say nothing on a wall
            source = say("month.form.template")
        lines.append({**row, "source": source, "result": result or None, "note": carried})
    done, dropped = (sum(row["state"] == state for row in rows) for state in ("done", "dropped"))
    base = len(rows) - dropped
    values = {
        "planned": len(rows), "carried": sum(bool(row["from"]) for row in rows), "done": done,
        "rate": (2000 * done + base) // (2 * base) if base else None,
    }  # fmt: skip
    plan = submitting.standing(ledger, str(asked.month)).row
    signed = []
    if plan is not None:
        signed = [Signed("planner", plan["by_name"] or "", date.fromisoformat(plan["on_day"]), plan["number"]),
                  *signatures(journal.approvals(ledger.db, plan["number"]))]  # fmt: skip
    return FormData(asked.month, values=values, lines=lines, signed=signed)


def duty_roster(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """值班表: who serves when, day by day, of one roster or of a stretch of days."""
    roster = duty.found(ledger, number) if number else None
    if roster is not None:
        table = duty_report.wall(ledger, number=roster["number"])
    else:  # a roster is printed before its days have come: a month is the whole of it
        whole = month_period(asked.month) if asked.month else None
        since, until = (whole.since, whole.until) if whole else (asked.since, asked.until)
        table = duty_report.wall(ledger, since=since, until=until)
    lines = []
    for row in table.rows:
        both = {name: "、".join(row[one] for one in shifts if row.get(one)) or None for name, shifts in SHIFTS.items()}
        lines.append({**row, **both, "day": row["on"], "weekday": title("month.weekday", row["weekday"]), "guard": row["gate"]})
    levels = approving.required(ledger, roster["number"]) if roster else None
    return FormData(
        roster["number"] if roster else None, on=lines[0]["day"] if lines else None, lines=lines, notes=table.notes,
        values={"stretch": roster["title"] if roster else say("month.form.stretch", since=since, until=until)},
        levels=levels, signed=signatures(journal.approvals(ledger.db, roster["number"])) if roster else (),
        titles={level: approving.level_title(level) for level in levels or ()},
    )  # fmt: skip


def duty_log(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """值班記錄: what each shift wrote down, of one roster or of a stretch of days."""
    roster = duty.found(ledger, number) if number else None
    rows = store.duty_logs(ledger.db, roster_id=roster["id"] if roster else None,
                           since=None if roster else asked.since, until=None if roster else asked.until)  # fmt: skip
    lines = [
        {"day": date.fromisoformat(row["on_day"]), "shift": title("month.shift", row["shift"]), "weather": row["weather"],
         "rounds": row["note"], "visitors": row["visitors"], "event": row["event"], "handed": row["handed"],
         "by": row["by_name"], "taken": row["taken_name"]}
        for row in rows
    ]  # fmt: skip
    period = None if roster else f"{asked.since} – {asked.until}"
    return FormData(roster["number"] if roster else None, on=lines[0]["day"] if lines else None, period=period, lines=lines)


FORMS = {"duty-log": duty_log, "month-plan": month_plan, "duty-roster": duty_roster}
