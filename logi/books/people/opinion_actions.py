"""The verbs of what people say: put on record, answered, adopted and carried out; visits to classes."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from logi import journal
from logi.books.people import school, store_voices, survey_actions, voices
from logi.core.answers import Confirmation, Word
from logi.core.calendar import SchoolCalendar
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry

KIND, PARTY, AREA = "people.opinion", "people.party", "people.area"
JUDGED = ("suggestion", "improvement")  # kinds whose answer says whether it is adopted


def add(e: Entry, words: str, *, kind: str = "opinion", party: str = "members", area: str = "other", said_by: str | None = None,
        owner: str | None = None, survey: str | None = None, visit: str | None = None,
        on: date | None = None) -> Confirmation:  # fmt: skip
    """Put on record what somebody said: opinion, complaint, suggestion, need; or what a survey asks to improve."""
    day = e.happened(on or e.today)
    if (kind == "improvement") != (survey is not None):
        raise Usage("people.improvement_of_survey")
    asked = survey_actions.survey(e, survey) if survey else None
    person, name = _speaker(e, said_by)
    answerer = school.person(e, owner) if owner else None
    number, due = _write(e, words, kind=kind, party=party, area=area, name=name, person=person, day=day, visit=visit,
                         owner=answerer, survey_id=asked["id"] if asked else None)  # fmt: skip
    facts = {"kind": Word.of(KIND, kind), "words": words, "party": Word.of(PARTY, party), "who": name,
             "area": Word.of(AREA, area), "on": day, "due": due}  # fmt: skip
    return Confirmation("opinion.add", number, facts=facts)


def answer(e: Entry, number: str, text: str, *, by: str, verdict: str | None = None, due: date | None = None,
           evidence: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Reply; a suggestion is adopted (to be carried out by a day) or declined. How many workdays it took is told."""
    day = e.happened(on or e.today)
    row = opinion(e, number)
    if row["answered_on"]:
        raise Refused("people.answered", number=row["number"], on=date.fromisoformat(row["answered_on"]))
    said = date.fromisoformat(row["on_day"])
    if day < said:
        raise Refused("people.answered_before", number=row["number"], on=said, day=day)
    if row["kind"] in JUDGED and verdict is None:
        raise Usage("people.verdict_wanted", kind=Word.of(KIND, row["kind"]))
    if due is not None and verdict != "adopted":
        raise Usage("people.due_of_adopted")
    if verdict == "adopted":
        due = due or day + timedelta(days=int(school.policy(e, "opinion.adopt_days", day)))
        if due < day:
            raise Refused("people.due_past", day=day, due=due)
    person = school.person(e, by)
    e.update("people_opinion", row["id"], answered_on=day, answer=text, answered_by=person["id"], verdict=verdict, due_on=due,
             evidence=_known(e, evidence))  # fmt: skip
    took = voices.workdays_taken(school.calendar(e), said, day)
    allowed = int(school.policy(e, "opinion.answer_workdays", said))
    if took > allowed:
        e.warn("people.answered_late", took=took, allowed=allowed)
    e.subject = row["number"]
    facts = {"words": row["words"], "answer": text, "by": person["name"], "on": day, "workdays": took,
             "verdict": Word.of("people.verdict", verdict) if verdict else None, "due": due}  # fmt: skip
    return Confirmation("opinion.answer", row["number"], facts=facts)


def done(e: Entry, number: str, text: str, *, evidence: str | None = None, on: date | None = None) -> Confirmation:
    """What was adopted is carried out."""
    day = e.happened(on or e.today)
    row = opinion(e, number)
    if row["verdict"] != "adopted":
        raise Refused("people.not_adopted", number=row["number"])
    if row["done_on"]:
        raise Refused("people.done_already", number=row["number"], on=date.fromisoformat(row["done_on"]))
    if day.isoformat() < row["answered_on"]:
        raise Refused("people.answered_before", number=row["number"], on=date.fromisoformat(row["answered_on"]), day=day)
    e.update("people_opinion", row["id"], done_on=day, done=text, evidence=_known(e, evidence) or row["evidence"])
    e.subject = row["number"]
    facts = {"words": row["words"], "done": text, "on": day, "due": date.fromisoformat(row["due_on"])}
    return Confirmation("opinion.done", row["number"], facts=facts)


def visit(e: Entry, class_: str, *, by: str, heads: int | None = None, opinions: Sequence[str] = (),
          complaints: Sequence[str] = (), suggestions: Sequence[str] = (), needs: Sequence[str] = (), area: str = "other",
          on: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Somebody went into a class and listened; whatever was said is put on record under a number of its own."""
    day = e.happened(on or e.today)
    where = school.department_for(e, class_)
    person = school.person(e, by)
    number = e.number("BJ", str(day.year), book="people", kind="visit")
    e.insert("people_visit", on_day=day, number=number, department_id=where["id"], by_id=person["id"], heads=heads, note=note)
    heard = [("opinion", opinions), ("complaint", complaints), ("suggestion", suggestions), ("need", needs)]
    given = [_write(e, words, kind=kind, party="members", area=area, name=where["name"], person=None, day=day, visit=number,
                    owner=None, survey_id=None)[0] for kind, said in heard for words in said]  # fmt: skip
    if not given:
        e.warn("people.nothing_said", number=number)
    facts = {"class": where["name"], "by": person["name"], "on": day, "heads": heads, "said": given or None}
    return Confirmation("opinion.visit", number, numbers=[number, *given], facts=facts)


def opinion(source: Any, number: str) -> Any:
    """What was said under a number; NotFound (3)."""
    row = store_voices.opinion(source.db, number)
    if row is None:
        raise NotFound("people.no_opinion", number=number)
    return row


def answer_due(source: Any, row: Any, calendar: SchoolCalendar) -> date:
    """The last day for an answer."""
    said = date.fromisoformat(row["on_day"])
    return calendar.add_workdays(said, int(school.policy(source, "opinion.answer_workdays", said)))


# -- within ----------------------------------------------------------------------------------------


def _write(e: Entry, words: str, *, kind: str, party: str, area: str, name: str | None, person: Any, day: date,
           visit: str | None, owner: Any, survey_id: int | None) -> tuple[str, date]:  # fmt: skip
    number = e.number("YJ", str(day.year), book="people", kind="opinion")
    e.insert("people_opinion", number=number, kind=kind, party=party, on_day=day, words=words, area=area, said_by=name,
             person_id=person["id"] if person is not None else None, visit=visit, survey_id=survey_id,
             owner_id=owner["id"] if owner is not None else None)  # fmt: skip
    return number, school.calendar(e).add_workdays(day, int(school.policy(e, "opinion.answer_workdays", day)))


def _speaker(e: Entry, said_by: str | None) -> tuple[Any, str | None]:
    """Somebody of the school, or anybody by name; nobody named is anonymous."""
    if said_by is None:
        return None, None
    try:
        person = school.person(e, said_by)
    except NotFound as error:
        if hasattr(error, "choices"):
            raise
        return None, said_by
    return person, str(person["name"])


def _known(e: Entry, number: str | None) -> str | None:
    """The number of a document that is there (a repair, a request); NotFound (3)."""
    if number is None:
        return None
    given = journal.number_of(e.db, number.upper())
    if given is None:
        raise NotFound("people.no_document", number=number)
    return number.upper()
