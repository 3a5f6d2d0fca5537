"""What was typed about a run, brought to every place or asset it was run at, and to every item of its list."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from logi.books.check import lists, rules, school, store, using
from logi.books.check.rules import Answer, Checklist
from logi.books.check.using import Spot, spots_of
from logi.core.errors import Usage


class Given(NamedTuple):
    """One answer as typed: for which place or asset (None: all of the run), which item, its value with a remark."""

    place: str | None
    item: str
    value: str


class Handling(NamedTuple):
    """What becomes of failed items against their list: repairs, hazards, put right on the spot, nothing.

    Each names an item (`exits`), or an item at one place or asset of the run (`A205:exits`).
    """

    repair: Sequence[str] = ()
    hazard: Sequence[str] = ()
    settled: Sequence[str] = ()
    nothing: Sequence[str] = ()

    def of(self, spot: Spot, item: rules.Item) -> str:
        """`settled`, `repair`, `hazard` or `none`, as named; else what the list says."""
        named = {item.id, *(f"{code}:{item.id}" for code in spot.codes)}
        for how, texts in (("settled", self.settled), ("repair", self.repair), ("hazard", self.hazard),
                           ("none", self.nothing)):  # fmt: skip
            if not named.isdisjoint(texts):
                return how
        return item.opens


AS_LISTED = Handling()


def where(e: Any, checklist: Checklist, places: Sequence[str], day: date, *, everywhere: bool,
          assets: Sequence[str] = ()) -> list[Spot]:  # fmt: skip
    """The places of a line, or of every use of the list on a day; one run without a place if none is named.

    A list made for assets is run on each asset by itself: those named, those in the places, or (everywhere) all of them.
    """
    if bool(everywhere) + bool(places) + bool(assets) > 1:
        raise Usage("check.two_wheres")
    if checklist.things is not None:
        return using.each_asset(e, checklist, places, day, everywhere=everywhere, assets=assets)
    if assets:
        raise Usage("check.not_for_assets", title=lists.title(checklist))
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
                missing.append(item.id if len(spots) == 1 else f"{spot.code or ''}:{item.id}")
            else:
                found[at][item.id] = rest
    if missing:
        raise Usage("check.items_missing", list=checklist.key, items=missing)
    return [[answers[item.id] for item in checklist.items] for answers in found]


def resolved(checklist: Checklist, given: Sequence[Given], handling: Handling) -> tuple[list[Given], Handling]:
    """Answers and handling with items by id, however they were typed; unknown and doubled ones are usage errors (2)."""
    answers = [one._replace(item=_item_id(checklist, one.item)) for one in given]
    seen: set[tuple[str | None, str]] = set()
    for one in answers:
        if (one.place, one.item) in seen:
            raise Usage("check.set_twice", item=one.item)
        seen.add((one.place, one.item))
    return answers, Handling(*([_at_item(checklist, text) for text in texts] for texts in handling))


def _at_item(checklist: Checklist, text: str) -> str:
    place, colon, item = text.rpartition(":")
    return f"{place}{colon}{_item_id(checklist, item)}"


def _item_id(checklist: Checklist, text: str) -> str:
    found = lists.item_named(checklist, text)
    if found is None:
        raise Usage("check.no_item", item=text, list=checklist.key, known=[item.id for item in checklist.items])
    return found.id


def _aimed(e: Any, spots: Sequence[Spot], place: str | None) -> Sequence[int]:
    if place is None:
        return range(len(spots))
    if hit := [at for at, spot in enumerate(spots) if spot.asset is not None and place.lower() == spot.code.lower()]:
        return hit
    head, inner = school.place_spot(e, place)
    for at, spot in enumerate(spots):
        if spot.asset is None and spot.place is not None and (spot.place["id"], spot.spot) == (head["id"], inner):
            return (at,)
    if hit := [at for at, spot in enumerate(spots) if spot.asset is not None and spot.place is not None
               and spot.place["id"] == head["id"] and inner in (spot.spot, None)]:  # fmt: skip
        return hit
    raise Usage("check.place_not_run", place=place)
