"""What the school's printed forms are filled with: the sheet for the night check, rooms in walking order."""

from typing import TYPE_CHECKING

from logi.books.school import store
from logi.core.forms import Asked, FormData

if TYPE_CHECKING:
    from logi.db import Ledger


def night_check(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """每晚各室檢查登記表: every room that has no rooms inside, by code; what was seen is written in by hand,
    or filled by the checks of that night, where they are run."""
    places = store.places(ledger.db)
    outer = {place["parent_id"] for place in places}
    lines = [{"room": f"{place['code']} {place['name']}"} for place in places if place["id"] not in outer]
    return FormData((asked.since or ledger.today).isoformat(), on=asked.since or ledger.today, lines=lines)


FORMS = {"night-check": night_check}
