"""What the money book tells whoever is about to commit money: what a month's budget of a subject has left."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.money import rules, store, store_funds
from logi.core.errors import BadValue

if TYPE_CHECKING:
    from logi.journal import Entry


def left(e: "Entry", item: str, day: date) -> int | None:
    """What the budget of a day's month has left for a subject, by its key or title, in fen; None where none is known."""
    from logi.options import fixed

    try:
        subject = fixed("money.subject", rules.SUBJECTS)(item)
    except BadValue:
        return None
    month = day.isoformat()[:7]
    budget = store_funds.budget_of(e.db, month, subject)
    return None if budget is None else budget - store.committed(e.db, month, subject)
