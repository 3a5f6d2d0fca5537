"""What is due among the papers, and what must always hold of them."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.paper import leading, rules, school, standing, store, store_kept
from logi.core.answers import Word
from logi.core.days import school_year_of, school_year_period
from logi.core.due import Due, Finding
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

COMMANDS = {
    "regulation": "logi paper add TITLE --kind regulation --area {area} --from DAY",
    "post": "logi paper area set {area} --post TEXT --owner PERSON",
    "person": "logi paper area set {area} --owner PERSON",
}


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Regulations to look at, areas that lack something, requirements unanswered, contracts, ledgers, volumes, handbooks."""
    until = ledger.today + timedelta(days=days)
    return [*_reviews(ledger, until), *_trials(ledger, until), *_areas(ledger), *leading.due(ledger), *_answers(ledger),
            *_measures(ledger, until), *_contracts(ledger, until), *_ledgers(ledger), *_volumes(ledger, until),
            *_handbooks(ledger)]  # fmt: skip


def verify(db: sqlite3.Connection) -> list[Finding]:
    """Of one document one version stands; chapters are numbered from one without a gap."""
    found = [
        Finding(say("paper.torn.versions", one=one["code"], other=other["code"]), max(one["entry"], other["entry"]))
        for one, other in store.torn_versions(db)
    ]
    for row in store.documents(db):
        numbers = [one["n"] for one in store.chapters(db, row["id"])]
        if numbers != list(range(1, len(numbers) + 1)):
            found.append(Finding(say("paper.torn.chapters", number=row["code"]), row["entry"]))
    return found


def _reviews(ledger: "Ledger", until: date) -> Iterator[Due]:
    for one in standing.to_review(ledger, until):
        code = one.row["code"]
        source, called = (one.source["code"], one.source["name"]) if one.source else (None, None)
        facts = {"number": code, "title": one.row["name"], "day": one.day, "source": source, "called": called}
        state = "soon" if one.day > ledger.today else "overdue"
        command = f"logi paper review {code} --outcome keep --by PERSON"
        if one.why == "experience":
            draft = _draft(ledger, one.row)
            command = f"logi paper adopt {draft} --from DAY" if draft else f"logi paper revise {code} --file FILE"
        yield Due(state, f"paper.rule.{one.why}", code, say(f"paper.due.{one.why}", **facts), one.day, command,
                  {"source": "AST-25", "experience": "DOC-15", "time": "AST-09"}[one.why])  # fmt: skip


def _draft(ledger: "Ledger", row: store.Row) -> str | None:
    """The draft that waits to take a regulation's place."""
    newest = store.versions(ledger.db, row["root"])[-1]
    return str(newest["code"]) if standing.on(newest, ledger.today) == "draft" else None


def _trials(ledger: "Ledger", until: date) -> Iterator[Due]:
    for row in store.documents(ledger.db):
        stood = rules.span(row)
        if stood.trial and not stood.since and not stood.ended and stood.until and stood.until <= until:
            state = "overdue" if stood.until < ledger.today else "expiring"
            text = say("paper.due.trial", number=row["code"], title=row["name"], day=stood.until)
            command = f"logi paper adopt {row['code']} --from DAY"
            yield Due(state, "paper.rule.trial", row["code"], text, stood.until, command, "DOC-01")


def _areas(ledger: "Ledger") -> Iterator[Due]:
    for one in standing.coverage(ledger, ledger.today):
        if one.lacks:
            lacks = [Word.of("paper.lack", lack) for lack in one.lacks]
            area = title("paper.area", one.area)
            state = "orphaned" if one.lacks == ["person"] else "missing"
            text = say("paper.due.area", area=area, lacks=lacks)
            line = COMMANDS[one.lacks[0]].format(area=one.area)
            yield Due(state, "paper.rule.area", Word.of("paper.area", one.area), text, None, line, "DOC-06")


def _answers(ledger: "Ledger") -> Iterator[Due]:
    allowed = timedelta(days=int(school.policy(ledger, "paper.answer_days", ledger.today)))
    for row in standing.unlaid(ledger, ledger.today):
        by = date.fromisoformat(row["on_day"]) + allowed
        if by < ledger.today:
            text = say("paper.due.unlaid", number=row["code"], title=row["name"], day=by)
            yield Due("missing", "paper.rule.answer", row["code"], text, by, f"logi paper require {row['code']} TEXT", "DOC-17")
    for row in standing.unanswered(ledger):
        text = say("paper.due.unanswered", point=row["code"], asked=row["words"], title=row["doc_name"])
        command = f"logi paper measure add {row['code']} TEXT --owner PERSON --due DAY"
        yield Due("missing", "paper.rule.answer", row["code"], text, None, command, "DOC-17")


def _measures(ledger: "Ledger", until: date) -> Iterator[Due]:
    for row in store_kept.measures(ledger.db):
        state, code = rules.measure_state(row, ledger.today), row["code"]
        facts = {"number": code, "measure": row["name"], "owner": row["owner"], "point": row["point"]}
        day = rules.as_day(row["due_on"])
        if state in ("open", "overdue") and (row["owner"] is None or (row["owner_left"] or "9999") <= ledger.today.isoformat()):
            yield Due("orphaned", "paper.rule.owner", code, say("paper.due.owner", **facts), day,
                      f"logi paper measure edit {code} --owner PERSON", "DOC-03")  # fmt: skip
        elif state in ("open", "overdue") and day and day <= until:
            yield Due("overdue" if state == "overdue" else "soon", "paper.rule.measure", code,
                      say("paper.due.measure", day=day, **facts), day, f"logi paper measure done {code} --evidence NUMBER",
                      "DOC-10")  # fmt: skip
        elif row["evidence"] and state in ("done", "verified") and not standing.proves(ledger, row["evidence"]):
            text = say("paper.due.evidence", evidence=row["evidence"], **facts)
            yield Due("missing", "paper.rule.evidence", code, text, None, f"logi show {row['evidence']}", "DOC-17")
        elif state == "done":
            yield Due("missing", "paper.rule.verified", code, say("paper.due.verified", **facts), rules.as_day(row["done_on"]),
                      f"logi paper measure verify {code} --by PERSON", "DOC-17")  # fmt: skip


def _contracts(ledger: "Ledger", until: date) -> Iterator[Due]:
    notice = timedelta(days=int(school.policy(ledger, "paper.contract_days", ledger.today)))
    horizon = max(until, ledger.today + notice)
    for row in store.documents(ledger.db):
        stood = rules.span(row)
        if row["kind"] != "contract" or stood.ended or stood.until is None or stood.until > horizon:
            continue
        state = "overdue" if stood.until < ledger.today else "expiring"
        text = say("paper.due.contract", number=row["code"], title=row["name"], day=stood.until, vendor=row["vendor"])
        yield Due(state, "paper.rule.contract", row["code"], text, stood.until, f"logi paper revise {row['code']}", "DOC-02")


def _ledgers(ledger: "Ledger") -> Iterator[Due]:
    for one in standing.ledgers(ledger, ledger.today):
        code = one.row["code"]
        if one.row["keeper"] is None or (one.row["keeper_left"] or "9999") <= ledger.today.isoformat():
            yield Due("orphaned", "paper.rule.keeper", code, say("paper.due.keeper", code=code, name=one.row["name"]), None,
                      f"logi paper ledger edit {code} --keeper PERSON", "DOC-05")  # fmt: skip
        if one.state == "stale":
            text = say("paper.due.ledger", code=code, name=one.row["name"], last=one.last,
                       frequency=Word.of("paper.frequency", one.row["frequency"]))  # fmt: skip
            command = f"logi {one.row['book'].partition('.')[0]}" if one.row["book"] else f"logi paper ledger write {code}"
            yield Due("missing", "paper.rule.ledger", code, text, one.fresh_until, command, "DOC-05")


def _volumes(ledger: "Ledger", until: date) -> Iterator[Due]:
    month_day = str(school.policy(ledger, "paper.archive_by", ledger.today))
    rows = store_kept.volumes(ledger.db)
    for row in rows:
        by = rules.archive_deadline(row["year"], month_day)
        if row["handed_on"] is None and by <= until:
            text = say("paper.due.volume", code=row["code"], title=row["name"], day=by)
            yield Due("overdue" if by < ledger.today else "soon", "paper.rule.volume", row["code"], text, by,
                      f"logi paper volume hand {row['code']} --to NAME", "DOC-04")  # fmt: skip
    year = school_year_of(ledger.today)
    for one in (year - 1, year):
        by = rules.archive_deadline(one, month_day)
        filed = any(row["year"] == one for row in rows)
        if by <= until and not filed and _kept_in(ledger, one):
            text = say("paper.due.unfiled", year=f"{one}-{one + 1}", day=by)
            yield Due("overdue" if by < ledger.today else "soon", "paper.rule.volume", f"{one}", text, by,
                      f"logi paper volume add TITLE --category CATEGORY --school-year {one}", "DOC-04")  # fmt: skip


def _kept_in(ledger: "Ledger", year: int) -> bool:
    """Whether the book was kept in a school year: it gave numbers in it."""
    period = school_year_period(year)
    return store.kept_between(ledger.db, period.since, period.until)


def _handbooks(ledger: "Ledger") -> Iterator[Due]:
    held = store.chaptered(ledger.db)
    for row in store.documents(ledger.db):
        if row["kind"] != "handbook" or not standing.stands(row, ledger.today):
            continue
        changed = standing.handbook_changed(ledger, row, held.get(row["id"], []))
        if changed:
            text = say("paper.due.handbook", number=row["code"], title=row["name"], given=changed[0], day=changed[1])
            yield Due("missing", "paper.rule.handbook", row["code"], text, changed[1],
                      f"logi paper issue {row['code']} --to DEPT", "DOC-02")  # fmt: skip
