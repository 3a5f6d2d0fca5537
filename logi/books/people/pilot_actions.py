"""The verbs of reform pilots and exchange: begun with an aim, its steps and visits on record, ended with a result."""

from datetime import date

from logi.books.people import school, store_organ
from logi.core.answers import Confirmation, Word
from logi.core.errors import Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry


def add(e: Entry, code: str, name: str, *, aim: str, owner: str, until: date, starts: date | None = None,
        source: str | None = None) -> Confirmation:  # fmt: skip
    """A pilot begins: what it tries, who answers for it, until when."""
    day = starts or e.today
    free_code(e.db, "people_pilot", code, what="document")
    if until < day:
        raise Refused("people.pilot_backwards", since=day, until=until)
    person = school.person(e, owner)
    e.insert("people_pilot", code=code, **named(name), aim=aim, source=source, owner_id=person["id"], from_day=day,
             until_day=until)  # fmt: skip
    facts = {"name": name, "aim": aim, "owner": person["name"], "since": day, "until": until}
    return Confirmation("staff.pilot.add", code, facts=facts)


def exchange(e: Entry, way: str, topic: str, *, by: str, pilot: str | None = None, unit: str | None = None,
             heads: int | None = None, outcome: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """A step of a pilot, a visit to others, others here, or a report given: with whom, how many, what came of it."""
    day = e.happened(on or e.today)
    if (way == "step") == (unit is not None):
        raise Usage("people.exchange_unit")
    if way == "step" and pilot is None:
        raise Usage("people.step_of_pilot")
    row = store_organ.pilot(e, pilot) if pilot else None
    if row is not None and not row["from_day"] <= day.isoformat() <= (row["ended_on"] or "9999"):
        raise Refused("people.pilot_not_on", code=row["code"], day=day)
    person = school.person(e, by)
    number = e.number("JL", str(day.year), book="people", kind="exchange")
    e.insert("people_exchange", on_day=day, number=number, way=way, topic=topic, pilot=row["code"] if row is not None else None,
             unit=unit, heads=heads, by_id=person["id"], outcome=outcome)  # fmt: skip
    if not outcome:
        e.warn("people.nothing_brought_home", number=number)
    facts = {"way": Word.of("people.way", way), "topic": topic, "unit": unit, "heads": heads, "by": person["name"], "on": day,
             "pilot": row["name"] if row is not None else None, "outcome": outcome}  # fmt: skip
    return Confirmation("staff.pilot.log", number, facts=facts)


def end(e: Entry, which: str, verdict: str, result: str, *, on: date | None = None) -> Confirmation:
    """A pilot ends: promoted to others, kept here, or stopped."""
    day = e.happened(on or e.today)
    row = store_organ.pilot(e, which)
    if row["ended_on"]:
        raise Refused("people.pilot_ended", code=row["code"], on=date.fromisoformat(row["ended_on"]))
    steps = store_organ.exchanges(e.db, date.min, date.max, row["code"])
    first = max([row["from_day"], *(one["on_day"] for one in steps)])
    if day.isoformat() < first:
        raise Refused("people.pilot_goes_on", code=row["code"], day=day, last=date.fromisoformat(first))
    e.update("people_pilot", row["id"], ended_on=day, verdict=verdict, result=result)
    facts = {"name": row["name"], "verdict": Word.of("people.pilot", verdict), "result": result, "on": day, "steps": len(steps)}
    return Confirmation("staff.pilot.end", row["code"], facts=facts)
