"""What the register says to leaders: of buildings and of the other property, and what was bought for the money."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from logi.books.asset import report, store

if TYPE_CHECKING:
    from logi.db import Ledger

BUILDINGS = ("A01", "102", "103")  # houses and structures, in the classification of 2022 and of 2010
FIGURES = (("closing_quantity", "quantity"), ("closing", "money"), ("added", "money"), ("reduced", "money"))


def focus(ledger: "Ledger", since: date, until: date) -> Iterator[tuple[str, str, str, int]]:
    """Houses and structures, and all other things: how many, their cost, what was added and reduced, in fen."""
    rows = report.audit(ledger, since, until).rows
    for area in ("buildings", "property"):
        mine = [row for row in rows if (str(row["category"] or "").startswith(BUILDINGS)) == (area == "buildings")]
        for key, kind in FIGURES:
            if mine:
                yield area, f"asset.focus.{key}", kind, sum(row[key] for row in mine)


def results(ledger: "Ledger", since: date, until: date) -> Iterator[tuple[str, int, int]]:
    """Things that were bought in the days: pieces and cost."""
    bought = [
        row for row in store.postings(ledger.db, since, until)
        if row["kind"] == "add" and row["acquired_by"] == "purchase" and row["split_from"] is None
    ]  # fmt: skip
    pieces, cost = (sum(row[key] for row in bought) for key in ("quantity_milli", "cost_fen"))
    yield "asset.result.bought", pieces // 1000, cost
