"""Which signatures the slips of a period lack, by the policy of the school (stock.signatures)."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.stock import school
from logi.books.stock import store_looking as looking

if TYPE_CHECKING:
    from logi.db import Ledger


def unsigned_slips(ledger: "Ledger", since: date, until: date) -> list[str]:
    """The numbers of the standing slips of these days that lack a signature, in order of day."""
    needed = school.policy(ledger, "stock.signatures", until)
    signed = looking.approved_levels(ledger.db, since.isoformat(), until.isoformat())
    return [
        row["number"] for row in looking.slip_numbers(ledger.db, since.isoformat(), until.isoformat())
        if any(level not in signed.get(row["number"], []) for level in needed.get(row["kind"], []))
    ]  # fmt: skip
