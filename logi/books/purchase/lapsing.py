"""What has run out on the day it is leaned on: a vendor's licence, their days on the tender list, a person who has left."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.purchase import actions, school, standing
from logi.core.due import Due
from logi.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from logi.db import Ledger
    from logi.journal import Entry

OPTIONS = {"licence": "--licence-to", "tender": "--tendered-to"}


def lapses(vendor: Any, *, tendered: bool) -> dict[str, date]:
    """The last day of a vendor's licence, and of their days on the list where that is asked for."""
    columns = {"licence": "licence_to"} | ({"tender": "tendered_to"} if tendered else {})
    return {kind: date.fromisoformat(vendor[column]) for kind, column in columns.items() if vendor[column]}


def warn_of(e: "Entry", one: standing.Purchase, lines: "list[Any]", on: date) -> None:
    """Warn of what ran out between the order and the day its goods came; a food vendor's licence is refused elsewhere."""
    vendor = school.by_id(e.db, "school_vendor", one.order["vendor_id"])
    food, code = any(actions.is_food(one, row) for row in lines), one.order["vendor_code"]
    for kind, last in lapses(vendor, tendered=_tendered(e, one, lines)).items():
        if last < on and not (food and kind == "licence"):
            e.warn(f"purchase.lapsed_{kind}", number=one.number, vendor=one.order["vendor"], code=code, day=last)


def still_here(e: "Entry", person: Any, on: date) -> Any:
    """The person, warned of where they had left by the day."""
    if person is not None and person["left_on"] and person["left_on"] <= on.isoformat():
        e.warn("purchase.person_left", person=person["name"], day=date.fromisoformat(person["left_on"]), on=on)
    return person


def due(ledger: "Ledger", one: standing.Purchase, comes: date) -> "Iterator[Due]":
    """Of an order that is still waited for: what of its vendor has run out, or will have by the day the goods come."""
    vendor = school.by_id(ledger.db, "school_vendor", one.order["vendor_id"])
    lines = [row for row in one.lines if one.outstanding(row["line"])]
    for kind, last in lapses(vendor, tendered=_tendered(ledger, one, lines)).items():
        if last >= max(comes, ledger.today):
            continue
        text = say(f"purchase.due.lapses_{kind}", number=one.number, vendor=one.order["vendor"], day=last)
        command = f"logi vendor edit {one.order['vendor_code']} {OPTIONS[kind]} DAY"
        state = "overdue" if last < ledger.today else "expiring"
        yield Due(state, "purchase.rule.lapses", one.number, text, last, command, "PUR-04" if kind == "tender" else "PUR-05")


def _tendered(source: Any, one: standing.Purchase, lines: "list[Any]") -> bool:
    return any(actions.is_tendered(source, one, row) for row in lines)
