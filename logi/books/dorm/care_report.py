"""The reports of wardens with their training, and of evening care: the roster, and what was written of each evening."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.dorm import school, store
from logi.books.dorm.tabling import as_day, table
from logi.core.answers import Table
from logi.core.messages import say
from logi.core.shares import permille_text

if TYPE_CHECKING:
    from logi.db import Ledger

WARDENS = "building:code building_name code:code name from_day:day left_on:day trained_on:day topic state:word:dorm.trained"
CARES = "on:day place:code place_name code:code name state:word:dorm.care heads:count+ logged_by note"


def wardens(ledger: "Ledger", day: date) -> Table:
    """Who kept which building by a day, trained last when and in what; those who had left stand last."""
    rows = [_warden(ledger, row, day) for row in store.wardens(ledger.db) if row["from_day"] <= day.isoformat()]
    rows.sort(key=lambda row: row["left_on"] is not None and row["left_on"] <= day)
    return table("wardens", say("dorm.title.wardens"), WARDENS, rows)


def trained(ledger: "Ledger", row: Any, day: date) -> str:
    """How a warden stands on a day: `valid`, `old` (longer ago than `dorm.training_days`) or `never`."""
    last = _last(ledger, row["person_id"], day)
    if last is None:
        return "never"
    days = timedelta(days=int(school.policy(ledger, "dorm.training_days", day)))
    return "valid" if date.fromisoformat(last["on_day"]) >= day - days else "old"


def cares(ledger: "Ledger", since: date | None, until: date | None, *, person: str | None = None,
          place: str | None = None) -> Table:  # fmt: skip
    """The roster of a period; each evening is written or not, and one that nobody was planned for stands too."""
    first, last = since or date.min, until or date.max
    who = school.person(ledger, person)["id"] if person else None
    where = school.place(ledger, place)["id"] if place else None
    logs = store.care_logs(ledger.db, first, last)
    rows = [_evening(ledger, row, logs) for row in store.cares(ledger.db, first, last)
            if who in (None, row["person_id"]) and where in (None, row["place_id"])]  # fmt: skip
    planned = {(row["on_day"], row["place_id"]) for row in store.cares(ledger.db, first, last)}
    rows += [{"on": as_day(log["on_day"]), "place": log["place"], "place_name": log["place_name"], "state": "unplanned",
              "heads": log["heads"], "logged_by": log["name"], "note": log["note"]}
             for log in logs if (log["on_day"], log["place_id"]) not in planned
             and who in (None, log["by_id"]) and where in (None, log["place_id"])]  # fmt: skip
    rows.sort(key=lambda row: (row["on"], row["place"]))
    over = [row for row in rows if row["state"] != "ahead"]
    kept = sum(row["state"] in ("kept", "unplanned") for row in over)
    notes = [say("dorm.note.care", kept=kept, count=len(over), rate=permille_text(kept, len(over)))] if over else []
    return table("care", say("dorm.title.care"), CARES, rows, notes=notes)


def _evening(ledger: "Ledger", row: store.Row, logs: list[store.Row]) -> dict[str, Any]:
    own = [log for log in logs if (log["on_day"], log["place_id"]) == (row["on_day"], row["place_id"])]
    state = "kept" if own else "ahead" if row["on_day"] >= ledger.today.isoformat() else "unwritten"
    return {"on": as_day(row["on_day"]), "place": row["place"], "place_name": row["place_name"], "code": row["code"],
            "name": row["name"], "state": state, "heads": sum(log["heads"] for log in own) if own else None,
            "logged_by": own[0]["name"] if own else None, "note": own[0]["note"] if own else None}  # fmt: skip


def _warden(ledger: "Ledger", row: store.Row, day: date) -> dict[str, Any]:
    last = _last(ledger, row["person_id"], day)
    return {"building": row["building"], "building_name": row["building_name"], "code": row["code"], "name": row["name"],
            "from_day": as_day(row["from_day"]), "left_on": as_day(row["left_on"]), "state": trained(ledger, row, day),
            "trained_on": as_day(last["on_day"]) if last is not None else None,
            "topic": last["topic"] if last is not None else None}  # fmt: skip


def _last(ledger: "Ledger", person_id: int, day: date) -> store.Row | None:
    own = [row for row in store.trainings(ledger.db, day) if row["person_id"] == person_id]
    return own[-1] if own else None
