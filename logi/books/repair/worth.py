"""What repairs say to leaders: of the buildings and of the things in them, and what the money spent on them brought about."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from logi.books.repair import report

if TYPE_CHECKING:
    from logi.db import Ledger

FABRIC = ("water", "electric", "wood", "masonry", "door-window")  # kinds of work on the building itself


def focus(ledger: "Ledger", since: date, until: date) -> Iterator[tuple[str, str, str, int]]:
    """Repairs of the buildings, and of equipment: opened, accepted, cost in fen."""
    rows = report.by_kind(ledger, since, until).rows
    for area, kinds in (("buildings", FABRIC), ("property", ("equipment",))):
        mine = [row for row in rows if row["kind"] in kinds]
        for key, kind in (("opened", "count"), ("accepted", "count"), ("cost", "money")):
            if mine:
                yield area, f"repair.focus.{key}", kind, sum(int(row[key] or 0) for row in mine)


def results(ledger: "Ledger", since: date, until: date) -> Iterator[tuple[str, int, int]]:
    """Repairs that were accepted, and what repairs cost."""
    rows = report.by_kind(ledger, since, until).rows
    yield "repair.result.accepted", sum(row["accepted"] or 0 for row in rows), sum(row["cost"] or 0 for row in rows)
