"""The verbs of runs: record one of a list at each place, sign it. Each works inside an open entry it is given."""

from collections.abc import Mapping, Sequence
from datetime import date
from sqlite3 import Row
from typing import Any, NamedTuple

from logi.books.check import lists, patrol, repair, rules, school, store, using
from logi.books.check.rules import Answer, Checklist
from logi.books.check.using import Spot, spots_of
from logi.core.answers import Confirmation, Milli, Word
from logi.core.errors import Refused, Usage
from logi.core.messages import say
from logi.journal import Entry

ROLE = "check.role"


class Given(NamedTuple):
    """One answer as typed: for which place (None: all of the run), which item, its value with a remark."""

    place: str | None
    item: str
    value: str


class Handling(NamedTuple):
    """What becomes of failed items against their list: item ids for repairs, for hazards, and put right on the spot."""

    repair: Sequence[str] = ()
    hazard: Sequence[str] = ()
    settled: Sequence[str] = ()


AS_LISTED = Handling()


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


def run(e: Entry, text: str, *, by: str, places: Sequence[str] = (), everywhere: bool = False,
        given: Sequence[Given] = (), rest_ok: bool = False, on: date | None = None, at_time: str | None = None,
        handling: Handling = AS_LISTED, signs: Mapping[str, str] | None = None,
        note: str | None = None) -> Confirmation:  # fmt: skip
    """Record a run of a list, one at each place. Items nobody spoke of are missing (2) unless the rest is in order.

    A failed item opens a hazard or a slip in the same entry, as its list or `handling` says; one that is still open
    from an earlier run is linked, not opened again.
    """
    checklist, day = lists.named(e, text), e.happened(on or e.today)
    inspector = school.person(e, by)
    spots = where(e, checklist, places, day, everywhere=everywhere)
    known_items(checklist, [*handling.repair, *handling.hazard, *handling.settled])
    answers = answered(e, checklist, spots, given, day, rest_ok=rest_ok)
    head = Head(checklist, day, at_time, inspector, note, handling)
    done = [_write(e, head, spot, answers[at]) for at, spot in enumerate(spots)]
    for outcome in done:
        for role, person in (signs or {}).items():
            _sign(e, checklist, store.run(e, outcome.number), role, person, day)
    _warn(e, checklist, spots)
    opened = [number for one in done for number in one.opened]
    facts = {
        "list": checklist.key, "title": lists.title(checklist), "on": day, "by": inspector["name"],
        "runs": [_line(one) for one in done], "places": [one.spot.text for one in done if one.spot.text],
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


def where(e: Any, checklist: Checklist, places: Sequence[str], day: date, *, everywhere: bool) -> list[Spot]:
    """The places of a line, or of every use of the list on a day; one run without a place if none is named."""
    if everywhere and places:
        raise Usage("check.two_wheres")
    if everywhere:
        there = [row for row in store.uses(e.db, checklist.key) if row["place_id"] and using.in_force(row, day)]
        if not there:
            raise Usage("check.nowhere_in_use", list=checklist.key, day=day)
        return [Spot(school.by_id(e.db, "school_place", row["place_id"])) for row in there]
    return spots_of(e, checklist, places)


def answered(e: Any, checklist: Checklist, spots: Sequence[Spot], given: Sequence[Given], day: date, *,
             rest_ok: bool) -> list[list[Answer]]:  # fmt: skip
    """Every place's answers in the list's order. Missing, unknown and doubled ones are usage errors (2)."""
    from logi.core.folding import fold

    known_items(checklist, [one.item for one in given])
    found: list[dict[str, Answer]] = [{} for _ in spots]
    for specific in (False, True):
        for one in given:
            if (one.place is not None) is not specific:
                continue
            item = checklist.item(one.item)
            assert item is not None
            least, most = lists.limits(e, item, day)
            answer = rules.held(rules.read_answer(item, one.value, fold), least, most)
            for at in _aimed(e, spots, one.place):
                found[at][item.id] = answer
    missing: list[str] = []
    for at, spot in enumerate(spots):
        for item in checklist.items:
            if item.id in found[at]:
                continue
            rest = rules.unseen(item) if item.optional else rules.taken_as_good(item) if rest_ok else None
            if rest is None:
                missing.append(item.id if len(spots) == 1 else f"{spot.place['code'] if spot.place else ''}:{item.id}")
            else:
                found[at][item.id] = rest
    if missing:
        raise Usage("check.items_missing", list=checklist.key, items=missing)
    return [[answers[item.id] for item in checklist.items] for answers in found]


def known_items(checklist: Checklist, typed: Sequence[str]) -> None:
    """Refuse (2) items that the list does not have."""
    for one in typed:
        if checklist.item(one) is None:
            raise Usage("check.no_item", item=one, list=checklist.key, known=[item.id for item in checklist.items])


def unsigned(db: store.Db, row: Row, checklist: Checklist | None) -> list[str]:
    """The roles whose signature a run still lacks, in the list's order."""
    there = {one["role"] for one in store.signatures(db, row["number"])}
    return [role for role in (checklist.sign if checklist else ()) if role not in there]


def place_text(row: Row) -> str | None:
    """A run's place as people read it."""
    if row["place"] is None:
        return None
    return f"{row['place']} {row['place_name']}" + (f"/{row['spot']}" if row["spot"] else "")


# -- writing ---------------------------------------------------------------------------------------


def _write(e: Entry, head: Head, spot: Spot, answers: Sequence[Answer]) -> Outcome:
    checklist, day = head.checklist, head.day
    number = e.number("JC", str(day.year), book="check", kind="run")
    opened: dict[str, str] = {}
    still: list[str] = []
    for answer in answers:
        if answer.result == "fail" and answer.item.id not in head.handling.settled:
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
             failed=len(failed), note=head.note)  # fmt: skip
    columns = ("on_day", "number", "item", "result", "value", "weight", "share", "least", "most", "remark", "opened",
               "settled")  # fmt: skip
    e.insert_many("check_result", columns, [
        (day.isoformat(), number, one.item.id, one.result, one.value, one.item.weight, one.share,
         *lists.limits(e, one.item, day), one.remark, opened.get(one.item.id), int(one.item.id in head.handling.settled))
        for one in answers
    ])  # fmt: skip
    new = [number for number in dict.fromkeys(opened.values()) if number not in still]
    return Outcome(number, spot, total, [lists.answer_text(one) for one in failed], new, still)


def _open(e: Entry, head: Head, spot: Spot, answer: Answer) -> str | None:
    """Open a hazard or a repair slip for a failed item; its number, or None where the list opens nothing."""
    item, title = answer.item, _problem(head.checklist, answer)
    how = "repair" if item.id in head.handling.repair else "hazard" if item.id in head.handling.hazard else item.opens
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
                            kind=item.repair, source=source, on=head.day)  # fmt: skip
    return done.number


def _still_open(e: Entry, head: Head, spot: Spot, answer: Answer) -> str | None:
    """The hazard or slip that the same failure opened earlier and that is not settled yet."""
    place_id = spot.place["id"] if spot.place is not None else None
    before = store.last_opened(e.db, head.checklist.key, answer.item.id, place_id, spot.spot)
    if before is None or answer.remark not in (None, before["remark"]):
        return None
    return str(before["opened"]) if still_open(e.db, before["opened"]) else None


def still_open(db: store.Db, number: str) -> bool:
    """Whether a hazard is not cancelled, a slip not accepted."""
    if (hazard := patrol.hazard(db, number)) is not None:
        return bool(hazard["state"] != "verified")
    slip = repair.numbered(db, number)
    return slip is not None and slip["state"] != "accepted"


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


def _aimed(e: Any, spots: Sequence[Spot], place: str | None) -> Sequence[int]:
    if place is None:
        return range(len(spots))
    head, inner = school.place_spot(e, place)
    for at, spot in enumerate(spots):
        if spot.place is not None and (spot.place["id"], spot.spot) == (head["id"], inner):
            return (at,)
    raise Usage("check.place_not_run", place=place)


def _problem(checklist: Checklist, answer: Answer) -> str:
    """The title of the hazard or slip: what the list asks, and what was found instead."""
    said = answer.remark or lists.value(answer.item, answer.value) or say("check.not_so")
    return say("check.problem", list=lists.title(checklist), item=lists.title(answer.item), said=said)


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


def _warn(e: Entry, checklist: Checklist, spots: Sequence[Spot]) -> None:
    if checklist.sample:
        e.warn("check.sample_text", list=checklist.key)
    strange = [spot.text for spot in spots if spot.place is not None and checklist.places
               and spot.place["kind"] is not None and spot.place["kind"] not in checklist.places]  # fmt: skip
    if strange:
        e.warn("check.other_kind", title=lists.title(checklist), places=strange)
