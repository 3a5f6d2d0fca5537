"""What is missing, expiring or answered for by nobody in the safety register, and what must always hold."""

from datetime import timedelta
from typing import TYPE_CHECKING

from logi import journal
from logi.books.safety import school, standing, store
from logi.core.answers import Word
from logi.core.due import Due, Finding
from logi.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from logi.db import Ledger


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Measures with something not in place, canteens without a person for fire, theft or poison, equipment, drills, tests."""
    if store.begun_on(ledger.db) is None:  # nothing is asked of a school that does not keep this book yet
        return []
    return [*_measures(ledger), *_canteens(ledger), *_equipment(ledger, days), *_events(ledger), *_test(ledger, days)]


def verify(db: store.Db) -> list[Finding]:
    """Every number that events and checks name was given."""
    from datetime import date

    found = [Finding(say("safety.finding.number", number=row["number"]), row["entry"])
             for row in store.events(db, None, None) if journal.number_of(db, row["number"]) is None]  # fmt: skip
    return found + [Finding(say("safety.finding.number", number=row["opened"]), row["entry"])
                    for row in store.looks(db, date.min, date.max)
                    if row["opened"] and journal.number_of(db, row["opened"]) is None]  # fmt: skip


def _measures(ledger: "Ledger") -> "Iterator[Due]":
    today = ledger.today
    for row in store.measures(ledger.db, today):
        lacks = standing.lacking(ledger, row, today)
        if not lacks:
            continue
        code, owner = row["code"], school.who(ledger.db, today, row["owner_id"])
        acting = f"act {code}" if row["measure"] else f"edit {code} --measure"
        mend = {
            "responsibility": f"logi safety measure edit {code} --owner PERSON",
            "measure": f"logi safety measure {acting} TEXT",
            "awareness": f"logi safety hold notice {row['name']} --measure {code} --by {owner}",
        }  # fmt: skip
        first = next(one for one in ("responsibility", "measure", "awareness") if one in lacks)
        words = [Word.of("safety.lack", one) for one in lacks]
        text = say("safety.rule.in_place.text", code=code, name=row["name"], lacks=words)
        state = "orphaned" if "responsibility" in lacks else "missing"
        source = "PAT-09" if "responsibility" in lacks else "PAT-25"
        yield Due(state, "safety.rule.in_place", code, text, None, mend[first], source)


def _canteens(ledger: "Ledger") -> "Iterator[Due]":
    for place, kind in standing.canteen_gaps(ledger, ledger.today):
        text = say("safety.rule.canteen.text", place=f"{place['code']} {place['name']}", kind=Word.of("safety.kind", kind))
        line = f"logi safety measure add CODE NAME --kind {kind} --place {place['code']} --owner PERSON --measure TEXT"
        yield Due("orphaned", "safety.rule.canteen", place["code"], text, None, line, "PAT-21")


def _equipment(ledger: "Ledger", days: int) -> "Iterator[Due]":
    today = ledger.today
    notice = int(school.policy(ledger, "fire.expiry_notice_days", today))
    unchecked = []
    for row in store.equipment(ledger.db, today):
        state, code = standing.equipment_state(ledger, row, today, max(days, notice)), row["code"]
        expires = standing.as_day(row["expires_on"])
        facts = {"code": code, "name": row["name"], "place": f"{row['place']} {row['place_name']}", "count": row["count"]}
        if state in ("expired", "expiring"):
            text = say(f"safety.rule.{state}.text", expires=expires, **facts)
            line = f"logi safety equipment renew {code} --expires DAY"
            how = "overdue" if state == "expired" else "expiring"
            yield Due(how, "safety.rule.expiring", code, text, expires, line, "PAT-13")
        elif state == "faulty":
            text = say("safety.rule.faulty.text", **facts)
            line = f"logi safety equipment check {code} --by {school.who(ledger.db, today, row['owner_id'])}"
            yield Due("overdue", "safety.rule.faulty", code, text, None, line, "PAT-13")
        elif state == "unchecked":
            unchecked.append(code)
    if unchecked:
        last = standing.period_of(ledger, today)[1]
        text = say("safety.rule.unchecked.text", count=len(unchecked), codes=unchecked[:5], due=last)
        line = f"logi safety equipment check --by {standing.looker(ledger)}"
        yield Due("soon", "safety.rule.unchecked", unchecked[0], text, last, line, "PAT-13 fire.inspection")


def _events(ledger: "Ledger") -> "Iterator[Due]":
    source = {"drill": "PAT-13 fire.drill_months", "meeting": "PAT-20 safety.meeting_months"}
    for kind, first, last in standing.missing_events(ledger, ledger.today):
        text = say(f"safety.rule.{kind}.text", since=first, until=last)
        state = "missing" if last < ledger.today else "soon"
        line = f"logi safety hold {kind} TOPIC --by {standing.holder(ledger, kind)}"
        line += f" --on {last}" if last < ledger.today else ""
        yield Due(state, f"safety.rule.{kind}", Word.of("safety.event", kind), text, last, line, source[kind])


def _test(ledger: "Ledger", days: int) -> "Iterator[Due]":
    found = standing.last_test(ledger, ledger.today)
    if found is None or found[1] > ledger.today + timedelta(days=days):
        return
    done, last = found
    text = say("safety.rule.test.text", done=done, due=last)
    yield Due("overdue" if last < ledger.today else "soon", "safety.rule.test", Word.of("safety.event", "test"),
              text, last, "logi safety hold test TOPIC --vendor VENDOR", "消防法 16")  # fmt: skip
