"""What the meter book's records prove of a month: every meter was read; what was unusual was explained."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.meter import reckoning, store
from logi.books.meter.actions import hangs
from logi.books.meter.reckoning import read_in
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger

    Rule = Callable[[Ledger, str], tuple[int, int, list[str]]]


def read(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The meters that hang at the month's end, and those of them read in it."""
    last = month_period(month).until
    readings = store.readings(ledger.db, until=ledger.today)
    there = [row for row in store.meters(ledger.db) if hangs(row, last)]
    done = [row["code"] for row in there if read_in(readings.get(row["id"], []), month)]
    return len(done), len(there), done


def explained(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The unusual uses of a month, and those of them somebody explained or reported."""
    odd = [line for line in reckoning.of_month(ledger, month).lines if line.odd]
    done = [line.meter["code"] for line in odd if line.state == "explained"]
    return len(done), len(odd), done


def handed_in(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Whether the energy return of the year before was handed in by the month's end."""
    year = str(int(month[:4]) - 1)
    row = store.return_of(ledger.db, year)
    done = row is not None and row["on_day"] <= month_period(month).until.isoformat()
    return int(done), 1, [year] if done else []


RULES: "dict[str, Rule]" = {"meter-readings": read, "meter-explained": explained, "energy-return": handed_in}
