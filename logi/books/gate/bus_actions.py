"""The verbs of the school bus: the register, its papers and the driver's licence, trips with a roll-call."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.gate import asset, bus_papers, patrol, rules, school, store_bus, store_traffic, traffic_actions
from logi.books.gate.options import When
from logi.core.answers import Confirmation, Word
from logi.core.days import last_good_day
from logi.core.errors import Refused, Usage
from logi.core.messages import say, shown
from logi.finding import free_code, named
from logi.journal import Entry

PAPER, LEG = "gate.paper", "gate.leg"


def add(e: Entry, plate: str, name: str, *, seats: int, driver: str, attendant: str, route: str | None = None,
        riders: int | None = None, card: str | None = None, starts: date | None = None) -> Confirmation:  # fmt: skip
    """A bus is entered: how many may ride (driver and attendant among them), who drives, who looks after the pupils."""
    free_code(e.db, "gate_bus", plate, what="bus")
    first = starts or e.today
    driving, attending = school.person(e, driver), school.person(e, attendant)
    _two(driving, attending)
    _room(seats, riders)
    thing = asset.card(e, card) if card else None
    e.insert("gate_bus", code=plate, **named(name), seats=seats, riders=riders, route=route, driver_id=driving["id"],
             attendant_id=attending["id"], asset_id=thing["id"] if thing is not None else None, from_day=first)  # fmt: skip
    if store_traffic.vehicle(e.db, plate) is None:
        traffic_actions.add(e, plate, name, kind="school", driver=driving["code"], starts=first)
    e.subject = plate
    row = store_bus.bus(e, plate)
    lacking = bus_papers.lacking(e, row, driving["id"], first)
    if lacking:
        e.warn("gate.bus_lacks", plate=plate, papers=[Word.of(PAPER, kind) for kind in lacking])
    facts = {"name": name, "seats": seats, "riders": riders, "route": route, "driver": driving["name"],
             "attendant": attending["name"], "since": first}  # fmt: skip
    return Confirmation("bus.add", plate, facts=facts)


def edit(e: Entry, text: str, *, name: str | None = None, seats: int | None = None, driver: str | None = None,
         attendant: str | None = None, route: str | None = None, riders: int | None = None,
         card: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Change what is given of a bus; who drives and who attends, from a day on."""
    row, day = store_bus.bus(e, text), on or e.today
    changes: dict[str, Any] = named(name) if name else {}
    given = {"seats": seats, "route": route, "riders": riders,
             "driver_id": school.person(e, driver)["id"] if driver else None,
             "attendant_id": school.person(e, attendant)["id"] if attendant else None,
             "asset_id": asset.card(e, card)["id"] if card else None}  # fmt: skip
    changes |= {key: value for key, value in given.items() if value is not None}
    if not changes:
        raise Usage("gate.nothing_to_change", plate=row["code"])
    after = {**dict(row), **changes}
    if after["driver_id"] == after["attendant_id"]:
        raise Refused("gate.driver_attends")
    _room(after["seats"], after["riders"])
    if (after["driver_id"], after["attendant_id"]) != (row["driver_id"], row["attendant_id"]):
        _crew_changes(e, row, day)
    e.update("gate_bus", row["id"], **changes)
    e.subject = row["code"]
    now = store_bus.bus(e, row["code"])
    facts = {key: now[key] for key in ("name", "seats", "riders", "route", "driver", "attendant")}
    return Confirmation("bus.edit", now["code"], facts=facts)


def stop(e: Entry, text: str, *, reason: str, on: date | None = None) -> Confirmation:
    """A bus carries no pupils any more from a day on."""
    row, day = store_bus.bus(e, text), on or e.today
    if row["stopped_on"]:
        ended = date.fromisoformat(row["stopped_on"])
        raise Refused("gate.bus_stopped_already", plate=row["code"], day=ended, reason=row["stopped_why"])
    last = max([row["from_day"], *(one["on_day"] for one in store_bus.trips(e.db, date.min, date.max, row["id"]))])
    if day.isoformat() <= last:
        raise Refused("gate.bus_ran_later", plate=row["code"], day=date.fromisoformat(last))
    if day <= e.today:
        e.admit(day)
    e.update("gate_bus", row["id"], stopped_on=day, stopped_why=reason)
    e.subject = row["code"]
    return Confirmation("bus.stop", row["code"], facts={"name": row["name"], "on": day, "reason": reason})


def paper(e: Entry, text: str, kind: str, *, on: date, until: date | None = None, doc_no: str | None = None,
          failed: str | None = None) -> Confirmation:  # fmt: skip
    """An inspection (half-yearly by law), the permit or the insurance of a bus; an inspection may also have been failed."""
    row, day = store_bus.bus(e, text), e.happened(on)
    if failed is not None and (kind != "inspection" or until is not None):
        raise Usage("gate.only_inspections_fail")
    last = until
    if kind == "inspection" and failed is None:
        longest = last_good_day(day, int(school.policy(e, "bus.inspection_months", day)))
        if until is not None and until > longest:
            raise Refused("gate.inspected_too_long", on=day, until=until, longest=longest)
        last = until or longest
    if last is None and failed is None:
        raise Usage("gate.until_when", kind=Word.of(PAPER, kind))
    if last is not None and last <= day:
        raise Usage("front.since_after_until", since=day, until=last)
    e.insert("gate_bus_paper", on_day=day, kind=kind, bus_id=row["id"], doc_no=doc_no, until_day=last, note=failed)
    if failed is not None:
        e.warn("gate.bus_failed", plate=row["code"], reason=failed)
    e.subject = row["code"]
    facts = {"kind": Word.of(PAPER, kind), "name": row["name"], "on": day, "until": last, "no": doc_no}
    return Confirmation("bus.paper", row["code"], numbers=[], facts=facts)


def licence(e: Entry, name: str, *, doc_no: str, on: date, until: date) -> Confirmation:
    """A person may drive a school bus (校車駕駛資格) from a day to a day."""
    person, day = school.person(e, name), e.happened(on)
    if until <= day:
        raise Usage("front.since_after_until", since=day, until=until)
    e.insert("gate_bus_paper", on_day=day, kind="licence", person_id=person["id"], doc_no=doc_no, until_day=until)
    e.subject = person["code"]
    facts = {"name": person["name"], "no": doc_no, "on": day, "until": until}
    return Confirmation("bus.licence", person["code"], numbers=[], facts=facts)


def trip(e: Entry, text: str, leg: str, when: When, *, boarded: int, alighted: int,
         absent: Sequence[tuple[str, str | None]] = (), driver: str | None = None, attendant: str | None = None,
         note: str | None = None) -> Confirmation:  # fmt: skip
    """A trip with its roll-call. Refused (4) with papers that do not hold, too many aboard, or not all off again."""
    row, day = store_bus.bus(e, text), e.happened(when.on)
    if not row["from_day"] <= day.isoformat() < (row["stopped_on"] or "9999"):
        raise Refused("gate.bus_not_running", plate=row["code"], day=day)
    crew = store_bus.crew_on(e.db, row, day)
    driving = school.person(e, driver or crew.driver_code)
    attending = school.person(e, attendant or crew.attendant_code)
    _two(driving, attending)
    _once(e, row, leg, when)
    if boarded == 0 and not note:
        raise Usage("gate.nobody_rode")
    _fit(e, row, driving, day)
    _seated(e, row, boarded)
    hazard = _counted(e, row, leg, when, boarded, alighted, attending)
    number = e.number("XC", f"{day:%Y%m}", book="gate", kind="trip")
    words = "\n".join(f"{name}={why or ''}" for name, why in absent) or None
    e.insert("gate_trip", on_day=day, at_time=when.at, number=number, bus_id=row["id"], leg=leg, boarded=boarded,
             alighted=alighted, absent=words, driver_id=driving["id"], attendant_id=attending["id"], hazard=hazard,
             note=note)  # fmt: skip
    missing = (row["riders"] or 0) - boarded - len(absent) if leg != "other" else 0
    if missing > 0:
        e.warn("gate.not_accounted", riders=row["riders"], boarded=boarded, absent=len(absent), missing=missing)
    facts = {"plate": row["code"], "name": row["name"], "leg": Word.of(LEG, leg), "on": day, "at": when.at, "boarded": boarded,
             "alighted": alighted, "absent": [name for name, _ in absent] or None, "driver": driving["name"],
             "attendant": attending["name"]}  # fmt: skip
    return Confirmation("bus.trip", number, numbers=[number, *([hazard] if hazard else [])], facts=facts)


def _once(e: Entry, row: Any, leg: str, when: When) -> None:
    for other in store_bus.trips(e.db, when.on, when.on, row["id"]):
        if other["leg"] == leg and (leg != "other" or other["at_time"] == when.at):
            raise Refused("gate.trip_there", number=other["number"], plate=row["code"], leg=Word.of(LEG, leg),
                          time=other["at_time"])  # fmt: skip


def _crew_changes(e: Entry, row: Any, day: date) -> None:
    """The crew up to a day is remembered; it changes in order of time (4)."""
    if day.isoformat() < max(row["from_day"], store_bus.crew_since(e.db, row["id"]) or ""):
        raise Refused("gate.crew_before", plate=row["code"], day=day)
    if day <= e.today:
        e.admit(day)
    if day.isoformat() > row["from_day"]:
        e.insert("gate_bus_crew", bus_id=row["id"], driver_id=row["driver_id"], attendant_id=row["attendant_id"], until_day=day)


def _fit(e: Entry, row: Any, driver: Any, day: date) -> None:
    lacking = bus_papers.lacking(e, row, driver["id"], day)
    if lacking:
        papers = [Word.of(PAPER, kind) for kind in lacking]
        e.overridable(Refused("gate.bus_unfit", plate=row["code"], day=day, papers=papers, driver=driver["name"]), row["code"])


def _seated(e: Entry, row: Any, boarded: int) -> None:
    if boarded + rules.CREW > row["seats"]:
        e.overridable(Refused("gate.overloaded", boarded=boarded, aboard=boarded + rules.CREW, seats=row["seats"]), row["code"])


def _counted(e: Entry, row: Any, leg: str, when: When, boarded: int, alighted: int, attendant: Any) -> str | None:
    """The hazard that a wrong count is, if it is told with a reason; None if all that got on got off."""
    if boarded == alighted:
        return None
    e.overridable(Refused("gate.miscounted", boarded=boarded, alighted=alighted), row["code"])
    title = say("gate.hazard.miscounted", plate=row["code"], leg=shown(Word.of(LEG, leg)), boarded=boarded, alighted=alighted)
    found = patrol.Found(when.on, attendant["id"], None, None, None, when.at)
    return patrol.record(e, title, found, category="traffic", level="major")


def _two(driver: Any, attendant: Any) -> None:
    if driver["id"] == attendant["id"]:
        raise Refused("gate.driver_attends")


def _room(seats: int, riders: int | None) -> None:
    if seats <= rules.CREW or (riders or 0) + rules.CREW > seats:
        raise Refused("gate.seats_too_few", seats=seats, riders=riders, crew=rules.CREW)
