"""The verbs of the attendance and discipline log, and of commendation, criticism and reward."""

from datetime import date
from typing import Any

from logi.books.people import assess_actions, check, school, store_assess
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry

CONDUCT, NOTICE = "people.conduct", "people.notice"


def mark(e: Entry, kind: str, who: str, *, by: str, minutes: int | None = None, note: str | None = None,
         on: date | None = None) -> Confirmation:  # fmt: skip
    """Note that somebody came late, left early, was absent, on leave, off their post, or broke a rule."""
    day = e.happened(on or e.today)
    person, writer = school.person(e, who), school.person(e, by)
    if kind == "breach" and not note:
        raise Usage("people.breach_of_what")
    there = [row for row in store_assess.conduct(e.db, day, day, person["id"]) if row["kind"] == kind]
    if there and kind != "breach":
        raise Refused("people.marked_already", person=person["name"], kind=Word.of(CONDUCT, kind), day=day)
    e.insert("people_conduct", on_day=day, person_id=person["id"], kind=kind, minutes=minutes, by_id=writer["id"], note=note)
    points = int(school.policy(e, "staff.conduct_points", day).get(kind, 0))
    e.subject = person["code"]
    facts = {"name": person["name"], "kind": Word.of(CONDUCT, kind), "minutes": minutes, "on": day, "by": writer["name"],
             "points": points, "note": note}  # fmt: skip
    return Confirmation("staff.mark", person["code"], facts=facts)


def notice(e: Entry, kind: str, who: str, words: str, *, unit: bool = False, round_no: str | None = None,
           run: str | None = None, basis: str | None = None, doc: str | None = None, amount: int | None = None,
           on: date | None = None) -> Confirmation:  # fmt: skip
    """Commend, criticise or reward somebody (or a department); it rests on a closed round, an inspection, or what is said."""
    day = e.happened(on or e.today)
    row = school.department(e, who) if unit else school.person(e, who)
    if (kind == "reward") != (amount is not None):
        raise Usage("people.reward_amount")
    if not (round_no or run or basis):
        raise Usage("people.rests_on_nothing")
    number_of_round = _rests_on(e, round_no, row, unit, kind, day) if round_no else None
    if run is not None and check.numbered(e.db, run.upper()) is None:
        raise NotFound("people.no_run", number=run)
    number = e.number("BZ", str(day.year), book="people", kind="notice")
    e.insert("people_notice", on_day=day, number=number, kind=kind, words=words, round=number_of_round,
             run=run.upper() if run else None, basis=basis, doc_no=doc, amount_fen=amount,
             **{"department_id" if unit else "person_id": row["id"]})  # fmt: skip
    facts = {"kind": Word.of(NOTICE, kind), "name": row["name"], "words": words, "on": day,
             "basis": [one for one in (number_of_round, run, basis) if one],
             "amount": Fen(amount) if amount is not None else None}  # fmt: skip
    return Confirmation("staff.notice", number, facts=facts)


def _rests_on(e: Entry, number: str, row: Any, unit: bool, kind: str, day: date) -> str:
    """The number of the closed round, in which whoever is named was assessed; what does not fit the grade is told."""
    from logi.books.people import reckoning

    found = assess_actions.round_(e, number)
    if found["closed_on"] is None or found["closed_on"] > day.isoformat():
        raise Refused("people.round_open", number=found["number"])
    key = "department_id" if unit else "person_id"
    mine = [one for one in store_assess.subjects(e.db, found["id"]) if one[key] == row["id"]]
    if not mine:
        raise Refused("people.not_assessed", number=found["number"], name=row["name"])
    grade = next((one.grade for one in reckoning.standings(e, found) if one.subject_id == mine[0]["id"]), None)
    if (kind == "criticise" and grade in ("excellent", "good")) or (kind != "criticise" and grade in ("pass", "fail")):
        e.warn("people.odd_notice", name=row["name"], grade=Word.of("people.grade", grade), kind=Word.of(NOTICE, kind))
    return str(found["number"])
