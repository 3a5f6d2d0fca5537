"""The verbs about vehicles: the register, passes in and out with their speed, drivers told of speeding."""

from datetime import date, timedelta
from typing import Any

from logi.books.gate import school, store_bus, store_traffic
from logi.books.gate.options import When
from logi.core.answers import Confirmation, Milli, Word
from logi.core.errors import NotFound, Refused
from logi.finding import free_code, named
from logi.journal import Entry

KIND, WAY = "gate.vehicle", "gate.way"


def add(e: Entry, plate: str, name: str, *, kind: str, driver: str | None = None, starts: date | None = None) -> Confirmation:
    """A vehicle is entered that may come in: whose it is, who drives it."""
    free_code(e.db, "gate_vehicle", plate, what="vehicle")
    first = starts or e.today
    person = school.person(e, driver) if driver else None
    e.insert("gate_vehicle", code=plate, **named(name), kind=kind, driver_id=person["id"] if person is not None else None,
             from_day=first)  # fmt: skip
    e.subject = plate
    facts = {"name": name, "kind": Word.of(KIND, kind), "since": first,
             "driver": person["name"] if person is not None else None}  # fmt: skip
    return Confirmation("gate.vehicle.add", plate, facts=facts)


def stop(e: Entry, plate: str, *, reason: str, on: date | None = None) -> Confirmation:
    """A vehicle may not come in any more from a day on."""
    day = on or e.today
    row = store_traffic.vehicle(e.db, plate)
    if row is None:
        raise NotFound("gate.no_vehicle", plate=plate)
    if any(bus["code"] == plate for bus in store_bus.buses(e.db, day)):
        raise Refused("gate.is_a_bus", plate=plate)
    if row["stopped_on"]:
        raise Refused("gate.stopped_already", plate=plate, day=date.fromisoformat(row["stopped_on"]), reason=row["stopped_why"])
    if day.isoformat() < row["from_day"]:
        raise Refused("gate.stopped_before", plate=plate, since=date.fromisoformat(row["from_day"]))
    if day <= e.today:
        e.admit(day)
    e.update("gate_vehicle", row["id"], stopped_on=day, stopped_why=reason)
    e.subject = plate
    return Confirmation("gate.vehicle.stop", plate, facts={"name": row["name"], "on": day, "reason": reason})


def pass_(e: Entry, plate: str, way: str, when: When, *, guard_id: int | None, speed: int | None = None,
          driver: str | None = None, note: str | None = None, ref: str | None = None,
          seen: bool = False) -> Confirmation:  # fmt: skip
    """A vehicle goes in or out. Unknown, stopped or banned ones are not let in (4); what a camera has `seen`, happened."""
    from logi.books.gate import actions

    day = e.happened(when.on)
    row = store_traffic.vehicle(e.db, plate)
    if way == "in" and not seen:
        actions.not_banned(e, None, None, plate, day)
        if row is not None and row["stopped_on"] and row["stopped_on"] <= day.isoformat():
            raise Refused("gate.stopped", plate=plate, day=date.fromisoformat(row["stopped_on"]), reason=row["stopped_why"])
        if row is None:
            e.overridable(Refused("gate.plate_unknown", plate=plate), plate)
    number = record(e, plate, way, when, guard_id=guard_id, speed=speed, driver=driver, note=note, ref=ref, warn=not seen)
    inside = None if seen else len(store_traffic.inside(e.db))  # a file of passes asks for no count after each
    facts = {"plate": plate, "name": row["name"] if row is not None else None, "way": Word.of(WAY, way), "on": day,
             "at": when.at, "speed": Milli(speed) if speed is not None else None, "inside": inside}  # fmt: skip
    e.subject = plate
    return Confirmation("gate.pass", number, facts=facts)


def record(e: Entry, plate: str, way: str, when: When, *, guard_id: int | None, speed: int | None = None,
           driver: str | None = None, visit: str | None = None, note: str | None = None, ref: str | None = None,
           warn: bool = True) -> str | None:  # fmt: skip
    """Write one pass; the number of the speeding if it was too fast. Twice the same way is said: one pass is missing."""
    last = store_traffic.last_pass(e.db, plate, when.on.isoformat(), when.at)
    if last is not None and last["way"] == way and warn:
        since = date.fromisoformat(last["on_day"])
        e.warn("gate.pass_missing", plate=plate, way=Word.of(WAY, way), day=since, time=last["at_time"])
    limit, number = speed_limit(e, when.on), None
    if speed is not None and speed > limit * 1000:
        number = e.number("XS", str(when.on.year), book="gate", kind="speeding")
    e.insert("gate_pass", on_day=when.on, at_time=when.at, plate=plate, way=way, speed_milli=speed, number=number, visit=visit,
             driver=driver, guard_id=guard_id, note=note, ref=ref)  # fmt: skip
    if number and speed is not None:
        days = told_days(e, when.on)
        times = times_fast(e, plate, when.on.isoformat(), when.at)
        if warn:
            e.warn("gate.too_fast", plate=plate, speed=Milli(speed), limit=limit, number=number, times=times, days=days)
    return number


def told(e: Entry, number: str, words: str, *, by: str, on: date | None = None) -> Confirmation:
    """The driver of a vehicle that was too fast was told, and how."""
    day = e.happened(on or e.today)
    row = store_traffic.speeding(e.db, number)
    if row is None:
        raise NotFound("gate.no_speeding", number=number)
    if row["told_on"]:
        raise Refused("gate.told_already", number=row["number"], day=date.fromisoformat(row["told_on"]), by=row["told_by"])
    if day.isoformat() < row["on_day"]:
        raise Refused("gate.told_before", number=row["number"], day=date.fromisoformat(row["on_day"]))
    person = school.person(e, by)
    e.insert("gate_told", on_day=day, number=row["number"], by_id=person["id"], words=words)
    e.subject = row["number"]
    facts = {"plate": row["plate"], "words": words, "by": person["name"], "on": day}
    return Confirmation("gate.told", row["number"], numbers=[], facts=facts)


def is_inside(db: Any, plate: str, when: When) -> bool:
    """Whether a vehicle's last pass up to an instant was in."""
    last = store_traffic.last_pass(db, plate, when.on.isoformat(), when.at)
    return last is not None and last["way"] == "in"


def times_fast(source: Any, plate: str, day: str, time: str) -> int:
    """The how manieth time it is that a vehicle was too fast, within the days of the policy."""
    on = date.fromisoformat(day)
    return store_traffic.times_fast(source.db, plate, on - timedelta(days=told_days(source, on)), day, time)


def told_days(source: Any, day: date) -> int:
    """Over how many days it is counted how often a vehicle was too fast."""
    return int(school.policy(source, "gate.driver_told_days", day))


def speed_limit(source: Any, day: date) -> int:
    """How fast vehicles may be at school on a day, in km/h."""
    return int(school.policy(source, "gate.speed_limit", day))
