"""What is missing or runs out among the staff, and what must always hold."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.people import assess_checks, assessing, school, standing, store, store_assess, store_voices, voice_checks
from logi.core.answers import Milli
from logi.core.due import Due, Finding
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Certificates that end, departments that trained too long ago, tests failed, hours short of the target."""
    found = [*_certificates(ledger, days)]
    if store.begun_on(ledger.db) is not None:  # nothing is asked of a school that does not keep this book yet
        found += [*_rounds(ledger, days), *_retests(ledger), *_hours(ledger)]
    return [*found, *voice_checks.due(ledger, days), *assess_checks.due(ledger, days)]


def verify(db: store.Db) -> list[Finding]:
    """Every number on record was given; nobody was at a training, or tested after one, that there is not."""
    there = {row["number"]: row for row in store.trainings(db, date.min, date.max)}
    found = [Finding(say("people.finding.number", number=number), row["entry"])
             for number, row in there.items() if journal.number_of(db, number) is None]  # fmt: skip
    rounds = store_assess.rounds(db)
    found += [Finding(say("people.finding.total", number=row["number"]), row["entry"])
              for row in rounds if not _adds_up(db, row)]  # fmt: skip
    others = [*rounds, *store_assess.notices(db), *store_voices.surveys(db), *store_voices.opinions(db),
              *store_voices.visits(db)]  # fmt: skip
    found += [Finding(say("people.finding.number", number=row["number"]), row["entry"])
              for row in others if journal.number_of(db, row["number"]) is None]  # fmt: skip
    seen = {row["number"] for row in store_voices.visits(db)}
    found += [Finding(say("people.finding.visit", number=row["number"], visit=row["visit"]), row["entry"])
              for row in store_voices.opinions(db) if row["visit"] and row["visit"] not in seen]  # fmt: skip
    return found + [Finding(say("people.finding.training", number=row["number"], person=row["name"]), row["entry"])
                    for row in store.results(db) if row["number"] not in there]  # fmt: skip


def _adds_up(db: store.Db, row: Any) -> bool:
    """Whether the totals that closing a round stored are those of the items it stored."""
    items = {item["id"]: item for item in store_assess.items(db, row["scheme_id"])}
    whole: dict[int, int | None] = {}
    parts: dict[int, list[assessing.Mark]] = {}
    for one in store_assess.results(db, row["id"]):
        if one["item_id"] is None:
            whole[one["subject_id"]] = one["score_milli"]
        else:
            item = items[one["item_id"]]
            mark = assessing.Mark(item["id"], item["aspect"], None, item["weight"], one["score_milli"])
            parts.setdefault(one["subject_id"], []).append(mark)
    return all(assessing.total(parts.get(subject, ())) == total for subject, total in whole.items())


def _certificates(ledger: "Ledger", days: int) -> Iterator[Due]:
    today = ledger.today
    notice = max(int(school.policy(ledger, "staff.certificate_days", today)), days)
    for one in standing.papers(ledger, today):
        state = standing.state_of(one, today, notice)
        if one.book != "people" or state == "good":  # other books ask for their own
            continue
        text = say(f"people.rule.{state}.text", person=one.person, kind=one.kind, no=one.no, until=one.until)
        how = "overdue" if state == "expired" else "expiring"
        yield Due(how, "people.rule.certificate", one.code, text, one.until, one.command, "staff.certificate_days")


def _rounds(ledger: "Ledger", days: int) -> Iterator[Due]:
    horizon = ledger.today + timedelta(days=days)
    for one in standing.rounds(ledger, ledger.today):
        if one.due > horizon:
            continue
        name = one.department["name"]
        text = say("people.rule.round.text", department=name, last=one.last, due=one.due)
        line = f"logi staff train TOPIC --department {name} --mode school --trainer PERSON --hours N"
        state = "overdue" if one.state == "late" else "soon"
        yield Due(state, "people.rule.round", one.department["code"], text, one.due, line, "STF-10 staff.training_months")


def _retests(ledger: "Ledger") -> Iterator[Due]:
    wait = int(school.policy(ledger, "staff.retest_days", ledger.today))
    for number, row in standing.retests(ledger):
        day = date.fromisoformat(row["on_day"]) + timedelta(days=wait)
        text = say("people.rule.retest.text", number=number, person=row["name"], points=Milli(row["score_milli"]), due=day)
        yield Due("overdue" if day < ledger.today else "soon", "people.rule.retest", number, text, day,
                  f"logi staff examine {number} {row['code']}=N", "staff.retest_days")  # fmt: skip


def _hours(ledger: "Ledger") -> Iterator[Due]:
    """Asked for only when the school year nears its end."""
    today = ledger.today
    first, last = standing.year_of(today)
    notice = int(school.policy(ledger, "staff.hours_notice_days", today))
    target = standing.target(ledger, today)
    if today + timedelta(days=notice) < last:
        return
    here: dict[int, Any] = {row["id"]: row for row in standing.staff(ledger, today)}
    for one in standing.hours(ledger, first, today):
        if one.person["id"] in here and one.total < target:
            facts = {"person": one.person["name"], "hours": Milli(one.total), "target": Milli(target)}
            text = say("people.rule.hours.text", due=last, **facts)
            line = f"logi staff study TOPIC --by {one.person['code']} --hours {_shown(target - one.total)}"
            yield Due("missing", "people.rule.hours", one.person["code"], text, last, line, "STF-06 staff.hours_target")


def _shown(milli: int) -> str:
    from logi.core.messages import quantity_text

    return quantity_text(milli)
