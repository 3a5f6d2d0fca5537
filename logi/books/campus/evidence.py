"""What the campus book's records prove of a month: the works that were to end by then are accepted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.campus import rules, store
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger

    Rule = Callable[[Ledger, str], tuple[int, int, list[str]]]


def accepted(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The projects planned to end in the month or the one before, and those of them accepted by its end."""
    last = month_period(month).until
    first = last.replace(day=1)
    since = first.replace(year=first.year - 1, month=12) if first.month == 1 else first.replace(month=first.month - 1)
    rows = [row for row in store.projects(ledger.db) if since.isoformat() <= row["ends_on"] <= last.isoformat()
            and rules.state(row, last) != "stopped"]  # fmt: skip
    done = [row["number"] for row in rows if rules.state(row, last) in ("accepted", "settled")]
    return len(done), len(rows), done


RULES: "dict[str, Rule]" = {"works-accepted": accepted}
