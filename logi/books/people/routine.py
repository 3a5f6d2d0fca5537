"""The people book's part of the calendar of recurring duties: each department's training."""

from typing import TYPE_CHECKING

from logi.books.people import school, standing
from logi.core.messages import say
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger

LENGTHS = {1: "monthly", 3: "quarterly", 6: "termly", 12: "yearly"}


def duties(ledger: "Ledger") -> list[Routine]:
    """What the book asks for again and again, once it is kept."""
    today = ledger.today
    months = int(school.policy(ledger, "staff.training_months", today))
    return [
        Routine(LENGTHS.get(months, "occasion"), one.department["code"],
                say("people.routine.train", department=one.department["name"]), None, None, one.last, one.due,
                f"logi staff train TOPIC --department {one.department['name']} --mode school --trainer PERSON --hours N")
        for one in standing.rounds(ledger, today)
    ]  # fmt: skip
