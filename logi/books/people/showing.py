"""What `logi show` says of the people book's documents: a training with all who were there."""

from typing import TYPE_CHECKING

from logi.books.people import store, training_report
from logi.books.people.tabling import card, table
from logi.core.answers import Milli, Table, Word
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

PRESENT = "code:code name department hours:quantity score:quantity result:word:people.result tested_on:day"


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A document of this book by its number; None if this book knows none of it."""
    if (row := store.training(ledger.db, number)) is not None:
        line = training_report.one_training(ledger, row)
        facts = {**line, "mode": Word.of("people.mode", row["mode"]), "hours": Milli(row["hours_milli"]),
                 "rank": Word.of("people.rank", row["rank"]) if row["rank"] else None,
                 "person_hours": Milli(row["person_milli"])}  # fmt: skip
        return [card("training", say("people.title.training", number=row["number"]), facts),
                table("present", say("people.title.present"), PRESENT,
                      training_report.present(ledger, row["number"]))]  # fmt: skip
    return None
