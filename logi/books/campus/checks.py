"""What is late or missing in the building of the campus, and what must always hold."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.campus import rules, school, standing, store
from logi.core.answers import Word
from logi.core.due import Due, Finding
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

PLANNED = "--budget MONEY --starts DAY --ends DAY"


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Projects that do not move, items past their day, schemes that leave one of the three out, what is short of standards."""
    return [*_projects(ledger, days), *_items(ledger, days), *_schemes(ledger), *_gaps(ledger), *_beauty(ledger)]


def verify(db: store.Db) -> list[Finding]:
    """What is settled was accepted, what is accepted was finished and signed, what began was approved."""
    found = []
    for row in store.projects(db):
        steps = [row[name] for name in ("started_on", "finished_on", "accepted_on", "settled_on")]
        given = [day for day in steps if day]
        whole = all(steps[: len(given)]) and given == sorted(given)
        signed = row["accepted_on"] is None or any(
            one["result"] == "pass" and one["decision"] == "approved" for one in store.acceptances(db, row["id"]))  # fmt: skip
        if not whole or not signed:
            found.append(Finding(say("campus.finding.steps", number=row["number"]), row["entry"]))
    for one in store.acceptances(db):
        yes = {row["level"] for row in journal.approvals(db, one["number"]) if row["decision"] == "yes"}
        if one["decision"] == "approved" and not set(str(one["levels"]).split()) <= yes:
            found.append(Finding(say("campus.finding.signed", number=one["number"]), one["entry"]))
    return found


def _projects(ledger: "Ledger", days: int) -> Iterator[Due]:
    today = ledger.today
    logged = store.progress(ledger.db, today)
    for row in store.projects(ledger.db):
        state = rules.state(row, today)
        if state not in rules.ALIVE and not (state == "settled" and row["warranty_until"]):
            continue
        if state in rules.ALIVE and (row["owner_id"] is None or (row["owner_left"] or "9999") <= today.isoformat()):
            yield Due("orphaned", "campus.rule.owner", row["number"], say("campus.rule.owner.text", **_facts(row)), None,
                      f"logi campus project edit {row['number']} --owner PERSON", "ENV-01")  # fmt: skip
        one = _next(ledger, row, state, logged, today + timedelta(days=days))
        if one is not None:
            yield one


def _next(ledger: "Ledger", row: Any, state: str, logged: dict[int, list[Any]], soon: date) -> Due | None:
    """The one step a project waits for, if its day has come."""
    today, number = ledger.today, row["number"]
    facts = _facts(row)
    if state in ("proposed", "approved"):
        starts = date.fromisoformat(row["starts_on"])
        what, command = ("approve", f"logi approve {number} --no DOCNO") if state == "proposed" else (
            "start", f"logi campus project start {number}")  # fmt: skip
        return _line(what, number, facts, starts, today, soon, command)
    if state == "running":
        ends = date.fromisoformat(row["ends_on"])
        there = logged.get(row["id"], [])
        said = date.fromisoformat(there[-1]["on_day"] if there else row["started_on"])
        again = _within(ledger, said.isoformat(), "campus.progress_days")
        if ends < today:
            return _line("finish", number, facts, ends, today, soon, f"logi campus project finish {number}")
        return _line("log", number, {**facts, "on": said}, again, today, today, f"logi campus project log {number} PERCENT")
    if state == "finished":
        waiting = next((one for one in store.acceptances(ledger.db, row["id"]) if one["decision"] == "open"), None)
        until = _within(ledger, row["finished_on"], "campus.acceptance_days")
        command = (f"logi approve {waiting['number']} --no DOCNO" if waiting is not None else
                   f"logi campus project inspect {number} --result pass --inspector PERSON")  # fmt: skip
        return _line("accept", number, facts, until, today, soon, command)
    if state == "accepted":
        until = _within(ledger, row["accepted_on"], "campus.settle_days")
        return _line("settle", number, facts, until, today, soon, f"logi campus project settle {number} MONEY --doc DOCNO")
    last, notice = date.fromisoformat(row["warranty_until"]), int(school.policy(ledger, "campus.warranty_days", today))
    if today <= last <= today + timedelta(days=notice):
        return Due("expiring", "campus.rule.warranty", number, say("campus.rule.warranty.text", **facts, until=last), last,
                   f"logi show {number}", "ENV-01")  # fmt: skip
    return None


def _within(ledger: "Ledger", first: str, name: str) -> date:
    """The day by which a step is due: so many days after another, by a policy."""
    return date.fromisoformat(first) + timedelta(days=int(school.policy(ledger, name, ledger.today)))


def _line(what: str, number: str, facts: dict[str, Any], day: date, today: date, soon: date, command: str) -> Due | None:
    if day > soon:
        return None
    rule = f"campus.rule.{what}"
    return Due("overdue" if day < today else "soon", rule, number, say(f"{rule}.text", **{"day": day, **facts}), day, command,
               "ENV-01")  # fmt: skip


def _items(ledger: "Ledger", days: int) -> Iterator[Due]:
    today = ledger.today
    projects = store.projects(ledger.db)
    for row in store.items(ledger.db):
        own = [one for one in projects if one["item_id"] == row["id"]]
        state, goal = rules.item_state(row, own, today), date.fromisoformat(row["goal_on"])
        if state in ("done", "dropped"):
            continue
        facts = {"code": row["code"], "name": row["name"], "goal": goal}
        if row["owner_id"] is None or (row["owner_left"] or "9999") <= today.isoformat():
            yield Due("orphaned", "campus.rule.item_owner", row["code"], say("campus.rule.item_owner.text", **facts), None,
                      f"logi campus plan edit {row['code']} --owner PERSON", "ENV-04")  # fmt: skip
        if goal <= today + timedelta(days=days):
            command = (f"logi campus project add NAME --plan {row['code']} --kind KIND {PLANNED}"
                       if state == "planned" else f"logi campus plan done {row['code']} --outcome TEXT")  # fmt: skip
            yield Due("overdue" if goal < today else "soon", "campus.rule.item", row["code"],
                      say("campus.rule.item.text", **facts, state=Word.of("campus.item_state", state)), goal, command,
                      "ENV-04")  # fmt: skip


def _schemes(ledger: "Ledger") -> Iterator[Due]:
    """ENV-02: a scheme for weak schools builds green, culture and beauty, all three."""
    for row in store.schemes(ledger.db):
        if not row["weak"] or not row["first_year"] <= str(ledger.today.year) <= row["last_year"]:
            continue
        kinds = {one["kind"] for one in standing.own_projects(ledger, row, ledger.today)}
        for kind in rules.THREE:
            if kind not in kinds:
                text = say("campus.rule.three.text", code=row["code"], name=row["name"], kind=Word.of("campus.kind", kind))
                yield Due("missing", "campus.rule.three", row["code"], text, None,
                          f"logi campus project add NAME --kind {kind} --scheme {row['code']} {PLANNED}", "ENV-02")  # fmt: skip


def _gaps(ledger: "Ledger") -> Iterator[Due]:
    for gap in standing.gaps(ledger, ledger.today):
        name = gap.row["name"]
        if gap.short:
            text = say("campus.rule.gap.text", name=name, wanted=gap.wanted, there=gap.there, short=gap.short)
            yield Due("missing", "campus.rule.gap", gap.row["code"], text, None,
                      f"logi purchase request {name} {gap.short}@PRICE --by PERSON --for TEXT", "ENV-05")  # fmt: skip


def _beauty(ledger: "Ledger") -> Iterator[Due]:
    """ENV-03: every point that falls short has somebody at work on it."""
    found = standing.beauty(ledger, ledger.today)
    if found.run is None:
        return
    for one in found.points:
        if one.state == "short":
            text = say("campus.rule.short.text", text=one.point.text, run=found.run["number"])
            yield Due("missing", "campus.rule.short", one.point.id, text, None,
                      f"logi campus project add NAME --kind beauty --shortfall {one.point.id} {PLANNED}", "ENV-03")  # fmt: skip


def _facts(row: Any) -> dict[str, Any]:
    return {"number": row["number"], "name": row["name"], "kind": title("campus.kind", row["kind"])}
