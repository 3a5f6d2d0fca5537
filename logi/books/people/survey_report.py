"""Reports on surveys: rates by party and area against the target, rounds and whether all three were satisfied."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import store_voices, survey_actions, voices
from logi.books.people.tabling import as_day, table
from logi.core.answers import Table, Word
from logi.core.errors import NotFound
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

RATES = ("party:word:people.party area:word:people.area question very:count+ satisfied:count+ fair:count+ poor:count+ "
         "invalid:count+ valid:count+ rate:rate goal:rate met:word:people.met")  # fmt: skip
SURVEYS = ("number:code on:day title closed_on:day members:rate parents:rate school_rate:rate valid:count+ weakest "
           "three:word:people.three")  # fmt: skip


def rates(ledger: "Ledger", which: str | None = None) -> Table:
    """A round by party and area (the newest without a number): 滿意度統計表."""
    row = _chosen(ledger, which)
    came = store_voices.answers(ledger.db, row["id"], ledger.today)
    aims = survey_actions.targets(ledger, row)
    lines = _lines(came, aims)
    parties = voices.by_party(came)
    notes = [say("people.note.rates", said=survey_actions.rates_said(parties),
                 three=Word.of("people.three", _three(row["closed_on"], parties, aims)))] if came else []  # fmt: skip
    totals = {**voices.tally(came)._asdict(), "valid": voices.tally(came).valid, "rate": voices.tally(came).rate}
    heading = say("people.title.rates", number=row["number"], name=row["name"])
    return table("rates", heading, RATES, lines, totals=totals, notes=notes)


def surveys(ledger: "Ledger", since: date, until: date, *, day: date | None = None) -> Table:
    """The rounds of a period, as of a day: each party's rate, the weakest area, three satisfied or not (SVY-01, SVY-03)."""
    last, day = min(until, ledger.today), day or ledger.today
    rows = []
    for row in store_voices.surveys(ledger.db, since, last):
        came = store_voices.answers(ledger.db, row["id"], day)
        closed = as_day(row["closed_on"])
        closed = closed if closed is not None and closed <= day else None
        parties, aims = voices.by_party(came), survey_actions.targets(ledger, row)
        weak = weakest(came)
        rows.append({
            "number": row["number"], "on": as_day(row["on_day"]), "title": row["name"], "closed_on": closed,
            "members": parties["members"].rate if "members" in parties else None,
            "parents": parties["parents"].rate if "parents" in parties else None,
            "school_rate": parties["school"].rate if "school" in parties else None, "valid": voices.tally(came).valid,
            "weakest": weak, "three": _three(closed, parties, aims),
        })  # fmt: skip
    return table("surveys", say("people.title.surveys", since=since, until=last), SURVEYS, rows)


def below(ledger: "Ledger", row: Any) -> list[tuple[str, voices.Tally]]:
    """(area, answers) of each area of a round that some party finds below its target."""
    aims = survey_actions.targets(ledger, row)
    found: dict[str, voices.Tally] = {}
    for line in _lines(store_voices.answers(ledger.db, row["id"], ledger.today), aims):
        if line["met"] == "no":
            one = voices.Tally(*(line[name] for name in (*voices.LEVELS, "invalid")))
            found.setdefault(line["area"], one)
    return list(found.items())


def weakest(came: list[Any]) -> str | None:
    """The area with the lowest rate, where more than one was asked about, and its rate."""
    of: dict[str, list[Any]] = {}
    for row in came:
        if row["area"] != "overall":  # counts beside the areas, is none of them
            of.setdefault(row["area"], []).append(row)
    tallies = {area: voices.tally(rows) for area, rows in of.items()}
    found = sorted((one.rate, voices.AREAS.index(area), area) for area, one in tallies.items() if one.rate is not None)
    if len(found) < 2:
        return None
    return say("people.area_rate", area=Word.of("people.area", found[0][2]), rate=survey_actions.rate_text(found[0][0]))


def _chosen(ledger: "Ledger", which: str | None) -> Any:
    if which is not None:
        return survey_actions.survey(ledger, which)
    rows = store_voices.surveys(ledger.db, until=ledger.today)
    if not rows:
        raise NotFound("people.no_survey_yet")
    return rows[-1]


def _three(closed: Any, parties: dict[str, voices.Tally], aims: dict[str, int]) -> str:
    if voices.three_satisfied(parties, aims):
        return "yes"
    short = any(not one.reaches(aims[party]) for party, one in parties.items())
    return "no" if short or closed else "open"


def _lines(came: list[Any], aims: dict[str, int]) -> list[dict[str, Any]]:
    """A line for each party, area and question."""
    of: dict[tuple[str, str, str | None], list[Any]] = {}
    for row in came:
        of.setdefault((row["party"], row["area"], row["question"]), []).append(row)
    keys = sorted(of, key=lambda key: (voices.PARTIES.index(key[0]), voices.AREAS.index(key[1]), key[2] or ""))
    return [_line(party, area, question, voices.tally(of[party, area, question]), aims[party])
            for party, area, question in keys]  # fmt: skip


def _line(party: str, area: str, question: str | None, one: voices.Tally, target: int) -> dict[str, Any]:
    met = None if not one.valid else "yes" if one.reaches(target) else "no"
    return {"party": party, "area": area, "question": question, **one._asdict(), "valid": one.valid, "rate": one.rate,
            "goal": target * 10, "met": met}  # fmt: skip
