"""The verbs about people at the gate: let in on the host's word, turned away, signed out, banned."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.gate import month, school, store, store_guards, traffic_actions
from logi.books.gate.options import When
from logi.core.answers import Confirmation, Word
from logi.core.errors import Ambiguous, NotFound, Refused, Usage
from logi.core.folding import fold
from logi.journal import Entry


class Caller:
    """Who stands at the gate: no more than the register asks for."""

    __slots__ = ("badge", "goods", "heads", "id_kind", "id_tail", "name", "phone", "plate", "purpose", "sex", "unit")

    def __init__(self, name: str, *, sex: str | None = None, unit: str | None = None, id_kind: str | None = None,
                 id_tail: str | None = None, phone: str | None = None, heads: int = 1, purpose: str | None = None,
                 plate: str | None = None, goods: str | None = None, badge: str | None = None) -> None:  # fmt: skip
        self.name, self.sex, self.unit, self.phone, self.heads = name, sex, unit, phone, heads
        self.id_tail, self.id_kind = id_tail, id_kind or ("identity" if id_tail else None)
        self.purpose, self.plate, self.goods, self.badge = purpose, plate, goods, badge

    def columns(self) -> dict[str, Any]:
        """What is written of them."""
        given = {name: getattr(self, name) for name in self.__slots__}
        return {**given, "folded": fold(self.name), "unit_folded": fold(self.unit) if self.unit else None}


def keeper(e: Entry, by: str | None, when: When) -> Any:
    """Who keeps the gate: the person named, else who was on post at that instant (2 if nobody was)."""
    if by:
        return school.person(e, by)
    last = store_guards.shift_at(e.db, when.on.isoformat(), when.at)
    if last is None or last["taker_id"] is None:
        raise Usage("gate.kept_by_whom")
    return school.by_id(e.db, "school_person", last["taker_id"])


def visit(e: Entry, caller: Caller, when: When, *, host: str, confirmed: str | None = None, leader: str | None = None,
          by: str | None = None, ref: str | None = None) -> Confirmation:  # fmt: skip
    """A visitor comes in on the host's word. Without it refused (4), unless the leader on duty answers for it."""
    day = e.happened(when.on)
    guard, person = keeper(e, by, when), school.person(e, host)
    if person["left_on"] and person["left_on"] <= day.isoformat():
        raise Refused("gate.host_left", host=person["name"], day=date.fromisoformat(person["left_on"]))
    not_banned(e, caller.name, caller.id_tail, caller.plate, day)
    _not_inside(e, caller, when)
    leading = None
    if confirmed is not None and leader is not None:
        raise Usage("gate.leader_needless")
    if confirmed is None:
        e.overridable(Refused("gate.host_unasked", name=caller.name, host=person["name"]), caller.name)
        leading = _leading(e, leader, day)
        e.warn("gate.led", leader=leading["name"], name=caller.name)
    number = e.number("LF", f"{day:%Y%m}", book="gate", kind="visit")
    e.insert("gate_visit", on_day=day, at_time=when.at, number=number, outcome="in", **caller.columns(), host_id=person["id"],
             confirmed=confirmed, leader_id=_id(leading), guard_id=guard["id"], ref=ref)  # fmt: skip
    if caller.plate:
        traffic_actions.record(e, caller.plate, "in", when, guard_id=guard["id"], visit=number, driver=caller.name)
    facts = {"name": caller.name, "unit": caller.unit, "host": person["name"], "on": day, "at": when.at,
             "confirmed": Word.of("gate.confirmed", confirmed or "leader"), "badge": caller.badge, "plate": caller.plate,
             "by": guard["name"]}  # fmt: skip
    return Confirmation("gate.visit", number, facts=facts)


def deny(e: Entry, caller: Caller, when: When, *, reason: str, host: str | None = None, by: str | None = None) -> Confirmation:
    """Somebody was turned away at the gate, and why."""
    day = e.happened(when.on)
    guard = keeper(e, by, when)
    person = school.person(e, host) if host else None
    number = e.number("LF", f"{day:%Y%m}", book="gate", kind="visit")
    e.insert("gate_visit", on_day=day, at_time=when.at, number=number, outcome="denied", **caller.columns(),
             host_id=_id(person), guard_id=guard["id"], reason=reason)  # fmt: skip
    facts = {"name": caller.name, "on": day, "at": when.at, "reason": reason, "by": guard["name"]}
    return Confirmation("gate.deny", number, facts=facts)


def leave(e: Entry, texts: Sequence[str], when: When, *, by: str | None = None, note: str | None = None,
          counted: bool = True) -> Confirmation:  # fmt: skip
    """Visitors leave: named by number, badge or name. Their vehicle leaves with them. Rows of a file are not `counted`."""
    day = e.happened(when.on)
    guard = keeper(e, by, when)
    rows = {row["number"]: row for row in (_here(e, text) for text in texts)}
    for number, row in rows.items():
        if (row["on_day"], row["at_time"]) > (day.isoformat(), when.at):
            raise Refused("gate.left_before", number=number, day=date.fromisoformat(row["on_day"]), time=row["at_time"])
        e.insert("gate_leave", on_day=day, at_time=when.at, number=number, guard_id=guard["id"], note=note)
        if row["plate"] and traffic_actions.is_inside(e.db, row["plate"], when):
            traffic_actions.record(e, row["plate"], "out", when, guard_id=guard["id"], visit=number, driver=row["name"])
        if counted and row["badge"]:
            e.warn("gate.take_badge", badge=row["badge"], name=row["name"])
        if counted and row["goods"]:
            e.warn("gate.look_at_goods", name=row["name"], goods=row["goods"])
    e.subject = next(iter(rows)) if len(rows) == 1 else None
    left = len(store.inside(e.db)) if counted else None
    facts = {"names": [row["name"] for row in rows.values()], "on": day, "at": when.at, "left": left}
    return Confirmation("gate.leave", e.subject, numbers=list(rows), facts=facts)


def ban(e: Entry, *, name: str | None, plate: str | None, reason: str, by: str, id_tail: str | None = None,
        starts: date | None = None, until: date | None = None) -> Confirmation:  # fmt: skip
    """Somebody, or a vehicle, may not come in from a day on."""
    if (name is None) == (plate is None):
        raise Usage("gate.ban_whom")
    person, first = school.person(e, by), starts or e.today
    if until is not None and until < first:
        raise Usage("front.since_after_until", since=first, until=until)
    folded = fold(name) if name else None
    for row in store.bans(e.db, first):
        if (row["folded"], row["plate"], row["id_tail"]) == (folded, plate, id_tail):
            raise Refused("gate.banned_already", name=name or plate, since=date.fromisoformat(row["from_day"]))
    e.insert("gate_ban", name=name, folded=folded, id_tail=id_tail, plate=plate, reason=reason, by_id=person["id"],
             from_day=first, until_day=until)  # fmt: skip
    e.subject = name or plate
    facts = {"name": name or plate, "reason": reason, "since": first, "until": until, "by": person["name"]}
    return Confirmation("gate.ban.add", facts=facts)


def lift(e: Entry, text: str, *, reason: str, on: date | None = None) -> Confirmation:
    """Somebody, or a vehicle, may come in again from a day on."""
    day = e.happened(on or e.today)
    found = [row for row in store.bans(e.db, day) if text in (row["name"], row["plate"]) or row["folded"] == fold(text)]
    if not found:
        raise NotFound("gate.not_banned", name=text)
    for row in found:
        e.update("gate_ban", row["id"], lifted_on=day, lifted_why=reason)
    e.subject = found[0]["name"] or found[0]["plate"]
    return Confirmation("gate.ban.lift", facts={"name": e.subject, "on": day, "reason": reason})


def not_banned(e: Entry, name: str | None, id_tail: str | None, plate: str | None, day: date) -> None:
    """Refuse (4) who or what stands on the list. A namesake is told apart by the tail of the identity number."""
    for row in store.bans(e.db, day):
        since = date.fromisoformat(row["from_day"])
        if row["plate"] and row["plate"] == plate:
            raise Refused("gate.plate_banned", plate=plate, since=since, reason=row["reason"])
        if name is None or row["folded"] != fold(name):
            continue
        if row["id_tail"] and id_tail and row["id_tail"] != id_tail:
            e.warn("gate.namesake", name=name, tail=row["id_tail"])
            continue
        key = "gate.banned" if id_tail or not row["id_tail"] else "gate.perhaps_banned"
        raise Refused(key, name=name, since=since, reason=row["reason"], tail=row["id_tail"])


def _id(row: Any) -> int | None:
    return None if row is None else int(row["id"])


def _not_inside(e: Entry, caller: Caller, when: When) -> None:
    day, time = when.on.isoformat(), when.at
    for row in store.there_called(e.db, fold(caller.name), day, time):
        if (row["unit"], row["id_tail"]) == (caller.unit, caller.id_tail):
            raise Refused("gate.inside_already", name=caller.name, number=row["number"],
                          day=date.fromisoformat(row["on_day"]), time=row["at_time"])  # fmt: skip
    last = store.badge_last(e.db, caller.badge, day, time) if caller.badge else None
    if last is not None and (last["left_day"] is None or (last["left_day"], last["left_time"]) > (day, time)):
        raise Refused("gate.badge_out", badge=caller.badge, name=last["name"], number=last["number"])


def _leading(e: Entry, leader: str | None, day: date) -> Any:
    """The leader who answers for a visitor no host vouched for; said if the roster or the posts know them not as one."""
    if leader is None:
        raise Usage("gate.which_leader")
    person = school.person(e, leader)
    rostered = month.rostered(e.db, day, "leader")
    posts = school.policy(e, "duty.leader_posts", day)
    if rostered and person["id"] not in rostered:
        e.warn("gate.not_leading", name=person["name"], day=day, leaders=list(rostered.values()))
    elif not rostered and not any(post in (person["post"] or "") for post in posts):
        e.warn("gate.no_leader_post", name=person["name"])
    return person


def _here(e: Entry, text: str) -> Any:
    """A visitor who is inside, by number, badge or name; 3 or 4 otherwise."""
    row = store.visit(e.db, text)
    if row is not None:
        if row["outcome"] == "denied":
            raise Refused("gate.never_inside", number=row["number"], name=row["name"])
        if row["left_day"]:
            raise Refused("gate.left_already", number=row["number"], name=row["name"],
                          day=date.fromisoformat(row["left_day"]), time=row["left_time"])  # fmt: skip
        return row
    there = store.inside(e.db)
    found = [one for one in there if one["badge"] == text] or [one for one in there if one["folded"] == fold(text)]
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous("gate.which_visitor", candidates=[(one["number"], one["name"]) for one in found], text=text)
    raise NotFound("gate.nobody_inside", text=text)
