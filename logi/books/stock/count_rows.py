"""Rows of an import that say what was counted of an item: they go onto the count that is open, or the one they name."""

from logi.books.stock import counting, store
from logi.books.stock import store_counts as sql
from logi.books.stock.lines import Line
from logi.core.errors import LogiError, Refused
from logi.core.folding import fold
from logi.importing.kinds import NEW, SAME, Changed, Row, Verdict
from logi.importing.running import Options, Posted
from logi.journal import Entry


def count_items(e: Entry, rows: list[Row], options: Options, posted: Posted) -> None:
    """Enter the rows; an item stands once in a file, what was entered with the same figure already stays as it is."""
    seen: dict[tuple[str | None, int], int] = {}
    for row in rows:
        options.attempt(e, row, lambda row=row: _take(e, row, seen), posted)  # type: ignore[misc]


def _take(e: Entry, row: Row, seen: dict[tuple[str | None, int], int]) -> Verdict:
    if row["quantity"] is None:
        raise Refused("importing.lacks", column="quantity", direction=row.texts["item"])
    item = store.item(e, row["item"])
    if row["name"] is not None and row["name"] != row["item"] and fold(row["name"]) != item["folded"]:
        raise Refused("importing.name_differs", code=item["code"], name=item["name"], text=row["name"], column="name")
    count = counting.count_of(e, row["number"])
    before = seen.setdefault((count["number"], item["id"]), row.line)
    if before != row.line:
        raise LogiError("importing.twice", code=row["item"], before=before, column="item")
    there = sql.counted(e.db, count["id"]).get(item["id"])
    if there is not None and there["quantity_milli"] == row["quantity"]:
        return SAME
    counting.enter(e, row["number"], [Line(item["code"], row["quantity"])], by=row["by"], on=row["on"])
    return NEW if there is None else Changed({"quantity": (there["quantity_milli"], row["quantity"])})
