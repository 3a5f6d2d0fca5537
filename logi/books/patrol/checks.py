"""What is missing, overdue or incomplete in patrols and hazards, and what must always hold."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.patrol import rules, school, store
from logi.books.patrol.hazard_actions import as_day, lacking_words
from logi.books.patrol.weeks import RouteDuty, Routes
from logi.core.answers import Word
from logi.core.days import school_year_of, school_year_period, week_period
from logi.core.due import Due, Finding
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Rounds missed and today's, weeks not posted, hazards overdue, incomplete, waiting for a second person."""
    routes = Routes(ledger)
    found = [one for duty in _recent(ledger, routes) for one in _rounds_of(ledger, duty)]
    found += _unpublished(ledger, routes)
    found += _returning(ledger, routes, days)
    for row in store.unsettled(ledger.db):
        if row["found_on"] <= ledger.today.isoformat():  # a day fixed in the past knows nothing of later ones
            found += _hazard(ledger, row, days)
    return found


def verify(db: store.Db) -> list[Finding]:
    """A hazard's state is what its steps lead to; no round passed more points than there are; routes are dated."""
    found = []
    steps = store.steps_by_hazard(db)
    for row in store.hazards(db):
        told = rules.state_of(steps.get(row["id"], []))
        if told != row["state"]:
            found.append(Finding(say("patrol.finding.state", number=row["number"], state=row["state"], told=told),
                                 row["entry"]))  # fmt: skip
        if (row["state"] in ("fixed", "verified")) != (row["fixed_on"] is not None):
            found.append(Finding(say("patrol.finding.fixed", number=row["number"]), row["entry"]))
    found += [Finding(say("patrol.finding.points", route=row["route"], day=row["on_day"]), row["entry"])
              for row in store.rounds(db, None, None) if not 0 <= row["points_done"] <= row["points_due"]]  # fmt: skip
    schedules = store.schedules(db)
    found += [Finding(say("patrol.finding.schedule", route=r["code"]), r["entry"])
              for r in store.routes(db) if not schedules.get(r["id"])]  # fmt: skip
    layouts = store.layouts(db)
    found += [Finding(say("patrol.finding.layout", route=r["code"]), r["entry"])
              for r in store.routes(db) if not layouts.get(r["id"])]  # fmt: skip
    return found


def _recent(ledger: "Ledger", routes: Routes) -> list[RouteDuty]:
    """The duties of the last days: older absences stay in the statistics but can no longer be mended."""
    back = int(school.policy(ledger, "patrol.missed_listed_days", ledger.today))
    return routes.duties(ledger.today - timedelta(days=back), ledger.today)


def _rounds_of(ledger: "Ledger", one: RouteDuty) -> list[Due]:
    code, name = one.route["code"], one.route["name"]
    walker = school.who(ledger.db, ledger.today, one.route["keeper_id"], *store.walkers(ledger.db, one.route["id"]))

    def line(state: str, rule: str, day: date, source: str, **facts: object) -> Due:
        text = say(f"{rule}.text", route=code, name=name, day=day, **facts)
        return Due(state, rule, code, text, day, f"logi patrol log {code} --by {walker} --on {day}", source)

    found = [line("missing", "patrol.rule.round_missed", day, "PAT-01") for day in one.duty.missed]
    found += [line("soon", "patrol.rule.round_today", day, "PAT-01") for day in one.duty.pending]
    found += [
        line("missing", "patrol.rule.rounds_short", day, "GB/T 40248-2021 7.3", rounds=walked, needed=one.needed(day))
        for day, walked in one.duty.short
    ]
    return found


def _unpublished(ledger: "Ledger", routes: Routes) -> list[Due]:
    """The weeks of this school year that are over and not posted; `soon` while there is time."""
    if routes.starts_on is None:
        return []
    first = max(routes.starts_on, school_year_period(school_year_of(ledger.today)).since)
    sunday = first + timedelta(days=6 - first.weekday())
    posted, found = store.publications(ledger.db), []
    where = next((row["place"] for row in reversed(posted.values()) if row["place"] and " " not in row["place"]), "PLACE")
    while sunday < ledger.today:
        iso = sunday.isocalendar()
        week = week_period(iso.year, iso.week)
        sunday += timedelta(days=7)
        if week.key in posted or not any(d.duty.expected for d in routes.duties(week.since, week.until)):
            continue
        allowed = int(school.policy(ledger, "patrol.publish_days", week.until))
        last = routes.calendar.add_workdays(week.until, allowed)
        text = say("patrol.rule.unpublished.text", week=week.key, last=last)
        command = f"logi patrol publish {week.key} --place {where}"
        state = "missing" if ledger.today > last else "soon"
        found.append(Due(state, "patrol.rule.unpublished", week.key, text, last, command, "PAT-02"))
    return found


def _returning(ledger: "Ledger", routes: Routes, days: int) -> list[Due]:
    """Areas that nobody walks on a day when pupils return: one line each, for the first such day ahead."""
    if not routes.rows:
        return []
    found, seen = [], set()
    last = ledger.today + timedelta(days=days)
    for day in sorted(one for one in routes.returns if ledger.today <= one <= last):
        for area in routes.uncovered(day):
            if area not in seen:
                seen.add(area)
                named = Word.of("patrol.area", area)
                text = say("patrol.rule.return_uncovered.text", area=named, day=day)
                command = f"logi route edit ROUTE --area {area}"
                found.append(Due("missing", "patrol.rule.return_uncovered", named, text, day, command, "PAT-12"))
    return found


def _hazard(ledger: "Ledger", row: store.Row, days: int) -> list[Due]:
    number, due_on, fixed, today = row["number"], as_day(row["due_on"]), row["state"] == "fixed", ledger.today
    mender = school.who(ledger.db, today, row["owner_id"])
    others = [one for one in (row["found_by_id"], row["owner_id"]) if one != row["fixed_by_id"]]
    verifier = school.who(ledger.db, today, *others)
    found = []

    def line(state: str, rule: str, command: str, source: str, **facts: object) -> None:
        text = say(f"{rule}.text", number=number, title=row["title"], **facts)
        found.append(Due(state, rule, number, text, due_on, command, source))

    if fixed:
        state = "overdue" if due_on and due_on < today else "soon"
        line(state, "patrol.rule.hazard_unverified", f"logi hazard verify {number} --by {verifier}", "PAT-03",
             by=row["fixed_by"], on=as_day(row["fixed_on"]))  # fmt: skip
    elif due_on and due_on < today:
        line("overdue", "patrol.rule.hazard_overdue", f"logi hazard fix {number} --by {mender}", "PAT-03",
             due=due_on, late=(today - due_on).days)  # fmt: skip
    elif due_on and due_on <= today + timedelta(days=days):
        line("soon", "patrol.rule.hazard_due", f"logi hazard fix {number} --by {mender}", "PAT-03", due=due_on)
    if lacking := lacking_words(row):
        wants = {"owner": "--owner PERSON", "measure": "--measure TEXT", "deadline": "--due DAY",
                 "fund": "--fund MONEY", "plan": "--plan TEXT"}  # fmt: skip
        command = " ".join([f"logi hazard assign {number}", *(wants[str(word)] for word in lacking)])
        line("missing" if row["owner_id"] else "orphaned", "patrol.rule.hazard_incomplete", command,
             "PAT-10", lacking=lacking)  # fmt: skip
    return found
