"""What can be asked about preventive maintenance: every schedule, and what is due."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from logi.books.repair import store
from logi.books.repair.maintain_actions import Laid, rule_text, shows_at, standing
from logi.core.answers import Column, Table
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def listing(ledger: "Ledger") -> Table:
    """Every schedule with its rule, when it was last done and when it is next due."""
    rows = [_row(ledger, laid) for laid in laid_down(ledger)]
    keys = ("code", "title", "place", "asset", "rule", "basis", "last_planned", "last_closed", "next_on", "next_at",
            "standing", "slip")  # fmt: skip
    return Table("repair.maintain", say("repair.title.maintain"), _columns(keys), rows)


def due(ledger: "Ledger", days: int) -> Table:
    """What is due by so many days from today, the earliest first; what waits for its last slip too."""
    last = ledger.today + timedelta(days=days)
    rows = [_row(ledger, laid) for laid in laid_down(ledger)]
    rows = [row for row in rows if row["next_on"] is not None and row["next_on"] <= last and row["standing"] != "stopped"]
    rows.sort(key=lambda row: (row["next_on"], row["code"]))
    keys = ("next_on", "standing", "code", "title", "place", "asset", "rule", "slip")
    notes = [say("repair.note.run")] if any(row["standing"] == "due" for row in rows) else []
    return Table("repair.maintain_due", say("repair.title.maintain_due", day=last), _columns(keys), rows, notes=notes)


def laid_down(ledger: "Ledger") -> list[Laid]:
    """Every schedule and how it stands today."""
    runs = store.runs(ledger.db, ledger.today)
    return [standing(ledger, row, runs=runs) for row in store.schedules(ledger.db)]


def word(laid: Laid, today: Any) -> str:
    """How a schedule stands, in a word."""
    if laid.row["stopped_on"] and laid.row["stopped_on"] <= today.isoformat():
        return "stopped"
    if laid.state.waiting:
        return "waiting"
    return "due" if laid.state.next_on is not None and laid.state.next_on <= today else "planned"


def _row(ledger: "Ledger", laid: Laid) -> dict[str, Any]:
    row, last = laid.row, laid.runs[-1] if laid.runs else None
    return {
        "code": row["code"], "title": row["name"], "place": row["place"] + (f"/{row['spot']}" if row["spot"] else ""),
        "asset": row["asset"], "next_at": shows_at(laid), "rule": rule_text(row), "basis": row["basis"],
        "last_planned": last.planned_on if last else None, "last_closed": last.closed_on if last else None,
        "next_on": laid.state.next_on, "standing": word(laid, ledger.today), "slip": laid.state.waiting,
    }  # fmt: skip


def _columns(keys: tuple[str, ...]) -> list[Column]:
    kinds = {"code": "code", "asset": "code", "slip": "code", "place": "code", "last_planned": "day",
             "last_closed": "day", "next_on": "day", "basis": "word", "standing": "word"}  # fmt: skip
    words = {"basis": "repair.basis", "standing": "repair.standing"}
    return [Column(key, say(f"repair.col.{key}"), kinds.get(key, "text"), words=words.get(key, "")) for key in keys]
