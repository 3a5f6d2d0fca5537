"""The verbs of pilots and on-site meetings: planned at a place, held with a result, promoted to others; what was published."""

from collections.abc import Sequence
from datetime import date

from logi.books.rollup import store_work
from logi.books.rollup.actions import alive
from logi.core.answers import Confirmation, Word
from logi.core.errors import Refused, Usage
from logi.core.folding import fold
from logi.journal import Entry

KIND = "rollup.event"


def add(e: Entry, topic: str, *, kind: str, unit: str, planned: date, place: str | None = None,
        source: str | None = None) -> Confirmation:  # fmt: skip
    """Plan a pilot or an on-site meeting at a unit."""
    row = alive(e, unit, e.today)
    number = e.number("SD", str(planned.year), book="rollup", kind="event")
    e.insert("rollup_event", number=number, kind=kind, topic=topic, folded=fold(topic), unit_id=row["id"], place=place,
             planned_on=planned, source=source)  # fmt: skip
    facts = {"topic": topic, "kind": Word.of(KIND, kind), "unit": row["name"], "place": place, "on": planned}
    return Confirmation("programme.event.add", number, facts=facts)


def hold(e: Entry, number: str, *, result: str, on: date | None = None, people: int | None = None,
         place: str | None = None) -> Confirmation:  # fmt: skip
    """It took place, and what came of it."""
    row, day = store_work.event(e.db, number), e.happened(on or e.today)
    if row["dropped"]:
        raise Refused("rollup.event_dropped", number=row["number"], reason=row["dropped"])
    if row["held_on"] is not None:
        raise Refused("rollup.event_held", number=row["number"], on=date.fromisoformat(row["held_on"]))
    e.update("rollup_event", row["id"], held_on=day, result=result, people=people, place=place or row["place"])
    if not (place or row["place"]):
        e.warn("rollup.event_where", number=row["number"])
    facts = {"topic": row["topic"], "kind": Word.of(KIND, row["kind"]), "unit": row["name"], "on": day, "result": result,
             "people": people, "place": place or row["place"]}  # fmt: skip
    return Confirmation("programme.event.hold", row["number"], facts=facts)


def drop(e: Entry, number: str, *, reason: str) -> Confirmation:
    """It will not take place."""
    row = store_work.event(e.db, number)
    if row["held_on"] is not None:
        raise Refused("rollup.event_held", number=row["number"], on=date.fromisoformat(row["held_on"]))
    if row["dropped"]:
        raise Refused("rollup.event_dropped", number=row["number"], reason=row["dropped"])
    e.update("rollup_event", row["id"], dropped=reason)
    return Confirmation("programme.event.drop", row["number"], facts={"topic": row["topic"], "reason": reason})


def promote(e: Entry, number: str, names: Sequence[str], *, due: date | None = None, on: date | None = None) -> Confirmation:
    """Its result is to be taken up by other units."""
    row, day = store_work.event(e.db, number), e.happened(on or e.today)
    if row["held_on"] is None or day.isoformat() < row["held_on"]:
        raise Refused("rollup.not_held", number=row["number"])
    if not names:
        raise Usage("rollup.promote_whom", number=row["number"])
    if due is not None and due < day:
        raise Refused("rollup.due_before", due=due, day=day)
    units, there = [], {one["unit_id"] for one in store_work.promotions(e.db, row["id"])}
    for name in names:
        unit = alive(e, name, day)
        if unit["id"] in there or unit["id"] == row["unit_id"]:
            raise Refused("rollup.promoted_already", number=row["number"], unit=unit["code"])
        e.insert("rollup_promotion", event_id=row["id"], unit_id=unit["id"], from_day=day, due_on=due)
        units.append(unit["name"])
        there.add(unit["id"])
    facts = {"topic": row["topic"], "units": units, "count": len(units), "on": day, "due": due}
    return Confirmation("programme.event.promote", row["number"], facts=facts)


def adopt(e: Entry, number: str, unit: str, *, on: date | None = None, note: str | None = None) -> Confirmation:
    """A unit has taken the result up."""
    row, day = store_work.event(e.db, number), e.happened(on or e.today)
    who = alive(e, unit, day)
    there = next((one for one in store_work.promotions(e.db, row["id"]) if one["unit_id"] == who["id"]), None)
    if there is None:
        raise Refused("rollup.not_promoted", number=row["number"], unit=who["code"])
    if there["adopted_on"] is not None:
        raise Refused("rollup.taken_up_already", number=row["number"], unit=who["code"],
                      on=date.fromisoformat(there["adopted_on"]))  # fmt: skip
    if day.isoformat() < there["from_day"]:
        raise Refused("rollup.adopted_before", code=row["number"], since=date.fromisoformat(there["from_day"]), day=day)
    e.update("rollup_promotion", there["id"], adopted_on=day, note=note)
    left = sum(one["adopted_on"] is None for one in store_work.promotions(e.db, row["id"]))
    facts = {"topic": row["topic"], "unit": who["name"], "on": day, "left": left}
    return Confirmation("programme.event.adopt", row["number"], facts=facts)


def publish(e: Entry, title: str, *, unit: str, medium: str, address: str | None = None, model: bool = False,
            number: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Something was published: news, or a model case (典型), of a pilot or by itself."""
    day = e.happened(on or e.today)
    row = alive(e, unit, day)
    event = store_work.event(e.db, number) if number else None
    given = e.number("XC", str(day.year), book="rollup", kind="publicity")
    e.insert("rollup_publicity", on_day=day, number=given, unit_id=row["id"], title=title, medium=medium, address=address,
             model=int(model), event_id=event["id"] if event is not None else None)  # fmt: skip
    facts = {"title": title, "unit": row["name"], "medium": medium, "address": address, "on": day,
             "kind": Word.of("rollup.medium", "model" if model else "news"),
             "event": event["number"] if event is not None else None}  # fmt: skip
    return Confirmation("programme.publish", given, facts=facts)
