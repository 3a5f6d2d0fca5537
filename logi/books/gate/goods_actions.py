"""The verbs about what is carried out of school: a slip with who allowed it, and that it came back."""

from datetime import date

from logi.books.gate import asset, school, store
from logi.books.gate.actions import keeper
from logi.books.gate.options import When
from logi.core.answers import Confirmation
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry


def carry(e: Entry, words: str, when: When, *, allowed_by: str, person: str | None = None, visit: str | None = None,
          card: str | None = None, back_due: date | None = None, by: str | None = None) -> Confirmation:  # fmt: skip
    """Things leave by the gate: who carries them, who allowed it (somebody else, 4), by when they are back."""
    day = e.happened(when.on)
    guard, allowing = keeper(e, by, when), school.person(e, allowed_by)
    if (person is None) == (visit is None):
        raise Usage("gate.carried_by_whom")
    carrier = school.person(e, person) if person else None
    row = _visiting(e, visit, when) if visit else None
    if carrier is not None and carrier["id"] == allowing["id"]:
        raise Refused("gate.allowed_oneself", name=carrier["name"])
    if back_due is not None and back_due < day:
        raise Usage("front.since_after_until", since=day, until=back_due)
    thing = asset.card(e, card) if card else None
    number = e.number("CM", f"{day:%Y%m}", book="gate", kind="goods")
    e.insert("gate_goods", on_day=day, at_time=when.at, number=number, words=words, allowed_id=allowing["id"],
             person_id=carrier["id"] if carrier is not None else None, visit=row["number"] if row is not None else None,
             asset_id=thing["id"] if thing is not None else None, guard_id=guard["id"], back_due=back_due)  # fmt: skip
    who = carrier["name"] if carrier is not None else row["name"] if row is not None else ""
    facts = {"words": words, "who": who, "allowed_by": allowing["name"], "on": day, "at": when.at, "back": back_due,
             "asset": f"{thing['code']} {thing['name']}" if thing is not None else None, "by": guard["name"]}  # fmt: skip
    return Confirmation("gate.carry", number, facts=facts)


def back(e: Entry, number: str, when: When, *, by: str | None = None, note: str | None = None) -> Confirmation:
    """What was carried out has come back."""
    day = e.happened(when.on)
    row = store.slip(e.db, number)
    if row is None:
        raise NotFound("gate.no_slip", number=number)
    if row["back_day"]:
        raise Refused("gate.back_already", number=row["number"], day=date.fromisoformat(row["back_day"]))
    if (row["on_day"], row["at_time"]) > (day.isoformat(), when.at):
        raise Refused("gate.back_before", number=row["number"], day=date.fromisoformat(row["on_day"]), time=row["at_time"])
    guard = keeper(e, by, when)
    e.insert("gate_back", on_day=day, at_time=when.at, number=row["number"], guard_id=guard["id"], note=note)
    e.subject = row["number"]
    facts = {"words": row["words"], "on": day, "at": when.at, "by": guard["name"]}
    return Confirmation("gate.back", row["number"], numbers=[], facts=facts)


def _visiting(e: Entry, number: str, when: When) -> store.Row:
    row = store.visit(e.db, number)
    if row is None or row["outcome"] == "denied":
        raise NotFound("gate.no_visit", number=number)
    if row["left_day"] and (row["left_day"], row["left_time"]) < (when.on.isoformat(), when.at):
        raise Refused("gate.left_already", number=row["number"], name=row["name"], day=date.fromisoformat(row["left_day"]),
                      time=row["left_time"])  # fmt: skip
    return row
