"""Reports on training: what was held, hours against the target, departments and when they trained, certificates."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import rules, school, standing, store
from logi.books.people.tabling import as_day, table
from logi.core.answers import Table, Word
from logi.core.due import spoken
from logi.core.messages import quantity_text, say

if TYPE_CHECKING:
    from logi.db import Ledger

TRAININGS = ("number:code on:day mode:word:people.mode topic trainer unit trainer_rank:word:people.rank hours:quantity "
             "heads:count+ person_hours:quantity+ department tested:count+ passed:count+ outcome")  # fmt: skip
HOURS = ("code:code name department out:quantity+ in:quantity+ school:quantity+ self:quantity+ total:quantity+ target:quantity "
         "short:quantity met:word:people.met trainings:count+ failed:count+")  # fmt: skip
ROUNDS = "code:code title staff:count+ times:count last_on:day number:code due:day state:word:people.round"
CERTIFICATES = "code:code name kind no:code issued_on:day until:day left:count state:word:people.paper command"


def trainings(ledger: "Ledger", since: date, until: date, *, mode: str | None = None, department: str | None = None,
              person: str | None = None, day: date | None = None) -> Table:  # fmt: skip
    """What was held or studied in a period (STF-01, STF-09, STF-15), with the tests up to a day."""
    last = min(until, ledger.today)
    wanted = school.department(ledger, department)["id"] if department else None
    someone = school.person(ledger, person)["id"] if person else None
    came: dict[str, list[Any]] = {}
    for row in store.attended(ledger.db, since, last):
        came.setdefault(row["number"], []).append(row)
    results = rules.last_results(store.results(ledger.db, until=day or ledger.today))
    rows = []
    for row in store.trainings(ledger.db, since, last):
        people = came.get(row["number"], [])
        if mode not in (None, row["mode"]) or (someone is not None and someone not in {one["person_id"] for one in people}):
            continue
        if wanted is not None and row["department_id"] != wanted and wanted not in {one["department_id"] for one in people}:
            continue
        rows.append(_training(row, [result for (number, _), result in results.items() if number == row["number"]]))
    outside = sum(row["trainer_rank"] not in (None, "colleague") for row in rows)
    notes = [say("people.note.trainings", count=len(rows), outside=outside)] if rows else []
    return table("trainings", say("people.title.trainings", since=since, until=last), TRAININGS, rows, notes=notes)


def hours(ledger: "Ledger", since: date, until: date, *, short: bool = False, department: str | None = None) -> Table:
    """Each person's hours by mode against the target, where a school year (to date) is asked about (STF-06, STF-25)."""
    last = min(until, ledger.today)
    wanted = school.department(ledger, department)["id"] if department else None
    names = {row["id"]: row["name"] for row in school.departments(ledger.db)}
    target = standing.target(ledger, last) if standing.whole_year(since, until, ledger.today) or short else None
    rows = []
    for one in standing.hours(ledger, since, last):
        lacks = max((target or 0) - one.total, 0)
        if (short and not lacks) or wanted not in (None, one.person["department_id"]):
            continue
        rows.append({"code": one.person["code"], "name": one.person["name"],
                     "department": names.get(one.person["department_id"]), **one.by_mode, "total": one.total, "target": target,
                     "short": lacks or None, "met": None if target is None else "no" if lacks else "yes",
                     "trainings": one.trainings, "failed": one.failed})  # fmt: skip
    met = sum(row["met"] == "yes" for row in rows)
    mean = (2 * sum(row["total"] for row in rows) + len(rows)) // (2 * len(rows)) if rows else 0
    key = "people.note.hours" if target is not None else "people.note.mean"
    notes = [say(key, met=met, count=len(rows), mean=quantity_text(mean))] if rows else []
    return table("hours", say("people.title.hours", since=since, until=last), HOURS, rows, notes=notes)


def rounds(ledger: "Ledger", day: date) -> Table:
    """Each department with its last training and the day of the next (STF-10)."""
    there = [row["department_id"] for row in standing.staff(ledger, day)]
    rows = [
        {"code": one.department["code"], "title": one.department["name"], "staff": there.count(one.department["id"]),
         "times": one.times, "last_on": one.last, "number": one.number, "due": one.due, "state": one.state}
        for one in standing.rounds(ledger, day)
    ]  # fmt: skip
    return table("rounds", say("people.title.rounds", day=day), ROUNDS, rows)


def certificates(ledger: "Ledger", day: date, *, days: int | None = None, person: str | None = None) -> Table:
    """The certificates of all books, those that end first first (證件到期預警)."""
    code = school.person(ledger, person)["code"] if person else None
    notice = int(school.policy(ledger, "staff.certificate_days", day))
    rows = [
        {"code": one.code, "name": one.person, "kind": _kind_text(one.kind), "no": one.no, "issued_on": one.issued,
         "until": one.until, "left": (one.until - day).days, "state": standing.state_of(one, day, notice),
         "command": spoken(one.command)}
        for one in standing.papers(ledger, day)
        if code in (None, one.code) and (days is None or (one.until - day).days <= days)
    ]  # fmt: skip
    ends = sum(row["state"] != "good" for row in rows)
    notes = [say("people.note.certificates", ends=ends, count=len(rows), days=notice)] if rows else []
    return table("certificates", say("people.title.certificates", day=day), CERTIFICATES, rows, notes=notes)


def one_training(ledger: "Ledger", row: Any) -> dict[str, Any]:
    """A training as a line of the list."""
    results = rules.last_results(store.results(ledger.db, row["number"], ledger.today))
    return _training(row, list(results.values()))


def present(ledger: "Ledger", number: str) -> list[dict[str, Any]]:
    """Who was at a training, with the last test result."""
    results = rules.last_results(store.results(ledger.db, number, ledger.today))
    names = {row["id"]: row["name"] for row in school.departments(ledger.db)}
    found = []
    for row in store.at(ledger.db, number):
        result = results.get((number, row["person_id"]))
        found.append({
            "code": row["code"], "name": row["name"], "department": names.get(row["department_id"]),
            "hours": row["hours_milli"], "score": result["score_milli"] if result else None,
            "tested_on": as_day(result["on_day"]) if result else None,
            "result": None if result is None else "passed" if result["passed"] else "failed",
        })  # fmt: skip
    return found


def _training(row: Any, results: list[Any]) -> dict[str, Any]:
    return {
        "number": row["number"], "on": as_day(row["on_day"]), "mode": row["mode"], "topic": row["topic"],
        "trainer": row["trainer"], "unit": row["unit"], "trainer_rank": row["rank"], "hours": row["hours_milli"],
        "heads": row["heads"], "person_hours": row["person_milli"], "department": row["department"],
        "tested": len(results) or None, "passed": sum(one["passed"] for one in results) if results else None,
        "outcome": row["outcome"] or row["note"],
    }  # fmt: skip


def _kind_text(kind: Any) -> str:
    from logi.core.messages import shown

    return shown(kind) if isinstance(kind, Word) else str(kind)
