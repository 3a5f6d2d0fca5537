"""What comes round: one duty of the school's routine, as each book's `routine.py` tells it.

A book's room `routine` holds `duties(ledger) -> list[Routine]`; the calendar of recurring duties asks all books.
"""

from datetime import date
from typing import NamedTuple

# From the shortest to the longest; what follows a counter or an occasion stands last.
FREQUENCIES = ("daily", "nightly", "workday", "schoolday", "weekly", "monthly", "quarterly", "termly", "yearly", "occasion")


class Routine(NamedTuple):
    """One duty that comes round: how often, what, where, who answers for it, when last and when next, the command.

    `code` is the route, list or schedule; `rule` says the frequency in the book's own words where a word is too coarse.
    """

    frequency: str
    code: str
    title: str
    where: str | None
    who: str | None
    last_on: date | None
    next_on: date | None
    command: str
    rule: str | None = None
