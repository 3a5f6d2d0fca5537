"""What `logi show` says of the people book's documents: trainings, surveys, opinions, visits, rounds, notices, pilots."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import (
    assess_report,
    opinion_report,
    organ_report,
    school,
    store,
    store_assess,
    store_organ,
    store_voices,
    survey_report,
    training_report,
)
from logi.books.people.tabling import card, table
from logi.core.answers import Fen, Milli, Table, Word
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

HEARD = "number:code kind:word:people.opinion words answer state:word:people.said"
PRESENT = "code:code name department hours:quantity score:quantity result:word:people.result tested_on:day"


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A document of this book by its number; None if this book knows none of it."""
    if (row := store.training(ledger.db, number)) is not None:
        line = training_report.one_training(ledger, row)
        facts = {**line, "mode": Word.of("people.mode", row["mode"]), "hours": Milli(row["hours_milli"]),
                 "trainer_rank": Word.of("people.rank", row["rank"]) if row["rank"] else None,
                 "person_hours": Milli(row["person_milli"])}  # fmt: skip
        return [card("training", say("people.title.training", number=row["number"]), facts),
                table("present", say("people.title.present"), PRESENT,
                      training_report.present(ledger, row["number"]))]  # fmt: skip
    if (asked := store_voices.survey(ledger.db, number)) is not None and asked["number"] == number:
        return [survey_report.rates(ledger, number)]
    if (said := store_voices.opinion(ledger.db, number)) is not None:
        return [_opinion(ledger, said)]
    if (visit := store_voices.visit(ledger.db, number)) is not None:
        day = date.fromisoformat(visit["on_day"])
        heard = [row for row in opinion_report.opinions(ledger, day, day).rows if row["visit"] == visit["number"]]
        seen = next(row for row in opinion_report.visits(ledger, day, day).rows if row["number"] == visit["number"])
        return [card("visit", say("people.title.visit", number=visit["number"]), seen),
                table("heard", say("people.title.heard"), HEARD, heard)]  # fmt: skip
    return _assessed(ledger, number)


def _assessed(ledger: "Ledger", number: str) -> list[Table] | None:
    """A round of assessment with every item, a notice, a pilot with its steps."""
    if store_assess.round_(ledger.db, number) is not None:
        return [assess_report.ranking(ledger, number), assess_report.ranking(ledger, number, full=True)]
    if (told := store_assess.notice(ledger.db, number)) is not None:
        line = assess_report.one_notice(told)
        amount = Fen(told["amount_fen"]) if told["amount_fen"] is not None else None
        facts = {**line, "kind": Word.of("people.notice", told["kind"]), "amount": amount}
        return [card("notice", say("people.title.notice", number=told["number"]), facts)]
    if any(row["code"] == number for row in store_organ.pilots(ledger.db)):
        whole = organ_report.pilots(ledger, ledger.today)
        seen = next(row for row in whole.rows if row["code"] == number)
        facts = {**seen, "pilot_state": Word.of("people.pilot", seen["pilot_state"])}
        return [card("pilot", say("people.title.pilot", code=number), facts),
                organ_report.exchanges(ledger, date.min, ledger.today, pilot=number)]  # fmt: skip
    return None


def _opinion(ledger: "Ledger", row: Any) -> Table:
    line = opinion_report.one_opinion(ledger, row, school.calendar(ledger))
    words = {"kind": "people.opinion", "party": "people.party", "area": "people.area", "verdict": "people.verdict",
             "state": "people.said"}  # fmt: skip
    facts = {key: Word.of(words[key], value) if key in words and value else value for key, value in line.items()
             if key != "in_time"}  # fmt: skip
    return card("opinion", say("people.title.opinion", number=row["number"]), facts)
