"""Closing a month of the meters: nothing is unread; what each showed, used and cost is stored."""

from typing import TYPE_CHECKING, Any

from logi.books.meter import reckoning, store
from logi.books.meter.actions import hangs
from logi.books.meter.reckoning import read_in
from logi.core.days import month_period
from logi.core.due import Blocker
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry


def blockers(ledger: "Ledger", month: str) -> list[Blocker]:
    """Meters that hung at the month's end and were not read in it."""
    last = month_period(month).until
    readings = store.readings(ledger.db)
    rows = [row for row in store.meters(ledger.db) if hangs(row, last) and row["from_day"] < last.isoformat()
            and not read_in(readings[row["id"]], month)]  # fmt: skip
    if not rows:
        return []
    given = " ".join(f"{row['code']}=VALUE" for row in rows)
    command = f"logi meter read {given} --on {last} --by {reckoning.reader(ledger, *(row['reader_id'] for row in rows))}"
    return [Blocker(say("meter.close_unread", month=month, codes=[row["code"] for row in rows]), command, "meter.close_unread")]


def notices(ledger: "Ledger", month: str) -> list[tuple[str, dict[str, Any]]]:
    """Uses of the month that nobody explained: they are listed, and stand in nobody's way."""
    sheet = reckoning.of_month(ledger, month)
    odd = [line.meter["code"] for line in sheet.lines if line.state == "abnormal"]
    if not odd:
        return []
    command = f"logi meter month {month} --state abnormal"
    return [("meter.close_odd", {"count": len(odd), "codes": odd[:10], "command": command})]


def close(e: "Entry", month: str) -> None:
    """Store the month's figures of every meter that was read."""
    for line in reckoning.of_month(e, month).lines:
        if line.use_milli is not None and line.closing_milli is not None:
            e.insert("meter_closing", month=month, meter_id=line.meter["id"], value_milli=line.closing_milli,
                     use_milli=line.use_milli, cost_fen=line.cost_fen)  # fmt: skip


def reopen(e: "Entry", month: str) -> None:
    """Take the stored figures back."""
    for row in store.closings(e.db, month):
        e.void("meter_closing", row["id"])
