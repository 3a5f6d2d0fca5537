"""The safety book's part of the calendar of recurring duties: looking at fire equipment, drills, meetings, the full test."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.safety import rules, school, standing, store
from logi.core.messages import say, title
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger

LENGTHS = {1: "monthly", 3: "quarterly", 6: "termly", 12: "yearly"}


def duties(ledger: "Ledger") -> list[Routine]:
    """What the book asks for again and again, once it is kept."""
    today = ledger.today
    if store.begun_on(ledger.db) is None:
        return []
    found = []
    for kind, name in standing.MONTHLY:
        length = int(school.policy(ledger, name, today))
        found.append(Routine(LENGTHS.get(length, "occasion"), kind, title("safety.event", kind), None, None,
                             _last(ledger, kind), _next(ledger, kind, length),
                             f"logi safety hold {kind} TOPIC --by {standing.holder(ledger, kind)}"))  # fmt: skip
    there = store.equipment(ledger.db, today)
    if there:
        looked = [row["looked_on"] for row in there if row["looked_on"]]
        waits = any(standing.equipment_state(ledger, row, today) == "unchecked" for row in there)
        found.append(Routine(
            str(school.policy(ledger, "fire.inspection", today)), "equipment", say("safety.routine.equipment"), None, None,
            date.fromisoformat(max(looked)) if looked else None, standing.period_of(ledger, today)[1] if waits else None,
            f"logi safety equipment check --by {standing.looker(ledger)}",
        ))  # fmt: skip
    if (test := standing.last_test(ledger, today)) is not None:
        found.append(Routine("yearly", "test", title("safety.event", "test"), None, None, test[0], test[1],
                             "logi safety hold test TOPIC --vendor VENDOR"))  # fmt: skip
    return found


def _next(ledger: "Ledger", kind: str, length: int) -> date:
    """The end of this stretch of months, or of the next one if it was held already."""
    first, last = rules.stretches(ledger.today, ledger.today, length)[-1]
    if not store.events(ledger.db, first, ledger.today, kind):
        return last
    after = last + timedelta(days=1)
    return rules.stretches(after, after, length)[-1][1]


def _last(ledger: "Ledger", kind: str) -> date | None:
    rows = store.events(ledger.db, None, ledger.today, kind)
    return date.fromisoformat(rows[-1]["on_day"]) if rows else None
