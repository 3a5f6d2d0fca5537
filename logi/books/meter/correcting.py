"""Correcting a bill: it is reversed and entered anew under a new number, in one entry."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.meter import paying, store
from logi.core.answers import Confirmation, Fen, Milli
from logi.core.errors import NotFound, Usage

if TYPE_CHECKING:
    from logi.journal import Entry


def correct(e: "Entry", number: str, *, line: int | None, qty: int | None, price: int | None, reason: str) -> Confirmation:
    """Another quantity (--qty) or amount (--price) of a bill."""
    row = store.bill(e.db, number)
    if row is None:
        raise NotFound("meter.no_bill", number=number)
    if qty is None and price is None:
        raise Usage("meter.nothing_to_correct", number=row["number"])
    e.reverse("meter_bill", row["id"])
    done = paying.bill(
        e, row["kind"], row["month"], qty=row["quantity_milli"] if qty is None else qty,
        amount=row["amount_fen"] if price is None else price, meter=row["meter"], vendor=row["vendor"], invoice=row["invoice"],
        claim=row["claim"], on=date.fromisoformat(row["on_day"]), reason=reason,
    )  # fmt: skip
    facts = {"number": done.number, "by": row["number"], "qty": Milli(done.facts["qty"]), "amount": Fen(done.facts["amount"]),
             "reason": reason}  # fmt: skip
    return Confirmation("meter.correct", done.number, numbers=[row["number"], done.number or ""],
                        facts={key: value for key, value in facts.items() if key != "number"})  # fmt: skip
