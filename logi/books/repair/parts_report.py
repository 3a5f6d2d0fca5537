"""Which parts repairs use up: by item, the costliest first, with its share and the share of all down to it (Pareto)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.repair import store
from logi.books.repair.figures import share
from logi.books.repair.tabling import columns_of
from logi.core.answers import Table
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

KEYS = ("item_code", "item", "unit", "quantity", "jobs", "worth", "share", "share_to")


def parts_used(ledger: "Ledger", since: date, until: date) -> Table:
    """The parts drawn for repairs on days of a period, returns and corrections taken in."""
    day = min(until, ledger.today)
    jobs = store.drawn(ledger.db, since, day)
    items: dict[str, dict[str, Any]] = {}
    for row in store.parts(ledger.db, list(jobs), day):
        one = items.setdefault(row["code"], {"item_code": row["code"], "item": row["name"], "unit": row["unit"],
                                             "quantity": 0, "worth": 0, "orders": set()})  # fmt: skip
        one["quantity"] += row["quantity_milli"]
        one["worth"] += row["value_fen"] or 0
        one["orders"].add(jobs[row["slip"]])
    rows = sorted(items.values(), key=lambda one: (-one["worth"], one["item_code"]))
    whole, sofar = sum(one["worth"] for one in rows), 0
    for one in rows:
        sofar += one["worth"]
        one |= {"jobs": len(one.pop("orders")), "share": share(one["worth"], whole), "share_to": share(sofar, whole)}
    return Table("repair.parts_used", say("repair.report.parts_used"), columns_of(KEYS, sums=("worth",)), rows)
