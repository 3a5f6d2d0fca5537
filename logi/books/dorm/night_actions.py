"""The verbs of the night and of closed management: counted, late, leave slips out and back, visitors."""

from collections.abc import Mapping, Sequence
from datetime import date

from logi.books.dorm import actions, opening, rules, school, store
from logi.core.answers import Confirmation
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry

Moment = tuple[date, str]


def count(e: Entry, building: str, *, by: str, floor: int | None = None, absent: Sequence[tuple[str, str | None]] = (),
          night: date | None = None, at: str | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Count the beds of a building or a floor in a night. Those out on a slip are away; the absent are named."""
    day, person, house = e.happened(night or e.today), school.person(e, by), store.building(e, building)
    there = [row for row in store.sleeping(e.db, day)
             if row["building_id"] == house["id"] and floor in (None, row["floor"])]  # fmt: skip
    if not there:
        raise Refused("dorm.nobody_sleeps", building=house["code"], day=day)
    done = {row["floor_id"] for row in store.counts(e.db, day, day)}
    twice = next((row for row in there if row["floor_id"] in done), None)
    if twice is not None:
        raise Refused("dorm.counted", building=house["code"], floor=twice["floor"], day=day)
    time = at or school.policy(e, "dorm.times", day)["bed"]
    away = _away(e, day, time)
    missing = _absent(e, there, absent, away, day)
    for floor_id in dict.fromkeys(row["floor_id"] for row in there):
        own = [row for row in there if row["floor_id"] == floor_id]
        e.insert("dorm_count", on_day=day, at_time=at, floor_id=floor_id, by_id=person["id"], expected=len(own), note=note,
                 away=sum(row["pupil_id"] in away for row in own), absent=sum(row["pupil_id"] in missing for row in own))
        for row in own:
            if row["pupil_id"] in missing:
                e.insert("dorm_absent", on_day=day, pupil_id=row["pupil_id"], floor_id=floor_id,
                         note=missing[row["pupil_id"]])  # fmt: skip
    names = [row["name"] for row in there if row["pupil_id"] in missing]
    if names:
        e.warn("dorm.are_absent", names=names)
    out = sum(row["pupil_id"] in away for row in there)
    e.subject = house["code"]
    facts = {"name": house["name"], "floors": sorted({row["floor"] for row in there}), "on": day, "by": person["name"],
             "expected": len(there), "present": len(there) - out - len(names),
             "away": out, "absent": names or None}  # fmt: skip
    return Confirmation("dorm.count", house["code"], facts=facts)


def found(e: Entry, who: str, outcome: str, *, by: str, night: date | None = None, on: date | None = None) -> Confirmation:
    """What became of somebody who was not there and had no leave."""
    day, person, pupil = e.happened(on or e.today), school.person(e, by), opening.any_pupil(e, who)
    open_ = [date.fromisoformat(row["on_day"]) for row in store.absent(e.db, date.min, day) if row["pupil_id"] == pupil["id"]]
    settled = {row["night"] for row in store.found(e.db, date.min, date.max) if row["pupil_id"] == pupil["id"]}
    waiting = [one for one in open_ if one.isoformat() not in settled]
    which = night or (waiting or open_)[-1] if night or open_ else None
    if which is None:
        raise NotFound("dorm.never_absent", name=pupil["name"])
    if which not in open_:
        raise NotFound("dorm.not_absent", name=pupil["name"], night=which)
    if which.isoformat() in settled:
        raise Refused("dorm.found_already", name=pupil["name"], night=which)
    e.insert("dorm_found", on_day=day, night=which, pupil_id=pupil["id"], by_id=person["id"], outcome=outcome)
    e.subject = pupil["code"]
    return Confirmation("dorm.found", pupil["code"], facts={"name": pupil["name"], "night": which, "outcome": outcome,
                                                            "by": person["name"]})  # fmt: skip


def late(e: Entry, who: str, at: Moment, *, by: str, reason: str | None = None) -> Confirmation:
    """Somebody came after the doors were locked. Refused (4): the doors were open, or they do not sleep there."""
    day, time = at
    e.happened(day)
    night = rules.night_of(day, time)
    locked = school.policy(e, "dorm.times", night)["lock"]
    if night == day and time <= locked:
        raise Refused("dorm.not_late", time=time, locked=locked)
    row, person = actions.lodged(e, who, night), school.person(e, by)
    if any(one["pupil_id"] == row["pupil_id"] for one in store.lates(e.db, night, night)):
        raise Refused("dorm.late_already", name=row["name"], night=night)
    e.insert("dorm_late", on_day=night, at_time=time, pupil_id=row["pupil_id"], by_id=person["id"], reason=reason)
    if reason is None:
        e.warn("dorm.late_why", name=row["name"])
    e.subject = row["code"]
    facts = {"name": row["name"], "night": night, "time": time, "locked": locked, "reason": reason, "by": person["name"]}
    return Confirmation("dorm.late", row["code"], facts=facts)


def give_leave(e: Entry, who: str, reason: str, *, begins: Moment, ends: Moment, by: str, fetched_by: str | None = None,
               on: date | None = None) -> Confirmation:  # fmt: skip
    """A leave slip (QJ-month-running). Refused (4) for one who is not there, or has one for that time."""
    day, person = e.happened(on or e.today), school.person(e, by)
    if ends <= begins:
        raise Usage("dorm.leave_times", begins=_said(begins), ends=_said(ends))
    row = actions.lodged(e, who, begins[0])
    first, last = _plain(begins), _plain(ends)
    for other in store.leaves_of(e.db, row["pupil_id"]):
        over = (other["back_day"], other["back_time"]) if other["back_day"] else (other["until_day"], other["until_time"])
        if max(first, (other["from_day"], other["from_time"])) < min(last, over):
            raise Refused("dorm.leave_there", name=row["name"], number=other["number"])
    number = e.number("QJ", f"{begins[0]:%Y%m}", book="dorm", kind="leave")
    e.insert("dorm_leave", number=number, pupil_id=row["pupil_id"], on_day=day, from_day=first[0], from_time=first[1],
             until_day=last[0], until_time=last[1], reason=reason, by_id=person["id"], fetched_by=fetched_by)  # fmt: skip
    e.subject = number
    facts = {"name": row["name"], "begins": _said(begins), "ends": _said(ends), "reason": reason, "by": person["name"],
             "fetched_by": fetched_by}  # fmt: skip
    return Confirmation("dorm.leave.give", number, facts=facts)


def go(e: Entry, which: str, *, by: str, at: Moment) -> Confirmation:
    """Somebody goes out with a slip. Refused (4): out already, or its time is over; before its time it is said."""
    row, person, moment = _slip(e, which, back=False), school.person(e, by), _plain(at)
    e.happened(at[0])
    if row["out_day"] is not None:
        raise Refused("dorm.out_already", number=row["number"], name=row["name"], day=date.fromisoformat(row["out_day"]))
    if moment >= (row["until_day"], row["until_time"]):
        raise Refused("dorm.slip_over", number=row["number"], name=row["name"], ends=f"{row['until_day']} {row['until_time']}")
    if moment < (row["from_day"], row["from_time"]):
        e.warn("dorm.before_slip", number=row["number"], begins=f"{row['from_day']} {row['from_time']}")
    e.update("dorm_leave", row["id"], out_day=moment[0], out_time=moment[1], out_id=person["id"])
    e.subject = row["number"]
    facts = {"name": row["name"], "at": _said(at), "ends": f"{row['until_day']} {row['until_time']}", "by": person["name"]}
    return Confirmation("dorm.leave.out", row["number"], facts=facts)


def back(e: Entry, which: str, *, by: str, at: Moment) -> Confirmation:
    """Somebody is back. Refused (4): never went, back already, or back before going."""
    row, person, moment = _slip(e, which, back=True), school.person(e, by), _plain(at)
    e.happened(at[0])
    if row["out_day"] is None:
        raise Refused("dorm.never_out", number=row["number"], name=row["name"])
    if row["back_day"] is not None:
        raise Refused("dorm.back_already", number=row["number"], name=row["name"], day=date.fromisoformat(row["back_day"]))
    if moment < (row["out_day"], row["out_time"]):
        raise Refused("dorm.back_before", number=row["number"], out=f"{row['out_day']} {row['out_time']}")
    if moment > (row["until_day"], row["until_time"]):
        e.warn("dorm.back_late", name=row["name"], ends=f"{row['until_day']} {row['until_time']}")
    e.update("dorm_leave", row["id"], back_day=moment[0], back_time=moment[1], back_id=person["id"])
    e.subject = row["number"]
    return Confirmation("dorm.leave.back", row["number"], facts={"name": row["name"], "at": _said(at), "by": person["name"]})


def visit(e: Entry, name: str, who: str, purpose: str, *, by: str, at: Moment, relation: str | None = None,
          id_tail: str | None = None) -> Confirmation:  # fmt: skip
    """A visitor comes in to see a pupil (FK-month-running). Refused (4): the pupil does not sleep there, or it is too late."""
    e.happened(at[0])
    row, person = actions.lodged(e, who, at[0]), school.person(e, by)
    last = school.policy(e, "dorm.times", at[0])["visitors"]
    if at[1] > last:
        e.overridable(Refused("dorm.too_late_to_visit", time=at[1], last=last), row["code"])
    number = e.number("FK", f"{at[0]:%Y%m}", book="dorm", kind="visit")
    e.insert("dorm_visit", number=number, name=name, relation=relation, id_tail=id_tail, purpose=purpose, on_day=at[0],
             pupil_id=row["pupil_id"], at_time=at[1], by_id=person["id"])  # fmt: skip
    e.subject = number
    facts = {"name": name, "pupil": row["name"], "room": row["room"], "at": _said(at), "purpose": purpose, "by": person["name"]}
    return Confirmation("dorm.visit.in", number, facts=facts)


def visit_ends(e: Entry, number: str, *, by: str, at: Moment) -> Confirmation:
    """A visitor leaves. Refused (4): gone already, or before coming."""
    row, person = store.visit(e.db, number), school.person(e, by)
    if row is None:
        raise NotFound("dorm.no_visit", number=number)
    e.happened(at[0])
    if row["left_time"] is not None:
        raise Refused("dorm.gone_already", number=row["number"], time=row["left_time"])
    if at[0].isoformat() != row["on_day"] or at[1] < row["at_time"]:
        raise Refused("dorm.gone_when", number=row["number"], came=f"{row['on_day']} {row['at_time']}")
    e.update("dorm_visit", row["id"], left_time=at[1], left_id=person["id"])
    e.subject = row["number"]
    return Confirmation("dorm.visit.out", row["number"], facts={"name": row["name"], "at": _said(at), "by": person["name"]})


def _away(e: Entry, day: date, time: str) -> set[int]:
    """Who is out on a slip at a clock time of a night."""
    on = day + rules.DAY if time < "12:00" else day
    return {row["pupil_id"] for row in store.out_slips(e.db, on) if rules.away(row, on.isoformat(), time)}


def _absent(e: Entry, there: Sequence[store.Row], named: Sequence[tuple[str, str | None]], away: set[int],
            day: date) -> Mapping[int, str | None]:  # fmt: skip
    missing: dict[int, str | None] = {}
    for text, why in named:
        pupil = opening.any_pupil(e, text)
        if pupil["id"] not in {row["pupil_id"] for row in there}:
            raise Refused("dorm.not_there", name=pupil["name"], code=pupil["code"], day=day)
        if pupil["id"] in away:
            raise Refused("dorm.on_leave", name=pupil["name"], day=day)
        if pupil["id"] in missing:
            raise Usage("dorm.named_twice", name=pupil["name"])
        missing[pupil["id"]] = why
        slips = [one for one in store.leaves_of(e.db, pupil["id"]) if one["out_day"] is None
                 and one["from_day"] <= day.isoformat() < one["until_day"]]  # fmt: skip
        if slips:
            e.warn("dorm.slip_unsigned", name=pupil["name"], number=slips[0]["number"])
    return missing


def _slip(e: Entry, which: str, *, back: bool) -> store.Row:
    """A leave slip by number, or a pupil's that is open: to be signed out, or to be signed back."""
    row = store.leave(e.db, which)
    if row is not None:
        return row
    if which[:3].upper() == "QJ-":
        raise NotFound("dorm.no_leave", number=which)
    pupil = opening.any_pupil(e, which)
    slips = [one for one in store.leaves_of(e.db, pupil["id"])
             if one["back_day"] is None and (one["out_day"] is not None) == back]  # fmt: skip
    if not slips:
        raise NotFound("dorm.no_slip", name=pupil["name"])
    return slips[0] if back else slips[-1]


def _plain(moment: Moment) -> tuple[str, str]:
    return moment[0].isoformat(), moment[1]


def _said(moment: Moment) -> str:
    return f"{moment[0]} {moment[1]}"
