"""What waits among surveys and opinions: terms without a survey, rounds left open, low areas, answers and visits owed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.people import opinion_actions, school, store_voices, survey_report, voices
from logi.core.answers import Word
from logi.core.due import Due
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def due(ledger: "Ledger", days: int) -> list[Due]:
    """All that waits; nothing of a kind the school does not keep yet."""
    return [*_terms(ledger), *_rounds(ledger), *_below(ledger), *_answers(ledger, days), *_visits(ledger)]


def _terms(ledger: "Ledger") -> Iterator[Due]:
    """Each term has a round with all three parties: the present one near its end, the last one until the next ends."""
    rounds = store_voices.surveys(ledger.db)
    if not store_voices.kept(ledger.db):
        return
    today = ledger.today
    notice = timedelta(days=int(school.policy(ledger, "survey.notice_days", today)))
    for term in school.calendar(ledger).terms:
        if not term.starts_on <= today <= term.ends_on + timedelta(days=180) or today < term.ends_on - notice:
            continue
        asked = [row for row in rounds if term.starts_on.isoformat() <= row["on_day"] <= (term.ends_on + notice).isoformat()]
        if asked:
            continue
        text = say("people.rule.survey.text", term=term.name, due=term.ends_on)
        state = "missing" if term.ends_on < today else "soon"
        yield Due(state, "people.rule.survey", term.code, text, term.ends_on, f"logi survey open {term.name}满意度", "SVY-01")


def _rounds(ledger: "Ledger") -> Iterator[Due]:
    """Rounds that are open too long, with the line that counts a party or closes them."""
    for row in store_voices.surveys(ledger.db):
        if row["closed_on"] is not None:
            continue
        opened = date.fromisoformat(row["on_day"])
        last = opened + timedelta(days=int(school.policy(ledger, "survey.open_days", opened)))
        parties = voices.by_party(store_voices.answers(ledger.db, row["id"]))
        lacks = [party for party in voices.PARTIES if party not in parties]
        line = f"logi survey close {row['number']}"
        if lacks:
            line = f"logi survey count {row['number']} {lacks[0]} --very N --satisfied N"
        text = say("people.rule.survey_open.text", number=row["number"], name=row["name"], due=last,
                   parties=[Word.of("people.party", party) for party in lacks] or None)  # fmt: skip
        yield Due("overdue" if last < ledger.today else "soon", "people.rule.survey_open", row["number"], text, last, line,
                  "survey.open_days")  # fmt: skip


def _below(ledger: "Ledger") -> Iterator[Due]:
    """Areas of the newest closed round that a party finds below target, and nobody set out to improve."""
    closed = [row for row in store_voices.surveys(ledger.db) if row["closed_on"]]
    if not closed:
        return
    row = closed[-1]
    taken = store_voices.improved(ledger.db, row["id"])
    for area, _ in survey_report.below(ledger, row):
        if area in taken:
            continue
        text = say("people.rule.below.text", number=row["number"], area=Word.of("people.area", area))
        line = f"logi opinion add TEXT --kind improvement --survey {row['number']} --area {area} --owner PERSON"
        yield Due("missing", "people.rule.below", row["number"], text, None, line, "SVY-03")


def _answers(ledger: "Ledger", days: int) -> Iterator[Due]:
    """What waits for an answer, and what was adopted and is not carried out."""
    calendar, today = school.calendar(ledger), ledger.today
    for row in store_voices.waiting(ledger.db):
        if row["on_day"] > today.isoformat():  # looked at from a day gone by
            continue
        number, by = row["number"], _who(ledger, row)
        facts: dict[str, Any] = {"number": number, "kind": Word.of("people.opinion", row["kind"]), "words": row["words"]}
        if row["answered_on"] is None:
            last = opinion_actions.answer_due(ledger, row, calendar)
            verdict = " --verdict VERDICT" if row["kind"] in opinion_actions.JUDGED else ""
            yield Due("overdue" if last < today else "soon", "people.rule.answer", number,
                      say("people.rule.answer.text", due=last, **facts), last,
                      f"logi opinion answer {number} TEXT --by {by}{verdict}", "SVY-02 opinion.answer_workdays")  # fmt: skip
        elif row["verdict"] == "adopted" and row["done_on"] is None:
            last = date.fromisoformat(row["due_on"])
            if last <= today + timedelta(days=days):
                yield Due("overdue" if last < today else "soon", "people.rule.adopted", number,
                          say("people.rule.adopted.text", due=last, **facts), last,
                          f"logi opinion done {number} TEXT", "STF-08")  # fmt: skip


def _visits(ledger: "Ledger") -> Iterator[Due]:
    """In term somebody goes into a class every so many days, once visits are kept."""
    rows = store_voices.visits(ledger.db, until=ledger.today)
    today = ledger.today
    term = school.calendar(ledger).term_of(today)
    if not rows or term is None:
        return
    last = date.fromisoformat(rows[-1]["on_day"])
    end = max(last, term.starts_on) + timedelta(days=int(school.policy(ledger, "opinion.visit_days", today)))
    if end < today:
        text = say("people.rule.visit.text", last=last, due=end)
        line = f"logi opinion visit CLASS --by {school.who(ledger.db, today, rows[-1]['by_id'])}"
        yield Due("missing", "people.rule.visit", rows[-1]["class_code"], text, end, line, "SVY-05 opinion.visit_days")


def _who(ledger: "Ledger", row: Any) -> str:
    return school.who(ledger.db, ledger.today, row["owner_id"])
