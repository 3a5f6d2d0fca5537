"""Pure decisions about duty: which days a holiday is, who serves when by the count, and what a roster must not be."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from logi.core.calendar import SchoolCalendar
from logi.core.plans import HOLIDAYS

SERIES = "ZB"
SHIFTS = ("all", "day", "night", "morning", "middle", "late")
ROLES = ("leader", "person", "gate")
VACATIONS = ("winter", "summer")
TEACHERS = "teachers"
SUMMER = (5, 9)  # a vacation that begins from May to September is the summer's
STRETCHES = (*HOLIDAYS, TEACHERS, *VACATIONS)
DAY_STARTS, DAY_ENDS = 8, 32  # hours from the midnight of the day on duty
_DAY = timedelta(days=1)


class Stretch(NamedTuple):
    """The days a roster is for; `names` are those of the holidays in it, as the calendar has them."""

    first: date
    last: date
    names: tuple[str, ...]


class Need(NamedTuple):
    """One place to be filled: a day, a shift, a role."""

    day: date
    shift: str
    role: str


class Duty(NamedTuple):
    """Somebody on duty: the person by id."""

    day: date
    shift: str
    role: str
    person: int


class Fault(NamedTuple):
    """What a roster must not be: `what` is no_leader, gap, too_few, nobody or twice."""

    day: date
    what: str
    facts: Mapping[str, object]


class Hours(NamedTuple):
    """From which hour to which a shift runs."""

    starts: int
    ends: int


# -- which days ------------------------------------------------------------------------------------


def stretch(calendar: SchoolCalendar, key: str, since: date, until: date) -> Stretch | None:
    """The first stretch of a holiday that begins from `since` to `until`: the whole break it lies in.

    A vacation runs from the day after a term to the day before the next; Teachers' Day is the 10th of September.
    """
    if key == TEACHERS:
        days = [date(year, 9, 10) for year in range(since.year, until.year + 1)]
        return next((Stretch(day, day, ()) for day in days if since <= day <= until), None)
    if key in VACATIONS:
        return _vacation(calendar, key, since, until)
    begins = HOLIDAYS[key]
    for day in sorted(calendar.off):
        if since <= day <= until and any(word in calendar.names.get(day, "").lower() for word in begins):
            return around(calendar, day)
    return None


def around(calendar: SchoolCalendar, day: date) -> Stretch:
    """The unbroken run of days off that a day lies in, with the names of the holidays in it."""
    first = last = day
    while not calendar.is_workday(first - _DAY):
        first -= _DAY
    while not calendar.is_workday(last + _DAY):
        last += _DAY
    named = (calendar.names.get(one) for one in span(first, last) if one in calendar.off)
    return Stretch(first, last, tuple(dict.fromkeys(name for name in named if name)))


def breaks(calendar: SchoolCalendar, since: date, until: date) -> list[Stretch]:
    """Every break with a holiday in it that begins from `since` to `until`."""
    found: list[Stretch] = []
    for day in sorted(calendar.off):
        if since <= day <= until + 10 * _DAY and not (found and day <= found[-1].last):
            found.append(around(calendar, day))
    return [one for one in found if since <= one.first <= until]


def asked(calendar: SchoolCalendar, since: date, until: date) -> list[Stretch]:
    """Every stretch that begins from `since` to `until` and wants a roster: vacations, breaks outside them, Teachers' Day."""
    found = [stretch(calendar, TEACHERS, since, until), *(_vacation(calendar, key, since, until) for key in VACATIONS)]
    free = [one for one in found if one is not None]
    free += [one for one in breaks(calendar, since, until) if not any(v.first <= one.first <= v.last for v in free)]
    return sorted(free)


def span(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + n * _DAY for n in range((last - first).days + 1)]


def _vacation(calendar: SchoolCalendar, key: str, since: date, until: date) -> Stretch | None:
    for before, after in pairwise(calendar.terms):
        first, last = before.ends_on + _DAY, after.starts_on - _DAY
        summer = SUMMER[0] <= first.month <= SUMMER[1]
        if since <= first <= until and first <= last and summer == (key == "summer"):
            return Stretch(first, last, ())
    return None


# -- who -------------------------------------------------------------------------------------------


def needs(days: Sequence[date], calendar: SchoolCalendar, shifts: Sequence[str], *, each: int | None,
          holiday_people: int, leaders: bool, gate: bool) -> list[Need]:  # fmt: skip
    """Every place a roster has: a leader and a guard for the whole day, and the people of each shift.

    `each` people a shift; None means `holiday_people` on a holiday and one on any other day.
    """
    found = []
    for day in days:
        if leaders:
            found.append(Need(day, "all", "leader"))
        people = each if each is not None else holiday_people if day in calendar.off else 1
        found += [Need(day, shift, "person") for shift in shifts for _ in range(people)]
        if gate:
            found.append(Need(day, "all", "gate"))
    return found


def fill(wanted: Iterable[Need], pools: Mapping[str, Sequence[int]], *, away: Collection[tuple[int, date]],
         served: Mapping[int, int], hours: Mapping[str, Hours],
         in_turn_after: Mapping[str, int] | None = None) -> tuple[list[Duty], list[Need]]:  # fmt: skip
    """Fill the places one after the other with whoever served least; returns the duties and the places left empty.

    Who served least in this role, then at all in this roster, then was not on the day before, then before this roster
    (`served`), then stands first in the pool. Nobody is put where they are away or on already. With `in_turn_after`
    (who was on last, by role) each role goes round its pool in order instead, passing over who is not free.
    """
    duties: list[Duty] = []
    empty: list[Need] = []
    last = dict(in_turn_after or {})
    for need in wanted:
        free = [
            one for one in pools.get(need.role, ())
            if (one, need.day) not in away and not _busy(duties, one, need.day, need.shift, hours)
        ]  # fmt: skip
        if not free:
            empty.append(need)
            continue
        if in_turn_after is None:
            chosen = min(free, key=lambda one: _turn(duties, one, need, served))  # the first of equals: the pool's order
        else:
            chosen = last[need.role] = _next(pools[need.role], free, last.get(need.role))
        duties.append(Duty(need.day, need.shift, need.role, chosen))
    return duties, empty


def _next(pool: Sequence[int], free: Collection[int], last: int | None) -> int:
    at = pool.index(last) + 1 if last in pool else 0
    return next(one for one in [*pool[at:], *pool[:at]] if one in free)


def _turn(duties: Sequence[Duty], person: int, need: Need, served: Mapping[int, int]) -> tuple[int, int, bool, int]:
    mine = [duty for duty in duties if duty.person == person]
    same = sum(duty.role == need.role for duty in mine)
    next_to = any(abs((duty.day - need.day).days) <= 1 for duty in mine)
    return same, len(mine), next_to, served.get(person, 0)


def _busy(duties: Iterable[Duty], person: int, day: date, shift: str, hours: Mapping[str, Hours]) -> bool:
    return any(d.person == person and d.day == day and overlap(hours[d.shift], hours[shift]) for d in duties)


# -- what a roster must not be ---------------------------------------------------------------------


def overlap(one: Hours, other: Hours) -> bool:
    """Whether two shifts of a day share an hour."""
    return one.starts < other.ends and other.starts < one.ends


def faults(days: Sequence[date], duties: Sequence[Duty], calendar: SchoolCalendar, hours: Mapping[str, Hours], *,
           holiday_people: int, leader: bool) -> list[Fault]:  # fmt: skip
    """What is wrong with the days of a roster, by day: twice at once, no leader, a gap in 24 hours, too few people."""
    found: list[Fault] = []
    for day in days:
        on = [duty for duty in duties if duty.day == day]
        found += [Fault(day, "twice", {"person": person}) for person in _twice(on, hours)]
        if leader and not any(duty.role == "leader" for duty in on):
            found.append(Fault(day, "no_leader", {}))
        if day in calendar.off:
            found += _thin(day, [hours[d.shift] for d in on if d.role == "person"], holiday_people)
        elif not any(duty.role != "leader" for duty in on):
            found.append(Fault(day, "nobody", {}))
    return found


def consecutive(duties: Iterable[Duty]) -> dict[int, list[date]]:
    """Who is on two days running: person -> the second days."""
    days: dict[int, set[date]] = {}
    for duty in duties:
        days.setdefault(duty.person, set()).add(duty.day)
    found = {person: sorted(day for day in on if day - _DAY in on) for person, on in days.items()}
    return {person: seconds for person, seconds in found.items() if seconds}


def spread(duties: Iterable[Duty], role: str, pool: Sequence[int]) -> tuple[int, int]:
    """The fewest and the most duties in a role among those who may serve in it; (0, 0) for an empty pool."""
    counts = dict.fromkeys(pool, 0)
    for duty in duties:
        if duty.role == role and duty.person in counts:
            counts[duty.person] += 1
    return min(counts.values(), default=0), max(counts.values(), default=0)


def _twice(on: Sequence[Duty], hours: Mapping[str, Hours]) -> list[int]:
    return sorted({
        one.person for at, one in enumerate(on) for other in on[at + 1 :]
        if one.person == other.person and overlap(hours[one.shift], hours[other.shift])
    })  # fmt: skip


def _thin(day: date, shifts: Sequence[Hours], least: int) -> list[Fault]:
    """The stretches of a 24-hour day on which nobody, or too few, are on."""
    marks = sorted({DAY_STARTS, DAY_ENDS, *(h for one in shifts for h in one if DAY_STARTS < h < DAY_ENDS)})
    found: list[Fault] = []
    for start, end in pairwise(marks):
        people = sum(one.starts <= start and end <= one.ends for one in shifts)
        if people < max(least, 1):
            facts = {"since": _clock(start), "until": _clock(end), "have": people, "least": least}
            found.append(Fault(day, "too_few" if people else "gap", facts))
    return found


def _clock(hour: int) -> str:
    return f"{hour % 24:02d}:00"
