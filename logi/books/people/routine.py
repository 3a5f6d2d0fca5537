"""The people book's part of the calendar of recurring duties: trainings, surveys, visits to classes, assessments."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.people import rules, school, standing, store_assess, store_voices
from logi.core.messages import say
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger

LENGTHS = {1: "monthly", 3: "quarterly", 6: "termly", 12: "yearly"}


def duties(ledger: "Ledger") -> list[Routine]:
    """What the book asks for again and again, each once it is kept."""
    return [*_trainings(ledger), *_surveys(ledger), *_visits(ledger), *_assessments(ledger)]


def _trainings(ledger: "Ledger") -> Iterator[Routine]:
    months = int(school.policy(ledger, "staff.training_months", ledger.today))
    for one in standing.rounds(ledger, ledger.today):
        name = one.department["name"]
        yield Routine(LENGTHS.get(months, "occasion"), one.department["code"], say("people.routine.train", department=name),
                      None, None, one.last, one.due,
                      f"logi staff train TOPIC --department {name} --mode school --trainer PERSON --hours N")  # fmt: skip


def _surveys(ledger: "Ledger") -> Iterator[Routine]:
    rounds = store_voices.surveys(ledger.db, until=ledger.today)
    if not rounds:
        return
    last = date.fromisoformat(rounds[-1]["on_day"])
    ends = [term.ends_on for term in school.calendar(ledger).terms if term.starts_on > last or term.ends_on >= ledger.today]
    coming = [day for day in ends if day > last + timedelta(days=60)]
    yield Routine("termly", "survey", say("people.rule.survey").rstrip(".。"), None, None, last, min(coming, default=None),
                  "logi survey open NAME")  # fmt: skip


def _visits(ledger: "Ledger") -> Iterator[Routine]:
    visits = store_voices.visits(ledger.db, until=ledger.today)
    if not visits:
        return
    last = date.fromisoformat(visits[-1]["on_day"])
    by = school.who(ledger.db, ledger.today, visits[-1]["by_id"])
    coming = last + timedelta(days=int(school.policy(ledger, "opinion.visit_days", ledger.today)))
    inside = school.calendar(ledger).term_of(coming) is not None
    yield Routine("monthly", "class-visit", say("people.rule.visit").rstrip(".。"), None, None if by == "PERSON" else by, last,
                  coming if inside else None, f"logi opinion visit CLASS --by {by}")  # fmt: skip


def _assessments(ledger: "Ledger") -> Iterator[Routine]:
    months = int(school.policy(ledger, "staff.assess_months", ledger.today))
    rounds = store_assess.rounds(ledger.db, ledger.today)
    for row in store_assess.schemes(ledger.db):
        if row["ended_on"] and row["ended_on"] <= ledger.today.isoformat():
            continue
        ends = [one["until_day"] for one in rounds if one["scheme_id"] == row["id"]]
        last = date.fromisoformat(max(ends)) if ends else None
        due = rules.after_months(last or date.fromisoformat(row["from_day"]), months)
        yield Routine(LENGTHS.get(months, "occasion"), row["code"], row["name"], None, None, last, due,
                      f"logi staff assess open {row['code']} --from DAY --to DAY")  # fmt: skip
