"""The repair book's part of the calendar of recurring duties: every schedule of preventive maintenance."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.repair.actions import place_text
from logi.books.repair.maintain_actions import rule_text, shows_at
from logi.books.repair.maintain_report import laid_down, word
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger

# A rule by steps of weeks or months, as the routine calls it; a day of the school year comes once a year or a term.
STEPS = {"1w": "weekly", "1m": "monthly", "3m": "quarterly", "6m": "termly", "12m": "yearly"}
ANCHORS = {"term-start": "termly", "term-end": "termly", "heating-start": "yearly", "heating-end": "yearly", "summer": "yearly"}


def duties(ledger: "Ledger") -> list[Routine]:
    """Every schedule that is not stopped, with the day its last slip was finished and its next day."""
    found = []
    for laid in laid_down(ledger):
        if word(laid, ledger.today) == "stopped":
            continue
        row = laid.row
        frequency = STEPS.get(row["rule"]) or ANCHORS.get(row["rule"].partition(" ")[0], "occasion")
        at = shows_at(laid)
        closed: list[date] = [run.closed_on for run in laid.runs if run.closed_on is not None]
        reading = f"logi repair maintain reading {row['code']} N"
        found.append(Routine(
            frequency, row["code"], row["name"], place_text(row["place"], row["place_name"], row["spot"]),
            row["worker"] or row["vendor"], max(closed, default=None), laid.state.next_on,
            reading if laid.units is not None else f"logi repair maintain run {row['code']}",
            rule_text(row) + (f" → {at}" if at else ""),
        ))  # fmt: skip
    return found
