"""What is due at an opening, and what must always hold of it."""

import sqlite3
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.opening import actions, school, store
from logi.core.due import Due, Finding
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

GRACE = timedelta(days=14)  # after registration day missing pupils are asked after


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Classes not arranged before a term, safety not shown before registration, pupils missing after it or without a class."""
    found: list[Due] = []
    notice = timedelta(days=int(school.policy(ledger, "school.opening_days", ledger.today)))
    terms = school.calendar(ledger).terms
    for at, term in enumerate(terms):
        if not term.starts_on - notice <= ledger.today <= term.starts_on + GRACE:
            continue
        row = school.term(ledger, term.code)
        there = store.classes(ledger.db, row["id"])
        found += _classes(ledger, term.code, term.starts_on, [one.code for one in terms[max(at - 1, 0) : at]], there)
        if there and not next(one for one in actions.safety(ledger, term.starts_on) if one[0] == "check-opening")[1]:
            text = say("opening.due.unsafe", term=term.name, day=term.starts_on)
            state = "overdue" if ledger.today >= min(date.fromisoformat(one["on_day"]) for one in there) else "missing"
            command = "logi check run opening --by PERSON"
            found.append(Due(state, "opening.rule.safe", term.code, text, term.starts_on, command, "OPN-03"))
    return [*found, *_unplaced(ledger)]


def verify(db: sqlite3.Connection) -> list[Finding]:
    """Fewer than nobody has not come."""
    return [Finding(say("opening.torn.negative", name=row["class_name"]), row["entry"]) for row in store.negative(db)]


def _classes(ledger: "Ledger", code: str, starts_on: date, before: list[str], there: list[sqlite3.Row]) -> list[Due]:
    """A class that registered last term, or has pupils, and is not arranged; one that is, and whose pupils are missing."""
    arranged = {row["department_id"] for row in there}
    wanted = dict.fromkeys(store.in_classes(ledger.db))
    last: dict[int, sqlite3.Row] = {}
    for one in before:
        last |= {row["department_id"]: row for row in store.classes(ledger.db, school.term(ledger, one)["id"])}
    wanted |= dict.fromkeys(last)
    found = []
    for home in (school.by_id(ledger.db, "school_department", rowid) for rowid in wanted if rowid not in arranged):
        if home is not None:
            then = last.get(home["id"])
            room = then["place"] if then else "PLACE"
            staff = school.who(ledger.db, ledger.today, then["staff_id"] if then else None)
            command = f"logi opening class add {home['name']} --place {room} --staff {staff} --term {code}"
            text = say("opening.due.not_arranged", name=home["name"], term=code)
            found.append(Due("missing", "opening.rule.arranged", home["code"], text, starts_on, command, "OPN-01"))
    for row in there:
        day = date.fromisoformat(row["on_day"])
        missing = (row["expected"] or 0) - row["arrived"]
        if day < ledger.today and missing > 0:
            text = say("opening.due.not_come", name=row["class_name"], count=missing, expected=row["expected"])
            command = f"logi opening arrive {row['class_name']} {missing} --term {code}"
            found.append(Due("missing", "opening.rule.come", row["class_code"], text, day, command, "OPN-01"))
    return found


def _unplaced(ledger: "Ledger") -> list[Due]:
    return [
        Due("orphaned", "opening.rule.placed", row["code"], say("opening.due.no_class", name=row["name"]), None,
            f"logi opening pupil place {row['code']} --class CLASS", "OPN-02")
        for row in store.pupils(ledger.db) if row["department_id"] is None
    ]  # fmt: skip
