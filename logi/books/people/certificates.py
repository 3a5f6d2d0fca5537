"""The certificates this book keeps, as the list of all books' certificates asks for them."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import rules, store
from logi.core.answers import Word

if TYPE_CHECKING:
    from logi.db import Ledger


def certificates(ledger: "Ledger", day: date) -> list[tuple[Any, ...]]:
    """The one of each person and kind that runs longest; of people who are here."""
    return [
        (row["code"], row["person"], "people", row["name"] or Word.of("people.certificate", row["kind"]), row["doc_no"],
         date.fromisoformat(row["issued_on"]), date.fromisoformat(row["expires_on"]),
         f"logi staff certificate renew {row['code']} {row['kind']} --until DAY --issued DAY"
         + (f" --name {row['name']}" if row["name"] else ""))
        for row in rules.newest(store.certificates(ledger.db), day).values()
        if not (row["left_on"] and row["left_on"] <= day.isoformat())
    ]  # fmt: skip
