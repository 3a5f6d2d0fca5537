"""What is overdue or missing at the gate, and what must always hold of its records."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.gate import bus_checks, guard_report, masking, rules, school, store, store_guards, store_traffic
from logi.books.gate.traffic_actions import speed_limit
from logi.core.answers import Milli
from logi.core.due import Due, Finding
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

AT_HOME = ("school", "staff")  # kinds of vehicles that may stay overnight
LAW = "企业事业单位内部治安保卫条例 art. 11"


def due(ledger: "Ledger", ahead: int) -> list[Due]:
    """Who was never signed out, what is not back, who drove too fast and was not told, what guards lack, long shifts."""
    return [*_inside(ledger), *_parked(ledger), *_goods(ledger, ahead), *_fast(ledger), *_papers(ledger, ahead),
            *_lessons(ledger), *_faults(ledger, ahead), *_post(ledger), *bus_checks.due(ledger, ahead)]  # fmt: skip


def verify(db: store.Db) -> list[Finding]:
    """Numbers were given, nobody left twice or before they came, each handover is given by who took the one before."""
    numbered = (store.visits, store.goods, store_guards.events, store_guards.shifts)
    found = [Finding(say("gate.finding.number", number=row["number"]), row["entry"])
             for rows in numbered for row in rows(db, date.min, date.max)
             if journal.number_of(db, row["number"]) is None]  # fmt: skip
    found += [Finding(say("gate.finding.left", number=row["number"]), row["entry"]) for row in store.left_twice(db)]
    found += [Finding(say("gate.finding.shift", number=row["number"]), row["entry"]) for row in store_guards.broken_shifts(db)]
    return found + bus_checks.verify(db)


def who(ledger: "Ledger") -> str:
    """For a command: who is on post, else one of the guards, else the hole."""
    last = store_guards.last_shift(ledger.db)
    guards = [row["person_id"] for row in store_guards.guards(ledger.db, ledger.today)]
    return school.who(ledger.db, ledger.today, last["taker_id"] if last is not None else None, *guards)


def _inside(ledger: "Ledger") -> Iterator[Due]:
    """Visitors of days before today who were not signed out, a line a day."""
    by_day: dict[str, list[Any]] = defaultdict(list)
    for row in store.inside(ledger.db, ledger.today - timedelta(days=1)):
        by_day[row["on_day"]].append(row)
    first = masking.shown_since(ledger)
    for day, rows in sorted(by_day.items()):
        names = [masking.name(row["name"], day, first) for row in rows]
        text = say("gate.due.inside", day=date.fromisoformat(day), count=len(rows), names=names)
        line = f"logi gate leave {' '.join(row['number'] for row in rows)} --by {who(ledger)} --on {day} --at INSTANT"
        yield Due("overdue", "gate.rule.inside", rows[0]["number"], text, date.fromisoformat(day), line, "GAT-01")


def _parked(ledger: "Ledger") -> Iterator[Due]:
    """Vehicles that nobody knows and that came in on a day before today."""
    for row in store_traffic.inside(ledger.db):
        if row["on_day"] < ledger.today.isoformat() and row["visit"] is None and row["kind"] not in AT_HOME:
            day = date.fromisoformat(row["on_day"])
            text = say("gate.due.parked", plate=row["plate"], day=day, time=row["at_time"])
            line = f"logi gate pass {row['plate']} out --by {who(ledger)} --on {day} --at INSTANT"
            yield Due("overdue", "gate.rule.inside", row["plate"], text, day, line, LAW)


def _goods(ledger: "Ledger", ahead: int) -> Iterator[Due]:
    for row in store.goods(ledger.db, date.min, ledger.today):
        if row["back_due"] is None or row["back_day"]:
            continue
        ends = date.fromisoformat(row["back_due"])
        if ends > ledger.today + timedelta(days=ahead):
            continue
        name = row["person"] or masking.name(row["visitor"], row["visit_day"], masking.shown_since(ledger))
        text = say("gate.due.goods", goods=row["words"], name=name, day=ends)
        state = "overdue" if ends < ledger.today else "soon"
        line = f"logi gate back {row['number']} --by {who(ledger)} --at INSTANT"
        yield Due(state, "gate.rule.goods", row["number"], text, ends, line, LAW)


def _fast(ledger: "Ledger") -> Iterator[Due]:
    for row in store_traffic.untold(ledger.db):
        day = date.fromisoformat(row["on_day"])
        limit = speed_limit(ledger, day)
        text = say("gate.due.fast", plate=row["plate"], speed=Milli(row["speed_milli"]), limit=limit, day=day)
        line = f"logi gate told {row['number']} TEXT --by {who(ledger)}"
        yield Due("overdue", "gate.rule.fast", row["number"], text, day, line, "GAT-05 gate.speed_limit")


def _papers(ledger: "Ledger", ahead: int) -> Iterator[Due]:
    """Guards without a certificate that holds: nobody vouches for who keeps the gate."""
    notice = timedelta(days=max(ahead, int(school.policy(ledger, "school.certificate_notice_days", ledger.today))))
    for row in store_guards.guards(ledger.db, ledger.today):
        ends = date.fromisoformat(row["expires_on"]) if row["expires_on"] else None
        state = guard_report.certified(ledger, row, ledger.today)
        if state == "valid" and ends is not None and ends <= ledger.today + notice:
            state = "expiring"
        if state == "valid":
            continue
        how = {"none": "orphaned", "expired": "overdue", "expiring": "expiring"}[state]
        line = f"logi gate guard renew {row['code']} --certificate NO --issued DAY"
        yield Due(how, "gate.rule.certificate", row["code"], say(f"gate.due.{state}", name=row["name"], day=ends), ends, line,
                  "GAT-06")  # fmt: skip


def _lessons(ledger: "Ledger") -> Iterator[Due]:
    """Guards long without training or without a look at their post; new ones have as long from their first day."""
    today = ledger.today
    least = int(school.policy(ledger, "gate.pass_score", today))
    for kind, name, verb in (("training", "gate.training_days", "train TOPIC --who {code}"),
                             ("supervision", "gate.supervision_days", "supervise {code}")):  # fmt: skip
        limit = (today - timedelta(days=int(school.policy(ledger, name, today)))).isoformat()
        last = store_guards.last_days(ledger.db, kind, today, least if kind == "training" else 0)
        for row in store_guards.guards(ledger.db, today):
            done = last.get(row["person_id"])
            if max(done or "", row["from_day"]) < limit:
                text = say(f"gate.due.{kind}", name=row["name"], day=date.fromisoformat(done) if done else None)
                line = f"logi gate {verb.format(code=row['code'])} --by PERSON"
                yield Due("missing", f"gate.rule.{kind}", row["code"], text, None, line, f"GAT-04 {name}")


def _faults(ledger: "Ledger", ahead: int) -> Iterator[Due]:
    for row in store_guards.events(ledger.db, date.min, ledger.today):
        if row["faults"] is None or row["settled_on"]:
            continue
        ends = date.fromisoformat(row["due_on"])
        if ends <= ledger.today + timedelta(days=ahead):
            text = say("gate.due.fault", faults=guard_report.faults_text(row["faults"]),
                       names=guard_report.names_of(ledger, row["number"]))  # fmt: skip
            yield Due("overdue" if ends < ledger.today else "soon", "gate.rule.fault", row["number"], text, ends,
                      f"logi gate settle {row['number']} TEXT --by PERSON", "GAT-04")  # fmt: skip


def _post(ledger: "Ledger") -> Iterator[Due]:
    """Guards are there and nobody took the gate over, or one has been on post for longer than a shift may last."""
    guards = store_guards.guards(ledger.db, ledger.today)
    last = store_guards.last_shift(ledger.db)
    if not guards or (last is not None and last["taker_id"] is None):
        return
    line = "logi gate handover PERSON --at INSTANT"
    if last is None:
        yield Due("missing", "gate.rule.post", guards[0]["code"], say("gate.due.nobody"), None, line, "GAT-06")
        return
    hours = rules.hours_before(last["on_day"], last["at_time"], ledger.today)
    longest = int(school.policy(ledger, "gate.shift_hours", ledger.today))
    if hours > longest:
        day = date.fromisoformat(last["on_day"])
        text = say("gate.due.long", name=last["taker"], day=day, time=last["at_time"], hours=hours, longest=longest)
        yield Due("overdue", "gate.rule.post", last["number"], text, day, line, "GAT-06 gate.shift_hours")
