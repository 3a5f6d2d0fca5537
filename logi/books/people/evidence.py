"""What the people book's records prove of a month: a training was held, a survey was made."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.people import store, store_voices, voices
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def trained(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Whether a training was held in the month."""
    period = month_period(month)
    numbers = [row["number"] for row in store.trainings(ledger.db, period.since, min(period.until, ledger.today))
               if row["mode"] != "self"]  # fmt: skip
    return int(bool(numbers)), 1, numbers


def surveyed(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Whether a round of asking began in the month, and all three parties answered."""
    period = month_period(month)
    rounds = store_voices.surveys(ledger.db, period.since, min(period.until, ledger.today))
    whole = [row["number"] for row in rounds
             if len(voices.by_party(store_voices.answers(ledger.db, row["id"]))) == len(voices.PARTIES)]  # fmt: skip
    return int(bool(whole)), 1, whole


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {
    "staff-training": trained,
    "satisfaction-survey": surveyed,
}
