"""What the asset book asks of the repair book: what repairs of each asset have cost, and the plans of maintenance."""

from datetime import date
from sqlite3 import Connection, Row
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.repair.maintain_report import laid_down
from logi.books.repair.store import people
from logi.books.repair.store_export import for_export
from logi.core.answers import Fen

if TYPE_CHECKING:
    from logi.db import Ledger


class Plan(NamedTuple):
    """A maintenance schedule that goes on: what it looks after, when it is next due, the days it was done."""

    code: str
    name: str
    asset: str | None
    place_id: int
    next_on: date | None
    done: list[date]


def costs(db: Connection, until: date) -> dict[str, tuple[int, int]]:
    """By asset code: how many repairs were opened up to a day, and what they cost (fen)."""
    found: dict[str, tuple[int, int]] = {}
    for row in for_export(db):
        if row["asset"] and row["opened_on"] <= until.isoformat():
            times, cost = found.get(row["asset"], (0, 0))
            found[row["asset"]] = (times + 1, cost + (row["cost_fen"] or 0))
    return found


def slips(db: Connection, since: date, until: date) -> list[Row]:
    """The slips about assets that were opened in a period, oldest first."""
    return [row for row in for_export(db) if row["asset"] and since.isoformat() <= row["opened_on"] <= until.isoformat()]


def record(db: Connection, code: str) -> list[dict[str, Any]]:
    """What was mended of a thing: for the back of its card."""
    slips = [row for row in for_export(db) if row["asset"] == code]
    names = people(db, [row["worker_id"] for row in slips])
    return [
        {"day": date.fromisoformat(row["closed_on"] or row["opened_on"]), "number": row["number"], "title": row["title"],
         "worker": names.get(row["worker_id"]), "value": Fen(row["cost_fen"] or 0)}
        for row in slips
    ]  # fmt: skip


def plans(ledger: "Ledger") -> list[Plan]:
    """Every maintenance schedule that has not been stopped."""
    today = ledger.today.isoformat()
    return [
        Plan(laid.row["code"], laid.row["name"], laid.row["asset"], laid.row["place_id"], laid.state.next_on,
             [run.closed_on for run in laid.runs if run.closed_on])
        for laid in laid_down(ledger) if not (laid.row["stopped_on"] and laid.row["stopped_on"] <= today)
    ]  # fmt: skip
