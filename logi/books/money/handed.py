"""What the money book hands up of a month: what came in, was allotted and was spent, and what is left."""

from typing import TYPE_CHECKING

from logi.books.money import figures as reckoned
from logi.core.days import month_period
from logi.core.handed import Figure

if TYPE_CHECKING:
    from logi.db import Ledger


def figures(ledger: "Ledger", month: str) -> list[Figure]:
    """The month's money in, allotted to other schools, spent, and what is left; none before the book has begun."""
    begun = reckoned.begun(ledger.db)
    if begun is None or begun > month_period(month).until:
        return []
    one = reckoned.of_month(ledger.db, month)
    return [
        Figure("money.in", "money", one.in_fen), Figure("money.allotted", "money", one.allotted_fen),
        Figure("money.spent", "money", one.spent_fen), Figure("money.left", "money", one.closing_fen, True),
    ]  # fmt: skip
