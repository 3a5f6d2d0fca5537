"""What is due of the boiler: lit by the first day of the cold, out by the last, looked after soon afterwards."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.meter import school, store
from logi.core.due import Due
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Seasons not begun, not ended, boilers not looked after; nothing for a school that never lit one."""
    rows = store.seasons(ledger.db)
    return [*_begin(ledger, rows, days), *_end(ledger, rows, days), *_upkeep(ledger, rows, days)] if rows else []


def _begin(ledger: "Ledger", rows: list[store.Row], days: int) -> Iterator[Due]:
    first, last = window(ledger, ledger.today + timedelta(days=days))
    newest = {row["place_id"]: row for row in rows}
    for row in newest.values():
        begun = row["stopped_on"] is None or row["started_on"] >= (first - timedelta(days=60)).isoformat()
        if begun or not first - timedelta(days=days) <= ledger.today <= last:
            continue
        text = say("meter.rule.light.text", place=_place(row), day=first)
        code = f"{first.year}-{first.year + 1}"
        by = school.who(ledger.db, ledger.today, row["operator_id"])
        command = f"logi meter heating start {code} --place {row['place']} --operator {by}"
        yield Due("overdue" if first < ledger.today else "soon", "meter.rule.light", row["place"], text, first, command,
                  "ENE-07 energy.heating_window")  # fmt: skip


def _end(ledger: "Ledger", rows: list[store.Row], days: int) -> Iterator[Due]:
    for row in rows:
        last = window(ledger, date.fromisoformat(row["started_on"]))[1]
        if row["stopped_on"] is not None or last > ledger.today + timedelta(days=days):
            continue
        text = say("meter.rule.out.text", code=row["code"], place=_place(row), day=last)
        yield Due("overdue" if last < ledger.today else "soon", "meter.rule.out", row["code"], text, last,
                  f"logi meter heating stop {row['code']}", "ENE-08 energy.heating_window")  # fmt: skip


def _upkeep(ledger: "Ledger", rows: list[store.Row], days: int) -> Iterator[Due]:
    for row in rows:
        if row["stopped_on"] is None or row["upkeep_on"] is not None:
            continue
        stopped = date.fromisoformat(row["stopped_on"])
        last = stopped + timedelta(days=int(school.policy(ledger, "energy.upkeep_days", stopped)))
        if last > ledger.today + timedelta(days=days):
            continue
        text = say("meter.rule.upkeep.text", code=row["code"], place=_place(row), day=last)
        by = school.who(ledger.db, ledger.today, row["operator_id"])
        command = f"logi meter heating upkeep TEXT --season {row['code']} --by {by}"
        yield Due("overdue" if last < ledger.today else "soon", "meter.rule.upkeep", row["code"], text, last, command,
                  "ENE-08 energy.upkeep_days")  # fmt: skip


def window(source: Any, day: date) -> tuple[date, date]:
    """The first and last day of the cold months that a day lies in, or that come next."""
    found = school.policy(source, "energy.heating_window", day)
    first, last = str(found["from"]), str(found["to"])
    ends = date(day.year, int(last[:2]), int(last[3:]))
    year = day.year - 1 if day <= ends else day.year
    return date(year, int(first[:2]), int(first[3:])), date(year + 1, int(last[:2]), int(last[3:]))


def _place(row: store.Row) -> str:
    return f"{row['place']} {row['place_name']}"
