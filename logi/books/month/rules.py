"""Pure decisions about a month's plan: what is late, how much is done, which month may be closed."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from logi.core.days import add_months

STATES = ("open", "done", "dropped", "carried")
PRIORITIES = ("high", "normal", "low")
SERIES = "JH"


class Standing(NamedTuple):
    """How a line stands on a day: its state then, and by how many days it is late (None if it is not)."""

    state: str
    late: int | None


class Completion(NamedTuple):
    """The count of a plan. `rate` is done over planned without what was dropped, in tenths of a percent."""

    planned: int
    done: int
    late: int
    open: int
    carried: int
    dropped: int
    rate: int | None


def standing(state: str, due_on: date | None, done_on: date | None, as_of: date) -> Standing:
    """A line as it stood on `as_of`: what was done only later was still open then.

    Late is a line done after its day, or open after it; a dropped or carried one is settled and not late.
    """
    if state == "done" and done_on is not None and done_on > as_of:
        state, done_on = "open", None
    until = done_on if state == "done" else as_of if state == "open" else None
    if due_on is None or until is None or until <= due_on:
        return Standing(state, None)
    return Standing(state, (until - due_on).days)


def completion(lines: Iterable[Standing]) -> Completion:
    """Count a plan. A plan of which everything was dropped has no rate."""
    counts = dict.fromkeys(STATES, 0)
    late = 0
    for line in lines:
        counts[line.state] += 1
        late += line.late is not None
    planned = sum(counts.values())
    base = planned - counts["dropped"]
    rate = (2000 * counts["done"] + base) // (2 * base) if base else None
    return Completion(planned, counts["done"], late, counts["open"], counts["carried"], counts["dropped"], rate)


def next_to_close(closed_until: str) -> str | None:
    """The only month that may be closed now; None while none is closed yet, and any may be the first."""
    return add_months(closed_until, 1) if closed_until else None


def one_year_on(month: str, n: int) -> str:
    """Month number `n` (1-12) of the school year that `month` lies in: ("2025-10", 2) -> "2026-02"."""
    start = int(month[:4]) - (int(month[5:]) < 9)
    return f"{start if n >= 9 else start + 1:04d}-{n:02d}"
