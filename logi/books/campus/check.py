"""What the campus book asks of the checks': the standard of the beautiful campus, its runs, what became of failures."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.check import lists
from logi.books.check.analysis import outcome
from logi.books.check.store import numbered, results_of_runs, runs
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.db import Ledger

LIST = "campus-beauty"
SETTLED = ("closed", "on-the-spot")

__all__ = ["LIST", "SETTLED", "Point", "item_named", "last_run", "numbered", "points"]


class Point(NamedTuple):
    """An item of the standard: its wording, and the newest answer with what was opened for it and what became of that."""

    id: str
    text: str
    area: str | None
    weight: int
    result: str | None
    remark: str | None
    opened: str | None
    outcome: str | None


def last_run(db: Any, day: date) -> Any | None:
    """The newest run of the standard up to a day."""
    found = runs(db, LIST, None, day)
    return found[-1] if found else None


def points(ledger: "Ledger", run: Any | None) -> list[Point]:
    """Every item of the standard with the answer a run gave it."""
    known = lists.known(LIST)
    assert known is not None
    answers = {row["item"]: row for row in results_of_runs(ledger.db, [run]).get(run["number"], [])} if run is not None else {}
    found = []
    for item in known.items:
        row = answers.get(item.id)
        became = outcome(ledger, row) if row is not None and row["result"] == "fail" else None
        result, remark, opened = (row["result"], row["remark"], row["opened"]) if row is not None else (None, None, None)
        found.append(Point(item.id, lists.title(item), lists.area(known, item), item.weight, result, remark, opened, became))
    return found


def item_named(text: str) -> str:
    """The item of the standard a text means: its id, number or wording. Refused (4) where none does."""
    known = lists.known(LIST)
    assert known is not None
    item = lists.item_named(known, text)
    if item is None:
        raise Refused("campus.no_point", text=text, known=[one.id for one in known.items])
    return item.id
