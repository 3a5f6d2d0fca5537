"""What the repair book finds by itself: slips late, waiting, forgotten (due), and what must always hold (verify)."""

import sqlite3
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.repair import rules, school, store
from logi.books.repair.actions import approved, place_text
from logi.books.repair.maintain_actions import as_reading
from logi.books.repair.maintain_report import laid_down
from logi.books.repair.norms import Norms
from logi.books.repair.unit_rules import backwards
from logi.core.answers import Milli
from logi.core.due import Due, Finding
from logi.core.messages import money_text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from logi.db import Ledger


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Slips late to be assigned, mended, accepted; put off past their day; without a worker, a payment, an approval."""
    today = ledger.today
    norms = Norms(ledger)
    found: list[Due] = []
    rows = store.unfinished(ledger.db, today)
    steps = store.steps_of(ledger.db, [row["id"] for row in rows], today)
    for row in rows:
        progress = rules.fold(steps[row["id"]])
        if progress.state not in rules.ENDED:
            found += [d for d in _of_slip(ledger, norms, row, progress) if _near(d, today, days)]
        elif progress.state == "declined" and progress.told_on is None and row["reporter"]:
            text = say("repair.due.untold", number=row["number"], title=row["title"], reporter=row["reporter"],
                       reason=progress.reason)  # fmt: skip
            line = f"logi repair told {row['number']}"
            found.append(Due("missing", "repair.rule.untold", row["number"], text, None, line, "REP-01"))
    return [*found, *_unpaid(ledger, today), *_preventive(ledger, days)]


def verify(db: sqlite3.Connection) -> list[Finding]:
    """Every slip's row follows from its steps; nobody accepted their own work; days are in order."""
    found: list[Finding] = []
    rows = store.everything(db)
    steps = store.steps_of(db, [row["id"] for row in rows], date.max)
    for row in rows:
        if row["void"]:
            if steps[row["id"]]:
                found.append(Finding(say("repair.verify.void_with_steps", number=row["number"]), row["entry"]))
            continue
        found += _wrong(row, steps[row["id"]])
    for runs in store.runs(db).values():
        days = [(run["planned_on"], run["planned_milli"]) for run in runs]
        found += [Finding(say("repair.verify.planned_twice", number=run["number"], day=run["planned_on"]), None)
                  for at, run in enumerate(runs) if days[at] in days[:at]]  # fmt: skip
    read = store.readings(db)
    for row in store.schedules(db):
        there = [as_reading(one) for one in read.get(row["id"], [])]
        if (wrong := backwards(there, row["start_milli"] or 0)) is not None:
            facts = {"day": wrong[0], "before": Milli(wrong[1]), "value": Milli(wrong[2])}
            found.append(Finding(say("repair.verify.backwards", code=row["code"], **facts), row["entry"]))
    return found


def _of_slip(ledger: "Ledger", norms: Norms, row: sqlite3.Row, progress: rules.Progress) -> "Iterator[Due]":
    number, today = row["number"], ledger.today
    facts = {"number": number, "title": row["title"], "age": (today - progress.opened_on).days,
             "place": place_text(row["place"], row["place_name"], row["spot"])}  # fmt: skip
    worker = _worker_for(ledger, row["kind"], progress)
    mend_by = progress.ends_on or norms.mend_by(row["urgency"], progress).day
    if progress.state == "open":
        last = norms.respond(row["urgency"], progress.opened).day
        yield _due(today, last, "assign", f"logi repair assign {number} --worker {worker}", **facts)
        if mend_by < today:
            yield _due(today, mend_by, "mend", f"logi repair close {number} --by {worker}", **facts)
    elif progress.state in ("assigned", "reopened"):
        yield _due(today, mend_by, "mend", _close_line(ledger, number, progress), **facts)
        yield from _orphaned(ledger, progress, facts)
    elif progress.state == "waiting" and progress.waiting_until is not None:
        line = _close_line(ledger, number, progress)
        yield _due(today, progress.waiting_until, "parts", line, parts=progress.waiting_for, **facts)
        yield from _orphaned(ledger, progress, facts)
    elif progress.state == "closed" and progress.closed_on is not None:
        line = _acceptance_line(ledger, row, progress)
        yield _due(today, norms.object_by(progress.closed_on), "accept", line,
                   reporter=row["reporter"], closed_on=progress.closed_on, **facts)  # fmt: skip
    elif progress.state == "deferred":
        yield from _put_off(today, progress, worker, facts)
    spent = max(progress.cost_fen, progress.estimate_fen or 0)
    if spent > norms.value("approval_above_fen", progress.opened_on) and not approved(
        ledger.db, number, spent=spent
    ):
        text = say("repair.due.approval", **facts)
        yield Due(
            "missing",
            "repair.rule.approval",
            number,
            text,
            None,
            f"logi approve {number} --no DOCNO",
            "repair.approval_above_fen",
        )


def _put_off(today: date, progress: rules.Progress, worker: str, facts: dict[str, object]) -> "Iterator[Due]":
    """What was put off to a day is asked for on that day; what has none, in June, when the summer list is drawn up."""
    number = facts["number"]
    if progress.deferred_to is not None:
        yield _due(today, progress.deferred_to, "deferred", f"logi repair assign {number} --worker {worker}", **facts)
    elif progress.deferred_on is not None:
        put_off = progress.deferred_on
        june = date(put_off.year + (put_off > date(put_off.year, 6, 30)), 6, 1)
        if june <= today:
            last = june.replace(day=30)
            line = f"logi repair summer {number} --estimate MONEY --starts DAY"
            yield Due("overdue" if last < today else "soon", "repair.rule.dateless", str(number),
                      say("repair.due.dateless", on=put_off, **facts), last if last < today else None, line,
                      "REP-06")  # fmt: skip


def _preventive(ledger: "Ledger", days: int) -> "Iterator[Due]":
    """Schedules whose day has come or is near, and those whose last slip is still open on the next planned day."""
    last = ledger.today + timedelta(days=days)
    for laid in laid_down(ledger):
        day, row = laid.state.next_on, laid.row
        if day is None or day > last:
            continue
        waiting = laid.state.waiting
        if waiting and day > ledger.today:
            continue
        facts = {"code": row["code"], "name": row["name"], "place": place_text(row["place"], row["place_name"], row["spot"])}
        text = say("repair.due.maintain_waits" if waiting else "repair.due.maintain", waiting=waiting, day=day, **facts)
        hand = school.who(ledger.db, ledger.today, row["worker_id"])
        line = f"logi repair close {waiting} --by {hand}" if waiting else f"logi repair maintain run {row['code']}"
        state = "overdue" if day < ledger.today else "soon"
        yield Due(state, "repair.rule.maintain", row["code"], text, day, line, "REP-07")


def _worker_for(ledger: "Ledger", kind: str, progress: rules.Progress) -> str:
    """For a command: who had the job before it was put off, else who was last given work of its kind."""
    return school.who(ledger.db, ledger.today, progress.worker_id, *store.workers_of(ledger.db, kind))


def _orphaned(ledger: "Ledger", progress: rules.Progress, facts: dict[str, object]) -> "Iterator[Due]":
    worker = school.by_id(ledger.db, "school_person", progress.worker_id)
    if worker is not None and worker["left_on"] and worker["left_on"] <= ledger.today.isoformat():
        text = say("repair.due.worker_gone", person=worker["name"], **facts)
        line = f"logi repair assign {facts['number']} --worker PERSON"
        yield Due("orphaned", "repair.rule.worker_gone", str(facts["number"]), text, None, line)


def _due(today: date, last: date, rule: str, command: str, **facts: object) -> Due:
    state = "overdue" if last < today else "soon"
    source = {"assign": "REP-01 repair.respond_minutes", "mend": "REP-04 repair.resolve_hours",
              "accept": "REP-02 repair.object_days", "deferred": "REP-06",
              "parts": "REP-04 repair.parts_days"}[rule]  # fmt: skip
    text = say(f"repair.due.{rule}", **facts)
    return Due(state, f"repair.rule.{rule}", str(facts["number"]), text, last, command, source)


def _near(line: Due, today: date, days: int) -> bool:
    return line.day is None or line.day <= today + timedelta(days=days)


def _close_line(ledger: "Ledger", number: str, progress: rules.Progress) -> str:
    worker = school.by_id(ledger.db, "school_person", progress.worker_id)
    return f"logi repair close {number}" + (f" --by {worker['code']}" if worker is not None else "")


def _acceptance_line(ledger: "Ledger", row: sqlite3.Row, progress: rules.Progress) -> str:
    """Who can accept: the reporter, the deputy, or (if both worked on it, or have left) a deputy yet to be named."""
    able = []
    for rowid in (row["reporter_id"], progress.deputy_id):
        person = school.by_id(ledger.db, "school_person", rowid)
        if person is None or rowid == progress.worker_id or rowid in progress.hands:
            continue
        if not (person["left_on"] and person["left_on"] <= ledger.today.isoformat()):
            able.append(person["code"])
    if able:
        return f"logi repair accept {row['number']} --by {able[0]}"
    # Whoever reported it cannot name one any more, so somebody else does, with a reason.
    return f"logi repair deputy {row['number']} PERSON --by PERSON --override TEXT"


def _unpaid(ledger: "Ledger", today: date) -> list[Due]:
    """Human damage that nobody has paid for, or waived."""
    found = []
    rows = store.human(ledger.db)
    steps = store.steps_of(ledger.db, [row["id"] for row in rows], today)
    for row in rows:
        progress = rules.fold(steps[row["id"]])
        if progress.cause == "human" and not progress.settled:
            text = say("repair.due.unpaid", number=row["number"], title=row["title"], liable=progress.liable,
                       place=place_text(row["place"], row["place_name"], row["spot"]))  # fmt: skip
            amount = money_text(progress.cost_fen) if progress.cost_fen else "MONEY"
            line = f"logi repair compensate {row['number']} --amount {amount}"
            found.append(Due("missing", "repair.rule.unpaid", row["number"], text, None, line))
    return found


def _wrong(row: sqlite3.Row, steps: list[rules.Step]) -> "Iterator[Finding]":
    number = row["number"]
    progress = rules.fold(steps)
    if not steps or steps[0].step != "open":
        yield Finding(say("repair.verify.no_opening", number=number), row["entry"])
        return
    for name, value in progress.columns().items():
        plain = value.isoformat() if isinstance(value, date) else value
        if row[name] != plain:
            yield Finding(
                say("repair.verify.differs", number=number, column=name, row=row[name], steps=plain), row["entry"]
            )
    if progress.accepted_by is not None and progress.accepted_by in (progress.worker_id, *progress.hands):
        yield Finding(say("repair.verify.own_job", number=number), row["entry"])
    if progress.accepted_by is not None and progress.accepted_by not in (row["reporter_id"], progress.deputy_id):
        yield Finding(say("repair.verify.not_reporter", number=number), row["entry"])
    days = [
        d for d in (progress.opened_on, progress.assigned_on, progress.closed_on, progress.accepted_on) if d is not None
    ]
    if days != sorted(days):
        yield Finding(say("repair.verify.order", number=number), row["entry"])
