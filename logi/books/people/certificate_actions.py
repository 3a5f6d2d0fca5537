"""The verbs of certificates that a task asks for: entered, renewed, ended."""

from datetime import date
from typing import Any

from logi.books.people import rules, school, store
from logi.core.answers import Confirmation, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry

KIND = "people.certificate"


def add(e: Entry, who: str, kind: str, *, no: str, until: date, issued: date, issuer: str | None = None,
        name: str | None = None) -> Confirmation:  # fmt: skip
    """Somebody holds a certificate; the next one of the same kind follows with `renew`."""
    person = school.person(e, who)
    called = _named(kind, name)
    there = _newest(e, person, kind, called)
    if there is not None:
        raise Refused("people.certificate_there", person=person["name"], kind=_kind(kind, called), no=there["doc_no"],
                      code=person["code"], word=kind)  # fmt: skip
    return _write(e, "staff.certificate.add", person, kind, called, no, until, issued, issuer)


def renew(e: Entry, who: str, kind: str, *, until: date, issued: date, no: str | None = None, issuer: str | None = None,
          name: str | None = None) -> Confirmation:  # fmt: skip
    """A certificate follows the last one; what was done before is judged by the one that held then."""
    person = school.person(e, who)
    called = _named(kind, name)
    last = _last(e, person, kind, called)
    if issued.isoformat() <= last["issued_on"]:
        raise Refused("people.renewed_before", person=person["name"], kind=_kind(kind, called), issued=issued,
                      last=date.fromisoformat(last["issued_on"]))  # fmt: skip
    return _write(e, "staff.certificate.renew", person, kind, called, no or last["doc_no"], until, issued,
                  issuer or last["issuer"])  # fmt: skip


def end(e: Entry, who: str, kind: str, *, reason: str, on: date | None = None, name: str | None = None) -> Confirmation:
    """A certificate is taken away, lost or no longer wanted: it holds no longer from this day on."""
    day = e.happened(on or e.today)
    person = school.person(e, who)
    called = _named(kind, name)
    last = _last(e, person, kind, called)
    if day.isoformat() < last["issued_on"]:
        raise Refused("people.ended_before", no=last["doc_no"], issued=date.fromisoformat(last["issued_on"]), day=day)
    for row in store.certificates(e.db, person["id"], (kind,)):
        running = row["ended_on"] is None and row["expires_on"] >= day.isoformat()
        if row["name"] == called and (running or row["id"] == last["id"]):  # an earlier one may still run
            e.update("people_certificate", row["id"], ended_on=day, ended_why=reason)
    e.subject = person["code"]
    facts = {"name": person["name"], "kind": _kind(kind, called), "no": last["doc_no"], "on": day, "reason": reason}
    return Confirmation("staff.certificate.end", person["code"], facts=facts)


# -- within ----------------------------------------------------------------------------------------


def _write(e: Entry, action: str, person: Any, kind: str, called: str | None, no: str, until: date, issued: date,
           issuer: str | None) -> Confirmation:  # fmt: skip
    if issued > e.today:
        raise Refused("front.day_in_future", day=issued, today=e.today)
    if until <= issued:
        raise Refused("people.certificate_backwards", issued=issued, until=until)
    other = [row for row in store.certificates(e.db, kinds=(kind,)) if row["doc_no"] == no and row["person_id"] != person["id"]]
    if other:
        raise Refused("people.certificate_of_other", no=no, person=other[0]["person"])
    e.insert("people_certificate", person_id=person["id"], kind=kind, name=called, doc_no=no, issuer=issuer, issued_on=issued,
             expires_on=until)  # fmt: skip
    if until < e.today:
        e.warn("people.expired_already", person=person["name"], until=until)
    e.subject = person["code"]
    facts = {"name": person["name"], "kind": _kind(kind, called), "no": no, "issued": issued, "until": until, "issuer": issuer}
    return Confirmation(action, person["code"], facts=facts)


def _named(kind: str, name: str | None) -> str | None:
    if (kind == "other") != (name is not None):
        raise Usage("people.certificate_called")
    return name


def _kind(kind: str, called: str | None) -> Any:
    return called or Word.of(KIND, kind)


def _newest(e: Entry, person: Any, kind: str, called: str | None) -> Any:
    return rules.newest(store.certificates(e.db, person["id"], (kind,))).get((person["id"], kind, called))


def _last(e: Entry, person: Any, kind: str, called: str | None) -> Any:
    row = _newest(e, person, kind, called)
    if row is None:
        raise NotFound("people.no_certificate", person=person["name"], kind=_kind(kind, called), code=person["code"], word=kind)
    return row
