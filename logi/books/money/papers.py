"""The verbs of papers: notices to the staff, vouchers of every school, returns, findings of audits. Each in an open entry."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.money import figures, rules, school
from logi.books.money import store_funds as sql
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry


def post(e: Entry, since: date, until: date, *, place: str, from_day: date, to_day: date,
         by: str | None = None) -> Confirmation:  # fmt: skip
    """Put up the income and expenditure of a period (GS-year-running), its figures as they stand then."""
    if until > e.today:
        raise Refused("money.period_runs", until=until, today=e.today)
    e.happened(from_day)
    if from_day <= until:
        raise Refused("money.posted_early", since=from_day, until=until)
    if to_day < from_day:
        raise Usage("money.posted_backwards", since=from_day, until=to_day)
    least = int(school.policy(e, "money.notice_days", from_day))
    if (to_day - from_day).days + 1 < least:
        e.overridable(Refused("money.posted_short", days=(to_day - from_day).days + 1, least=least))
    found = figures.between(e.db, since, until)
    number = e.number("GS", str(from_day.year), book="money", kind="notice")
    e.insert("money_notice", number=number, since=since, until=until, posted_from=from_day, posted_to=to_day, place=place,
             by_id=school.person(e, by)["id"] if by else None, opening_fen=found.opening_fen, in_fen=found.in_fen,
             out_fen=found.out_fen, closing_fen=found.closing_fen, objections=0)  # fmt: skip
    facts = {"since": since, "until": until, "place": place, "from_day": from_day, "to_day": to_day,
             "income": Fen(found.in_fen), "spent": Fen(found.out_fen), "closing": Fen(found.closing_fen)}  # fmt: skip
    return Confirmation("money.notice.post", number, facts=facts)


def object_(e: Entry, number: str, objection: str, *, by: str | None = None, on: date | None = None) -> Confirmation:
    """Put an objection to a notice on record; it may be nameless."""
    day, row = e.happened(on or e.today), _notice(e, number)
    if day.isoformat() < row["posted_from"]:
        raise Refused("money.objected_early", number=row["number"], day=day, posted=date.fromisoformat(row["posted_from"]))
    n = row["objections"] + 1
    e.insert("money_objection", notice_id=row["id"], n=n, on_day=day, by_whom=by, objection=objection)
    e.update("money_notice", row["id"], objections=n)
    e.subject = row["number"]
    return Confirmation("money.notice.object", row["number"], facts={"n": n, "objection": objection, "on": day})


def answer(e: Entry, number: str, n: int, text: str, *, by: str, on: date | None = None) -> Confirmation:
    """Answer an objection, once."""
    day, row = e.happened(on or e.today), _notice(e, number)
    there = next((one for one in sql.objections(e.db, row["id"]) if one["n"] == n), None)
    if there is None:
        raise NotFound("money.no_objection", number=row["number"], n=n, count=row["objections"])
    if there["answered_on"]:
        raise Refused("money.answered", number=row["number"], n=n, day=date.fromisoformat(there["answered_on"]))
    if day.isoformat() < there["on_day"]:
        raise Refused("money.answered_early", number=row["number"], n=n, day=day, raised=date.fromisoformat(there["on_day"]))
    person = school.person(e, by)
    e.update("money_objection", there["id"], answered_on=day, answered_id=person["id"], answer=text)
    e.subject = row["number"]
    return Confirmation("money.notice.answer", row["number"], facts={"n": n, "answer": text, "by": person["name"], "on": day})


def hand_in(e: Entry, month: str, which: str, *, pieces: int, amount_fen: int, by: str | None = None,
            on: date | None = None) -> Confirmation:  # fmt: skip
    """A school hands its month's vouchers in; what was returned comes anew."""
    day, one = e.happened(on or e.today), sql.school(e, which)
    if month > day.isoformat()[:7]:
        raise Refused("money.batch_ahead", month=month)
    row = sql.batch(e.db, month, one["id"])
    given = {"pieces": pieces, "amount_fen": amount_fen, "handed_on": day, "handed_by": by, "state": "handed"}
    if row is None:
        e.insert("money_batch", month=month, school_id=one["id"], **given)
    elif row["state"] == "returned":
        e.update("money_batch", row["id"], **given, submitted_on=None)
    else:
        raise Refused("money.batch_there", name=one["name"], month=month, state=_state(row["state"]))
    return _batch(e, "hand", month, one, {"pieces": pieces, "amount": Fen(amount_fen), "on": day})


def submit(e: Entry, month: str, names: Sequence[str], *, on: date | None = None) -> Confirmation:
    """Take the vouchers to the accounting centre: those of the schools named, or all that are there."""
    day = e.happened(on or e.today)
    if names:
        rows = [_handed(e, month, sql.school(e, one), ("handed",)) for one in names]
    else:
        rows = [row for row in sql.batches(e.db, month, month) if row["state"] == "handed"]
    if not rows:
        raise Refused("money.nothing_to_submit", month=month)
    for row in rows:
        if day.isoformat() < row["handed_on"]:
            raise Refused("money.batch_days", name=row["name"], day=day, before=date.fromisoformat(row["handed_on"]))
        e.update("money_batch", row["id"], state="submitted", submitted_on=day)
    e.subject = month
    facts = {"month": month, "schools": [row["name"] for row in rows], "pieces": sum(row["pieces"] for row in rows),
             "amount": Fen(sum(row["amount_fen"] for row in rows)), "on": day}  # fmt: skip
    return Confirmation("money.batch.submit", facts=facts)


def reject(e: Entry, month: str, which: str, *, pieces: int, reason: str, on: date | None = None) -> Confirmation:
    """The accounting centre gives vouchers back, with the reason."""
    day, one = e.happened(on or e.today), sql.school(e, which)
    row = _handed(e, month, one, ("handed", "submitted"))
    if pieces > row["pieces"]:
        raise Refused("money.too_many_returned", name=one["name"], pieces=pieces, there=row["pieces"])
    _in_order(row, day)
    e.update("money_batch", row["id"], state="returned", returned=row["returned"] + pieces, returned_on=day, reason=reason)
    return _batch(e, "reject", month, one, {"pieces": pieces, "reason": reason, "on": day})


def accept(e: Entry, month: str, which: str, *, on: date | None = None) -> Confirmation:
    """The accounting centre takes a school's vouchers in."""
    day, one = e.happened(on or e.today), sql.school(e, which)
    row = _handed(e, month, one, ("submitted",))
    _in_order(row, day)
    e.update("money_batch", row["id"], state="accepted", accepted_on=day)
    return _batch(e, "accept", month, one, {"pieces": row["pieces"], "amount": Fen(row["amount_fen"]), "on": day})


def file_return(e: Entry, kind: str, period: str, *, by: str | None = None, to: str | None = None, note: str | None = None,
                on: date | None = None) -> Confirmation:  # fmt: skip
    """Put on record that a return of a period was finished and handed in."""
    day = e.happened(on or e.today)
    if day < (begins := rules.return_begins(kind, period)):
        raise Refused("money.return_early", kind=Word.of("money.return", kind), period=period, day=day, begins=begins)
    if (there := sql.returned(e.db, kind, period)) is not None:
        raise Refused("money.filed_already", kind=Word.of("money.return", kind), period=period,
                      day=date.fromisoformat(there["on_day"]))  # fmt: skip
    e.insert("money_return", on_day=day, kind=kind, period=period, by_id=school.person(e, by)["id"] if by else None,
             to_whom=to, note=note)  # fmt: skip
    e.subject = period
    facts = {"kind": Word.of("money.return", kind), "period": period, "to": to, "on": day}
    return Confirmation("money.return.file", facts=facts)


def add_finding(e: Entry, finding: str, *, by: str | None = None, owner: str | None = None, due: date | None = None,
                on: date | None = None) -> Confirmation:  # fmt: skip
    """Put a finding of an audit or an inspection on record (SJ-year-running), to be mended."""
    day = e.happened(on or e.today)
    if due is not None and due < day:
        raise Refused("money.finding_due", due=due, day=day)
    person = school.person(e, owner) if owner else None
    number = e.number("SJ", str(day.year), book="money", kind="finding")
    e.insert("money_finding", number=number, on_day=day, finding=finding, by_whom=by, due_on=due,
             owner_id=person["id"] if person else None)  # fmt: skip
    facts = {"finding": finding, "owner": person["name"] if person else None, "due": due}
    return Confirmation("money.finding.add", number, facts=facts)


def mend_finding(e: Entry, number: str, result: str, *, on: date | None = None) -> Confirmation:
    """Say how a finding was mended, once."""
    day = e.happened(on or e.today)
    row = sql.finding(e.db, number)
    if row is None:
        raise NotFound("money.no_finding", number=number)
    if row["mended_on"]:
        raise Refused("money.mended_already", number=row["number"], day=date.fromisoformat(row["mended_on"]))
    if day.isoformat() < row["on_day"]:
        raise Refused("money.mended_early", number=row["number"], day=day, found=date.fromisoformat(row["on_day"]))
    e.update("money_finding", row["id"], mended_on=day, result=result)
    e.subject = row["number"]
    return Confirmation("money.finding.mend", row["number"], facts={"result": result, "on": day})


def _notice(e: Entry, number: str) -> Any:
    row = sql.notice(e.db, number)
    if row is None:
        raise NotFound("money.no_notice", number=number)
    return row


def _handed(e: Entry, month: str, one: Any, states: Sequence[str]) -> Any:
    row = sql.batch(e.db, month, one["id"])
    if row is None:
        raise NotFound("money.no_batch", name=one["name"], month=month)
    if row["state"] not in states:
        raise Refused("money.batch_state", name=one["name"], month=month, state=_state(row["state"]))
    return row


def _in_order(row: Any, day: date) -> None:
    before = row["submitted_on"] or row["handed_on"]
    if day.isoformat() < before:
        raise Refused("money.batch_days", name=row["name"], day=day, before=date.fromisoformat(before))


def _batch(e: Entry, verb: str, month: str, one: Any, facts: dict[str, Any]) -> Confirmation:
    e.subject = f"{month} {one['code']}"
    return Confirmation(f"money.batch.{verb}", facts={"name": one["name"], "month": month, **facts})


def _state(key: str) -> Word:
    return Word.of("money.batch_state", key)
