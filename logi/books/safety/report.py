"""What the safety book can be asked: measures and what they lack, equipment, what was held, the ledger of it all."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.safety import patrol, school, standing, store
from logi.books.safety.standing import as_day
from logi.books.safety.tabling import place_text, table
from logi.core.answers import Table, Word
from logi.core.days import month_period
from logi.core.messages import say, shown, title

if TYPE_CHECKING:
    from logi.db import Ledger

MEASURES = ("code:code title kind:word:safety.kind place owner measure basis aware_on:day acted_on:day lacks")
EVENTS = "number:code on:day kind:word:safety.event topic audience heads:count+ minutes:count place by outcome"
EQUIPMENT = ("code:code title kind:word:safety.equipment place count:count+ made_on:day expires_on:day owner looked_on:day "
             "state:word:safety.state asset:code")  # fmt: skip
LEDGER = "on:day matter:word:safety.matter number:code what place by outcome"


def measures(ledger: "Ledger", *, kind: str | None = None, lacking: bool = False, place: str | None = None,
             day: date | None = None) -> Table:  # fmt: skip
    """The measures in force with what of the three is not in place, and the canteen's gaps (PAT-09, PAT-25, PAT-21)."""
    today = day or ledger.today
    place_id = school.place(ledger, place)["id"] if place else None
    rows = []
    for row in store.measures(ledger.db, today):
        lacks = standing.lacking(ledger, row, today)
        if (kind and row["kind"] != kind) or (lacking and not lacks) or place_id not in (None, row["place_id"]):
            continue
        rows.append(_measure(row, lacks))
    notes = [say("safety.note.in_place", whole=sum(row["lacks"] is None for row in rows), count=len(rows))] if rows else []
    gaps = [f"{place['code']} {title('safety.kind', kind)}" for place, kind in standing.canteen_gaps(ledger, today)]
    if gaps and store.begun_on(ledger.db):
        notes.append(say("safety.note.canteen", gaps=gaps))
    return table("measures", say("safety.title.measures", day=today), MEASURES, rows, notes=notes)


def events(ledger: "Ledger", since: date | None, until: date | None, *, kind: str | None = None) -> Table:
    """What was held in a period."""
    rows = [_event(row) for row in store.events(ledger.db, since, until, kind)]
    return table("events", say("safety.title.events"), EVENTS, rows)


def equipment(ledger: "Ledger", *, kind: str | None = None, place: str | None = None, state: str | None = None,
              day: date | None = None) -> Table:  # fmt: skip
    """The register of fire equipment with each piece's last day and last check, the worst first."""
    today = day or ledger.today
    place_id = school.place(ledger, place)["id"] if place else None
    order = ("expired", "faulty", "expiring", "unchecked", "good")
    rows = []
    for row in store.equipment(ledger.db, today):
        found = standing.equipment_state(ledger, row, today)
        if (kind and row["kind"] != kind) or (state and found != state) or place_id not in (None, row["place_id"]):
            continue
        rows.append({
            "code": row["code"], "title": row["name"], "kind": row["kind"], "place": place_text(row), "count": row["count"],
            "made_on": as_day(row["made_on"]), "expires_on": as_day(row["expires_on"]), "owner": row["owner"],
            "looked_on": as_day(row["looked_on"]), "state": found, "asset": row["asset"],
        })  # fmt: skip
    rows.sort(key=lambda row: (order.index(row["state"]), row["expires_on"] or date.max, row["code"]))
    return table("equipment", say("safety.title.equipment", day=today), EQUIPMENT, rows)


def ledger(source: "Ledger", since: date | None, until: date | None) -> Table:
    """Everything of a period that concerns safety in one list by day (綜治臺賬, PAT-26)."""
    first, last = since or date.min, min(until or source.today, source.today)
    rows = [*_own(source, first, last), *_others(source, first, last)]
    rows.sort(key=lambda row: (row["on"], row["number"] or "", row["what"] or ""))
    kinds = sorted({row["matter"] for row in rows})
    counts = [f"{title('safety.matter', kind)} {sum(row['matter'] == kind for row in rows)}" for kind in kinds]
    notes = [say("safety.note.counts", counts=counts)] if rows else []
    return table("ledger", say("safety.title.ledger"), LEDGER, rows, notes=notes)


# -- hooks of the floor ----------------------------------------------------------------------------


def safety_measures(source: "Ledger", since: date, until: date) -> Table:
    """The register of measures."""
    return measures(source, day=min(until, source.today))


def safety_events(source: "Ledger", since: date, until: date) -> Table:
    """What was held in a period."""
    return events(source, since, until)


def fire_equipment(source: "Ledger", since: date, until: date) -> Table:
    """The register of fire equipment at a period's end."""
    return equipment(source, day=min(until, source.today))


def safe_campus(source: "Ledger", since: date, until: date) -> Table:
    """平安校園: the aims of safety held against a period's records."""
    from logi.books.safety.aims import aims

    return aims(source, since, until)


def safety_ledger(source: "Ledger", since: date, until: date) -> Table:
    """The safety ledger of a period."""
    return ledger(source, since, until)


def pack(source: "Ledger", month: str) -> list[Table]:
    """The month's part: what was held, which equipment and measures want something; nothing while the book is empty."""
    if store.begun_on(source.db) is None:
        return []
    _, _, since, until, _ = month_period(month)
    last = min(until, source.today)
    worn = equipment(source, day=last)
    rows = [row for row in worn.rows if row["state"] != "good"]
    return [safe_campus(source, since, last), events(source, since, last), measures(source, lacking=True, day=last),
            table("equipment", worn.title, EQUIPMENT, rows)]  # fmt: skip


def show(source: "Ledger", number: str) -> list[Table] | None:
    """An event by its number, a measure or a piece of equipment by its code, for `logi show`."""
    day = source.today
    if (event := store.event(source.db, number)) is not None:
        return [_card("event", say("safety.title.event", number=event["number"]), _event(event))]
    row = next((one for one in store.measures(source.db, day, stopped=True) if one["code"] == number), None)
    if row is not None:
        done = [{"on": as_day(s["on_day"]), "step": s["what"], "by": s["by_name"], "number": s["number"], "what": s["note"]}
                for s in store.steps(source.db, date.min, day, measure_id=row["id"])]  # fmt: skip
        face = _card("measure", say("safety.title.measure", code=number), _measure(row, standing.lacking(source, row, day)))
        return [face, table("steps", say("safety.title.steps"), "on:day step:word:safety.step by number:code what", done)]
    thing = next((one for one in store.equipment(source.db, day, dropped=True) if one["code"] == number), None)
    if thing is None:
        return None
    looks = [{"on": as_day(k["on_day"]), "look": k["what"], "result": "passed" if k["passed"] else "failed", "by": k["by_name"],
              "expires_on": as_day(k["expires_on"]), "opened": k["opened"], "what": k["note"]}
             for k in store.looks(source.db, date.min, day, equipment_id=thing["id"])]  # fmt: skip
    facts = {"code": thing["code"], "title": thing["name"], "kind": Word.of("safety.equipment", thing["kind"]),
             "place": place_text(thing), "count": thing["count"], "made_on": as_day(thing["made_on"]),
             "expires_on": as_day(thing["expires_on"]), "owner": thing["owner"], "asset": thing["asset"],
             "state": Word.of("safety.state", standing.equipment_state(source, thing, day))}  # fmt: skip
    specs = "on:day look:word:safety.look result:word:safety.result by expires_on:day opened:code what"
    face = _card("thing", say("safety.title.thing", code=number), facts)
    return [face, table("looks", say("safety.title.looks"), specs, looks)]


def search(source: "Ledger", text: str) -> list[dict[str, Any]]:
    """Measures, equipment and events for `logi find`."""
    from logi.finding import search as search_named

    found = [{"kind": "document", "code": row["code"], "name": row["name"], "detail": title("safety.find", table_name[7:])}
             for table_name in ("safety_measure", "safety_equipment")
             for row in search_named(source.db, table_name, text)]  # fmt: skip
    return found + [{"kind": "document", "code": row["number"], "name": row["topic"],
                     "detail": f"{title('safety.event', row['kind'])} {row['on_day']}"}
                    for row in store.events_called(source.db, text)]  # fmt: skip


# -- pieces ----------------------------------------------------------------------------------------


def _measure(row: store.Row, lacks: list[str]) -> dict[str, Any]:
    return {
        "code": row["code"], "title": row["name"], "kind": Word.of("safety.kind", row["kind"]), "place": place_text(row),
        "owner": row["owner"], "measure": row["measure"], "basis": row["basis"], "aware_on": as_day(row["aware_on"]),
        "acted_on": as_day(row["acted_on"]), "lacks": shown([Word.of("safety.lack", one) for one in lacks]) if lacks else None,
    }  # fmt: skip


def _event(row: store.Row) -> dict[str, Any]:
    return {
        "number": row["number"], "on": as_day(row["on_day"]), "kind": Word.of("safety.event", row["kind"]),
        "topic": row["topic"], "audience": row["audience"], "heads": row["heads"], "minutes": row["minutes"],
        "place": place_text(row), "by": row["by_name"] or row["vendor"], "outcome": row["outcome"] or row["note"],
    }  # fmt: skip


def _card(name: str, heading: str, facts: dict[str, Any]) -> Table:
    rows = [{"field": say(f"safety.col.{key}"), "content": shown(value)} for key, value in facts.items() if value is not None]
    return table(name, heading, "field content", rows)


def _own(source: "Ledger", first: date, last: date) -> list[dict[str, Any]]:
    rows = [
        {"on": as_day(row["on_day"]), "matter": row["kind"], "number": row["number"],
         "what": row["topic"] + (f"（{row['audience']}）" if row["audience"] else ""), "place": place_text(row),
         "by": row["by_name"] or row["vendor"], "outcome": row["outcome"]}
        for row in store.events(source.db, first, last)
    ]  # fmt: skip
    rows += [
        {"on": as_day(row["on_day"]), "matter": "act", "number": row["code"], "what": f"{row['name']}：{row['note']}",
         "place": None, "by": row["by_name"], "outcome": None}
        for row in store.steps(source.db, first, last) if row["what"] == "act"
    ]  # fmt: skip
    return rows + [
        {"on": as_day(row["on_day"]), "matter": row["what"], "number": row["code"], "what": row["name"], "place": None,
         "by": row["by_name"], "outcome": row["opened"] or title("safety.result", "passed" if row["passed"] else "failed")}
        for row in store.looks(source.db, first, last)
    ]  # fmt: skip


def _others(source: "Ledger", first: date, last: date) -> list[dict[str, Any]]:
    rows = [
        {"on": as_day(row["found_on"]), "matter": "hazard", "number": row["number"], "what": row["title"],
         "place": patrol.place_text(row), "by": row["owner"], "outcome": title("patrol.state", row["state"])}
        for row in patrol.hazards(source.db, found_until=last) if row["found_on"] >= first.isoformat()
    ]  # fmt: skip
    return rows + [
        {"on": as_day(row["on_day"]), "matter": "accident", "number": row["number"], "what": row["title"],
         "place": patrol.place_text(row), "by": row["by_name"], "outcome": row["treatment"]}
        for row in patrol.accidents(source.db, first, last)
    ]  # fmt: skip
