"""What undo must know of meters: without a reading those around it must still be able to follow each other."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from logi.books.meter import rules, store
from logi.core.answers import Milli
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry


def settle(e: "Entry", tables: Iterable[str]) -> None:
    """Refuse (4) what would leave a reading below the one before it, or turned over without need, or two on a day."""
    if "meter_reading" not in set(tables):
        return
    for meter_id, there in store.readings(e.db).items():
        found = rules.fault(there)
        if found is not None and found.before is not None:
            before, code = found.before, store.meter_of(e.db, meter_id)["code"]
            raise Refused("meter.undo_breaks", code=code, on=found.reading.on, value=Milli(found.shown_milli),
                          last=Milli(before.value_milli), last_on=before.on)  # fmt: skip
