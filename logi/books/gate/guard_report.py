"""What is asked about those who keep the gate: certificates, who is on post, training and supervision, handovers."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.gate import month, rules, school, store_guards
from logi.books.gate.tabling import table
from logi.core.answers import Table
from logi.core.messages import say, shown, title

if TYPE_CHECKING:
    from logi.db import Ledger

GUARDS = ("person:code name post firm certificate:code issued:day expires:day state:word:gate.certified "
          "trained_on:day supervised_on:day on_post:word:gate.post")  # fmt: skip
EVENTS = "number:code on:day kind:word:gate.event topic names minutes:count by faults outcome due:day settled"
SHIFTS = "number:code on:day at giver taker lacking inside:count matters"


def guards(ledger: "Ledger", day: date) -> Table:
    """Who keeps the gate on a day: certificate, last training, last supervision, and who is on post."""
    trained = store_guards.last_days(ledger.db, "training", day, int(school.policy(ledger, "gate.pass_score", day)))
    seen = store_guards.last_days(ledger.db, "supervision", day)
    last = store_guards.shift_at(ledger.db, day.isoformat(), "24:00")
    on_post = last["taker_id"] if last is not None else None
    rows = [
        {"person": row["code"], "name": row["name"], "post": row["post"], "firm": row["firm"],
         "certificate": row["certificate"], "issued": _day(row["issued_on"]), "expires": _day(row["expires_on"]),
         "state": certified(ledger, row, day), "trained_on": _day(trained.get(row["person_id"])),
         "supervised_on": _day(seen.get(row["person_id"])), "on_post": "on" if row["person_id"] == on_post else None}
        for row in store_guards.guards(ledger.db, day)
    ]  # fmt: skip
    notes = []
    if last is not None:
        facts = {"day": date.fromisoformat(last["on_day"]), "time": last["at_time"]}
        notes = [say("gate.note.on_post", name=last["taker"], **facts) if last["taker"] else say("gate.note.locked", **facts)]
    if rostered := month.rostered(ledger.db, day, "gate"):
        notes.append(say("gate.note.rostered", day=day, names=list(rostered.values())))
    return table("guards", say("gate.title.guards", day=day), GUARDS, rows, notes=notes)


def certified(ledger: "Ledger", row: Any, day: date) -> str:
    """`none`, `expired`, `expiring` or `valid`: how a guard's certificate stands on a day."""
    if row["issued_on"] is None:
        return "none"
    if not rules.good(row["issued_on"], row["expires_on"], day):
        return "expired"
    notice = timedelta(days=int(school.policy(ledger, "school.certificate_notice_days", day)))
    return "expiring" if (row["expires_on"] or "9999") <= (day + notice).isoformat() else "valid"


def events(ledger: "Ledger", since: date, until: date, *, kind: str | None = None, person: str | None = None) -> Table:
    """Training and supervision of a period."""
    who = school.person(ledger, person)["id"] if person else None
    rows = [row for row in store_guards.events(ledger.db, since, until) if kind in (None, row["kind"])]
    if who is not None:
        rows = [row for row in rows
                if who in {one["person_id"] for one in store_guards.people_of(ledger.db, row["number"])}]  # fmt: skip
    return events_table(ledger, rows, say("gate.title.events", since=since, until=until))


def events_table(ledger: "Ledger", rows: Iterable[Any], heading: str) -> Table:
    """Training and supervision as a table."""
    return table("events", heading, EVENTS, [
        {"number": row["number"], "on": date.fromisoformat(row["on_day"]), "kind": row["kind"],
         "topic": row["topic"], "names": names_of(ledger, row["number"]), "minutes": row["minutes"],
         "by": row["by_name"], "faults": faults_text(row["faults"]), "outcome": row["outcome"], "due": _day(row["due_on"]),
         "settled": f"{row['settled_on']} {row['settled']}" if row["settled_on"] else None}
        for row in rows])  # fmt: skip


def names_of(ledger: "Ledger", number: str) -> str | None:
    """Whom an event was about, with what they scored."""
    names = [row["name"] + (f" {row['score']}" if row["score"] is not None else "")
             for row in store_guards.people_of(ledger.db, number)]  # fmt: skip
    return shown(names) if names else None


def faults_text(kept: str | None) -> str | None:
    """What supervision found wanting, as people read it."""
    if kept is None:
        return None
    pairs = [line.partition("=") for line in kept.splitlines()]
    return shown([title("gate.point", key) + (f" {words}" if words else "") for key, _, words in pairs])


def shifts(ledger: "Ledger", since: date, until: date) -> Table:
    """The handovers of a period."""
    return shifts_table(store_guards.shifts(ledger.db, since, until), say("gate.title.shifts", since=since, until=until))


def shifts_table(rows: Iterable[Any], heading: str) -> Table:
    """Handovers as a table."""
    return table("shifts", heading, SHIFTS, [
        {"number": row["number"], "on": date.fromisoformat(row["on_day"]), "at": row["at_time"], "giver": row["giver"],
         "taker": row["taker"] or title("gate.post", "locked"), "inside": row["inside"], "matters": row["matters"],
         "lacking": shown(row["lacking"].splitlines()) if row["lacking"] else None} for row in rows])  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
