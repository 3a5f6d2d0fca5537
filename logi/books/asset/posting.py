"""What every verb of this book shares: posting moves, and which cards may be moved at all."""

from collections.abc import Mapping, Sequence
from datetime import date
from sqlite3 import Row
from typing import Any

from logi.books.asset import rules, school, store
from logi.core.answers import Word
from logi.core.errors import Refused, Usage
from logi.journal import Entry

MOVE_COLUMNS = (
    "on_day", "kind", "card_id", "category_id", "quantity_milli", "cost_fen", "place_id", "keeper_id", "number", "note",
    "department_id",
)  # fmt: skip


def post(e: Entry, on: date, kind: str, cards: Sequence[Mapping[str, Any] | Row], *, sign: int = 0,
         number: str | None = None, note: str | None = None) -> None:  # fmt: skip
    """Write the moves of cards: with sign 0 only where they are now, else also their quantity and cost."""
    e.insert_many("asset_move", MOVE_COLUMNS, [
        [on.isoformat(), kind, c["id"], c["category_id"], sign * c["quantity_milli"], sign * c["cost_fen"],
         c["place_id"], c["keeper_id"], number, note, c["department_id"]]
        for c in cards
    ])  # fmt: skip


def movable(e: Entry, rows: Sequence[Row], on: date, *, lent_too: bool = False) -> list[Row]:
    """The cards, if each is on the register, not lent, and has no later move than `on`; else Refused (4)."""
    for row in rows:
        alive(row)
        if row["status"] == "lent" and not lent_too:
            raise Refused("asset.is_lent", code=row["code"], name=row["name"])
        if on.isoformat() < row["booked_on"]:
            raise Refused("asset.before_booked", code=row["code"], on=on, booked=date.fromisoformat(row["booked_on"]))
    if later := store.moved_after(e.db, [row["id"] for row in rows], on):
        raise Refused("asset.moved_since", code=later["code"], on=on, later=date.fromisoformat(later["on_day"]))
    return list(rows)


def alive(row: Row) -> None:
    """Refuse (4) a card that has left the register."""
    if row["status"] in rules.GONE:
        on = date.fromisoformat(row["gone_on"])
        raise Refused("asset.gone", code=row["code"], status=Word.of("asset.status", row["status"]), on=on)


def present(e: Entry, text: str, on: date) -> Row:
    """A person who has not left by a day; else Refused (4)."""
    row = school.person(e, text)
    if row["left_on"] and row["left_on"] <= on.isoformat():
        raise Refused("asset.person_left", person=row["name"], on=date.fromisoformat(row["left_on"]))
    return row


def one(rows: Sequence[Row]) -> Row:
    """The only card of a list, else a usage error (2)."""
    if len(rows) != 1:
        raise Usage("asset.one_card", codes=rules.compress(row["code"] for row in rows))
    return rows[0]
