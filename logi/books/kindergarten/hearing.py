"""What the kindergarten does when a slip of the repair book ends: the toys it was for are whole again."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.kindergarten import rules, store

if TYPE_CHECKING:
    from logi.journal import Entry


def repair_closed(e: "Entry", order: Any, day: date, person: Any) -> None:
    """The pieces still broken under this slip are mended."""
    left: dict[int, int] = {}
    for row in store.mends_of_slip(e.db, str(order["number"])):
        left[row["toy_id"]] = left.get(row["toy_id"], 0) + (row["pieces"] if row["what"] == "broken" else -row["pieces"])
    for toy_id, under in left.items():
        toy = next(row for row in store.toys(e.db) if row["id"] == toy_id)
        broken = rules.counted(toy["pieces"], store.mends(e.db, date.max, toy_id)[toy_id]).broken
        if (pieces := min(under, broken)) > 0:  # some may have been discarded meanwhile
            e.insert("kindergarten_mend", on_day=day, toy_id=toy_id, what="mended", pieces=pieces, slip=order["number"],
                     by_id=person["id"] if person is not None else None)  # fmt: skip


def repair_rejected(e: "Entry", order: Any, day: date, person: Any, reason: str) -> None:
    """The work was not accepted: what the slip had mended is broken as before."""
    rows = [row for row in store.mends_of_slip(e.db, str(order["number"])) if row["what"] == "mended"]
    for row in rows[-1:]:
        e.insert("kindergarten_mend", on_day=day, toy_id=row["toy_id"], what="broken", pieces=row["pieces"], words=reason,
                 slip=order["number"])  # fmt: skip
