"""What the patrol book can be asked: the week's statistics, missed rounds, rounds, routes, its part of a pack."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.patrol import accident_report, hazard_report, rules, school, store
from logi.books.patrol.actions import FREQUENCY
from logi.books.patrol.weeks import RouteDuty, Routes, missed_points, split
from logi.core.answers import Column, Pack, Table
from logi.core.days import Period, month_period, school_year_of, school_year_period, week_period
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger


def week(ledger: "Ledger", period: Period) -> Table:
    """巡查記錄周統計表 of one ISO week, Monday to Sunday: a row for every route, days after today not asked for."""
    routes = Routes(ledger)
    duties = routes.duties(period.since, period.until)
    hazards = store.hazards(ledger.db, found_until=period.until)
    slips = store.repairs_found(ledger.db, None, period.until)
    rows = [_week_row(one, hazards, slips, period) for one in duties]
    expected, done = sum(r["expected"] for r in rows), sum(r["done"] for r in rows)
    columns = _duty_columns()
    name = say("patrol.title.week", week=period.key, since=period.since, until=period.until)
    notes = _week_notes(ledger, period, duties, hazards, routes)
    return Table("patrol.week", name, columns, rows, totals={"rate": rules.rate(done, expected)}, notes=notes)


def missed(ledger: "Ledger", since: date | None, until: date | None) -> Table:
    """Every due day without a round, with fewer than its times ask, or with points that no round came past.

    Without a period this school year's.
    """
    first = since or school_year_period(school_year_of(ledger.today)).since
    last = min(until or ledger.today, ledger.today)
    routes = Routes(ledger)
    rows = [row for one in routes.duties(first, last) for row in _missed_rows(one)]
    rows += missed_points(routes, first, last)
    rows.sort(key=lambda r: (r["day"], r["route"]))
    columns = (
        Column("day", say("patrol.col.day"), "day"), Column("route", say("patrol.col.route"), "code"),
        Column("name", say("patrol.col.name")),
        Column("frequency", say("patrol.col.frequency"), "word", words=FREQUENCY),
        Column("state", say("patrol.col.state"), "word", words="patrol.missed_state"),
        Column("rounds", say("patrol.col.rounds"), "count"), Column("needed", say("patrol.col.needed"), "count"),
        Column("points", say("patrol.col.missed_points")),
    )  # fmt: skip
    return Table("patrol.missed", say("patrol.title.missed", since=first, until=last), columns, rows)


def rounds(ledger: "Ledger", since: date | None, until: date | None, *, route: str | None = None,
           person: str | None = None) -> Table:  # fmt: skip
    """The rounds that were walked (巡查記錄表)."""
    route_id = store.route(ledger, route)["id"] if route else None
    by_id = school.person(ledger, person)["id"] if person else None
    rows = [
        _round_row(r) for r in store.rounds(ledger.db, since, until)
        if route_id in (None, r["route_id"]) and by_id in (None, r["by_id"])
    ]  # fmt: skip
    columns = (
        Column("on", say("patrol.col.on"), "day"), Column("at", say("patrol.col.at"), "code"),
        Column("route", say("patrol.col.route"), "code"), Column("name", say("patrol.col.name")),
        Column("by", say("patrol.col.by")), Column("weather", say("patrol.col.weather")),
        Column("points_done", say("patrol.col.points_done"), "count"),
        Column("points_due", say("patrol.col.points_due"), "count"), Column("skipped", say("patrol.col.skipped")),
        Column("findings", say("patrol.col.findings"), "count", total=True), Column("note", say("patrol.col.note")),
        Column("entry", say("patrol.col.entry"), "count"),
    )  # fmt: skip
    return Table("patrol.list", say("patrol.title.rounds"), columns, rows)


def day_sheet(ledger: "Ledger", day: date) -> Pack:
    """巡查記錄表 of one day: its rounds, the hazards found, the routes not walked."""
    from logi.journal import head

    wanted = hazard_report.Wanted(since=day, until=day)
    tables = [rounds(ledger, day, day), hazard_report.listing(ledger, wanted, None), *_slips(ledger, day, day),
              missed(ledger, day, day)]  # fmt: skip
    return Pack("patrol.show", say("patrol.title.day", day=day), day.isoformat(), head(ledger.db).short, tables)


def patrollers(ledger: "Ledger", since: date, until: date) -> Table:
    """By patroller: rounds, points, findings."""
    people: dict[str, dict[str, Any]] = {}
    for r in store.rounds(ledger.db, since, until):
        row = people.setdefault(r["by_code"], {"by": r["by_name"], "rounds": 0, "days": set(), "points_due": 0,
                                               "points_done": 0, "findings": 0})  # fmt: skip
        row["rounds"] += 1
        row["days"].add(r["on_day"])
        for name in ("points_due", "points_done", "findings"):
            row[name] += r[name]
    rows = [{**row, "code": code, "days": len(row["days"])} for code, row in sorted(people.items())]
    columns = [Column("code", say("patrol.col.code"), "code"), Column("by", say("patrol.col.by"))]
    columns += [Column(n, say(f"patrol.col.{n}"), "count", total=n != "days")
                for n in ("rounds", "days", "points_due", "points_done", "findings")]  # fmt: skip
    return Table("patrol.patrollers", say("patrol.title.patrollers"), columns, rows)


def route_list(ledger: "Ledger") -> Table:
    """Every route with its frequency today, its start, its points."""
    schedules, layouts = store.schedules(ledger.db), store.layouts(ledger.db)
    rows = []
    for r in store.routes(ledger.db):
        plan = schedules[r["id"]]
        now = rules.frequency_on(plan, max(ledger.today, plan[0].from_day))
        laid = rules.layout_on(layouts[r["id"]], ledger.today)
        rows.append({
            "code": r["code"], "name": r["name"], "frequency": now or rules.STOPPED, "from_day": plan[0].from_day,
            "area": r["area"], "times": " ".join(laid.times), "points": len(laid.points), "keeper": r["keeper"],
        })  # fmt: skip
    columns = (
        Column("code", say("patrol.col.code"), "code"), Column("name", say("patrol.col.name")),
        Column("frequency", say("patrol.col.frequency"), "word", words=FREQUENCY),
        Column("from_day", say("patrol.col.from_day"), "day"),
        Column("area", say("patrol.col.area"), "word", words="patrol.area"), Column("times", say("patrol.col.times"), "code"),
        Column("points", say("patrol.col.points"), "count"), Column("keeper", say("patrol.col.keeper")),
    )  # fmt: skip
    return Table("route.list", say("patrol.title.routes"), columns, rows)


def route_card(ledger: "Ledger", text: str) -> Table:
    """One route: its points in walking order; frequencies and times in the notes."""
    row = store.route(ledger, text)
    layouts = store.layouts(ledger.db)[row["id"]]
    laid = rules.layout_on(layouts, ledger.today)
    points = [{"n": n, "point": point} for n, point in enumerate(laid.points, 1)]
    columns = (Column("n", say("patrol.col.n"), "count"), Column("point", say("patrol.col.point")))
    notes = [
        say("patrol.note.frequency", frequency=title(FREQUENCY, one.frequency), from_day=one.from_day)
        for one in store.schedules(ledger.db)[row["id"]]
    ]
    if row["area"]:
        notes.append(say("patrol.note.area", area=title("patrol.area", row["area"])))
    if laid.times:
        notes.append(say("patrol.note.times", times=", ".join(laid.times)))
    if len(layouts) > 1:
        notes += [say("patrol.note.layout", from_day=one.from_day, points=len(one.points), times=list(one.times) or "—")
                  for one in layouts]  # fmt: skip
    name = say("patrol.title.route", code=row["code"], name=row["name"])
    return Table("route.show", name, columns, points, notes=[*notes, *([row["note"]] if row["note"] else [])])


# -- hooks of the floor ----------------------------------------------------------------------------


def patrol_weeks(ledger: "Ledger", since: date, until: date) -> Table:
    """Week by week: every ISO week whose Sunday lies in the period, whole, so that each is in exactly one month."""
    routes, posted = Routes(ledger), store.publications(ledger.db)
    slips = store.repairs_found(ledger.db, None, until)
    rows: list[dict[str, Any]] = []
    for period in _weeks_ending(since, until, ledger.today):
        hazards = store.hazards(ledger.db, found_until=period.until)
        there = posted.get(period.key)
        for one in routes.duties(period.since, period.until):
            row = {"week": period.key, **_week_row(one, hazards, slips, period)}
            row["published_on"] = date.fromisoformat(there["on_day"]) if there else None
            rows.append(row)
    expected, done = sum(r["expected"] for r in rows), sum(r["done"] for r in rows)
    columns = (
        Column("week", say("patrol.col.week"), "code"), *_duty_columns(),
        Column("published_on", say("patrol.col.published_on"), "day"),
    )  # fmt: skip
    totals = {"rate": rules.rate(done, expected)}
    return Table("patrol.weeks", say("patrol.title.weeks"), columns, rows, totals=totals)


def patrol_missed(ledger: "Ledger", since: date, until: date) -> Table:
    """The missed rounds of a period."""
    return missed(ledger, since, until)


def patrol_patrollers(ledger: "Ledger", since: date, until: date) -> Table:
    """The rounds of a period by patroller."""
    return patrollers(ledger, since, until)


def hazard_ledger(ledger: "Ledger", since: date, until: date) -> Table:
    """The ledger of hazards of a period."""
    return hazard_report.ledger_of(ledger, since, until)


def hazard_ageing(ledger: "Ledger", since: date, until: date) -> Table:
    """How long the hazards open at a period's end have been so."""
    return hazard_report.ageing(ledger, min(until, ledger.today))


def accidents(ledger: "Ledger", since: date, until: date) -> Table:
    """The accidents of a period."""
    return accident_report.listing(ledger, since, until)


OPENING = ("accident.list",)  # before even the exceptions
CHARTS = {"patrol.weeks": ("week", ("expected", "done")), "hazard.ageing": ("age", ("hazards",))}


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's patrols and hazards; weeks are whole, each in the month its Sunday lies in."""
    _, _, since, until, _ = month_period(month)
    return pack_period(ledger, since, until)


def alarms(ledger: "Ledger", since: date, until: date) -> list[dict[str, Any]]:
    """What stands first among a period's exceptions: hazards past their deadline, rounds that were not walked."""
    late = [
        {"kind": "hazard", "subject": row["number"], "entry": None,
         "text": say("reports.alarm_hazard", title=row["title"], days=row["days_late"])}
        for row in hazard_ledger(ledger, since, until).rows if row["days_late"] and row["state"] != "verified"
    ]  # fmt: skip
    gone: dict[str, list[date]] = {}
    for row in missed(ledger, since, until).rows:
        gone.setdefault(row["route"], []).append(row["day"])
    walked = [
        {"kind": "missed", "subject": route, "entry": None,
         "text": say("reports.alarm_missed", count=len(there), days=there[:5])}
        for route, there in sorted(gone.items())
    ]  # fmt: skip
    return [*late, *walked]


def pack_period(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """The sections of any period."""
    return [
        accidents(ledger, since, until), patrol_weeks(ledger, since, until), patrollers(ledger, since, until),
        missed(ledger, since, until), *_slips(ledger, since, until), hazard_ledger(ledger, since, until),
        hazard_ageing(ledger, since, until),
    ]  # fmt: skip


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A hazard by its number or a route by its code, for `logi show`."""
    if store.hazard(ledger.db, number) is not None:
        return hazard_report.show(ledger, number)
    if (accident := accident_report.card(ledger, number)) is not None:
        return accident
    if store.route_of_code(ledger.db, number) is not None:
        since = ledger.today - timedelta(days=30)
        return [route_card(ledger, number), rounds(ledger, since, None, route=number)]
    return None


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Routes and hazards for `logi find`."""
    from logi.finding import search as search_named

    found = [
        {"kind": "route", "code": r["code"], "name": r["name"], "detail": ""}
        for r in search_named(ledger.db, "patrol_route", text)
    ]
    return found + hazard_report.search(ledger, text)


# -- pieces ----------------------------------------------------------------------------------------


def _duty_columns() -> tuple[Column, ...]:
    counts = [Column(n, say(f"patrol.col.{n}"), "count", total=True)
              for n in ("points_due", "points_done", "opened", "closed")]  # fmt: skip
    return (
        Column("route", say("patrol.col.route"), "code"), Column("name", say("patrol.col.name")),
        Column("expected", say("patrol.col.expected"), "count", total=True),
        Column("done", say("patrol.col.done"), "count", total=True),
        Column("missed", say("patrol.col.missed"), "count", total=True), Column("rate", say("patrol.col.rate"), "rate"),
        *counts,
    )  # fmt: skip


def _slips(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """The repair slips that rounds opened, if any."""
    rows = [
        {"number": r["number"], "on": date.fromisoformat(r["on_day"]), "route": r["route"], "title": r["title"],
         "place": f"{r['place_code']} {r['place_name']}" + (f"/{r['spot']}" if r["spot"] else ""), "state": r["state"]}
        for r in store.repairs_found(ledger.db, since, until)
    ]  # fmt: skip
    columns = (
        Column("number", say("patrol.col.number"), "code"), Column("on", say("patrol.col.on"), "day"),
        Column("route", say("patrol.col.route"), "code"), Column("title", say("patrol.col.what_broke")),
        Column("place", say("patrol.col.place")), Column("state", say("patrol.col.state"), "word", words="repair.state"),
    )  # fmt: skip
    return [Table("patrol.repairs", say("patrol.title.repairs"), columns, rows)] if rows else []


def _week_row(
    one: RouteDuty, hazards: Sequence[store.Row], slips: Sequence[store.Row], period: Period
) -> dict[str, Any]:
    """What was found is what became a hazard or a repair; closed are hazards cancelled and slips finished."""
    own = [h for h in hazards if h["route"] == one.route["code"]]
    mine = [s for s in slips if s["route"] == one.route["code"]]
    return {
        "route": one.route["code"], "name": one.route["name"], "expected": one.duty.expected, "done": one.duty.done,
        "missed": one.duty.expected - one.duty.done, "rate": rules.rate(one.duty.done, one.duty.expected),
        "points_due": one.points_due, "points_done": one.points_done,
        "opened": len(_within(own, "found_on", period)) + len(_within(mine, "on_day", period)),
        "closed": len(_within(own, "verified_on", period)) + len(_within(mine, "closed_on", period)),
    }  # fmt: skip


def _week_notes(ledger: "Ledger", period: Period, duties: Sequence[RouteDuty], hazards: Sequence[store.Row],
                routes: Routes) -> list[str]:  # fmt: skip
    if not routes.rows:
        return [say("patrol.note.no_route")]
    notes = []
    for one in duties:
        absent = [*one.duty.missed, *one.duty.pending]
        if absent:
            notes.append(say("patrol.note.missed", route=one.route["code"], name=one.route["name"], days=absent))
        for day, walked in one.duty.short:
            notes.append(say("patrol.note.short", route=one.route["code"], day=day, rounds=walked, needed=one.needed(day)))
    notes += _problems(hazards, period)
    opened = _within(store.repairs_found(ledger.db, period.since, period.until), "on_day", period)
    if opened:
        notes.append(say("patrol.note.repairs", count=len(opened), done=sum(s["closed_on"] is not None for s in opened)))
    for row in patrollers(ledger, period.since, period.until).rows:
        notes.append(say("patrol.note.by", by=row["by"], rounds=row["rounds"], findings=row["findings"]))
    notes.append(_posted(ledger, period, duties))
    for year in sorted({period.since.year, period.until.year}):
        if not routes.calendar.knows(year):
            notes.append(say("patrol.note.unknown_year", year=year))
    if routes.lacks_terms:
        notes.append(say("patrol.note.no_terms"))
    return notes


def _problems(hazards: Sequence[store.Row], period: Period) -> list[str]:
    found = _within(hazards, "found_on", period)
    gone = _within(hazards, "verified_on", period)
    kinds = [f"{title('patrol.category', c)} {n}"
             for c in rules.CATEGORIES if (n := sum(h["category"] == c for h in found))]  # fmt: skip
    fixed = sum(h["fixed_on"] is not None for h in found)
    notes = [say("patrol.note.problems", found=len(found), kinds=kinds or "—", fixed=fixed, unfixed=len(found) - fixed)]
    if gone:
        days = sum((date.fromisoformat(h["verified_on"]) - date.fromisoformat(h["found_on"])).days for h in gone)
        tenths = (20 * days + len(gone)) // (2 * len(gone))
        notes.append(say("patrol.note.closed", closed=len(gone), days=f"{tenths // 10}.{tenths % 10}"))
    return notes


def _posted(ledger: "Ledger", period: Period, duties: Sequence[RouteDuty]) -> str:
    there = store.publications(ledger.db).get(period.key)
    if there is None:
        return say("patrol.note.unpublished", week=period.key)
    now = (sum(d.duty.expected for d in duties), sum(d.duty.done for d in duties))
    key = "patrol.note.published" if now == (there["expected"], there["done"]) else "patrol.note.published_otherwise"
    return say(key, on=date.fromisoformat(there["on_day"]), place=there["place"], expected=there["expected"],
               done=there["done"])  # fmt: skip


def _missed_rows(one: RouteDuty) -> list[dict[str, Any]]:
    base = {"route": one.route["code"], "name": one.route["name"]}
    days = [(day, "missed", 0) for day in one.duty.missed] + [(day, "today", 0) for day in one.duty.pending]
    days += [(day, "short", walked) for day, walked in one.duty.short]
    return [
        {**base, "day": day, "frequency": rules.frequency_on(one.schedule, day), "state": state, "rounds": walked,
         "needed": one.needed(day), "points": None}
        for day, state, walked in days
    ]


def _round_row(r: store.Row) -> dict[str, Any]:
    return {
        "on": date.fromisoformat(r["on_day"]), "at": r["at_time"], "route": r["route"], "name": r["route_name"],
        "by": r["by_name"], "weather": r["weather"], "points_done": r["points_done"], "points_due": r["points_due"],
        "skipped": ", ".join(split(r["skipped"])) or None, "findings": r["findings"], "note": r["note"],
        "entry": r["entry"],
    }  # fmt: skip


def _weeks_ending(since: date, until: date, today: date) -> list[Period]:
    """The ISO weeks whose Sunday lies between two days, and that have begun."""
    sunday = since + timedelta(days=6 - since.weekday())
    found = []
    while sunday <= until and sunday - timedelta(days=6) <= today:
        iso = sunday.isocalendar()
        found.append(week_period(iso.year, iso.week))
        sunday += timedelta(days=7)
    return found


def _within(hazards: Sequence[store.Row], column: str, period: Period) -> list[store.Row]:
    first, last = period.since.isoformat(), period.until.isoformat()
    return [h for h in hazards if h[column] is not None and first <= h[column] <= last]
