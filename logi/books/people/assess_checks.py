"""What waits among assessments, pilots and the organisation, each with the line that mends it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.people import organ_report, reckoning, rules, school, store_assess, store_organ
from logi.core.answers import Word
from logi.core.due import Due
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Rounds that should be opened, scored and closed, accepted, followed by a commendation; pilots past their day."""
    return [*_opened(ledger, days), *_rounds(ledger), *_pilots(ledger, days), *_functions(ledger)]


def _opened(ledger: "Ledger", days: int) -> Iterator[Due]:
    """Every staff.assess_months somebody is assessed by each scheme in force."""
    today = ledger.today
    months = int(school.policy(ledger, "staff.assess_months", today))
    rounds = store_assess.rounds(ledger.db, today)
    for row in store_assess.schemes(ledger.db):
        if row["from_day"] > today.isoformat() or (row["ended_on"] and row["ended_on"] <= today.isoformat()):
            continue
        ends = [one["until_day"] for one in rounds if one["scheme_id"] == row["id"]]
        last = date.fromisoformat(max(ends)) if ends else None
        by = rules.after_months(last or date.fromisoformat(row["from_day"]), months)
        if by > today + timedelta(days=days):
            continue
        text = say("people.rule.assess.text", name=row["name"], last=last, due=by)
        since = last + timedelta(days=1) if last else date.fromisoformat(row["from_day"])
        line = f"logi staff assess open {row['code']} --from {since} --to {by}"
        yield Due("overdue" if by < today else "soon", "people.rule.assess", row["code"], text, by, line,
                  "STF-05 staff.assess_months")  # fmt: skip


def _rounds(ledger: "Ledger") -> Iterator[Due]:
    today = ledger.today
    wait = timedelta(days=int(school.policy(ledger, "staff.assess_days", today)))
    told = {row["round"] for row in store_assess.notices(ledger.db) if row["kind"] != "criticise"}
    for row in store_assess.rounds(ledger.db, today):
        number = row["number"]
        if row["closed_on"] is None:
            last = date.fromisoformat(row["until_day"]) + wait
            if date.fromisoformat(row["until_day"]) <= today:
                yield _round(ledger, row, last)
            continue
        last = date.fromisoformat(row["closed_on"]) + wait
        if row["accepted_on"] is None:
            text = say("people.rule.accept.text", number=number, name=row["name"], due=last)
            yield Due("overdue" if last < today else "soon", "people.rule.accept", number, text, last,
                      f"logi staff assess accept {number} --by PERSON", "STF-05 staff.assess_days")  # fmt: skip
        elif number not in told and any(one.grade == "excellent" for one in reckoning.stored(ledger, row)):
            first = _first(ledger, row)
            text = say("people.rule.commend.text", number=number, name=row["name"], person=first["name"], due=last)
            unit = " --unit" if row["target"] == "unit" else ""
            yield Due("missing", "people.rule.commend", number, text, last,
                      f"logi staff notice commend {first['code']} TEXT --round {number}{unit}", "STF-04")  # fmt: skip


def _round(ledger: "Ledger", row: Any, last: date) -> Due:
    """The line that scores whoever lacks a score, or closes the round."""
    number = row["number"]
    there = {one["id"]: one for one in store_assess.subjects(ledger.db, row["id"])}
    lacks = [(there[one.subject_id], one.missing) for one in reckoning.reckoned(ledger, row) if one.missing]
    line = f"logi staff assess close {number}"
    if lacks:
        who, aspects = min(lacks, key=lambda one: str(one[0]["code"]))
        line = f"logi staff assess score {number} {who['code']} {' '.join(f'{one}=N' for one in aspects)} --by PERSON"
    text = say("people.rule.close.text", number=number, name=row["name"], count=len(lacks), due=last)
    return Due("overdue" if last < ledger.today else "soon", "people.rule.close", number, text, last, line,
               "STF-05 staff.assess_days")  # fmt: skip


def _first(ledger: "Ledger", row: Any) -> Any:
    best = reckoning.stored(ledger, row)[0].subject_id
    return next(one for one in store_assess.subjects(ledger.db, row["id"]) if one["id"] == best)


def _pilots(ledger: "Ledger", days: int) -> Iterator[Due]:
    today = ledger.today
    for row in store_organ.pilots(ledger.db):
        last = date.fromisoformat(row["until_day"])
        if row["ended_on"] is None and last <= today + timedelta(days=days):
            text = say("people.rule.pilot.text", code=row["code"], name=row["name"], due=last)
            yield Due("overdue" if last < today else "soon", "people.rule.pilot", row["code"], text, last,
                      f"logi staff pilot end {row['code']} VERDICT RESULT", "ENV-06")  # fmt: skip


def _functions(ledger: "Ledger") -> Iterator[Due]:
    for row in organ_report.without_functions(ledger):
        text = say("people.rule.function.text", code=row["code"], name=row["name"], level=Word.of("rollup.level", row["level"]))
        yield Due("missing", "people.rule.function", row["code"], text, None, f"logi staff function add {row['code']} TEXT",
                  "STF-19")  # fmt: skip
