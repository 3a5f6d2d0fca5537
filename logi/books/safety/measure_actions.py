"""The verbs of the register of security measures: laid down, changed, acted on, stopped."""

from datetime import date
from typing import Any

from logi.books.safety import school, store
from logi.core.answers import Confirmation, Word
from logi.core.errors import Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry

KIND = "safety.kind"


def add(e: Entry, code: str, name: str, *, kind: str = "security", place: str | None = None, owner: str | None = None,
        measure: str | None = None, basis: str | None = None, starts: date | None = None,
        note: str | None = None) -> Confirmation:  # fmt: skip
    """Lay a measure down: what is guarded against, where, who answers, what is done, by which rule."""
    free_code(e.db, "safety_measure", code, what="document")
    where = school.place(e, place) if place else None
    person = school.person(e, owner) if owner else None
    e.insert(
        "safety_measure", code=code, **named(name), kind=kind, place_id=where["id"] if where else None,
        owner_id=person["id"] if person else None, measure=measure, basis=basis, from_day=starts or e.today, note=note,
    )  # fmt: skip
    if person is None:
        e.warn("safety.nobody_answers", code=code)
    if not measure:
        e.warn("safety.no_measure_text", code=code)
    return Confirmation("safety.measure.add", code, facts={
        "name": name, "kind": Word.of(KIND, kind), "place": f"{where['code']} {where['name']}" if where else None,
        "owner": person["name"] if person else None, "measure": measure,
    })  # fmt: skip


def edit(e: Entry, text: str, *, name: str | None = None, kind: str | None = None, place: str | None = None,
         owner: str | None = None, measure: str | None = None, basis: str | None = None,
         note: str | None = None) -> Confirmation:  # fmt: skip
    """Change what a measure says; what is not given stays."""
    row = store.measure(e, text)
    changes: dict[str, Any] = {"kind": kind, "measure": measure, "basis": basis, "note": note}
    if name:
        changes |= named(name)
    if place:
        changes["place_id"] = school.place(e, place)["id"]
    if owner:
        changes["owner_id"] = school.person(e, owner)["id"]
    given = {key: value for key, value in changes.items() if value is not None}
    if not given:
        raise Usage("safety.nothing_to_change", code=row["code"])
    e.update("safety_measure", row["id"], **given)
    now = next(one for one in store.measures(e.db, e.today, stopped=True) if one["id"] == row["id"])
    return Confirmation("safety.measure.edit", row["code"], facts={
        "name": now["name"], "owner": now["owner"], "measure": now["measure"], "kind": Word.of(KIND, now["kind"])})  # fmt: skip


def act(e: Entry, text: str, what: str, *, by: str | None = None, on: date | None = None) -> Confirmation:
    """What was done for a measure, with its day (行動落實); by its owner if nobody is named."""
    row, day = _in_force(e, text, on)
    person = school.person(e, by) if by else school.by_id(e.db, "school_person", row["owner_id"])
    if person is None:
        raise Usage("safety.acted_by_whom", code=row["code"])
    e.insert("safety_step", on_day=day, measure_id=row["id"], what="act", by_id=person["id"], note=what)
    facts = {"name": row["name"], "what": what, "by": person["name"], "on": day}
    return Confirmation("safety.measure.act", row["code"], facts=facts)


def stop(e: Entry, text: str, *, reason: str, on: date | None = None) -> Confirmation:
    """A measure ends: from this day on nothing is asked for it."""
    row, day = _in_force(e, text, on)
    e.update("safety_measure", row["id"], stopped_on=day)
    return Confirmation("safety.measure.stop", row["code"], facts={"name": row["name"], "on": day, "reason": reason})


def _in_force(e: Entry, text: str, on: date | None) -> tuple[Any, date]:
    row, day = store.measure(e, text), e.happened(on or e.today)
    if row["stopped_on"] and row["stopped_on"] <= day.isoformat():
        raise Refused("safety.stopped_already", code=row["code"], on=date.fromisoformat(row["stopped_on"]))
    return row, day
