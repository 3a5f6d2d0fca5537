"""The verbs of wardens and of evening care (晚看護): who keeps a building, trained in what; roster and log."""

from collections.abc import Sequence
from datetime import date

from logi.books.dorm import rules, school, store
from logi.books.dorm.nights import slept
from logi.core.answers import Confirmation
from logi.core.days import month_period
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry


def add_warden(e: Entry, name: str, *, building: str, starts: date | None = None) -> Confirmation:
    """Somebody keeps a building from a day on."""
    person, house, day = school.person(e, name), store.building(e, building), starts or e.today
    there = [row for row in store.wardens(e.db) if row["person_id"] == person["id"] and row["building_id"] == house["id"]]
    if any(row["left_on"] is None for row in there):
        raise Refused("dorm.warden_there", person=person["name"], building=house["code"])
    e.insert("dorm_warden", person_id=person["id"], building_id=house["id"], from_day=day)
    if not any(row["person_id"] == person["id"] for row in store.trainings(e.db, e.today)):
        e.warn("dorm.never_trained", person=person["name"], code=person["code"])
    e.subject = person["code"]
    return Confirmation("dorm.warden.add", person["code"], facts={"name": person["name"], "building": house["name"], "on": day})


def warden_leaves(e: Entry, name: str, *, building: str | None = None, on: date | None = None) -> Confirmation:
    """Somebody no longer keeps a building (or any)."""
    person, day = school.person(e, name), on or e.today
    house = store.building(e, building) if building else None
    rows = [row for row in store.wardens(e.db) if row["person_id"] == person["id"] and row["left_on"] is None
            and (house is None or row["building_id"] == house["id"])]  # fmt: skip
    if not rows:
        raise NotFound("dorm.no_warden", person=person["name"])
    for row in rows:
        if day.isoformat() < row["from_day"]:
            raise Refused("dorm.before_warden", person=person["name"], since=date.fromisoformat(row["from_day"]))
        e.update("dorm_warden", row["id"], left_on=day)
    e.subject = person["code"]
    facts = {"name": person["name"], "buildings": [row["building_name"] for row in rows], "on": day}
    return Confirmation("dorm.warden.leave", person["code"], facts=facts)


def train(e: Entry, people: Sequence[str], topic: str, *, by: str | None = None, minutes: int | None = None,
          on: date | None = None) -> Confirmation:  # fmt: skip
    """Wardens are trained: each of them, in what, by whom."""
    day, teacher = e.happened(on or e.today), school.person(e, by) if by else None
    rows = {row["id"]: row for row in (school.person(e, name) for name in people)}
    keeping = {row["person_id"] for row in store.wardens(e.db) if row["left_on"] is None}
    other = next((row for row in rows.values() if row["id"] not in keeping), None)
    if other is not None:
        raise Refused("dorm.keeps_nothing", person=other["name"], code=other["code"])
    for rowid in rows:
        e.insert("dorm_training", on_day=day, person_id=rowid, topic=topic, by_id=teacher["id"] if teacher else None,
                 minutes=minutes)  # fmt: skip
    facts = {"names": [row["name"] for row in rows.values()], "topic": topic, "on": day, "minutes": minutes,
             "by": teacher["name"] if teacher else None}  # fmt: skip
    return Confirmation("dorm.warden.train", facts=facts)


def plan(e: Entry, month: str, place: str, people: Sequence[str]) -> Confirmation:
    """The evenings of a month at a place go to people in turn; evenings that are planned there stay as they are."""
    where = school.place(e, place)
    rows = list({row["id"]: row for row in (school.person(e, name) for name in people)}.values())
    gone = next((row for row in rows if row["left_on"] and row["left_on"] <= e.today.isoformat()), None)
    if gone is not None:
        raise Refused("dorm.carer_left", person=gone["name"], day=date.fromisoformat(gone["left_on"]))
    period, at_school = month_period(month), slept(e)
    if e.closed_until and month <= e.closed_until:
        raise Refused("front.month_closed", day=period.since, month=e.closed_until)
    there = store.cares(e.db, period.since, period.until)
    planned = {row["on_day"] for row in there if row["place_id"] == where["id"]}
    days = [period.since + rules.DAY * n for n in range((period.until - period.since).days + 1)]
    wanted = [day for day in days if at_school(day) and day.isoformat() not in planned]
    if not wanted:
        raise Refused("dorm.care_planned", place=where["name"], month=month)
    busy = {(row["on_day"], row["person_id"]): row for row in there}
    for day, person in rules.turns(wanted, rows):
        if (other := busy.get((day.isoformat(), person["id"]))) is not None:
            raise Refused("dorm.care_elsewhere", person=person["name"], day=day, place=other["place_name"])
        e.insert("dorm_care", on_day=day, place_id=where["id"], person_id=person["id"])
    e.subject = month
    facts = {"place": where["name"], "month": month, "evenings": len(wanted), "people": [row["name"] for row in rows]}
    return Confirmation("dorm.care.plan", facts=facts)


def swap(e: Entry, day: date, out: str, into: str, *, place: str | None = None) -> Confirmation:
    """Somebody else takes an evening over."""
    first, second = school.person(e, out), school.person(e, into)
    there = store.cares(e.db, day, day)
    where = school.place(e, place) if place else None
    row = next((one for one in there if one["person_id"] == first["id"]
                and (where is None or one["place_id"] == where["id"])), None)  # fmt: skip
    if row is None:
        raise NotFound("dorm.care_not_planned", person=first["name"], day=day)
    if any(one["person_id"] == second["id"] for one in there):
        raise Refused("dorm.care_elsewhere", person=second["name"], day=day,
                      place=next(one["place_name"] for one in there if one["person_id"] == second["id"]))  # fmt: skip
    if e.closed_until and day.isoformat()[:7] <= e.closed_until:
        raise Refused("front.month_closed", day=day, month=e.closed_until)
    e.update("dorm_care", row["id"], person_id=second["id"])
    e.subject = day.isoformat()
    facts = {"on": day, "place": row["place_name"], "before": first["name"], "person": second["name"]}
    return Confirmation("dorm.care.swap", facts=facts)


def log(e: Entry, place: str, *, by: str, heads: int, on: date | None = None, note: str | None = None) -> Confirmation:
    """What was written of an evening: who watched over how many. Refused (4) a second time."""
    day, person, where = e.happened(on or e.today), school.person(e, by), school.place(e, place)
    if any(row["place_id"] == where["id"] and row["by_id"] == person["id"] for row in store.care_logs(e.db, day, day)):
        raise Refused("dorm.care_logged", place=where["name"], person=person["name"], day=day)
    if heads == 0 and note is None:
        raise Usage("dorm.nobody_cared_for", place=where["name"])
    planned = [row for row in store.cares(e.db, day, day) if row["place_id"] == where["id"]]
    if person["id"] not in {row["person_id"] for row in planned}:
        e.warn("dorm.care_not_on_roster", person=person["name"], day=day, names=[row["name"] for row in planned] or None)
    e.insert("dorm_care_log", on_day=day, place_id=where["id"], by_id=person["id"], heads=heads, note=note)
    e.subject = where["code"]
    facts = {"place": where["name"], "on": day, "heads": heads, "by": person["name"], "note": note}
    return Confirmation("dorm.care.log", where["code"], facts=facts)
