"""What is asked about the school bus: the register, papers and until when they hold, trips, what a month lacks."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.gate import bus_papers, rules, school, store_bus
from logi.books.gate.tabling import table
from logi.core.answers import Table, Word
from logi.core.messages import say, shown, title
from logi.core.shares import permille

if TYPE_CHECKING:
    from logi.db import Ledger

BUSES = ("plate:code name seats:count riders:count route driver attendant inspection:day permit:day insurance:day "
         "licence:day asset:code state:word:gate.bus_state")  # fmt: skip
PAPERS = "kind:word:gate.paper plate:code name on:day until:day doc_no:code days_left:count state:word:gate.paper_state note"
TRIPS = ("number:code on:day leg:word:gate.leg at plate:code boarded:count+ alighted:count+ absent driver attendant "
         "hazard:code note")  # fmt: skip
MONTH = "plate:code name asked:count+ made:count+ rate:rate boarded:count+ unequal:count+ overfull:count+ missing"


def buses(ledger: "Ledger", day: date) -> Table:
    """The buses in service on a day, and until when each paper holds (empty where it does not)."""
    rows = []
    for row in store_bus.buses(ledger.db, day):
        crew = store_bus.crew_on(ledger.db, row, day)
        held = bus_papers.held(ledger, row, crew.driver_id, day)
        ends = {kind: date.fromisoformat(paper["until_day"]) if paper is not None else None for kind, paper in held.items()}
        rows.append({"plate": row["code"], "name": row["name"], "seats": row["seats"], "riders": row["riders"],
                     "route": row["route"], "driver": crew.driver, "attendant": crew.attendant, "asset": row["asset"],
                     **ends, "state": "fit" if all(ends.values()) else "unfit"})  # fmt: skip
    return table("buses", say("gate.title.buses", day=day), BUSES, rows)


def papers(ledger: "Ledger", text: str | None = None, day: date | None = None) -> Table:
    """All papers of the buses (or of one) and their drivers as they stood on a day, the newest on top."""
    bus = store_bus.bus(ledger, text) if text else None
    rows = store_bus.papers(ledger.db) if bus is None else of_bus(ledger, bus)
    last = (day or ledger.today).isoformat()
    there = [row for row in rows if row["on_day"] <= last]
    return papers_table(ledger, reversed(there), say("gate.title.papers"), day)


def of_bus(ledger: "Ledger", bus: Any) -> list[Any]:
    """The papers of one bus and its driver, oldest first."""
    both = store_bus.papers(ledger.db, bus_id=bus["id"]) + store_bus.papers(ledger.db, person_id=bus["driver_id"])
    return sorted(both, key=lambda row: (row["on_day"], row["id"]))


def papers_table(ledger: "Ledger", rows: Iterable[Any], heading: str, on: date | None = None) -> Table:
    """Papers as a table: which holds on a day, which another took the place of, which was failed."""
    day = on or ledger.today
    last: dict[tuple[str, Any], int] = {}
    for row in store_bus.papers(ledger.db):
        if row["on_day"] <= day.isoformat():
            last[row["kind"], row["bus_id"] or row["person_id"]] = row["id"]
    found = []
    for row in rows:
        until = date.fromisoformat(row["until_day"]) if row["until_day"] else None
        newest = last.get((row["kind"], row["bus_id"] or row["person_id"])) == row["id"]
        state = "failed" if until is None else "replaced" if not newest else "ended" if until < day else "valid"
        found.append({
            "kind": row["kind"], "plate": row["plate"], "name": row["bus"] or row["person"],
            "on": date.fromisoformat(row["on_day"]), "until": until, "doc_no": row["doc_no"], "state": state,
            "note": row["note"],
            "days_left": (until - day).days if until is not None and newest else None,
        })  # fmt: skip
    return table("papers", heading, PAPERS, found)


def trips(ledger: "Ledger", since: date, until: date, *, text: str | None = None) -> Table:
    """The trips of a period with their roll-calls; below it which legs of school days have no trip."""
    bus = store_bus.bus(ledger, text) if text else None
    rows = store_bus.trips(ledger.db, since, until, bus["id"] if bus is not None else None)
    answer = trips_table(rows, say("gate.title.trips", since=since, until=until))
    notes = []
    for one in store_bus.buses(ledger.db) if bus is None else [bus]:
        gaps = list(missing(ledger, one, since, min(until, ledger.today)))
        if gaps:
            notes.append(say("gate.note.no_trip", plate=one["code"], count=len(gaps), gaps=gaps_text(gaps)))
    answer.notes = tuple(notes)
    return answer


def trips_table(rows: Iterable[Any], heading: str) -> Table:
    """Trips as a table."""
    return table("trips", heading, TRIPS, [
        {"number": row["number"], "on": date.fromisoformat(row["on_day"]), "leg": row["leg"], "at": row["at_time"],
         "plate": row["plate"], "boarded": row["boarded"], "alighted": row["alighted"], "absent": absent_text(row["absent"]),
         "driver": row["driver"], "attendant": row["attendant"], "hazard": row["hazard"], "note": row["note"]}
        for row in rows])  # fmt: skip


def month(ledger: "Ledger", since: date, until: date) -> Table:
    """Each bus's trips of a period: asked for, made, pupils carried, counts that did not agree, more aboard than may be."""
    last = min(until, ledger.today)
    found = []
    for row in store_bus.buses(ledger.db):
        made = store_bus.trips(ledger.db, since, last, row["id"])
        asked = sum(1 for _ in wanted(ledger, row, since, last))
        if not made and not asked:
            continue
        gaps = list(missing(ledger, row, since, last))
        there = asked - len(gaps)
        found.append({
            "plate": row["code"], "name": row["name"], "asked": asked, "made": there,
            "boarded": sum(one["boarded"] for one in made), "rate": permille(there, asked),
            "missing": gaps_text(gaps),
            "unequal": sum(one["boarded"] != one["alighted"] for one in made),
            "overfull": sum(one["boarded"] + rules.CREW > row["seats"] for one in made),
        })  # fmt: skip
    return table("bus_month", say("gate.title.bus_month", since=since, until=last), MONTH, found)


def wanted(ledger: "Ledger", row: Any, since: date, until: date) -> Iterator[tuple[date, str]]:
    """The legs of school days that a bus in service drives (`bus.legs`); none while no term is entered."""
    calendar = school.calendar(ledger)
    first = max(since, date.fromisoformat(row["from_day"]))
    last = min(until, date.fromisoformat(row["stopped_on"]) - timedelta(days=1)) if row["stopped_on"] else until
    if calendar.terms and first <= last:
        for day in calendar.schooldays(first, last):
            for leg in school.policy(ledger, "bus.legs", day):
                yield day, leg


def missing(ledger: "Ledger", row: Any, since: date, until: date) -> Iterator[tuple[date, str]]:
    """The legs of school days for which no trip of this bus is on record."""
    there = {(one["on_day"], one["leg"]) for one in store_bus.trips(ledger.db, since, until, row["id"])}
    return (one for one in wanted(ledger, row, since, until) if (one[0].isoformat(), one[1]) not in there)


def gaps_text(gaps: list[tuple[date, str]], most: int = 4) -> str | None:
    """Legs as people read them, the first few."""
    if not gaps:
        return None
    parts = [f"{day:%m-%d} {shown(Word.of('gate.leg', leg))}" for day, leg in gaps[:most]]
    return shown(parts) + (" …" if len(gaps) > most else "")


def absent_text(kept: str | None) -> str | None:
    """Who did not ride, and why, as people read it."""
    if kept is None:
        return None
    pairs = [line.partition("=") for line in kept.splitlines()]
    return shown([name + (f" {why}" if why else "") for name, _, why in pairs])


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A trip by its number, a bus by its plate with papers and trips; None if neither is known."""
    if (row := store_bus.trip(ledger.db, number)) is not None:
        return [trips_table([row], say("gate.title.trip", number=row["number"]))]
    bus = next((one for one in store_bus.buses(ledger.db) if one["code"] == number), None)
    if bus is None:
        return None
    facts = {"plate": bus["code"], "name": bus["name"], "seats": bus["seats"], "riders": bus["riders"], "route": bus["route"],
             "driver": bus["driver"], "attendant": bus["attendant"], "asset": bus["asset"], "from": bus["from_day"],
             "stopped_on": bus["stopped_on"], "reason": bus["stopped_why"]}  # fmt: skip
    rows = [{"field": say(f"gate.col.{key}"), "content": str(value)} for key, value in facts.items() if value is not None]
    made = list(reversed(store_bus.trips(ledger.db, date.min, ledger.today, bus["id"])))[:20]
    return [table("bus", say("gate.title.bus", plate=bus["code"]), "field content", rows),
            papers_table(ledger, reversed(of_bus(ledger, bus)), say("gate.title.papers")),
            trips_table(made, say("gate.title.last_trips"))]  # fmt: skip


def search(ledger: "Ledger", folded: str) -> list[dict[str, Any]]:
    """Buses for `logi find`."""
    from logi.core.folding import fold

    return [{"kind": "bus", "code": row["code"], "name": row["name"], "detail": row["route"] or title("front.thing", "bus")}
            for row in store_bus.buses(ledger.db) if folded in row["folded"] or folded in fold(row["code"])]  # fmt: skip
