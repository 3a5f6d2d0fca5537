"""The verbs of surveys: a round is opened, answers are counted, it is closed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.people import school, store_voices, voices
from logi.core.answers import Confirmation, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.core.messages import say
from logi.journal import Entry

AREA, PARTY = "people.area", "people.party"


def open_(e: Entry, name: str, *, areas: Sequence[str] = (), on: date | None = None, note: str | None = None) -> Confirmation:
    """Open a round of asking how satisfied people are; without areas those of policy survey.areas."""
    day = e.happened(on or e.today)
    wanted = list(dict.fromkeys(areas or school.policy(e, "survey.areas", day)))
    for row in store_voices.surveys(e.db):
        if row["name"] == name and row["closed_on"] is None:
            raise Refused("people.survey_there", name=name, number=row["number"])
    number = e.number("MYD", str(day.year), book="people", kind="survey")
    e.insert("people_survey", number=number, name=name, on_day=day, areas=",".join(wanted), note=note)
    facts = {"name": name, "on": day, "areas": [Word.of(AREA, area) for area in wanted]}
    return Confirmation("survey.open", number, facts=facts)


def count(e: Entry, which: str, party: str, *, area: str = "overall", very: int = 0, satisfied: int = 0, fair: int = 0,
          poor: int = 0, invalid: int = 0, question: str | None = None, on: date | None = None,
          note: str | None = None) -> Confirmation:  # fmt: skip
    """Answers came in: of a party, about an area; several counts of the same add up."""
    day = e.happened(on or e.today)
    row = open_round(e, which, day, area)
    came = voices.Tally(very, satisfied, fair, poor, invalid)
    if not came.valid and not invalid:
        raise Usage("people.no_answers")
    write(e, row, party, area, came, on=day, question=question, note=note)
    whole = voices.by_party(store_voices.answers(e.db, row["id"])).get(party, voices.Tally())
    target = targets(e, row)[party]
    if whole.valid and not whole.reaches(target):
        e.warn("people.below_target", party=Word.of(PARTY, party), rate=rate_text(whole.rate), target=target)
    e.subject = row["number"]
    facts = {"name": row["name"], "party": Word.of(PARTY, party), "area": Word.of(AREA, area), "valid": came.valid,
             "rate": rate_text(came.rate), "all": whole.valid, "all_rate": rate_text(whole.rate), "on": day}  # fmt: skip
    return Confirmation("survey.count", row["number"], facts=facts)


def close(e: Entry, which: str, *, on: date | None = None) -> Confirmation:
    """Close a round: no answers come in any more. Refused (4, overridable) while a party was not asked."""
    day = e.happened(on or e.today)
    row = survey(e, which)
    if row["closed_on"]:
        raise Refused("people.survey_closed", number=row["number"], on=date.fromisoformat(row["closed_on"]))
    came = store_voices.answers(e.db, row["id"])
    if any(one["on_day"] > day.isoformat() for one in came) or day.isoformat() < row["on_day"]:
        last = max([row["on_day"], *(one["on_day"] for one in came)])
        raise Refused("people.survey_goes_on", number=row["number"], day=day, last=date.fromisoformat(last))
    parties = voices.by_party(came)
    if not parties:
        raise Refused("people.nobody_answered", number=row["number"])
    missing = [Word.of(PARTY, party) for party in voices.PARTIES if party not in parties]
    if missing:
        e.overridable(Refused("people.party_missing", number=row["number"], parties=missing), row["number"])
    e.update("people_survey", row["id"], closed_on=day)
    aims = targets(e, row)
    if missing or not voices.three_satisfied(parties, aims):
        short = [Word.of(PARTY, party) for party, one in parties.items() if not one.reaches(aims[party])]
        e.warn("people.not_three_satisfied", parties=[*short, *missing])
    e.subject = row["number"]
    facts = {"name": row["name"], "on": day, "rates": rates_said(parties),
             "three": Word.of("people.three", "yes" if voices.three_satisfied(parties, aims) else "no")}  # fmt: skip
    return Confirmation("survey.close", row["number"], facts=facts)


def open_round(e: Entry, which: str, day: date, area: str) -> Any:
    """The round a text names, if answers of a day about an area may be counted for it. Refused (4) otherwise."""
    row = survey(e, which)
    if row["closed_on"]:
        raise Refused("people.survey_closed", number=row["number"], on=date.fromisoformat(row["closed_on"]))
    if day.isoformat() < row["on_day"]:
        raise Refused("people.survey_not_yet", number=row["number"], on=date.fromisoformat(row["on_day"]), day=day)
    areas = ["overall", *row["areas"].split(",")]
    if area not in areas:
        raise Refused("people.survey_area", number=row["number"], area=Word.of(AREA, area),
                      areas=[Word.of(AREA, one) for one in areas])  # fmt: skip
    return row


def write(e: Entry, row: Any, party: str, area: str, came: voices.Tally, *, on: date, question: str | None = None,
          note: str | None = None) -> None:  # fmt: skip
    """Put answers on record."""
    e.insert("people_answer", on_day=e.happened(on), survey_id=row["id"], party=party, area=area, question=question,
             note=note, **came._asdict())  # fmt: skip


def survey(source: Any, which: str) -> Any:
    """The round of a number or name; NotFound (3)."""
    row = store_voices.survey(source.db, which)
    if row is None:
        raise NotFound("people.no_survey", text=which)
    return row


def targets(source: Any, row: Any) -> dict[str, int]:
    """The target of each party in percent, of the day a round was opened."""
    given = school.policy(source, "survey.target_percent", date.fromisoformat(row["on_day"]))
    return {party: int(given.get(party, 100)) for party in voices.PARTIES}


def rates_said(parties: dict[str, voices.Tally]) -> list[str]:
    """Each party's rate in words."""
    return [say("people.rate_of", party=Word.of(PARTY, party), rate=rate_text(one.rate), valid=one.valid)
            for party, one in parties.items()]  # fmt: skip


def rate_text(rate: int | None) -> str | None:
    """A rate in tenths of a percent as people read it."""
    return None if rate is None else f"{rate // 10}.{rate % 10}%"
