"""What the people book's printed forms are filled with."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.people import (
    actions,
    assess_actions,
    assess_report,
    opinion_actions,
    opinion_report,
    school,
    store_assess,
    store_voices,
    survey_actions,
    survey_report,
    training_report,
    voices,
)
from logi.books.people.tabling import as_day
from logi.core.answers import Fen, Milli, Word
from logi.core.errors import NotFound
from logi.core.forms import Asked, FormData, Signed
from logi.core.messages import title

if TYPE_CHECKING:
    from logi.db import Ledger


def training(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """培訓記錄: a training with everybody who came, their points, and room to sign."""
    row = actions.training(ledger, number or "")
    line = training_report.one_training(ledger, row)
    values = {**line, "mode": Word.of("people.mode", row["mode"]), "hours": Milli(row["hours_milli"]),
              "trainer_rank": Word.of("people.rank", row["rank"]) if row["rank"] else None}  # fmt: skip
    lines = [{**one, "result": Word.of("people.result", one["result"]) if one["result"] else None}
             for one in training_report.present(ledger, row["number"])]  # fmt: skip
    day = date.fromisoformat(row["on_day"])
    return FormData(row["number"], on=day, values=values, lines=lines, named={"trainer": row["trainer"]})


def certificates(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """證件到期預警: the certificates of all books on a day, those that end first first."""
    day = min(asked.since or ledger.today, ledger.today)
    lines = [{**row, "state": Word.of("people.paper", row["state"])} for row in training_report.certificates(ledger, day).rows]
    return FormData(day.isoformat(), on=day, lines=lines)


def satisfaction(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """滿意度統計表 of a round: by party and area, each party together, the three satisfied or not."""
    row = survey_actions.survey(ledger, number or "")
    rates = survey_report.rates(ledger, row["number"])
    lines = [{**one, "party": Word.of("people.party", one["party"]), "area": Word.of("people.area", one["area"]),
              "met": Word.of("people.met", one["met"]) if one["met"] else None} for one in rates.rows]  # fmt: skip
    aims = survey_actions.targets(ledger, row)
    parties = [
        {"party": Word.of("people.party", party), "valid": one.valid, "rate": one.rate, "goal": aims[party] * 10,
         "met": Word.of("people.met", "yes" if one.reaches(aims[party]) else "no")}
        for party, one in voices.by_party(store_voices.answers(ledger.db, row["id"], ledger.today)).items()
    ]  # fmt: skip
    until = as_day(row["closed_on"])
    values = {"name": row["name"], "opened_on": as_day(row["on_day"]), "closed_on": until}
    return FormData(row["number"], on=until or date.fromisoformat(row["on_day"]), lines=lines, lists={"parties": parties},
                    values=values, notes=rates.notes)  # fmt: skip


def opinion_answer(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """意見答覆表: what was said, the answer, what was done."""
    row = opinion_actions.opinion(ledger, number or "")
    line = opinion_report.one_opinion(ledger, row, school.calendar(ledger))
    words = {"kind": "people.opinion", "party": "people.party", "area": "people.area", "verdict": "people.verdict",
             "state": "people.said"}  # fmt: skip
    values = {key: Word.of(words[key], value) if key in words and value else value for key, value in line.items()}
    return FormData(row["number"], on=line["on"], values=values, named={"answerer": row["answered_name"] or row["owner"]})


def assessment(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """考核評比表 of a round: rank, points and grade of everybody, the items with their weights."""
    row = assess_actions.round_(ledger, number or "")
    lines = [{**one, "grade": Word.of("people.grade", one["grade"]) if one["grade"] else None}
             for one in assess_report.ranking_rows(ledger, row)]  # fmt: skip
    items = [{"item": Word.of("people.aspect", item["aspect"]), "words": item["words"] or title("people.norm", item["aspect"]),
              "weight": item["weight"]}
             for item in store_assess.items(ledger.db, row["scheme_id"])]  # fmt: skip
    values = {"title": row["name"], "since": as_day(row["since_day"]), "until": as_day(row["until_day"]),
              "closed_on": as_day(row["closed_on"])}  # fmt: skip
    signed = []
    if row["accepted_on"]:
        signed = [Signed("accepter", row["accepter"], as_day(row["accepted_on"]), opinion=row["accepted_note"])]
    return FormData(row["number"], on=as_day(row["closed_on"] or row["opened_on"]), values=values, lines=lines,
                    lists={"items": items}, signed=signed)  # fmt: skip


def commendation(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """表彰/批評通報: who, for what, on which ground."""
    row = store_assess.notice(ledger.db, number or "")
    if row is None:
        raise NotFound("people.no_notice", number=number or "")
    line = assess_report.one_notice(row)
    values = {**line, "kind": Word.of("people.notice", row["kind"]),
              "amount": Fen(row["amount_fen"]) if row["amount_fen"] is not None else None}  # fmt: skip
    return FormData(row["number"], on=line["on"], values=values)


FORMS = {
    "training": training, "certificates": certificates, "satisfaction": satisfaction, "opinion-answer": opinion_answer,
    "assessment": assessment, "commendation": commendation,
}  # fmt: skip
