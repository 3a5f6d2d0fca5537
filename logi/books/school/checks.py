"""What the school's book wants attention for, and what must always hold in it."""

import json
import sqlite3
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.school import rules, store
from logi.core.due import Due, Finding
from logi.core.errors import NotFound
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

KEEPER_KINDS = "school.keeper_kinds"


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Vendors whose days on the list or whose licence end, rooms nobody answers for, years and terms not entered."""
    return [*_vendors(ledger, days), *_rooms(ledger), *_calendar(ledger, days)]


def verify(db: sqlite3.Connection) -> list[Finding]:
    """Terms that share a day, days the wrong way round, places that lie in themselves, values that are no JSON."""
    return [*_terms_hold(db), *_places_hold(db), *_policies_hold(db)]


def _vendors(ledger: "Ledger", days: int) -> list[Due]:
    found = []
    for row in store.rows(ledger.db, "school_vendor"):
        for column, rule, option, source in (
            ("tendered_to", "school.rule.tender_window", "--tendered-to", "PUR-04"),
            ("licence_to", "school.rule.licence", "--licence-to", "食品安全法 art. 57"),
        ):
            if not row[column]:
                continue
            last = date.fromisoformat(row[column])
            if last > ledger.today + timedelta(days=days):
                continue
            over = last < ledger.today
            key = f"school.due.{'over' if over else 'ends'}_{column}"
            text = say(key, code=row["code"], name=row["name"], day=last)
            command = f"logi vendor edit {row['code']} {option} DAY"
            found.append(Due("overdue" if over else "expiring", rule, row["code"], text, last, command, source))
    return found


def _rooms(ledger: "Ledger") -> list[Due]:
    try:
        kinds = store.policy(ledger, KEEPER_KINDS, ledger.today)
    except NotFound:  # a ledger older than this policy
        kinds = []
    found = []
    for row in store.places(ledger.db):
        command = f"logi place edit {row['code']} --keeper PERSON"
        if row["keeper_left"] and row["keeper_left"] <= ledger.today.isoformat():
            text = say("school.due.keeper_left", code=row["code"], name=row["name"], keeper=row["keeper"],
                       day=date.fromisoformat(row["keeper_left"]))  # fmt: skip
        elif row["keeper_id"] is None and row["kind"] in kinds:
            text = say("school.due.no_keeper", code=row["code"], name=row["name"])
        else:
            continue
        found.append(Due("orphaned", "school.rule.keeper", row["code"], text, None, command, "AST-07"))
    return found


def _calendar(ledger: "Ledger", days: int) -> list[Due]:
    ahead = ledger.today + timedelta(days=days)
    calendar = store.calendar(ledger)
    found = [
        Due("missing", "school.rule.year", str(year), say("school.due.year_unknown", year=str(year)), None,
            "logi holiday import FILE", "国务院办公厅节假日安排通知")
        for year in sorted({ledger.today.year, ahead.year})
        if not calendar.knows(year)
    ]  # fmt: skip
    if not any(term.ends_on >= ledger.today and term.starts_on <= ahead for term in calendar.terms):
        code = rules.next_term_code(ledger.today, [term.code for term in calendar.terms])
        later = any(term.starts_on > ahead for term in calendar.terms)
        if not later:
            command = f"logi term add {code} NAME --starts DAY --ends DAY"
            text = say("school.due.no_term", day=ledger.today, code=code)
            found.append(Due("missing", "school.rule.term", code, text, None, command, "AST-11"))
    return found


def _terms_hold(db: sqlite3.Connection) -> list[Finding]:
    found: list[Finding] = []
    before: Any = None
    for row in store.rows(db, "school_term", "starts_on"):
        if row["starts_on"] > row["ends_on"]:
            found.append(Finding(say("school.verify.term_backwards", code=row["code"]), row["entry"]))
        if before is not None and row["starts_on"] <= before["ends_on"]:
            facts = {"code": row["code"], "other": before["code"]}
            found.append(Finding(say("school.verify.terms_overlap", **facts), max(row["entry"], before["entry"])))
        before = row
    return found


def _places_hold(db: sqlite3.Connection) -> list[Finding]:
    rows = store.rows(db, "school_place")
    parents = {row["id"]: row["parent_id"] for row in rows}
    found = []
    for row in rows:
        seen, above = {row["id"]}, row["parent_id"]
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above is not None:
            found.append(Finding(say("school.verify.place_circle", code=row["code"]), row["entry"]))
    found += [
        Finding(say("school.verify.keeper_gone", code=row["code"], keeper=row["keeper"]), row["entry"])
        for row in store.void_keepers(db)
    ]
    return found


def _policies_hold(db: sqlite3.Connection) -> list[Finding]:
    found = []
    for row in store.policy_history(db):
        try:
            json.loads(row["value"], parse_float=_refuse)
        except ValueError:
            text = say("school.verify.policy_value", name=row["name"], day=date.fromisoformat(row["from_day"]))
            found.append(Finding(text, row["entry"]))
    return found


def _refuse(text: str) -> None:
    raise ValueError(text)
