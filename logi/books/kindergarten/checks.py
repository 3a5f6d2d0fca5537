"""What is missing or overdue in the kindergarten: keepers, broken toys, checklists before an event, notices, who leads."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi import journal
from logi.books.kindergarten import canteen, listing, notice_actions, rules, school, store
from logi.core.answers import Word
from logi.core.due import Due, Finding
from logi.core.messages import say, shown

if TYPE_CHECKING:
    from logi.db import Ledger


def due(ledger: "Ledger", ahead: int) -> list[Due]:
    """Nothing for a school that keeps no activity areas."""
    found = [*_events(ledger, ahead)]
    if not store.areas(ledger.db, ledger.today):
        return found
    found += [*_keepers(ledger), *_toys(ledger)]
    if school.calendar(ledger).term_of(ledger.today) is not None:
        found += [*_menu(ledger), *_notices(ledger), *_lead(ledger)]
    return found


def verify(db: store.Db) -> list[Finding]:
    """Numbers were given, no toy has fewer pieces than none."""
    numbered = [*store.events(db, date.min, date.max), *store.notices(db, date.min, date.max)]
    found = [Finding(say("kindergarten.finding.number", number=row["number"]), row["entry"]) for row in numbered
             if journal.number_of(db, row["number"]) is None]  # fmt: skip
    facts = store.mends(db, date.max)
    found += [Finding(say("kindergarten.finding.toy", code=toy["code"]), toy["entry"]) for toy in store.toys(db)
              if rules.below(toy["pieces"], facts.get(toy["id"], ())) is not None]  # fmt: skip
    return found


def _keepers(ledger: "Ledger") -> Iterator[Due]:
    for row in store.areas(ledger.db, ledger.today):
        if row["keeper"] is None or (row["keeper_left"] and row["keeper_left"] <= ledger.today.isoformat()):
            text = say("kindergarten.due.keeper", name=row["name"])
            yield Due("orphaned", "kindergarten.rule.keeper", row["code"], text, None,
                      f"logi kindergarten area edit {row['code']} --keeper PERSON", "KGN-04")  # fmt: skip


def _toys(ledger: "Ledger") -> Iterator[Due]:
    """Toys that are broken for longer than the policy allows."""
    days = timedelta(days=int(school.policy(ledger, "kindergarten.mend_days", ledger.today)))
    for row in listing.toys(ledger, ledger.today, broken=True).rows:
        if row["since"] + days < ledger.today:
            text = say("kindergarten.due.broken", name=row["name"], count=row["broken"], since=row["since"])
            line = f"logi show {row['slip']}" if row["slip"] else f"logi kindergarten toy mend {row['code']} --by PERSON"
            yield Due("overdue", "kindergarten.rule.toys", row["code"], text, row["since"] + days, line,
                      "KGN-01 kindergarten.mend_days")  # fmt: skip


def _events(ledger: "Ledger", ahead: int) -> Iterator[Due]:
    """What an event still needs, by when; events that were held and not closed."""
    today = ledger.today
    for row in store.events(ledger.db, date.min, today + timedelta(days=max(ahead, 30))):
        if row["closed_on"] or row["dropped_why"]:
            continue
        day, lines = date.fromisoformat(row["on_day"]), store.needs(ledger.db, row["id"])
        left = [line for line in lines if not line["done_on"]]
        ends = min([date.fromisoformat(line["due_on"]) for line in left], default=day)
        lacking = [Word.of("kindergarten.need", kind) for kind in rules.NEEDS if kind not in {line["kind"] for line in lines}]
        if left and ends <= today + timedelta(days=ahead):
            todo = shown([line["words"] for line in left[:6]])
            text = say("kindergarten.due.needs", title=row["title"], day=day, left=todo)
            line = f"logi kindergarten event done {row['number']} {left[0]['n']} --by {left[0]['owner_code'] or 'PERSON'}"
            state = "overdue" if ends < today else "soon"
            yield Due(state, "kindergarten.rule.event", row["number"], text, ends, line, "KGN-02")
        elif lacking and day <= today + timedelta(days=ahead):
            text = say("kindergarten.due.lacking", title=row["title"], kinds=lacking)
            line = f"logi kindergarten event need {row['number']} {lacking[0]} TEXT"
            yield Due("missing", "kindergarten.rule.event", row["number"], text, day, line, "KGN-02")
        elif day < today:
            text = say("kindergarten.due.unclosed", title=row["title"], day=day)
            line = f"logi kindergarten event close {row['number']} --outcome TEXT --by {row['leader_code']}"
            yield Due("overdue", "kindergarten.rule.event", row["number"], text, day, line, "KGN-02")


def _menu(ledger: "Ledger") -> Iterator[Due]:
    """The canteen has a menu for this week, and families were not told of it."""
    since, until = notice_actions.week_of(ledger.today)
    if canteen.dishes(ledger.db, since, until) and not store.menu_told(ledger.db, since, until):
        text = say("kindergarten.due.menu", since=since, until=until)
        yield Due("missing", "kindergarten.rule.notice", f"{since}", text, since,
                  f"logi kindergarten notice menu --since {since} --until {until} --by PERSON", "KGN-03")  # fmt: skip


def _notices(ledger: "Ledger") -> Iterator[Due]:
    """Fees and safety: so many days without a notice in term."""
    for kind, line in (("fees", "fees"), ("safety", "safety TITLE TEXT")):
        name = f"kindergarten.{kind}_days"
        limit = ledger.today - timedelta(days=int(school.policy(ledger, name, ledger.today)))
        last = store.last_notice(ledger.db, kind, ledger.today)
        if last is None or last["on_day"] < limit.isoformat():
            text = say("kindergarten.due.notice", kind=Word.of("kindergarten.notice", kind),
                       day=date.fromisoformat(last["on_day"]) if last is not None else None)  # fmt: skip
            yield Due("missing", "kindergarten.rule.notice", kind, text, None,
                      f"logi kindergarten notice {line} --by PERSON", f"KGN-03 {name}")  # fmt: skip


def _lead(ledger: "Ledger") -> Iterator[Due]:
    """Nobody leads safety education, or none was held for long."""
    lead = store.lead_on(ledger.db, ledger.today)
    if lead is None:
        yield Due("orphaned", "kindergarten.rule.lead", "kindergarten", say("kindergarten.due.lead"), None,
                  "logi kindergarten lead PERSON", "KGN-06")  # fmt: skip
        return
    name = "kindergarten.lesson_days"
    since = ledger.today - timedelta(days=int(school.policy(ledger, name, ledger.today)))
    words = list(school.policy(ledger, "kindergarten.audience", ledger.today))
    if max(since.isoformat(), lead["from_day"]) == since.isoformat() and not listing.taught(ledger, since, ledger.today, words):
        text = say("kindergarten.due.lesson", name=lead["name"], since=since)
        yield Due("missing", "kindergarten.rule.lead", lead["code"], text, None,
                  f"logi safety hold lesson TOPIC --class {words[0]} --by {lead['code']}", f"KGN-06 {name}")  # fmt: skip
