"""The verbs of licences (證照) and of those who sell, with their certificates of health."""

from datetime import date, timedelta

from logi.books.shop import school, store
from logi.core.answers import Confirmation, Word
from logi.core.days import last_good_day
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry


def add_licence(e: Entry, kind: str, doc_no: str, *, issued: date, until: date | None = None, issuer: str | None = None,
                name: str | None = None) -> Confirmation:  # fmt: skip
    """A licence of the shop; one of that kind which stands is taken the place of from the new one's first day."""
    if (kind == "other") != (name is not None):
        raise Usage("shop.licence_name")
    if issued > e.today:
        raise Refused("front.day_in_future", day=issued, today=e.today)
    if until is not None and until <= issued:
        raise Usage("shop.licence_days", issued=issued, until=until)
    before = [row for row in store.licences(e.db) if (row["kind"], row["name"]) == (kind, name) and row["ended_on"] is None]
    if any(row["issued_on"] >= issued.isoformat() for row in before):
        newest = max(date.fromisoformat(row["issued_on"]) for row in before)
        raise Refused("shop.licence_older", kind=Word.of("shop.licence", kind), newest=newest, issued=issued)
    e.insert("shop_licence", kind=kind, name=name, doc_no=doc_no, issuer=issuer, issued_on=issued, expires_on=until)
    for row in before:
        e.update("shop_licence", row["id"], ended_on=issued)
    if until is not None and until < e.today:
        e.warn("shop.licence_expired", until=until)
    e.subject = doc_no
    facts = {"kind": Word.of("shop.licence", kind), "name": name, "issued": issued, "until": until, "issuer": issuer,
             "before": [row["doc_no"] for row in before] or None}  # fmt: skip
    return Confirmation("shop.licence.add", doc_no, facts=facts)


def end_licence(e: Entry, doc_no: str, *, reason: str, on: date | None = None) -> Confirmation:
    """A licence is given back or taken away."""
    row = next((one for one in store.licences(e.db) if one["doc_no"] == doc_no and one["ended_on"] is None), None)
    day = on or e.today
    if row is None:
        raise NotFound("shop.no_such_licence", number=doc_no)
    if day.isoformat() < row["issued_on"]:
        raise Refused("shop.licence_ends_before", number=doc_no, issued=date.fromisoformat(row["issued_on"]), on=day)
    e.happened(day)
    e.update("shop_licence", row["id"], ended_on=day)
    e.subject = doc_no
    return Confirmation("shop.licence.end", doc_no, facts={"kind": Word.of("shop.licence", row["kind"]), "on": day,
                                                           "reason": reason})  # fmt: skip


def add_worker(e: Entry, name: str, *, job: str | None = None, certificate: str | None = None, examined: date | None = None,
               until: date | None = None, starts: date | None = None) -> Confirmation:  # fmt: skip
    """Somebody begins to sell; without a certificate of health that holds it is said."""
    person, day = school.person(e, name), starts or e.today
    if any(row["person_id"] == person["id"] and row["left_on"] is None for row in store.workers(e.db)):
        raise Refused("shop.worker_there", person=person["name"])
    rowid = e.insert("shop_worker", person_id=person["id"], job=job, from_day=day)
    last = _certificate(e, rowid, certificate, examined, until) if examined is not None else None
    if last is None:
        e.warn("shop.worker_uncertified", person=person["name"], code=person["code"])
    e.subject = person["code"]
    facts = {"name": person["name"], "job": job, "since": day, "certificate": certificate, "expires": last}
    return Confirmation("shop.staff.add", person["code"], facts=facts)


def renew_worker(e: Entry, name: str, *, examined: date, certificate: str | None = None,
                 until: date | None = None) -> Confirmation:  # fmt: skip
    """Examined again: the certificate holds anew, never longer than `health.cert_months` from the examination."""
    row = _worker(e, name)
    last = _certificate(e, row["id"], certificate, examined, until)
    e.subject = row["code"]
    facts = {"name": row["name"], "certificate": certificate, "examined": examined, "expires": last}
    return Confirmation("shop.staff.renew", row["code"], facts=facts)


def worker_leaves(e: Entry, name: str, *, on: date | None = None) -> Confirmation:
    """Somebody no longer sells from a day on."""
    row, day = _worker(e, name), on or e.today
    if day.isoformat() < row["from_day"]:
        raise Refused("shop.left_before", person=row["name"], since=date.fromisoformat(row["from_day"]))
    e.update("shop_worker", row["id"], left_on=day)
    e.subject = row["code"]
    return Confirmation("shop.staff.leave", row["code"], facts={"name": row["name"], "on": day})


def _worker(e: Entry, name: str) -> store.Row:
    person = school.person(e, name)
    row = next((one for one in store.workers(e.db) if one["person_id"] == person["id"] and one["left_on"] is None), None)
    if row is None:
        raise NotFound("shop.no_worker", person=person["name"], code=person["code"])
    return row


def _certificate(e: Entry, worker_id: int, number: str | None, examined: date, until: date | None) -> date:
    if examined > e.today:
        raise Refused("front.day_in_future", day=examined, today=e.today)
    there = store.certificates(e.db, worker_id)
    if there and examined.isoformat() <= there[-1]["examined_on"]:
        raise Refused("shop.examined_before", last=date.fromisoformat(there[-1]["examined_on"]))
    longest = last_good_day(examined, int(school.policy(e, "health.cert_months", examined)))
    if until is not None and not examined + timedelta(days=1) <= until <= longest:
        raise Refused("shop.certificate_too_long", examined=examined, until=until, longest=longest)
    last = until or longest
    e.insert("shop_certificate", worker_id=worker_id, certificate=number, examined_on=examined, expires_on=last)
    return last
