"""What the repair book's records prove of a month: every slip opened in it is accepted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.repair import rules, store
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def repairs(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The slips opened in the month that the office took on, and those accepted by today."""
    period = month_period(month)
    rows = store.opened(ledger.db, ledger.today, period.since, period.until)
    steps = store.steps_of(ledger.db, [row["id"] for row in rows], ledger.today)
    states = {row["number"]: rules.fold(steps[row["id"]]).state for row in rows}
    done = [number for number, state in states.items() if state == "accepted"]
    return len(done), sum(state != "declined" for state in states.values()), done


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {"repairs-done": repairs}
