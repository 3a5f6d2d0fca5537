"""The verbs of duty rosters: draft by the count, change, swap, publish, log. Each works inside an open entry."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from logi import journal
from logi.books.month import duty_pools, dutyrules, school, store
from logi.books.month.actions import day as as_date
from logi.books.month.dutyrules import Duty, Fault, Need
from logi.core.answers import Confirmation, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry

SHIFT = "month.shift"
ROLE = "month.role"
DAY = timedelta(days=1)
TOLD = 8  # days named in a refusal


def draft(e: Entry, first: date, last: date, title: str, *, leaders: Sequence[str] = (), people: Sequence[str] = (),
          gate: Sequence[str] = (), shifts: Sequence[str] = ("all",), each: int | None = None,
          exclude: Sequence[tuple[str, Sequence[date]]] = (), only: str = "every",
          order: str = "least") -> Confirmation:  # fmt: skip
    """Draft a roster from day to day: whoever served least is next; nobody twice at once; whole, or refused (4).

    Pools not named come from the roster before, else from the posts that the policies name. `only` "off" leaves the
    workdays out, "workday" the days off. `order` "fixed" takes the people one after the other as they are named, going
    on where the roster before ended.
    """
    calendar = school.calendar(e)
    days = [one for one in dutyrules.span(first, last) if only == "every" or calendar.is_workday(one) == (only == "workday")]
    _check_free(e, days, first, last)
    pools = duty_pools.pools(e, first, ordered=order == "fixed", leaders=leaders, people=people, gate=gate)
    wanted = dutyrules.needs(
        days, calendar, shifts, each=each, holiday_people=_policy(e, "holiday_people_min"),
        leaders=bool(_policy(e, "leader_required") or pools["leader"]), gate=bool(pools["gate"]),
    )  # fmt: skip
    away = duty_pools.away(e, exclude, pools, days)
    served = duty_pools.served(e, first)
    last_on = duty_pools.last_on(e, first) if order == "fixed" else None
    duties, empty = dutyrules.fill(wanted, pools, away=away, served=served, hours=_hours(e), in_turn_after=last_on)
    if not calendar.knows(first.year):
        e.warn("month.year_unknown", year=first.year)
    number = e.number(dutyrules.SERIES, str(first.year), book="month", kind="roster")
    _refuse_empty(e, empty, number)
    _refuse_faults(e, days, duties, number, but={(need.day, need.role) for need in empty})
    _write(e, number, title, first, last, days, duties)
    _warn(e, duties, pools, number)
    facts = {"title": title, "since": first, "until": last, "days": len(days), "counts": _counts(e, duties)}
    return Confirmation("month.duty.draft", number, facts=facts)


def assign(e: Entry, day: date, *, leader: Sequence[str] = (), people: Sequence[str] = (), gate: Sequence[str] = (),
           shift: str | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Put others on a day of a roster that is neither approved nor published: each role named is replaced whole."""
    there = _roster_day(e, day)
    _check_draft(e, there["number"])
    given: dict[str, Sequence[str]] = {"leader": leader, "person": people, "gate": gate}
    if not any(given.values()) and note is None:
        raise Refused("month.duty.nothing_to_change", day=day)
    standing = store.duties(e.db, since=day, until=day)
    used = [row["shift"] for row in standing if row["role"] == "person"]
    if people and shift is None and len(set(used)) > 1:
        raise Usage("month.duty.which_shift", day=day, shifts=_words(dict.fromkeys(used)))
    for role, names in given.items():
        slot = (shift or (used[0] if used else "all")) if role == "person" else "all"
        if names:
            _replace(e, there, role, slot, [school.person(e, name) for name in names], standing)
    if note is not None:
        e.update("month_roster_day", there["id"], note=note)
    after = _duties(store.duties(e.db, since=day, until=day))
    _refuse_faults(e, [day], after, there["number"])
    _warn(e, _duties(store.duties(e.db, roster_id=there["roster_id"])), {}, there["number"])
    on = [f"{row['name']}" for row in store.duties(e.db, since=day, until=day)]
    return Confirmation("month.duty.set", there["number"], facts={"day": day, "people": on, "note": note})


def swap(e: Entry, day: date, giver: str, taker: str, *, reason: str, back: date | None = None,
         shift: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """One person takes another's duty (and gives one of theirs on `back` for it): both names and the reason stand."""
    agreed = e.happened(on or e.today)
    gives, takes = school.person(e, giver), school.person(e, taker)
    if gives["id"] == takes["id"]:
        raise Refused("month.duty.swap_self", name=gives["name"])
    there = _roster_day(e, day)
    first = _own(e, there, gives, shift)
    moves = [(there, first, gives, takes)]
    if back is not None:
        other = _roster_day(e, back)
        moves.append((other, _own(e, other, takes, None), takes, gives))
    for place, row, _, to in moves:
        if store.duty_logs(e.db, since=as_date(place["on_day"]), until=as_date(place["on_day"])):
            raise Refused("month.duty.logged", day=as_date(place["on_day"]))
        _check_there(e, to, place["on_day"])
        if any(one.person == to["id"] and one.shift == row["shift"] for one in _on(e, place)):
            raise Refused("month.duty.fault.twice", days=[as_date(place["on_day"])], name=to["name"])
        e.update("month_duty", row["id"], person_id=to["id"])
    for place, _, _, _ in moves:
        _refuse_faults(e, [date.fromisoformat(place["on_day"])], _on(e, place), place["number"])
    e.insert("month_swap", on_day=agreed, roster_id=there["roster_id"], duty_on=day, shift=first["shift"],
             role=first["role"], from_id=gives["id"], to_id=takes["id"], back_on=back, reason=reason)  # fmt: skip
    changed = {row["id"] for row in (gives, takes)}
    near = _duties(store.duties(e.db, since=min(day, back or day) - DAY, until=max(day, back or day) + DAY))
    _warn(e, [one for one in near if one.person in changed], {}, there["number"])
    facts = {"day": day, "from": gives["name"], "to": takes["name"], "back": back, "reason": reason,
             "shift": Word.of(SHIFT, first["shift"])}  # fmt: skip
    numbers = list(dict.fromkeys(place["number"] for place, *_ in moves))
    return Confirmation("month.duty.swap", there["number"], numbers=numbers, facts=facts)


def publish(e: Entry, number: str, *, on: date | None = None, place: str | None = None) -> Confirmation:
    """Publish a roster that is whole and, where the policy asks for it, approved."""
    roster = found(e, number)
    day = e.happened(on or e.today)
    if roster["state"] == "published":
        raise Refused("month.duty.published", number=roster["number"], day=as_date(roster["published_on"]))
    decisions = [row["decision"] for row in journal.approvals(e.db, roster["number"])]
    if "no" in decisions:
        raise Refused("front.was_rejected", number=roster["number"])
    if not decisions and school.policy(e, "duty.approval_required", day):
        raise Refused("month.duty.not_approved", number=roster["number"])
    days = [date.fromisoformat(row["on_day"]) for row in store.roster_days(e.db, roster_id=roster["id"])]
    rows = store.duties(e.db, roster_id=roster["id"])
    for row in rows:
        if row["left_on"] and row["left_on"] <= row["on_day"]:
            e.overridable(Refused("month.duty.left_on_duty", name=row["name"], day=as_date(row["on_day"])), number)
        duty_pools.check_away(e, row["person_id"], row["name"], date.fromisoformat(row["on_day"]))
    _refuse_faults(e, days, _duties(rows), roster["number"])
    e.update("month_roster", roster["id"], state="published", published_on=day, place=place)
    if days and day > days[0]:
        e.warn("month.duty.published_late", number=roster["number"], first=days[0])
    facts = {"title": roster["title"], "day": day, "place": place, "first": days[0] if days else None}
    return Confirmation("month.duty.publish", roster["number"], facts=facts)


def log(e: Entry, day: date, by: str, *, shift: str | None = None, absent: Sequence[str] = (),
        stand_in: Sequence[str] = (), taken_by: str | None = None, **told: str | None) -> Confirmation:  # fmt: skip
    """Write up a duty: everybody rostered was there but those named absent; others stood in. One log a shift."""
    e.happened(day)
    there = _roster_day(e, day)
    slot = _log_shift(e, there, shift)
    if any(row["shift"] == slot for row in store.duty_logs(e.db, since=day, until=day)):
        raise Refused("month.duty.logged_already", day=day, shift=Word.of(SHIFT, slot))
    writer = school.person(e, by)
    missing = {one["id"]: one["name"] for one in (school.person(e, text) for text in absent)}
    others = {one["id"]: one["name"] for one in (writer, *(school.person(e, text) for text in stand_in))}
    hours = _hours(e)
    rows = store.duties(e.db, since=day, until=day)
    rostered = {r["person_id"]: r["name"] for r in rows if dutyrules.overlap(hours[r["shift"]], hours[slot])}
    _check_absent(day, missing, rostered, others)
    how = {**{one: "absent" if one in missing else "present" for one in rostered},
           **{one: "stand-in" for one in others if one not in rostered}}  # fmt: skip
    taker = school.person(e, taken_by) if taken_by else None
    e.insert("month_duty_log", on_day=day, shift=slot, roster_id=there["roster_id"], by_id=writer["id"],
             taken_by=taker["id"] if taker else None, **told)  # fmt: skip
    for person, state in how.items():
        e.insert("month_attendance", on_day=day, shift=slot, person_id=person, how=state)
    names = {**rostered, **others}
    listed = {state: [names[p] for p, one in how.items() if one == state] for state in ("present", "stand-in", "absent")}
    if listed["absent"]:
        e.warn("month.duty.absent", day=day, names=listed["absent"])
    if listed["stand-in"]:
        e.warn("month.duty.stand_in", day=day, names=listed["stand-in"])
    facts = {"day": day, "shift": Word.of(SHIFT, slot), "by": writer["name"], "there": listed["present"], **told}
    return Confirmation("month.duty.log", there["number"], facts=facts)


def found(source: Any, number: str) -> Any:
    """The roster of a number, or NotFound (3)."""
    row = store.roster(source.db, number)
    if row is None:
        raise NotFound("month.duty.no_roster", number=number)
    return row


def hours_of(source: Any) -> dict[str, dutyrules.Hours]:
    """The hours of every shift by the policy."""
    given = school.policy(source, "duty.shift_hours", source.today)
    return {name: dutyrules.Hours(*given[name]) for name in dutyrules.SHIFTS}


def faults_of(source: Any, days: Sequence[date], duties: Sequence[Duty]) -> list[Fault]:
    """What is wrong with days of a roster by the policies of today."""
    return dutyrules.faults(
        days, duties, school.calendar(source), hours_of(source), holiday_people=_policy(source, "holiday_people_min"),
        leader=_policy(source, "leader_required"),
    )  # fmt: skip


# -- pieces ----------------------------------------------------------------------------------------


def _policy(source: Any, name: str) -> Any:
    return school.policy(source, f"duty.{name}", source.today)


def _hours(e: Entry) -> dict[str, dutyrules.Hours]:
    return hours_of(e)


def _words(shifts: Any) -> list[Word]:
    return [Word.of(SHIFT, one) for one in shifts]


def _duties(rows: Sequence[Any]) -> list[Duty]:
    return [Duty(date.fromisoformat(r["on_day"]), r["shift"], r["role"], r["person_id"]) for r in rows]


def _on(e: Entry, place: Any) -> list[Duty]:
    day = date.fromisoformat(place["on_day"])
    return _duties(store.duties(e.db, since=day, until=day))


def _roster_day(e: Entry, day: date) -> Any:
    rows = store.roster_days(e.db, since=day, until=day)
    if not rows:
        raise NotFound("month.duty.no_day", day=day)
    _check_open(e, day)
    return rows[0]


def _check_open(e: Entry, day: date) -> None:
    if e.closed_until and day.isoformat()[:7] <= e.closed_until:
        raise Refused("front.month_closed", day=day, month=e.closed_until)


def _check_draft(e: Entry, number: str) -> None:
    roster = found(e, number)
    if roster["state"] == "published" or any(row["decision"] == "yes" for row in journal.approvals(e.db, number)):
        raise Refused("month.duty.fixed", number=number)


def _check_free(e: Entry, days: Sequence[date], first: date, last: date) -> None:
    if not days:
        raise Refused("month.duty.no_days", since=first, until=last)
    _check_open(e, days[0])
    taken = [row for row in store.roster_days(e.db, since=first, until=last) if as_date(row["on_day"]) in days]
    if taken:
        numbers = list(dict.fromkeys(row["number"] for row in taken))
        raise Refused("month.duty.taken", day=as_date(taken[0]["on_day"]), count=len(taken), numbers=numbers)


def _check_there(e: Entry, person: Any, day: str) -> None:
    """Refuse (4) somebody who has left by a day, or is away on it."""
    if person["left_on"] and person["left_on"] <= day:
        raise Refused("month.duty.left", name=person["name"], day=as_date(person["left_on"]))
    duty_pools.check_away(e, person["id"], person["name"], date.fromisoformat(day))


def _check_absent(day: date, missing: dict[int, str], rostered: dict[int, str], others: dict[int, str]) -> None:
    for person, name in missing.items():
        if person in others:
            raise Refused("month.duty.there_and_absent", name=name)
        if person not in rostered:
            raise Refused("month.duty.not_rostered", name=name, day=day)


def _refuse_empty(e: Entry, empty: Sequence[Need], number: str) -> None:
    for role in dict.fromkeys(need.role for need in empty):
        days = list(dict.fromkeys(need.day for need in empty if need.role == role))
        refusal = Refused(f"month.duty.empty.{role}", days=_some(days))
        e.overridable(refusal, number)


def _some(days: list[date]) -> list[Any]:
    """Days as a sentence names them: all of a few, the first of many."""
    return days if len(days) <= TOLD else [*days[:TOLD], "…"]


def _refuse_faults(e: Entry, days: Sequence[date], duties: Sequence[Duty], number: str, *,
                   but: set[tuple[date, str]] | None = None) -> None:  # fmt: skip
    """Refuse (4) what a roster must not be; all but being twice at once may be overridden with a reason."""
    told = {"no_leader": "leader", "gap": "person", "too_few": "person", "nobody": "person"}
    by_kind: dict[str, list[Fault]] = {}
    for fault in faults_of(e, days, duties):
        if but is None or (fault.day, told.get(fault.what, "")) not in but:
            by_kind.setdefault(fault.what, []).append(fault)
    for what, found_ in by_kind.items():
        facts = dict(found_[0].facts)
        if "person" in facts:
            facts = {"name": next(iter(store.names_of(e.db, [int(str(facts["person"]))]).values()))}
        refusal = Refused(f"month.duty.fault.{what}", days=_some(list(dict.fromkeys(one.day for one in found_))), **facts)
        if what == "twice":
            raise refusal
        e.overridable(refusal, number)


def _write(e: Entry, number: str, title: str, first: date, last: date, days: Sequence[date],
           duties: Sequence[Duty]) -> None:  # fmt: skip
    from logi.core.folding import fold

    roster_id = e.insert("month_roster", number=number, title=title, folded=fold(title), first_on=first, last_on=last)
    start = e.insert_many("month_roster_day", ["roster_id", "on_day"], [(roster_id, one.isoformat()) for one in days])
    ids = {one: start + at for at, one in enumerate(days)}
    e.insert_many("month_duty", ["day_id", "shift", "role", "person_id"],
                  [(ids[d.day], d.shift, d.role, d.person) for d in duties])  # fmt: skip


def _replace(e: Entry, there: Any, role: str, shift: str, people: Sequence[Any], standing: Sequence[Any]) -> None:
    for person in people:
        _check_there(e, person, there["on_day"])
    wanted = {person["id"] for person in people}
    kept = set()
    for row in standing:
        if row["role"] == role and (role != "person" or row["shift"] == shift):
            if row["person_id"] in wanted:
                kept.add(row["person_id"])
            else:
                e.void("month_duty", row["id"])
    others = {row["person_id"]: row["name"] for row in store.duties(e.db, since=as_date(there["on_day"]),
              until=as_date(there["on_day"])) if row["shift"] == shift}  # fmt: skip
    for person in people:
        if person["id"] in others and person["id"] not in kept:
            raise Refused("month.duty.fault.twice", days=[as_date(there["on_day"])], name=person["name"])
        if person["id"] not in kept:
            e.insert("month_duty", day_id=there["id"], shift=shift, role=role, person_id=person["id"])


def _own(e: Entry, place: Any, person: Any, shift: str | None) -> Any:
    day = date.fromisoformat(place["on_day"])
    mine = [row for row in store.duties(e.db, since=day, until=day, person_id=person["id"])
            if shift in (None, row["shift"])]  # fmt: skip
    if not mine:
        raise Refused("month.duty.not_rostered", name=person["name"], day=day)
    if len(mine) > 1:
        raise Usage("month.duty.which_shift", day=day, shifts=_words(row["shift"] for row in mine))
    return mine[0]


def _log_shift(e: Entry, place: Any, shift: str | None) -> str:
    day = date.fromisoformat(place["on_day"])
    rows = store.duties(e.db, since=day, until=day)
    people = dict.fromkeys(row["shift"] for row in rows if row["role"] == "person")
    used = list(people or dict.fromkeys(row["shift"] for row in rows))
    if shift is None and len(used) > 1:
        raise Usage("month.duty.which_shift", day=day, shifts=_words(used))
    if shift is not None and shift not in used:
        raise Refused("month.duty.no_shift", day=day, shift=Word.of(SHIFT, shift), shifts=_words(used))
    return shift or (used[0] if used else "all")


def _counts(e: Entry, duties: Sequence[Duty]) -> list[str]:
    counts: dict[int, int] = {}
    for duty in duties:
        counts[duty.person] = counts.get(duty.person, 0) + 1
    names = store.names_of(e.db, counts)
    return [f"{names[person]} {count}" for person, count in counts.items()]


def _warn(e: Entry, duties: Sequence[Duty], pools: dict[str, list[int]], number: str) -> None:
    """Warn of people on two days running, and of a pool in which the most and the fewest differ by too much."""
    running = dutyrules.consecutive(duties)
    if running:
        names = store.names_of(e.db, running)
        told = [f"{names[p]} {seconds[0].isoformat()}" for p, seconds in running.items()]
        e.warn("month.duty.consecutive", number=number, people=told)
    most_apart = _policy(e, "spread_max")
    for role, pool in pools.items():
        fewest, most = dutyrules.spread(duties, role, pool)
        if most - fewest > most_apart:
            e.warn("month.duty.unfair", number=number, role=Word.of(ROLE, role), fewest=fewest, most=most)
