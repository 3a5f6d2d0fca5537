"""The verbs of runs: record one of a list at each place, sign it. Each works inside an open entry it is given."""

from collections.abc import Mapping, Sequence
from datetime import date
from sqlite3 import Row
from typing import NamedTuple

from logi.books.check import lists, patrol, repair, rules, school, store, using
from logi.books.check.answering import AS_LISTED, Given, Handling, answered, resolved, where
from logi.books.check.rules import Answer, Checklist
from logi.books.check.using import Spot
from logi.core.answers import Confirmation, Milli, Word
from logi.core.errors import Refused, Usage
from logi.core.messages import say
from logi.journal import Entry

ROLE = "check.role"
MOST_LINES = 12


class Head(NamedTuple):
    """What all runs of one line share."""

    checklist: Checklist
    day: date
    at_time: str | None
    inspector: Row
    note: str | None
    handling: Handling


class Outcome(NamedTuple):
    """One run written: its number, score and failures, and the hazards and slips behind them."""

    number: str
    spot: Spot
    score: int | None
    failed: list[str]
    opened: list[str]
    still: list[str]


def run(e: Entry, text: str, *, by: str, places: Sequence[str] = (), assets: Sequence[str] = (), everywhere: bool = False,
        given: Sequence[Given] = (), rest_ok: bool = False, on: date | None = None, at_time: str | None = None,
        handling: Handling = AS_LISTED, signs: Mapping[str, str] | None = None,
        note: str | None = None) -> Confirmation:  # fmt: skip
    """Record a run of a list, one at each place or asset. Items nobody spoke of are missing (2) unless the rest is in order.

    A failed item opens a hazard or a slip in the same entry, as its list or `handling` says; one that is still open
    from an earlier run is linked, not opened again.
    """
    checklist, day = lists.named(e, text), e.happened(on or e.today)
    inspector = school.person(e, by)
    spots = where(e, checklist, places, day, everywhere=everywhere, assets=assets)
    given, handling = resolved(checklist, given, handling)
    answers = answered(e, checklist, spots, given, day, rest_ok=rest_ok)
    head = Head(checklist, day, at_time, inspector, note, handling)
    done = [_write(e, head, spot, answers[at]) for at, spot in enumerate(spots)]
    for outcome in done:
        for role, person in (signs or {}).items():
            _sign(e, checklist, store.run(e, outcome.number), role, person, day)
    _warn(e, checklist, spots, day)
    opened = [number for one in done for number in one.opened]
    facts = {
        "list": checklist.key, "title": lists.title(checklist), "on": day, "by": inspector["name"],
        "runs": _lines(done), "places": [one.spot.text for one in done if one.spot.text],
        "score": _percent(done[0].score) if len(done) == 1 else None,
        "failed": sum(len(one.failed) for one in done), "opened": opened,
    }  # fmt: skip
    return Confirmation("check.run", done[0].number, numbers=[*(one.number for one in done), *opened], facts=facts)


def sign(e: Entry, number: str, signs: Mapping[str, str], *, on: date | None = None) -> Confirmation:
    """Somebody whose signature the list asks for has signed a run."""
    row, day = store.run(e, number), e.happened(on or e.today)
    checklist = lists.known(row["list"])
    if checklist is None:
        raise Refused("check.list_gone", list=row["list"])
    if day.isoformat() < row["on_day"]:
        raise Refused("check.signed_before_run", number=row["number"], day=day, ran=using.as_day(row["on_day"]))
    done = [f"{say(f'{ROLE}.{role}')} {_sign(e, checklist, row, role, person, day)}" for role, person in signs.items()]
    waiting = [Word.of(ROLE, role) for role in unsigned(e.db, row, checklist)]
    facts = {"title": lists.title(checklist), "signed": done, "on": day, "waiting": waiting or None}
    return Confirmation("check.sign", row["number"], facts=facts)


# -- shared with the commands, reports and checks ---------------------------------------------------


def unsigned(db: store.Db, row: Row, checklist: Checklist | None) -> list[str]:
    """The roles whose signature a run still lacks, in the list's order."""
    there = {one["role"] for one in store.signatures(db, row["number"])}
    return [role for role in (checklist.sign if checklist else ()) if role not in there]


def place_text(row: Row) -> str | None:
    """A run's place as people read it."""
    return using.where_text(row["asset"], row["place"], row["place_name"], row["spot"])


# -- writing ---------------------------------------------------------------------------------------


def _write(e: Entry, head: Head, spot: Spot, answers: Sequence[Answer]) -> Outcome:
    checklist, day = head.checklist, head.day
    number = e.number("JC", str(day.year), book="check", kind="run")
    opened: dict[str, str] = {}
    still: list[str] = []
    for answer in answers:
        if answer.result == "fail" and head.handling.of(spot, answer.item) != "settled":
            if before := _still_open(e, head, spot, answer):
                opened[answer.item.id] = before
                still.append(before)
            elif made := _open(e, head, spot, answer):
                opened[answer.item.id] = made
    total = rules.score((answer.item.weight, answer.share) for answer in answers)
    failed = [answer for answer in answers if answer.result == "fail"]
    place_id = spot.place["id"] if spot.place is not None else None
    e.insert("check_run", on_day=day, at_time=head.at_time, number=number, list=checklist.key, digest=checklist.digest,
             place_id=place_id, spot=spot.spot, by_id=head.inspector["id"], score=total, items=len(answers),
             failed=len(failed), note=head.note, asset=spot.asset["code"] if spot.asset is not None else None)  # fmt: skip
    columns = ("on_day", "number", "item", "result", "value", "weight", "share", "least", "most", "remark", "opened",
               "settled")  # fmt: skip
    e.insert_many("check_result", columns, [
        (day.isoformat(), number, one.item.id, one.result, one.value, one.item.weight, one.share,
         *lists.limits(e, one.item, day), one.remark, opened.get(one.item.id),
         int(one.result == "fail" and head.handling.of(spot, one.item) == "settled"))
        for one in answers
    ])  # fmt: skip
    new = [number for number in dict.fromkeys(opened.values()) if number not in still]
    return Outcome(number, spot, total, [lists.answer_text(one) for one in failed], new, still)


def _open(e: Entry, head: Head, spot: Spot, answer: Answer) -> str | None:
    """Open a hazard or a repair slip for a failed item; its number, or None where the list opens nothing."""
    item, title = answer.item, _problem(head.checklist, answer)
    how = head.handling.of(spot, item)
    if how == "none":
        return None
    place, inner = spot.place, spot.spot
    if place is None and answer.remark:
        place, inner, _ = patrol.place_in(e, answer.remark)
    if how == "hazard":
        found = patrol.Found(head.day, head.inspector["id"], None, place["id"] if place is not None else None, inner,
                             head.at_time)  # fmt: skip
        return patrol.record(e, title, found, category=item.category, level=item.level)
    if place is None:
        raise Usage("check.repair_needs_place", item=item.id)
    source = "night-check" if head.checklist.frequency == "nightly" else "check"
    done = repair.open_slip(e, title, place=place["code"] + (f"/{inner}" if inner else ""), by=head.inspector["code"],
                            kind=item.repair, source=source, on=head.day,
                            asset=spot.asset["code"] if spot.asset is not None else None)  # fmt: skip
    return done.number


def _still_open(e: Entry, head: Head, spot: Spot, answer: Answer) -> str | None:
    """The hazard or slip that the same failure opened earlier and that is not settled yet."""
    place_id = spot.place["id"] if spot.place is not None else None
    before = store.last_opened(e.db, head.checklist.key, answer.item.id, place_id, spot.spot,
                               spot.asset["code"] if spot.asset is not None else None)  # fmt: skip
    if before is None or answer.remark not in (None, before["remark"]):
        return None
    return str(before["opened"]) if still_open(e.db, before["opened"]) else None


def still_open(db: store.Db, number: str) -> bool:
    """Whether a hazard is not cancelled, a slip neither accepted nor turned down."""
    if (hazard := patrol.hazard(db, number)) is not None:
        return bool(hazard["state"] != "verified")
    slip = repair.numbered(db, number)
    return slip is not None and slip["state"] not in ("accepted", "declined")


def _sign(e: Entry, checklist: Checklist, row: Row, role: str, person: str, day: date) -> str:
    if role not in checklist.sign:
        raise Usage("check.role_not_asked", role=Word.of(ROLE, role), title=lists.title(checklist),
                    known=[Word.of(ROLE, one) for one in checklist.sign])  # fmt: skip
    if role not in unsigned(e.db, row, checklist):
        raise Refused("check.signed_already", number=row["number"], role=Word.of(ROLE, role))
    signer = school.person(e, person)
    if signer["id"] == row["by_id"]:
        e.overridable(Refused("check.own_signature", number=row["number"], role=Word.of(ROLE, role),
                              person=signer["name"]), row["number"])  # fmt: skip
    e.insert("check_sign", on_day=day, number=row["number"], role=role, person_id=signer["id"])
    return str(signer["name"])


def _problem(checklist: Checklist, answer: Answer) -> str:
    """The title of the hazard or slip: what the list asks, and what was found instead."""
    said = answer.remark or lists.value(answer.item, answer.value) or say("check.not_so")
    return say("check.problem", list=lists.title(checklist), item=lists.title(answer.item), said=said)


def _lines(done: Sequence[Outcome]) -> list[str]:
    """Each run in a line; of many, only those where something was wrong, and how many were in order."""
    wrong = [one for one in done if one.failed]
    if len(done) <= MOST_LINES:
        return [_line(one) for one in done]
    good = [one.number for one in done if not one.failed]
    rest = [say("check.runs_good", first=good[0], last=good[-1], count=len(good))] if good else []
    return [*(_line(one) for one in wrong), *rest]


def _line(one: Outcome) -> str:
    text = say("check.run_line", number=one.number, place=one.spot.text or "", score=_percent(one.score))
    parts = [" ".join(text.split())]
    if one.failed:
        parts.append(say("check.run_failed", failed=one.failed))
    if one.opened:
        parts.append(say("check.run_opened", opened=one.opened))
    if one.still:
        parts.append(say("check.run_still", still=one.still))
    return "".join(parts)


def _percent(tenths: int | None) -> Milli | None:
    return None if tenths is None else Milli(100 * tenths)


def _warn(e: Entry, checklist: Checklist, spots: Sequence[Spot], day: date) -> None:
    if checklist.sample:
        e.warn("check.sample_text", list=checklist.key)
    strange = [spot.text for spot in spots if spot.place is not None and checklist.places
               and spot.place["kind"] is not None and spot.place["kind"] not in checklist.places]  # fmt: skip
    if strange:
        e.warn("check.other_kind", title=lists.title(checklist), places=strange)
    if checklist.things is not None:
        fitting = {row["id"] for row in store.things(e.db, checklist.things, day)}
        others = [spot.code for spot in spots if spot.asset is not None and spot.asset["id"] not in fitting]
        if others:
            e.warn("check.other_assets", title=lists.title(checklist), assets=others)
