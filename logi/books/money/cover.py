"""The verbs of pupils' insurance: the drive opens, classes are told, pupils marked, it closes; cases. Each in an open entry."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.money import opening, school
from logi.books.money import store_cover as sql
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.core.messages import say
from logi.journal import Entry

STATUSES = ("paid", "elsewhere", "exempt", "refused", "pending")
INSURED = ("paid", "elsewhere", "exempt")


def open_drive(e: Entry, year: str, *, standard_fen: int, from_day: date | None = None,
               to_day: date | None = None) -> Confirmation:  # fmt: skip
    """Open the drive for a year of insurance; by policy it runs in November and December before it."""
    if sql.drive(e.db, year) is not None:
        raise Refused("money.drive_there", year=year)
    window = school.policy(e, "money.insurance_window", e.today)
    first = from_day or date.fromisoformat(f"{int(year) - 1}-{window['from']}")
    last = to_day or date.fromisoformat(f"{int(year) - 1}-{window['to']}")
    if first > last:
        raise Usage("money.fee_backwards", since=first, until=last)
    e.insert("money_drive", year=year, standard_fen=standard_fen, from_day=first, to_day=last)
    facts = {"year": year, "standard": Fen(standard_fen), "from_day": first, "to_day": last,
             "pupils": len(opening.pupils(e.db))}  # fmt: skip
    return Confirmation("insurance.open", facts=facts)


def tell(e: Entry, classes: Sequence[str], what: str, *, by: str, year: str | None = None,
         on: date | None = None) -> Confirmation:  # fmt: skip
    """Put on record that classes were told of the insurance."""
    day, row = e.happened(on or e.today), find(e, year)
    person = school.person(e, by)
    homes = [school.department(e, one) for one in classes]
    for home in homes:
        e.insert("money_told", on_day=day, drive_id=row["id"], department_id=home["id"], by_id=person["id"], what=what)
    e.subject = row["year"]
    facts = {"classes": [home["name"] for home in homes], "what": what, "by": person["name"], "on": day}
    return Confirmation("insurance.tell", facts=facts)


def mark(e: Entry, who: Sequence[str], status: str, *, classes: Sequence[str] = (), doc: str | None = None,
         by: str | None = None, year: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Say how pupils stand: paid here, insured elsewhere, exempt, refused by a signed statement, or pending again; of
    classes named, everybody who is pending."""
    day, row = e.happened(on or e.today), find(e, year)
    if row["closed_on"]:
        raise Refused("money.drive_closed", year=row["year"], day=date.fromisoformat(row["closed_on"]))
    if status == "refused" and not doc:
        raise Refused("money.refused_unsigned")
    if status in ("elsewhere", "exempt") and not doc:
        e.warn("money.no_proof", status=Word.of("money.cover", status))
    if status == "paid" and not row["from_day"] <= day.isoformat() <= row["to_day"]:
        e.warn("money.out_of_window", day=day, since=date.fromisoformat(row["from_day"]),
               until=date.fromisoformat(row["to_day"]))  # fmt: skip
    person = school.person(e, by) if by else None
    homes = {school.department(e, one)["id"] for one in classes}
    rest = [one for one in lacking(e, row) if one["department_id"] in homes]
    if classes and not rest:
        raise Refused("money.none_pending", classes=list(classes))
    pupils = list({one["id"]: one for one in (*(opening.pupil(e, text) for text in who), *rest)}.values())
    stands = sql.stands(e.db, row["id"])
    if same := [one["name"] for one in pupils if one["id"] in stands and stands[one["id"]]["status"] == status
                and stands[one["id"]]["doc"] == doc]:
        raise Refused("money.cover_same", names=same[:10], status=Word.of("money.cover", status))
    e.insert_many("money_cover", ["on_day", "drive_id", "pupil_id", "status", "doc", "by_id"],
                  [[day.isoformat(), row["id"], one["id"], status, doc, person["id"] if person else None] for one in pupils])
    e.subject = row["year"]
    names = [one["name"] for one in pupils]
    shown = names if len(names) <= 5 else [*names[:5], say("money.and_others", count=len(names))]
    facts = {"names": shown, "status": Word.of("money.cover", status),
             "on": day, "pending": len(lacking(e, row))}  # fmt: skip
    return Confirmation("insurance.mark", facts=facts)


def close(e: Entry, *, year: str | None = None, on: date | None = None) -> Confirmation:
    """Close the drive: nobody is pending (4), and who refused by a signed statement is passed over only with a reason."""
    day, row = e.happened(on or e.today), find(e, year)
    if row["closed_on"]:
        raise Refused("money.drive_closed", year=row["year"], day=date.fromisoformat(row["closed_on"]))
    if day.isoformat() < (first := sql.newest_day(e.db, row)):
        raise Refused("money.drive_days", year=row["year"], day=day, before=date.fromisoformat(first))
    pending = lacking(e, row)
    if pending:
        raise Refused("money.pending", count=len(pending), names=[one["name"] for one in pending[:10]])
    stands = sql.stands(e.db, row["id"])
    roster = opening.pupils(e.db)
    refused = [one["name"] for one in roster if stands[one["id"]]["status"] == "refused"]
    if refused:
        e.overridable(Refused("money.refusing", count=len(refused), names=refused[:10]), row["year"])
    e.update("money_drive", row["id"], closed_on=day)
    e.subject = row["year"]
    insured = sum(stands[one["id"]]["status"] in INSURED for one in roster)
    return Confirmation("insurance.close", facts={"year": row["year"], "on": day, "insured": insured, "refused": len(refused)})


def add_case(e: Entry, who: str, cause: str, *, on: date | None = None, place: str | None = None,
             hospital: str | None = None) -> Confirmation:  # fmt: skip
    """Enter a pupil's accident that the insurance is to pay for (LP-year-running)."""
    day, pupil = e.happened(on or e.today), opening.pupil(e, who)
    number = e.number("LP", str(day.year), book="money", kind="case")
    e.insert("money_case", number=number, on_day=day, pupil_id=pupil["id"], cause=cause, place=place, hospital=hospital,
             moved_on=day, state="open")  # fmt: skip
    return Confirmation("insurance.case.add", number, facts={"name": pupil["name"], "cause": cause, "on": day})


def papers(e: Entry, number: str, names: Sequence[str], *, on: date | None = None) -> Confirmation:
    """Put on record which papers of a case are there."""
    day = e.happened(on or e.today)
    row = _case(e, number, day, ("open",))
    there = list(dict.fromkeys([*(row["papers"] or "").split("；"), *names]))
    e.update("money_case", row["id"], papers="；".join(one for one in there if one), moved_on=day)
    missing = wanted(e, "；".join(there))
    facts = {"name": row["name"], "papers": [one for one in there if one], "missing": missing or None}
    return Confirmation("insurance.case.papers", row["number"], facts=facts)


def submit(e: Entry, number: str, *, insurer: str, amount_fen: int, on: date | None = None) -> Confirmation:
    """The case goes to the insurer, with all papers the school asks for."""
    day = e.happened(on or e.today)
    row = _case(e, number, day, ("open",))
    if amount_fen <= 0:
        raise Usage("money.no_amount")
    if missing := wanted(e, row["papers"] or ""):
        e.overridable(Refused("money.papers_missing", number=row["number"], missing=missing), row["number"])
    e.update("money_case", row["id"], state="submitted", insurer=insurer, asked_fen=amount_fen, submitted_on=day, moved_on=day)
    facts = {"name": row["name"], "insurer": insurer, "amount": Fen(amount_fen), "on": day}
    return Confirmation("insurance.case.submit", row["number"], facts=facts)


def settle(e: Entry, number: str, amount_fen: int, *, note: str | None = None, on: date | None = None) -> Confirmation:
    """What the insurer paid; 0 with a note where it refused."""
    day = e.happened(on or e.today)
    row = _case(e, number, day, ("submitted",))
    if not amount_fen and not note:
        raise Usage("money.why_nothing")
    if amount_fen > row["asked_fen"]:
        e.warn("money.more_than_asked", amount=Fen(amount_fen), asked=Fen(row["asked_fen"]))
    e.update("money_case", row["id"], state="settled", paid_fen=amount_fen, settled_on=day, moved_on=day, note=note)
    days = (day - date.fromisoformat(row["on_day"])).days
    facts = {"name": row["name"], "amount": Fen(amount_fen), "on": day, "days": days}
    return Confirmation("insurance.case.settle", row["number"], facts=facts)


def find(source: Any, year: str | None) -> Any:
    """The drive of a year; without one the newest (NotFound, 3)."""
    row = sql.drive(source.db, year) if year else next(iter(sql.drives(source.db)), None)
    if row is None:
        raise NotFound("money.no_drive", year=year)
    return row


def lacking(source: Any, row: Any, day: date = date.max) -> list[Any]:
    """The pupils of the roster who are neither marked nor otherwise than pending."""
    stands = sql.stands(source.db, row["id"], day)
    return [one for one in opening.pupils(source.db)
            if one["id"] not in stands or stands[one["id"]]["status"] == "pending"]  # fmt: skip


def wanted(source: Any, papers: str) -> list[str]:
    """The papers the school asks for that a case does not have."""
    there = papers.split("；")
    return [str(one) for one in school.policy(source, "money.case_papers", source.today) if one not in there]


def _case(e: Entry, number: str, day: date, states: Sequence[str]) -> Any:
    row = sql.case(e.db, number)
    if row is None:
        raise NotFound("money.no_case", number=number)
    if row["state"] not in states:
        raise Refused("money.case_state", number=row["number"], state=Word.of("money.case_state", row["state"]))
    if day.isoformat() < row["moved_on"]:
        raise Refused("money.case_days", number=row["number"], day=day, before=date.fromisoformat(row["moved_on"]))
    e.subject = row["number"]
    return row
