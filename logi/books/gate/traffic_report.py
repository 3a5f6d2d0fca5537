"""What is asked about vehicles: the register, passes in and out, who was too fast and how often."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.gate import masking, rules, store_traffic
from logi.books.gate.tabling import table
from logi.books.gate.traffic_actions import speed_limit, times_fast
from logi.core.answers import Table
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

VEHICLES = "plate:code name kind:word:gate.vehicle driver from:day stopped_on:day reason"
PASSES = ("on:day at plate:code way:word:gate.way vehicle kind:word:gate.vehicle driver speed:quantity fast:code "
          "visit:code guard note")  # fmt: skip
FAST = "number:code on:day at plate:code vehicle driver speed:quantity limit:count times:count told_on:day told_by told"


def vehicles(ledger: "Ledger", *, kind: str | None = None) -> Table:
    """The vehicles that may come in, and those that may no longer."""
    rows = [row for row in store_traffic.vehicles(ledger.db) if kind in (None, row["kind"])]
    return vehicles_table(rows, say("gate.title.vehicles"))


def vehicles_table(rows: Iterable[Any], heading: str) -> Table:
    """Vehicles as a table."""
    return table("vehicles", heading, VEHICLES, [
        {"plate": row["code"], "name": row["name"], "kind": row["kind"], "driver": row["driver"],
         "from": date.fromisoformat(row["from_day"]), "reason": row["stopped_why"],
         "stopped_on": date.fromisoformat(row["stopped_on"]) if row["stopped_on"] else None} for row in rows])  # fmt: skip


def passes(ledger: "Ledger", since: date, until: date, *, plate: str | None = None, kind: str | None = None) -> Table:
    """Vehicles in and out of a period, those that nobody knows and those that lack the other way said below."""
    rows = [row for row in store_traffic.passes(ledger.db, since, until)
            if plate in (None, row["plate"]) and kind in (None, row["kind"] or "other")]  # fmt: skip
    answer = passes_table(ledger, rows, say("gate.title.passes", since=since, until=until))
    by_plate: dict[str, list[str]] = {}
    first = masking.shown_since(ledger)
    for row in rows:
        by_plate.setdefault(masking.plate(row, first), []).append(row["way"])
    missing = sorted(plate for plate, ways in by_plate.items() if any(rules.unmatched(ways)))
    unknown = sorted({row["plate"] for row in rows if row["vehicle"] is None and row["visit"] is None})
    answer.notes = tuple(say(key, plates=found) for key, found in
                    (("gate.note.unmatched", missing), ("gate.note.unknown", unknown)) if found)  # fmt: skip
    return answer


def passes_table(ledger: "Ledger", rows: Iterable[Any], heading: str) -> Table:
    """Passes as a table."""
    first = masking.shown_since(ledger)
    return table("passes", heading, PASSES, [
        {"on": date.fromisoformat(row["on_day"]), "at": row["at_time"], "plate": masking.plate(row, first), "way": row["way"],
         "vehicle": row["vehicle"], "kind": row["kind"] or "other", "driver": masking.driver(row, first),
         "speed": row["speed_milli"], "fast": row["number"], "visit": row["visit"], "guard": row["guard"], "note": row["note"]}
        for row in rows])  # fmt: skip


def speeding(ledger: "Ledger", since: date, until: date) -> Table:
    """Who was faster than the school allows in a period, the how manieth time, and whether the driver was told by its end."""
    rows = [row for row in store_traffic.passes(ledger.db, since, until) if row["number"]]
    return speeding_table(ledger, rows, say("gate.title.speeding", since=since, until=until), until)


def speeding_table(ledger: "Ledger", rows: Iterable[Any], heading: str, until: date = date.max) -> Table:
    """Speedings as a table, as they stood on a day; `times` counts back over the days of the policy."""
    first, found = masking.shown_since(ledger), []
    for row in rows:
        day = date.fromisoformat(row["on_day"])
        told = bool(row["told_on"]) and row["told_on"] <= until.isoformat()
        found.append({
            "number": row["number"], "on": day, "at": row["at_time"], "plate": masking.plate(row, first),
            "vehicle": row["vehicle"], "driver": masking.driver(row, first), "speed": row["speed_milli"],
            "limit": speed_limit(ledger, day), "times": times_fast(ledger, row["plate"], row["on_day"], row["at_time"]),
            "told_on": date.fromisoformat(row["told_on"]) if told else None, "told_by": row["told_by"] if told else None,
            "told": row["told"] if told else None,
        })  # fmt: skip
    return table("speeding", heading, FAST, found)
