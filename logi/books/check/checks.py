"""What is missing, orphaned or unsigned in checklists, and what must always hold."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi import journal
from logi.books.check import lists, rules, school, store
from logi.books.check.actions import unsigned
from logi.books.check.duties import Duties, Duty
from logi.books.check.using import at_place, in_force, responsible, responsible_code
from logi.core.answers import Word
from logi.core.due import Due, Finding
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

MOST = 5  # days or numbers named in one line; `logi check missed` and `logi check results` name all


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Runs missed and to come, lists and places nobody answers for, runs that lack a signature."""
    duties = Duties(ledger)
    back = int(school.policy(ledger, "check.missed_listed_days", ledger.today))
    today = ledger.today
    found = [_missed(ledger, one) for one in duties.kept(today - timedelta(days=back), today) if one.kept.missed]
    found += [_pending(ledger, one) for one in duties.kept(today, today + timedelta(days=days)) if one.kept.pending]
    return found + _orphaned(ledger) + _unsigned(ledger, today - timedelta(days=back))


def verify(db: store.Db) -> list[Finding]:
    """A run's figures are those of its results; nothing hangs on a run that is not there; every number was given."""
    found = []
    results = store.all_results(db)
    runs = {row["number"]: row for row in store.runs(db)}
    for number, row in runs.items():
        there = results.get(number, [])
        total = rules.score((one["weight"], one["share"]) for one in there)
        failed = sum(one["result"] == "fail" for one in there)
        if (row["score"], row["items"], row["failed"]) != (total, len(there), failed):
            found.append(Finding(say("check.finding.figures", number=number), row["entry"]))
        found += [Finding(say("check.finding.opened", number=number, opened=one["opened"]), row["entry"])
                  for one in there if one["opened"] and journal.number_of(db, one["opened"]) is None]  # fmt: skip
    found += [Finding(say("check.finding.stray", number=number), there[0]["entry"])
              for number, there in results.items() if number not in runs]  # fmt: skip
    found += [Finding(say("check.finding.stray", number=row["number"]), row["entry"])
              for row in store.signatures(db) if row["number"] not in runs]  # fmt: skip
    return found


def _missed(ledger: "Ledger", one: Duty) -> Due:
    first, count = one.kept.missed[0], len(one.kept.missed)
    days = [str(window.due) for window in one.kept.missed[:MOST]] + ["…"] * (count > MOST)
    text = say("check.rule.missed.text", where=at_place(lists.title(one.checklist), one.row), count=count, days=days)
    return Due("missing", "check.rule.missed", one.checklist.key, text, first.due, _command(ledger, one, first.due),
               one.checklist.source)  # fmt: skip


def _pending(ledger: "Ledger", one: Duty) -> Due:
    last = min(window.due for window in one.kept.pending)
    text = say("check.rule.pending.text", where=at_place(lists.title(one.checklist), one.row), due=last)
    return Due("soon", "check.rule.pending", one.checklist.key, text, last, _command(ledger, one, None), one.checklist.source)


def _command(ledger: "Ledger", one: Duty, day: date | None) -> str:
    place = f" --place {one.row['place']}" if one.row["place"] else " --everywhere" if one.checklist.things else ""
    by = responsible_code(ledger.db, ledger.today, one.row)
    return f"logi check run {one.checklist.key}{place} --by {by}" + (f" --on {day}" if day else "")


def _orphaned(ledger: "Ledger") -> list[Due]:
    """Lists in use nobody answers for, and under a list that covers every place the places outside all zones."""
    found = []
    running = [row for row in store.uses(ledger.db) if in_force(row, ledger.today)]
    for row in running:
        checklist = lists.known(row["list"])
        if checklist is None or responsible(row) is not None:
            continue
        at = f" --place {row['place']}" if row["place"] else ""
        text = say("check.rule.orphaned.text", where=at_place(lists.title(checklist), row))
        command = f"logi check use {checklist.key}{at} --owner PERSON"
        found.append(Due("orphaned", "check.rule.orphaned", checklist.key, text, None, command, checklist.source))
    for key in sorted({row["list"] for row in running}):
        found += _uncovered(ledger, key, {row["place_id"] for row in running if row["list"] == key})
    return found


def _uncovered(ledger: "Ledger", key: str, covered: set[int | None]) -> list[Due]:
    checklist = lists.known(key)
    if checklist is None or not checklist.every_place:
        return []
    found = []
    for row in school.places(ledger.db):
        kept = row["keeper_id"] is not None and row["keeper_left"] is None
        if row["kind"] not in checklist.places or row["id"] in covered or kept:
            continue
        text = say("check.rule.no_zone.text", title=lists.title(checklist), place=f"{row['code']} {row['name']}")
        command = f"logi check use {key} --place {row['code']} --owner PERSON"
        found.append(Due("orphaned", "check.rule.no_zone", row["code"], text, None, command, checklist.source))
    return found


def _unsigned(ledger: "Ledger", since: date) -> list[Due]:
    """One line a list: its runs that lack a signature, oldest first."""
    waiting: dict[str, list[tuple[store.Row, list[str]]]] = {}
    for row in store.runs(ledger.db, since=since):
        if roles := unsigned(ledger.db, row, lists.known(row["list"])):
            waiting.setdefault(row["list"], []).append((row, roles))
    found = []
    for key, runs in sorted(waiting.items()):
        checklist = lists.known(key)
        assert checklist is not None
        first, roles = runs[0]
        numbers = [row["number"] for row, _ in runs[:MOST]] + ["…"] * (len(runs) > MOST)
        text = say("check.rule.unsigned.text", title=lists.title(checklist), numbers=numbers, count=len(runs),
                   roles=[Word.of("check.role", role) for role in roles])  # fmt: skip
        signers = [f"{role}={_signer(ledger, first, role)}" for role in roles]
        command = " ".join([f"logi check sign {first['number']}", *signers])
        found.append(Due("missing", "check.rule.unsigned", first["number"], text, date.fromisoformat(first["on_day"]),
                         command, checklist.source))  # fmt: skip
    return found


def _signer(ledger: "Ledger", run: store.Row, role: str) -> str:
    """Who signed this list in this role the last time; for the responsible person, the place's keeper first."""
    place = school.by_id(ledger.db, "school_place", run["place_id"]) if role == "keeper" else None
    before = store.last_signer(ledger.db, run["list"], role)
    return school.who(ledger.db, ledger.today, place["keeper_id"] if place is not None else None, before)
