"""What the safety book's printed form is filled with: the register of fire equipment."""

from typing import TYPE_CHECKING

from logi.books.safety import report
from logi.core.answers import Word
from logi.core.forms import Asked, FormData

if TYPE_CHECKING:
    from logi.db import Ledger


def fire_equipment(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """消防器材臺賬 of a day, by code."""
    day = min(asked.since or ledger.today, ledger.today)
    rows = sorted(report.equipment(ledger, day=day).rows, key=lambda row: row["code"])
    lines = [
        {**row, "name": row["title"], "kind": Word.of("safety.equipment", row["kind"]),
         "state": Word.of("safety.state", row["state"])}
        for row in rows
    ]  # fmt: skip
    return FormData(day.isoformat(), on=day, lines=lines)


FORMS = {"fire-equipment": fire_equipment}
