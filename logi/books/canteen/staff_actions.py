"""The verbs about those who handle food: certificates of health, and the look at everybody each morning."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.canteen import school, store
from logi.books.canteen.actions import certified, uncertified
from logi.core.answers import Confirmation
from logi.core.days import last_good_day
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry


def add(e: Entry, name: str, *, job: str | None = None, certificate: str | None = None, examined: date | None = None,
        until: date | None = None, starts: date | None = None) -> Confirmation:  # fmt: skip
    """Somebody begins to handle food; without a certificate of health that holds it is said, and no morning passes them."""
    person, first = school.person(e, name), starts or e.today
    there = [row for row in store.workers(e.db) if row["person_id"] == person["id"] and row["left_on"] is None]
    if there:
        raise Refused("canteen.worker_there", person=person["name"], since=date.fromisoformat(there[0]["from_day"]))
    last = _last_day(e, examined, until)
    e.insert("canteen_worker", person_id=person["id"], job=job, certificate=certificate, examined_on=examined,
             expires_on=last, from_day=first)  # fmt: skip
    if last is None:
        e.warn("canteen.no_certificate", person=person["name"], code=person["code"])
    e.subject = person["code"]
    facts = {"name": person["name"], "job": job, "certificate": certificate, "expires": last, "since": first}
    return Confirmation("canteen.staff.add", person["code"], facts=facts)


def renew(e: Entry, name: str, *, examined: date, certificate: str | None = None, until: date | None = None) -> Confirmation:
    """Examined again: the certificate holds anew, never longer than the policy (law: a year) from the examination."""
    person, row = _worker(e, name)
    last = _last_day(e, examined, until)
    if row["examined_on"] and examined.isoformat() < row["examined_on"]:
        raise Refused("canteen.examined_before", person=person["name"], last=date.fromisoformat(row["examined_on"]))
    if row["examined_on"] and examined.isoformat() > row["examined_on"]:  # of the same day it is the same one, mended
        e.insert("canteen_certificate", worker_id=row["id"], certificate=row["certificate"],
                 examined_on=row["examined_on"], expires_on=row["expires_on"])  # fmt: skip
    changes = {"examined_on": examined, "expires_on": last, "certificate": certificate or row["certificate"]}
    e.update("canteen_worker", row["id"], **changes)
    e.subject = person["code"]
    facts = {"name": person["name"], "certificate": changes["certificate"], "examined": examined, "expires": last}
    return Confirmation("canteen.staff.renew", person["code"], facts=facts)


def leave(e: Entry, name: str, *, on: date | None = None) -> Confirmation:
    """Somebody no longer handles food from this day on."""
    person, row = _worker(e, name)
    day = on or e.today
    if day.isoformat() < row["from_day"]:
        raise Refused("canteen.left_before", person=person["name"], since=date.fromisoformat(row["from_day"]))
    e.update("canteen_worker", row["id"], left_on=day)
    e.subject = person["code"]
    return Confirmation("canteen.staff.leave", person["code"], facts={"name": person["name"], "on": day})


def morning(e: Entry, *, by: str, ill: Sequence[tuple[str, str]] = (), dress: Sequence[tuple[str, str]] = (),
            away: Sequence[str] = (), on: date | None = None) -> Confirmation:  # fmt: skip
    """The look at everybody who handles food: all are fit but those named. Refused (4): one without a certificate passes."""
    day = e.happened(on or e.today)
    officer = school.person(e, by)
    there = store.workers(e.db, day)
    if not there:
        raise NotFound("canteen.no_workers", day=day)
    named: dict[int, tuple[str, str | None]] = {}
    given = [(name, "ill", text) for name, text in ill] + [(name, "dress", text) for name, text in dress]
    for name, result, text in [*given, *((name, "away", None) for name in away)]:
        person, row = _worker(e, name, day)
        if row["id"] in named:
            raise Usage("canteen.named_twice", person=person["name"])
        named[row["id"]] = (result, text)
    seen = {row["worker_id"]: row for row in store.looks(e.db, day, day)}
    again = [row for row in there if row["id"] in seen and row["id"] not in named]
    if len(again) == len(there):
        raise Refused("canteen.looked_already", day=day)
    for row in there:
        result, text = named.get(row["id"], ("fit", None))
        if row in again:
            continue  # a second look is only about those it names, and those not seen before
        if result in ("fit", "dress") and not certified(e, row, day):
            raise uncertified(row, day)
        e.insert("canteen_look", on_day=day, worker_id=row["id"], result=result, by_id=officer["id"], note=text)
    results = [seen[row["id"]]["result"] if row in again else named.get(row["id"], ("fit", None))[0] for row in there]
    kept_off = [row["name"] for row, result in zip(there, results, strict=True) if result in ("ill", "dress")]
    if kept_off:
        e.warn("canteen.kept_off", people=kept_off)
    facts = {"on": day, "by": officer["name"], "count": len(there), "fit": results.count("fit"),
             "kept_off": kept_off or None}  # fmt: skip
    return Confirmation("canteen.morning", facts=facts)


def _worker(e: Entry, name: str, day: date | None = None) -> tuple[Any, Any]:
    person = school.person(e, name)
    row = store.worker(e.db, person["id"], day or e.today)
    if row is None:
        raise NotFound("canteen.no_worker", person=person["name"], code=person["code"])
    return person, row


def _last_day(e: Entry, examined: date | None, until: date | None) -> date | None:
    if examined is None:
        if until is not None:
            raise Usage("canteen.examined_when")
        return None
    if examined > e.today:
        raise Refused("front.day_in_future", day=examined, today=e.today)
    longest = last_good_day(examined, int(school.policy(e, "health.cert_months", examined)))
    if until is not None and not examined < until <= longest:
        raise Refused("canteen.certificate_too_long", examined=examined, until=until, longest=longest)
    return until or longest
