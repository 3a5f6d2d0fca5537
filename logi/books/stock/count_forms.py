"""What the forms of a stock count are filled with: the sheet to walk with (庫存盤點表), gains and losses (庫存盤盈盤虧表)."""

from datetime import date
from typing import TYPE_CHECKING

from logi import journal
from logi.books.stock import approving, count_pages, counting, school
from logi.books.stock import store_counts as sql
from logi.core.errors import NotFound
from logi.core.forms import Asked, FormData, signatures

if TYPE_CHECKING:
    from logi.db import Ledger


def stock_count(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """庫存盤點表: what the book says (an open blind count leaves that out), and what was counted so far."""
    count = counting.count_of(ledger, str(number).upper())
    hidden = bool(count["blind"]) and count["state"] == "open"
    lines = [
        {"item_code": one.row["code"], "name": one.row["name"], "spec": one.row["spec"], "unit": one.row["unit"],
         "place": one.row["place"], "book_quantity": None if hidden else one.book_milli,
         "counted": one.counted["quantity_milli"] if one.counted is not None else None,
         "difference": one.difference_milli if one.counted is not None and not hidden else None}
        for one in counting.tallied(ledger, count)
    ]  # fmt: skip
    people = {role: school.by_id(ledger.db, "school_person", count[f"{role}_id"]) for role in ("counter", "supervisor")}
    day = date.fromisoformat(count["on_day"])
    return FormData(count["number"], on=day, values={"base_day": day, "scope": count["scope"]}, lines=lines,
                    named={role: row["name"] if row is not None else None for role, row in people.items()})  # fmt: skip


def stock_differences(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """庫存盤盈盤虧表: over and short by item, why, whether it was adjusted, and the approvals the levels ask for."""
    made = sql.variance(ledger.db, str(number).upper())
    if made is None:
        raise NotFound("front.nothing_found", text=number)
    lines = [
        {"item_code": row["code"], "name": row["name"], "unit": row["unit"], "book_quantity": row["book"],
         "found_quantity": row["counted"], "over_quantity": row["over"], "over_value": row["over_value"],
         "short_quantity": row["short"], "short_value": row["short_value"], "reason": row["cause"], "handling": row["applied"]}
        for row in count_pages.variance(ledger, made).rows
    ]  # fmt: skip
    levels = str(made["levels"]).split()
    return FormData(
        made["number"], on=date.fromisoformat(made["on_day"]), lines=lines, levels=levels,
        signed=signatures(journal.approvals(ledger.db, made["number"])),
        titles={level: approving.level_title(level) for level in levels},
    )  # fmt: skip


def counts_of(ledger: "Ledger", since: date, until: date) -> list[str]:
    """The numbers of the counts whose base day lies in a period."""
    return [row["number"] for row in sql.counts(ledger.db) if since.isoformat() <= row["on_day"] <= until.isoformat()]


def differences_of(ledger: "Ledger", since: date, until: date) -> list[str]:
    """The numbers of the tables of differences of a period."""
    return [row["number"] for row in sql.variances_between(ledger.db, since.isoformat(), until.isoformat())]
