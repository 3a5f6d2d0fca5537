"""The certificates of those who keep the gate, for the list of all books' certificates."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.gate import store_guards
from logi.core.answers import Word

if TYPE_CHECKING:
    from logi.db import Ledger


def certificates(ledger: "Ledger", day: date) -> list[tuple[Any, ...]]:
    """(code, name, book, kind, number, issued, last day, command that renews) of every guard who has one."""
    return [
        (row["code"], row["name"], "gate", Word.of("gate.paper", "guard"), row["certificate"],
         date.fromisoformat(row["issued_on"]), date.fromisoformat(row["expires_on"]),
         f"logi gate guard renew {row['code']} --certificate NO --issued DAY --until DAY")
        for row in store_guards.guards(ledger.db, day) if row["expires_on"] and row["issued_on"] <= day.isoformat()
    ]  # fmt: skip
