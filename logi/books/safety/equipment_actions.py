"""The verbs of fire equipment: registered with its last day, checked, renewed, dropped."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.safety import patrol, school, store
from logi.core.answers import Confirmation, Word
from logi.core.errors import Refused, Usage
from logi.core.messages import say
from logi.finding import free_code, named
from logi.journal import Entry

KIND = "safety.equipment"


def add(e: Entry, code: str, name: str, *, place: str, kind: str = "extinguisher", count: int = 1,
        made: date | None = None, expires: date | None = None, owner: str | None = None, asset: str | None = None,
        starts: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Register equipment at a place: how many of a kind, made and usable until when, who answers for it."""
    free_code(e.db, "safety_equipment", code, what="document")
    where, spot = school.place_spot(e, place)
    person = school.person(e, owner) if owner else school.by_id(e.db, "school_person", where["keeper_id"])
    if made and expires and expires <= made:
        raise Refused("safety.expires_before_made", code=code, made=made, expires=expires)
    first = starts or e.today
    e.insert(
        "safety_equipment", code=code, **named(name), kind=kind, place_id=where["id"], spot=spot, asset=asset, count=count,
        made_on=made, expires_on=expires, owner_id=person["id"] if person else None, from_day=first, note=note,
    )  # fmt: skip
    if expires and expires < e.today:
        e.warn("safety.expired", code=code, expires=expires)
    if expires is None and kind == "extinguisher":
        e.warn("safety.no_last_day", code=code)
    if person is None:
        e.warn("safety.nobody_answers", code=code)
    return Confirmation("safety.equipment.add", code, facts={
        "name": name, "kind": Word.of(KIND, kind), "count": count, "place": _place(where, spot), "expires": expires,
        "owner": person["name"] if person else None,
    })  # fmt: skip


def check(e: Entry, texts: Sequence[str], *, by: str, failed: str | None = None, on: date | None = None) -> Confirmation:
    """Look at equipment (all of it, if none is named); what fails opens a fire hazard in the same entry."""
    day = e.happened(on or e.today)
    person = school.person(e, by)
    rows = [_there(e, text, day) for text in texts] or store.equipment(e.db, day)
    if not rows:
        raise Usage("safety.no_equipment_yet")
    if failed and not texts:
        raise Usage("safety.which_failed")
    opened = []
    for row in rows:
        number = None
        if failed:
            title = say("safety.problem", name=row["name"], code=row["code"], what=failed)
            found = patrol.Found(day, person["id"], None, row["place_id"], row["spot"])
            number = patrol.record(e, title, found, category="fire", level="general")
            opened.append(number)
        e.insert("safety_look", on_day=day, equipment_id=row["id"], what="check", passed=int(not failed), by_id=person["id"],
                 opened=number, note=failed)  # fmt: skip
    facts = {
        "count": len(rows), "codes": [row["code"] for row in rows] if texts else None, "by": person["name"], "on": day,
        "outcome": Word.of("safety.outcome", "failed" if failed else "passed"), "opened": opened, "what": failed,
    }  # fmt: skip
    e.subject = rows[0]["code"] if len(rows) == 1 else None
    return Confirmation("safety.equipment.check", rows[0]["code"] if len(rows) == 1 else None, numbers=opened, facts=facts)


def renew(e: Entry, texts: Sequence[str], *, expires: date, made: date | None = None, by: str | None = None,
          on: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Refilled or replaced: usable until a later day. That counts as a check."""
    day = e.happened(on or e.today)
    person = school.person(e, by) if by else None
    rows = [_there(e, text, day) for text in texts]
    if expires <= day:
        raise Refused("safety.renewed_backwards", expires=expires, day=day)
    for row in rows:
        e.insert("safety_look", on_day=day, equipment_id=row["id"], what="renew", passed=1, expires_on=expires, note=note,
                 by_id=person["id"] if person else None)  # fmt: skip
        e.update("safety_equipment", row["id"], expires_on=expires, **({"made_on": made} if made else {}))
    facts = {"codes": [row["code"] for row in rows], "expires": expires, "on": day}
    return Confirmation("safety.equipment.renew", rows[0]["code"], facts=facts)


def drop(e: Entry, text: str, *, reason: str, on: date | None = None) -> Confirmation:
    """Equipment leaves the register."""
    day = e.happened(on or e.today)
    row = _there(e, text, day)
    e.update("safety_equipment", row["id"], dropped_on=day)
    return Confirmation("safety.equipment.drop", row["code"], facts={"name": row["name"], "on": day, "reason": reason})


def _there(e: Entry, text: str, day: date) -> Any:
    row = store.thing(e, text)
    if row["dropped_on"] and row["dropped_on"] <= day.isoformat():
        raise Refused("safety.dropped_already", code=row["code"], on=date.fromisoformat(row["dropped_on"]))
    return row


def _place(where: Any, spot: str | None) -> str:
    return f"{where['code']} {where['name']}" + (f"/{spot}" if spot else "")
