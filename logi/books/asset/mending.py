"""What the asset book says to whoever wants a thing mended: what has left the register is not mended any more."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.asset import rules, store
from logi.core.answers import Word
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry


def before_repair(e: "Entry", code: str, day: date) -> None:
    """Refuse (4) a card that had left the register by a day; a code the register does not know says nothing here."""
    row = store.scanned(e.db, [code]).get(code.lower())
    if row is not None and row["status"] in rules.GONE and row["gone_on"] <= day.isoformat():
        on = date.fromisoformat(row["gone_on"])
        raise Refused("asset.gone", code=row["code"], status=Word.of("asset.status", row["status"]), on=on)
