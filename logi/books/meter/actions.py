"""The verbs of meters and readings. Each works inside an open entry it is given."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.meter import reckoning, rules, school, store
from logi.core.answers import Confirmation, Milli, Word
from logi.core.days import month_of
from logi.core.errors import Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry

KIND, UNIT = "meter.kind", "meter.unit"


def add(e: Entry, code: str, name: str, *, kind: str, place: str, digits: int = 5, factor: int = rules.ONE,
        reading: int = 0, parent: str | None = None, department: str | None = None, reader: str | None = None,
        starts: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Register a meter with what it shows on its first day; behind `parent` it is a sub-meter."""
    free_code(e.db, "meter_meter", code, what="meter")
    day = e.happened(starts or e.today)
    where, spot = school.place_spot(e, place)
    main = _main(e, parent, kind, None) if parent else None
    home = school.department(e, department) if department else None
    person = school.person(e, reader) if reader else None
    _shows(code, reading, digits)
    meter_id = e.insert(
        "meter_meter", code=code, **named(name), kind=kind, place_id=where["id"], spot=spot, from_day=day, note=note,
        department_id=home["id"] if home else None, parent_id=main["id"] if main else None,
        reader_id=person["id"] if person else None,
    )  # fmt: skip
    e.insert("meter_reading", on_day=day, meter_id=meter_id, what="start", value_milli=reading, digits=digits,
             factor_milli=factor, by_id=person["id"] if person else None)  # fmt: skip
    if person is None:
        e.warn("meter.nobody_reads", code=code)
    return Confirmation("meter.add", code, facts={
        "name": name, "kind": Word.of(KIND, kind), "place": place_text(store.meter_of(e.db, meter_id)), "on": day,
        "digits": digits, "factor": Milli(factor), "reading": Milli(reading), "parent": main["code"] if main else None,
        "reader": person["name"] if person else None,
    })  # fmt: skip


def edit(e: Entry, text: str, *, name: str | None = None, place: str | None = None, parent: str | None = None,
         department: str | None = None, reader: str | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Change what is said of a meter; what it shows changes by reading and replacing alone."""
    row = store.meter(e, text)
    changes: dict[str, Any] = named(name) if name else {}
    if place:
        where, changes["spot"] = school.place_spot(e, place)
        changes["place_id"] = where["id"]
    if parent:
        changes["parent_id"] = None if parent in ("-", "—") else _main(e, parent, row["kind"], row)["id"]
    if department:
        changes["department_id"] = school.department(e, department)["id"]
    if reader:
        changes["reader_id"] = school.person(e, reader)["id"]
    if note:
        changes["note"] = note
    if not changes:
        raise Refused("meter.nothing_to_change", code=row["code"])
    e.update("meter_meter", row["id"], **changes)
    now = store.meter_of(e.db, row["id"])
    return Confirmation("meter.edit", row["code"], facts={
        "name": now["name"], "kind": Word.of(KIND, now["kind"]), "place": place_text(now), "parent": now["parent"],
        "department": now["department"], "reader": now["reader"],
    })  # fmt: skip


def read(e: Entry, values: Sequence[tuple[str, int]], *, by: str | None = None, on: date | None = None,
         rolled: bool = False, estimated: bool = False, note: str | None = None) -> Confirmation:  # fmt: skip
    """Enter what meters show on a day: (meter, thousandths) each. Below the last one only if it turned over."""
    day = e.happened(on or e.today)
    if rolled and len(values) > 1:
        raise Usage("meter.one_rolls")
    what = "estimate" if estimated else "read"
    if estimated and not note:
        raise Usage("meter.estimated_how")
    done = []
    for text, value in values:
        row = _hanging(e, text, day)
        person = school.person(e, by)["id"] if by else row["reader_id"]
        if person is None:
            raise Usage("meter.read_by_whom", code=row["code"])
        _follows(e, row, rules.Reading(day, what, value, rolled))
        e.insert("meter_reading", on_day=day, meter_id=row["id"], what=what, value_milli=value, rolled=int(rolled),
                 by_id=person, note=note)  # fmt: skip
        done.append(_used(e, row, day))
        _warn(e, row, day)
    codes = [text for text, _ in done]
    e.subject = codes[0] if len(codes) == 1 else None
    facts = {"count": len(done), "on": day, "lines": [line for _, line in done], "what": Word.of("meter.how", what)}
    return Confirmation("meter.read", e.subject, facts=facts)


def amend(e: Entry, text: str, value: int, *, on: date, reason: str, rolled: bool | None = None) -> Confirmation:
    """Put another value in the place of a day's reading: that one is reversed, the new one says what it should have said."""
    row = store.meter(e, text)
    old = store.reading_on(e.db, row["id"], on)
    if old is None:
        raise Refused("meter.not_read_on", code=row["code"], on=on)
    if old["what"] == "replace":
        raise Refused("meter.amend_replaced", code=row["code"], on=on)
    e.reverse("meter_reading", old["id"])
    again = bool(old["rolled"]) if rolled is None else rolled
    what = "read" if old["what"] == "estimate" else old["what"]
    _follows(e, row, rules.Reading(on, what, value, again, None, old["digits"], old["factor_milli"]))
    e.insert("meter_reading", on_day=on, meter_id=row["id"], what=what, value_milli=value, rolled=int(again),
             digits=old["digits"], factor_milli=old["factor_milli"], by_id=old["by_id"], note=reason)  # fmt: skip
    _warn(e, row, on)
    facts = {"name": row["name"], "on": on, "before": Milli(old["value_milli"]), "value": Milli(value), "reason": reason}
    return Confirmation("meter.amend", row["code"], facts=facts)


def replace(e: Entry, text: str, *, last: int, first: int = 0, digits: int | None = None, factor: int | None = None,
            rolled: bool = False, by: str | None = None, on: date | None = None, reason: str) -> Confirmation:  # fmt: skip
    """Another meter hangs there from now on: what the old one showed last, and what the new one shows."""
    day = e.happened(on or e.today)
    row = _hanging(e, text, day)
    now = _device(e, row, day)
    digits, factor = digits or now[0], factor or now[1]
    _shows(row["code"], first, digits)
    new = rules.Reading(day, "replace", first, rolled, last, digits, factor)
    _follows(e, row, new)
    person = school.person(e, by)["id"] if by else row["reader_id"]
    e.insert("meter_reading", on_day=day, meter_id=row["id"], what="replace", value_milli=first, rolled=int(rolled),
             final_milli=last, digits=digits, factor_milli=factor, by_id=person, note=reason)  # fmt: skip
    facts = {"name": row["name"], "on": day, "last": Milli(last), "first": Milli(first), "digits": digits,
             "factor": Milli(factor), "reason": reason, "line": _used(e, row, day)[1]}  # fmt: skip
    return Confirmation("meter.replace", row["code"], facts=facts)


def remove(e: Entry, text: str, *, last: int | None = None, by: str | None = None, on: date | None = None,
           reason: str) -> Confirmation:  # fmt: skip
    """A meter is taken down, with a last reading if there is one; none may hang behind it."""
    day = e.happened(on or e.today)
    row = _hanging(e, text, day)
    if row["removed_on"]:
        raise Refused("meter.removed", code=row["code"], on=date.fromisoformat(row["removed_on"]))
    behind = [one["code"] for one in store.children(e.db, row["id"]) if not one["removed_on"] or one["removed_on"] > str(day)]
    if behind:
        raise Refused("meter.others_behind", code=row["code"], codes=behind)
    there = store.readings(e.db, row["id"])[row["id"]]
    if there[-1].on > day:
        raise Refused("meter.read_later", code=row["code"], on=there[-1].on)
    if last is not None:
        read(e, [(row["code"], last)], by=by, on=day, note=reason)
    e.update("meter_meter", row["id"], removed_on=day)
    e.subject = row["code"]
    facts = {"name": row["name"], "on": day, "reason": reason, "last": None if last is None else Milli(last)}
    return Confirmation("meter.remove", row["code"], facts=facts)


# -- shared with the other verbs and the import ----------------------------------------------------


def place_text(row: Any) -> str:
    """A meter's place as people read it."""
    return f"{row['place']} {row['place_name']}" + (f"/{row['spot']}" if row["spot"] else "")


def hangs(row: Any, day: date) -> bool:
    """Whether a meter is in use on a day."""
    return bool(row["from_day"] <= day.isoformat() and (row["removed_on"] or "9999") > day.isoformat())


def _hanging(e: Entry, text: str, day: date) -> Any:
    row = store.meter(e, text)
    if row["from_day"] > day.isoformat():
        raise Refused("meter.not_yet", code=row["code"], since=date.fromisoformat(row["from_day"]), day=day)
    if row["removed_on"] and row["removed_on"] < day.isoformat():  # on its last day it may still be read
        raise Refused("meter.removed", code=row["code"], on=date.fromisoformat(row["removed_on"]))
    return row


def _main(e: Entry, text: str, kind: str, row: Any) -> Any:
    main = store.meter(e, text)
    if main["kind"] != kind:
        raise Refused("meter.other_kind", code=main["code"], kind=Word.of(KIND, main["kind"]))
    if row is not None and row["id"] in store.above(e.db, main["id"]):
        raise Refused("meter.behind_itself", code=row["code"], main=main["code"])
    return main


def _shows(code: str, value: int, digits: int) -> None:
    if value >= rules.capacity(digits):
        raise Refused("meter.too_many_digits", code=code, value=Milli(value), digits=digits)


def _device(e: Entry, row: Any, day: date) -> tuple[int, int]:
    """Digits and factor of the meter that hangs there on a day."""
    begun = [one for one in store.readings(e.db, row["id"], day)[row["id"]] if one.digits is not None]
    return begun[-1].digits or 5, begun[-1].factor_milli or rules.ONE


def _follows(e: Entry, row: Any, new: rules.Reading) -> None:
    """Refuse (4) a reading that cannot stand between those before and after it."""
    there = store.readings(e.db, row["id"]).get(row["id"], [])
    same = next((one for one in there if one.on == new.on), None)
    if same is not None:
        raise Refused("meter.read_already", code=row["code"], on=new.on, value=Milli(same.value_milli))
    found = rules.fault(rules.placed(there, new))
    if found is None:
        return
    shown = Milli(found.shown_milli)
    if found.what == "digits":
        raise Refused("meter.too_many_digits", code=row["code"], value=shown, digits=_device(e, row, found.reading.on)[0])
    before = found.before
    assert before is not None
    raise Refused(f"meter.{found.what}", code=row["code"], value=shown, on=found.reading.on,
                  last=Milli(before.value_milli), last_on=before.on)  # fmt: skip


def _used(e: Entry, row: Any, day: date) -> tuple[str, str]:
    """(code, a line that says what was used up to a day's reading)."""
    from logi.core.messages import say

    span = next(one for one in rules.spans(store.readings(e.db, row["id"], day)[row["id"]]) if one.until == day)
    return row["code"], say("meter.used", code=row["code"], name=row["name"], value=Milli(span.closing_milli),
                            use=Milli(span.use_milli), unit=Word.of(UNIT, row["kind"]), since=span.since)  # fmt: skip


def _warn(e: Entry, row: Any, day: date) -> None:
    """Say at once what is unusual about the month's use so far."""
    month = month_of(day)
    sheet = reckoning.of_month(e, month)
    line = sheet.line(row["id"])
    if line is None or line.use_milli is None:
        return
    for what, base in line.odd:
        e.warn(f"meter.odd_{what}", code=row["code"], use=Milli(line.use_milli), base=Milli(base or 0), month=month,
               unit=Word.of(UNIT, row["kind"]), percent=sheet.percent)  # fmt: skip
    if line.use_milli < 0:
        e.warn("meter.estimated_too_much", code=row["code"], use=Milli(line.use_milli))
