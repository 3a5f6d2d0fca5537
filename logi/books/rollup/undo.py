"""What undo must know of bundles: a month's first bundle cannot go while a correction stands on it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from logi.books.rollup import store_bundles
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry


def settle(e: "Entry", tables: Iterable[str]) -> None:
    """Refuse (4) what would leave a correction without what it corrects."""
    for name, rows in (("rollup_submission", store_bundles.submissions), ("rollup_bundle", store_bundles.bundles)):
        if name not in set(tables):
            continue
        there = rows(e.db)
        known = {row["sha256"] for row in there}
        if torn := next((row for row in there if row["corrects"] and row["corrects"] not in known), None):
            raise Refused("rollup.undo_corrected", number=torn["number"], month=torn["month"])
