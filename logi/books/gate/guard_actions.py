"""The verbs about those who keep the gate: certificates, training, supervision, the handover of a shift."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from logi.books.gate import month, rules, school, store, store_guards
from logi.books.gate.options import When
from logi.core.answers import Confirmation, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry

POINT = "gate.point"


def add(e: Entry, name: str, *, post: str | None = None, firm: str | None = None, certificate: str | None = None,
        issued: date | None = None, until: date | None = None, starts: date | None = None) -> Confirmation:  # fmt: skip
    """Somebody keeps the gate from a day on; without a guard's certificate that is said and stays due."""
    person, first = school.person(e, name), starts or e.today
    there = [row for row in store_guards.guards(e.db) if row["person_id"] == person["id"] and row["left_on"] is None]
    if there:
        raise Refused("gate.guard_there", name=person["name"], since=date.fromisoformat(there[0]["from_day"]))
    _papers(e, certificate, issued, until)
    vendor = school.vendor(e, firm) if firm else None
    e.insert("gate_guard", person_id=person["id"], post=post, firm_id=vendor["id"] if vendor is not None else None,
             certificate=certificate, issued_on=issued, expires_on=until, from_day=first)  # fmt: skip
    if certificate is None:
        e.warn("gate.uncertified", name=person["name"], code=person["code"])
    e.subject = person["code"]
    facts = {"name": person["name"], "post": post, "firm": vendor["name"] if vendor is not None else None,
             "certificate": certificate, "until": until, "since": first}  # fmt: skip
    return Confirmation("gate.guard.add", person["code"], facts=facts)


def renew(e: Entry, name: str, *, certificate: str, issued: date, until: date | None = None) -> Confirmation:
    """A guard's certificate is entered, or another in its place."""
    person, row = _guard(e, name, e.today)
    _papers(e, certificate, issued, until)
    if row["issued_on"] and issued.isoformat() < row["issued_on"]:
        raise Refused("gate.certified_later", name=person["name"], day=date.fromisoformat(row["issued_on"]))
    if row["issued_on"] and row["issued_on"] < issued.isoformat():  # of the same day it is the same one, mended
        e.insert("gate_certificate", guard_id=row["id"], certificate=row["certificate"], issued_on=row["issued_on"],
                 expires_on=row["expires_on"])  # fmt: skip
    e.update("gate_guard", row["id"], certificate=certificate, issued_on=issued, expires_on=until)
    e.subject = person["code"]
    facts = {"name": person["name"], "certificate": certificate, "issued": issued, "until": until}
    return Confirmation("gate.guard.renew", person["code"], facts=facts)


def leave(e: Entry, name: str, *, on: date | None = None) -> Confirmation:
    """Somebody no longer keeps the gate from a day on. Refused (4) while they are on post."""
    day = on or e.today
    person, row = _guard(e, name, e.today)
    if day.isoformat() < row["from_day"]:
        raise Refused("gate.guard_left_before", name=person["name"], since=date.fromisoformat(row["from_day"]))
    last = store_guards.last_shift(e.db)
    if last is not None and last["taker_id"] == person["id"]:
        raise Refused("gate.still_on_post", name=person["name"], day=date.fromisoformat(last["on_day"]), time=last["at_time"])
    if day <= e.today:
        e.admit(day)
    e.update("gate_guard", row["id"], left_on=day)
    e.subject = person["code"]
    return Confirmation("gate.guard.leave", person["code"], facts={"name": person["name"], "on": day})


def train(e: Entry, topic: str, people: Sequence[tuple[str, int | None]], *, by: str, minutes: int | None = None,
          outcome: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Guards were taught; who of them was tested scored so many of 100. Below the policy's score it does not count."""
    day = e.happened(on or e.today)
    teacher = school.person(e, by)
    rows = [(_guard(e, name, day)[0], score) for name, score in people]
    number = _event(e, "training", day, topic, teacher, minutes=minutes, outcome=outcome)
    least = int(school.policy(e, "gate.pass_score", day))
    for person, score in {row["id"]: (row, score) for row, score in rows}.values():
        e.insert("gate_event_guard", on_day=day, number=number, person_id=person["id"], score=score)
    failed = [person["name"] for person, score in rows if score is not None and score < least]
    if failed:
        e.warn("gate.test_failed", names=failed, least=least)
    absent = [row["name"] for row in store_guards.guards(e.db, day) if row["person_id"] not in {p["id"] for p, _ in rows}]
    if absent:
        e.warn("gate.not_trained", names=absent)
    facts = {"topic": topic, "names": [person["name"] for person, _ in rows], "on": day, "by": teacher["name"],
             "minutes": minutes}  # fmt: skip
    return Confirmation("gate.train", number, facts=facts)


def supervise(e: Entry, people: Sequence[str], *, by: str, faults: Sequence[tuple[str, str | None]] = (),
              topic: str | None = None, due: date | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Guards were looked at on post by somebody else (4): what was wanting is to be settled by a day."""
    day = e.happened(on or e.today)
    chief = school.person(e, by)
    rows = {row["id"]: row for row in (_guard(e, name, day)[0] for name in people)}
    if chief["id"] in rows:
        raise Refused("gate.looked_at_oneself", name=chief["name"])
    if due is not None and due < day:
        raise Usage("front.since_after_until", since=day, until=due)
    last = due or day + timedelta(days=int(school.policy(e, "gate.settle_days", day)))
    kept = "\n".join(f"{key}={words or ''}" for key, words in faults) or None
    number = _event(e, "supervision", day, topic, chief, faults=kept, due_on=last if kept else None)
    for rowid in rows:
        e.insert("gate_event_guard", on_day=day, number=number, person_id=rowid)
    facts = {"names": [row["name"] for row in rows.values()], "by": chief["name"], "on": day,
             "faults": [Word.of(POINT, key) for key, _ in faults] or None, "due": last if kept else None}  # fmt: skip
    return Confirmation("gate.supervise", number, facts=facts)


def settle(e: Entry, number: str, words: str, *, by: str, on: date | None = None) -> Confirmation:
    """What supervision found wanting was put right."""
    day = e.happened(on or e.today)
    row = store_guards.event(e.db, number)
    if row is None:
        raise NotFound("gate.no_event", number=number)
    if row["faults"] is None:
        raise Refused("gate.nothing_wanting", number=row["number"])
    if row["settled_on"]:
        raise Refused("gate.settled_already", number=row["number"], day=date.fromisoformat(row["settled_on"]))
    if day.isoformat() < row["on_day"]:
        raise Refused("gate.settled_before", number=row["number"], day=date.fromisoformat(row["on_day"]))
    person = school.person(e, by)
    e.insert("gate_settled", on_day=day, number=row["number"], by_id=person["id"], words=words)
    e.subject = row["number"]
    return Confirmation("gate.settle", row["number"], numbers=[], facts={"words": words, "by": person["name"], "on": day})


def handover(e: Entry, taker: str | None, when: When, *, giver: str | None = None, locked: bool = False,
             lacking: Sequence[str] = (), matters: str | None = None) -> Confirmation:  # fmt: skip
    """The gate is handed to the next guard, or locked. The giver is who took it over last (4); so is the order of time."""
    day = e.happened(when.on)
    if (taker is None) != locked:
        raise Usage("gate.taken_by_whom")
    last = store_guards.last_shift(e.db)
    taking = _taker(e, taker, day) if taker else None
    giving = _giver(e, giver, last)
    if last is not None and (last["on_day"], last["at_time"]) >= (day.isoformat(), when.at):
        raise Refused("gate.shift_before", day=date.fromisoformat(last["on_day"]), time=last["at_time"], number=last["number"])
    if giving is None and taking is None:
        raise Refused("gate.locked_already")
    if giving is not None and taking is not None and giving["id"] == taking["id"]:
        raise Refused("gate.same_guard", name=giving["name"])
    known = list(school.policy(e, "gate.handover_items", day))
    unknown = [item for item in lacking if item not in known]
    if unknown:
        raise NotFound("gate.no_such_item", item=unknown[0], known=known)
    number = e.number("JB", f"{day:%Y%m}", book="gate", kind="handover")
    inside = store.inside_at(e.db, day.isoformat(), when.at)
    e.insert("gate_handover", on_day=day, at_time=when.at, number=number, inside=inside, matters=matters,
             giver_id=giving["id"] if giving is not None else None, taker_id=taking["id"] if taking is not None else None,
             lacking="\n".join(lacking) or None)  # fmt: skip
    if lacking:
        e.warn("gate.items_lacking", items=list(lacking))
    facts = {"giver": giving["name"] if giving is not None else None, "on": day, "at": when.at,
             "taker": taking["name"] if taking is not None else Word.of("gate.post", "locked"), "inside": inside,
             "items": len(known) - len(set(lacking)), "of": len(known), "matters": matters}  # fmt: skip
    return Confirmation("gate.handover", number, facts=facts)


def _giver(e: Entry, giver: str | None, last: Any) -> Any:
    on_post = school.by_id(e.db, "school_person", last["taker_id"]) if last is not None else None
    if giver is None:
        return on_post
    person = school.person(e, giver)
    if last is not None and last["taker_id"] != person["id"]:
        raise Refused("gate.not_on_post", name=person["name"], taker=last["taker"])
    return person


def _taker(e: Entry, name: str, day: date) -> Any:
    person, row = _guard(e, name, day)
    if not rules.good(row["issued_on"], row["expires_on"], day):
        e.warn("gate.uncertified", name=person["name"], code=person["code"])
    rostered = month.rostered(e.db, day, "gate")
    if rostered and person["id"] not in rostered:
        e.warn("gate.not_rostered", name=person["name"], day=day, names=list(rostered.values()))
    return person


def _guard(e: Entry, name: str, day: date) -> tuple[Any, Any]:
    person = school.person(e, name)
    row = store_guards.guard(e.db, person["id"], day)
    if row is None:
        raise NotFound("gate.no_guard", name=person["name"], code=person["code"], day=day)
    return person, row


def _papers(e: Entry, certificate: str | None, issued: date | None, until: date | None) -> None:
    if (certificate is None) != (issued is None) or (until is not None and issued is None):
        raise Usage("gate.certificate_whole")
    if issued is not None and issued > e.today:
        raise Refused("front.day_in_future", day=issued, today=e.today)
    if issued is not None and until is not None and until <= issued:
        raise Usage("front.since_after_until", since=issued, until=until)


def _event(e: Entry, kind: str, day: date, topic: str | None, by: Any, **more: Any) -> str:
    number = e.number("MW", str(day.year), book="gate", kind="event")
    e.insert("gate_event", on_day=day, number=number, kind=kind, topic=topic, by_id=by["id"], **more)
    return number
