"""The verbs of patrols: a route is laid down and changed, a round is logged, a week's statistics are published."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from logi.books.patrol import hazard_actions, repair, rules, school, store
from logi.books.patrol.hazard_actions import Found
from logi.books.patrol.weeks import Routes
from logi.core.answers import Confirmation, Word
from logi.core.days import Period
from logi.core.errors import NotFound, Refused
from logi.finding import free_code, named
from logi.journal import Entry

FREQUENCY = "patrol.frequency"
_REPAIR = re.compile(r"(?i:repair|报修|報修|维修|維修) ?[:：] ?")


def add_route(e: Entry, code: str, name: str, *, frequency: str | None = None, starts: date | None = None,
              points: Sequence[str] = (), times: Sequence[str] = (), keeper: str | None = None,
              area: str | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Lay down a route from a day on (today). Without a frequency the policy's default holds."""
    free_code(e.db, "patrol_route", code, what="route")
    first = starts or e.today
    chosen = frequency or str(school.policy(e, "patrol.frequency_default", first))
    keeper_id = school.person(e, keeper)["id"] if keeper else None
    route_id = e.insert("patrol_route", code=code, **named(name), keeper_id=keeper_id, area=area, note=note)
    e.insert("patrol_schedule", route_id=route_id, from_day=first, frequency=chosen)
    e.insert("patrol_layout", route_id=route_id, from_day=first, points=_lines(points), times=_lines(times))
    _check_nights(e, chosen, times, first)
    facts = {"name": name, "frequency": Word.of(FREQUENCY, chosen), "from_day": first, "points": len(points)}
    return Confirmation("route.add", code, facts=facts)


def edit_route(e: Entry, text: str, *, name: str | None = None, frequency: str | None = None,
               starts: date | None = None, until: date | None = None, points: Sequence[str] = (),
               times: Sequence[str] = (), keeper: str | None = None, area: str | None = None,
               note: str | None = None) -> Confirmation:  # fmt: skip
    """Change what is given. A frequency, points and times hold from `starts` (today) on: what was asked before stays.

    `starts` alone moves the route's first day, `until` is its last.
    """
    row = store.route(e, text)
    changes: dict[str, Any] = named(name) if name else {}
    changes |= {"note": note} if note else {}
    changes |= {"area": area} if area else {}
    if keeper:
        changes["keeper_id"] = school.person(e, keeper)["id"]
    if not (changes or frequency or points or times or starts or until):
        raise Refused("patrol.nothing_to_change", number=row["code"])
    if changes:
        e.update("patrol_route", row["id"], **changes)
    if frequency:
        _set_frequency(e, row["id"], starts or e.today, frequency)
    if points or times:
        _set_layout(e, row["id"], starts or e.today, points, times)
    if starts and not (frequency or points or times):
        _move_start(e, row, starts)
    if until:
        _check_end(e, row, until)
        for later in store.schedule_rows_from(e.db, row["id"], until + timedelta(days=1)):
            e.void("patrol_schedule", later["id"])
        _set_frequency(e, row["id"], until + timedelta(days=1), rules.STOPPED)
    row = store.route(e, row["code"])
    schedule = store.schedules(e.db)[row["id"]]
    now = rules.frequency_on(schedule, max(e.today, starts or e.today)) or rules.STOPPED
    if frequency or times:
        _check_nights(e, now, rules.layout_on(store.layouts(e.db)[row["id"]], starts or e.today).times, e.today)
    facts = {"name": row["name"], "frequency": Word.of(FREQUENCY, now), "from_day": schedule[0].from_day}
    return Confirmation("route.edit", row["code"], facts=facts)


def log_round(e: Entry, text: str, *, by: str, on: date | None = None, at_time: str | None = None,
              weather: str | None = None, findings: Sequence[str] = (), repairs: Sequence[str] = (),
              category: str = "other", level: str = "general", skip: Sequence[str] = (), note: str | None = None,
              ref: str | None = None) -> Confirmation:  # fmt: skip
    """Record a round. Every finding opens a hazard in the same entry, or a repair slip if it begins with `repair:`;
    a known place at its start is its place."""
    from logi.journal import next_id

    row, patroller, day = store.route(e, text), school.person(e, by), on or e.today
    _warn_out_of_season(e, row, day)
    before = store.same_round(e.db, row["id"], day, at_time, patroller["id"]) if at_time else None
    if before is not None:
        twice = Refused("patrol.round_there", route=row["code"], day=day, time=at_time, by=patroller["name"],
                        entry=before)  # fmt: skip
        e.overridable(twice, row["code"])
    points = rules.layout_on(store.layouts(e.db)[row["id"]], day).points
    skipped = [_point(points, typed, row) for typed in dict.fromkeys(skip)]
    round_no = next_id(e.db, "patrol_round")
    e.insert("patrol_round", round_no=round_no, on_day=day, at_time=at_time, route_id=row["id"],
             by_id=patroller["id"], weather=weather, points_due=len(points), points_done=len(points) - len(skipped),
             skipped=_lines(skipped) or None, note=note, ref=ref)  # fmt: skip
    round_ = Found(day, patroller["id"], round_no, at_time=at_time)
    numbers, found = [], []
    for finding in [*findings, *(f"repair: {text}" for text in repairs)]:
        number, what = _found(e, round_, patroller, finding, category, level)
        numbers.append(number)
        found.append(f"{number} {what}")
    if skipped:
        e.warn("patrol.points_skipped", points=skipped)
    e.subject = row["code"]
    facts = {
        "route": row["code"], "name": row["name"], "on": day, "at": at_time, "by": patroller["name"],
        "points_done": len(points) - len(skipped), "points_due": len(points), "findings": found,
        "outcome": Word.of("patrol.outcome", "found" if found else "clear"),
    }  # fmt: skip
    return Confirmation("patrol.log", numbers=numbers, facts=facts)


def _found(
    e: Entry, round_: Found, patroller: Any, finding: str, category: str, level: str
) -> tuple[str, str]:
    """A finding as a hazard, or as a repair slip that the patroller reports; returns its number and its words."""
    for_repair = _REPAIR.match(finding)
    words = finding[for_repair.end() :] if for_repair else finding
    where, spot, title = hazard_actions.place_in(e, words)
    if for_repair is None:
        at = round_._replace(place_id=where["id"] if where else None, spot=spot)
        return hazard_actions.record(e, title, at, category=category, level=level), words
    if where is None:
        raise Refused("patrol.repair_no_place", finding=words)
    place = where["code"] + (f"/{spot}" if spot else "")
    slip = repair.open_slip(e, title, place=place, by=patroller["code"], on=round_.on, at=round_.at_time,
                            source="patrol", category=category)  # fmt: skip
    e.insert("patrol_repair", on_day=round_.on, order_id=slip["id"], round_no=round_.round_no)
    return str(slip["number"]), words


def publish(e: Entry, week: Period, *, place: str, on: date | None = None, by: str | None = None,
            note: str | None = None) -> Confirmation:  # fmt: skip
    """The week's statistics were posted at a place: the day and the figures posted are kept."""
    day = on or e.today
    if (posted := store.publications(e.db).get(week.key)) is not None:
        raise Refused("patrol.already_published", week=week.key, place=posted["place"],
                      on=date.fromisoformat(posted["on_day"]), entry=posted["entry"])  # fmt: skip
    routes = Routes(e)
    duties = routes.duties(week.since, week.until)
    expected, done = sum(d.duty.expected for d in duties), sum(d.duty.done for d in duties)
    if not expected:
        raise Refused("patrol.nothing_to_publish", week=week.key)
    after = max(week.since, day + timedelta(days=1))
    plans = routes.schedules.values()
    if still := [d for plan in plans for d in rules.due_days(plan, routes.calendar, after, week.until)]:
        e.overridable(Refused("patrol.week_not_over", week=week.key, day=day, still=max(still)), week.key)
    by_id = school.person(e, by)["id"] if by else None
    e.insert("patrol_publication", on_day=day, week=week.key, place=place, by_id=by_id, expected=expected, done=done,
             note=note)  # fmt: skip
    last = routes.calendar.add_workdays(week.until, int(school.policy(e, "patrol.publish_days", week.until)))
    if day > last:
        e.warn("patrol.published_late", week=week.key, last=last)
    e.subject = week.key
    facts = {"week": week.key, "place": place, "on": day, "expected": expected, "done": done}
    return Confirmation("patrol.publish", facts=facts)


def _set_frequency(e: Entry, route_id: int, from_day: date, frequency: str) -> None:
    there = store.schedule_row(e.db, route_id, from_day)
    if there is not None:
        e.update("patrol_schedule", there["id"], frequency=frequency)
    else:
        e.insert("patrol_schedule", route_id=route_id, from_day=from_day, frequency=frequency)


def _set_layout(e: Entry, route_id: int, from_day: date, points: Sequence[str], times: Sequence[str]) -> None:
    """Points, times or both hold from a day on; what is not given goes on as it was."""
    before = rules.layout_on(store.layouts(e.db)[route_id], from_day)
    values = {"points": _lines(points or before.points), "times": _lines(times or before.times)}
    there = store.layout_row(e.db, route_id, from_day)
    if there is not None:
        e.update("patrol_layout", there["id"], **values)
    else:
        e.insert("patrol_layout", route_id=route_id, from_day=from_day, **values)


def _move_start(e: Entry, row: Any, starts: date) -> None:
    first, *others = store.schedule_rows_from(e.db, row["id"], date.min)
    if others and starts.isoformat() >= others[0]["from_day"]:
        raise Refused("patrol.start_after_change", route=row["code"], day=date.fromisoformat(others[0]["from_day"]))
    e.update("patrol_schedule", first["id"], from_day=starts)


def _check_end(e: Entry, row: Any, until: date) -> None:
    first = store.schedules(e.db)[row["id"]][0].from_day
    if until < first:
        raise Refused("patrol.end_before_start", route=row["code"], until=until, starts=first)


def _warn_out_of_season(e: Entry, row: Any, day: date) -> None:
    schedule = store.schedules(e.db)[row["id"]]
    if day < schedule[0].from_day:
        e.warn("patrol.before_start", route=row["code"], day=day, starts=schedule[0].from_day)
    elif rules.frequency_on(schedule, day) is None:
        e.warn("patrol.after_end", route=row["code"], day=day)


def _check_nights(e: Entry, frequency: str, times: Sequence[str], day: date) -> None:
    hours = int(school.policy(e, "patrol.night_interval_hours", day))
    if frequency == "nightly" and rules.widest_gap(times) > hours * 60:
        e.warn("patrol.nights_too_wide", hours=hours, times=list(times))


def _point(points: Sequence[str], typed: str, row: Any) -> str:
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(points):
        return points[int(typed) - 1]
    fitting = [p for p in points if p == typed] or [p for p in points if typed in p]
    if len(fitting) != 1:
        raise NotFound("patrol.no_point", point=typed, route=row["code"], points=list(points))
    return fitting[0]


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(texts)
