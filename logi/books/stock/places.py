"""Where stock lies: each lot where it was brought, but for what was brought elsewhere since; a place never holds less
than nothing on any day, and the places of an item together hold what is on hand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.stock import school, store
from logi.books.stock import store_counts as counts
from logi.books.stock import store_looking as looking
from logi.books.stock import store_places as sql
from logi.books.stock.rules import Layer
from logi.core.answers import Milli
from logi.core.errors import Refused

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

    from logi.books.stock.posting import Place
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

HOME = 0  # what was never brought elsewhere; no place bears this id
FAR = "9999-12-31"


class Rooms(NamedTuple):
    """Places asked for: the first one's row, and the ids of all of them and of what lies within them."""

    row: Any
    inside: set[int | None]


class Spread(NamedTuple):
    """How lots lie: of each lot the place it was brought to (or None), and by place what may be taken from there."""

    home: Mapping[int, int | None]
    free: Mapping[int, Mapping[int, int]]

    def within(self, lot_id: int, rooms: Rooms | None) -> list[tuple[int, int]]:
        """What may be taken of a lot, the place it was brought to first: (place or HOME, quantity)."""
        home = self.home.get(lot_id)
        found = [
            (place, milli) for place, milli in self.free.get(lot_id, {}).items()
            if milli > 0 and (rooms is None or (home if place == HOME else place) in rooms.inside)
        ]  # fmt: skip
        return sorted(found, key=lambda one: (one[0] != HOME, one[0] != home, one[0]))


def rooms_named(e: "Source", texts: Sequence[str]) -> Rooms | None:
    """The places these texts name; None where none is named."""
    if not texts:
        return None
    named = [school.place(e, text) for text in texts]
    return Rooms(named[0], {*counts.places_inside(e.db, [row["id"] for row in named])})


def rooms_of(source: "Source", ids: Sequence[int]) -> Rooms | None:
    """The places of these ids; None for none."""
    if not ids:
        return None
    return Rooms(school.by_id(source.db, "school_place", ids[0]), {*counts.places_inside(source.db, ids)})


def homes(db: "sqlite3.Connection", lots: Iterable[int], own: int | None) -> dict[int, int | None]:
    """Where each of an item's lots was brought: where its slip says, else to the item's own place."""
    ids = list(lots)
    said = looking.places_of_lots(db, ids)
    return {lot: said.get(lot, own) for lot in ids}


def spread_of(db: "sqlite3.Connection", item: Any, layers: Sequence[Layer], on: str) -> Spread:
    """How an item's lots lie, and what of each may be taken on a day so that no later day misses it."""
    now: dict[int, dict[int, int]] = {layer.lot_id: defaultdict(int, {HOME: layer.left_milli}) for layer in layers}
    for lot, place, milli in sql.placed(db, FAR, item["id"]):
        if lot in now:
            now[lot][place] += milli
            now[lot][HOME] -= milli
    free = {lot: dict(by) for lot, by in now.items()}
    for _, some in _by_day(sql.changes(db, item["id"], on)):
        for lot, where, milli in some:
            if lot in now:
                now[lot][HOME] += -milli if where is None else milli
                if where is not None:
                    now[lot][where] -= milli
        for lot in {lot for lot, _, _ in some} & set(now):
            for place, milli in now[lot].items():
                free[lot][place] = min(free[lot].get(place, 0), milli)
    for layer in layers:  # a lot of a later day is nowhere yet
        if layer.received_on > on:
            free[layer.lot_id] = {}
    return Spread(homes(db, now, item["place_id"]), free)


def narrowed(e: "Entry", item: Any, layers: Sequence[Layer], on: str, rooms: Rooms | None) -> Spread | None:
    """Let only that be free which lies somewhere (in these places) on that day and every later one; how the lots lie."""
    if rooms is None and not sql.any_placed(e.db, item["id"]):
        return None
    spread = spread_of(e.db, item, layers, on)
    for layer in layers:
        there = sum(milli for _, milli in spread.within(layer.lot_id, rooms))
        layer.free_milli = max(min(layer.free_milli, there), 0)
    return spread


def draw(e: "Entry", at: "Place", item: Any, picks: Sequence[tuple[Layer, int]], spread: Spread,
         rooms: Rooms | None) -> None:  # fmt: skip
    """Write what picks take from elsewhere than where their lots were brought; told where no place was asked for."""
    told: dict[int, int] = defaultdict(int)
    rows = []
    for layer, taken in picks:
        for place, milli in _parts(spread.within(layer.lot_id, rooms), taken):
            if place != HOME:
                rows.append((at.on.isoformat(), item["id"], layer.lot_id, place, -milli, None, at.slip_id, at.line))
                told[place] += milli
    e.insert_many("stock_placing", sql.PLACING, rows)
    for place, milli in told.items() if rooms is None else ():
        e.warn("stock.taken_elsewhere", item=item["name"], quantity=Milli(milli), unit=item["unit"],
               place=name_of(e.db, place))  # fmt: skip


def put(e: "Entry", at: "Place", item: Any, lot_id: int, milli: int, rooms: Rooms | None) -> None:
    """Say that goods which came back or were found lie in the place asked for."""
    if rooms is not None and homes(e.db, [lot_id], item["place_id"])[lot_id] not in rooms.inside:
        e.insert_many("stock_placing", sql.PLACING,
                      [(at.on.isoformat(), item["id"], lot_id, rooms.row["id"], milli, None, at.slip_id, at.line)])  # fmt: skip


def shift(e: "Entry", shift_id: int, line: int, on: "date", item: Any, picks: Sequence[tuple[Layer, int]], spread: Spread,
          rooms: Rooms, to_id: int) -> None:  # fmt: skip
    """Write what picks bring from these places to another; a lot keeps its identity and its cost."""
    rows = []
    for layer, taken in picks:
        lot, tail = layer.lot_id, (shift_id, None, line)
        away = [(place, -milli) for place, milli in _parts(spread.within(lot, rooms), taken) if place != HOME]
        if spread.home[lot] != to_id:
            away.append((to_id, taken))
        rows += [(on.isoformat(), item["id"], lot, place, milli, *tail) for place, milli in away]
    e.insert_many("stock_placing", sql.PLACING, rows)


def lying(source: "Source", day: "date", item_id: int | None = None) -> dict[int, dict[int | None, dict[int, int]]]:
    """What lies where when a day ends: item -> place (None where no place is known) -> lot -> quantity."""
    db = source.db
    left = {lot: (item, milli) for lot, item, milli in sql.left_at(db, day.isoformat(), item_id)}
    own = {row["id"]: row["place_id"] for row in store.items(db)}
    said = looking.places_of_lots(db, list(left))
    found: dict[int, dict[int | None, dict[int, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for lot, (item, milli) in left.items():
        found[item][said.get(lot, own.get(item))][lot] += milli
    for lot, place, milli in sql.placed(db, day.isoformat(), item_id):
        if lot in left and milli:
            item = left[lot][0]
            found[item][said.get(lot, own.get(item))][lot] -= milli
            found[item][place][lot] += milli
    return found


def told(db: "sqlite3.Connection", by: Mapping[int | None, Mapping[int, int]], unit: str) -> list[str]:
    """Where something lies, for a sentence: `F101 教材庫 40 包`."""
    from logi.core.messages import quantity_text

    sums = {name_of(db, place): sum(lots.values()) for place, lots in by.items()}
    return [f"{name} {quantity_text(sums[name])} {unit}" for name in sorted(sums) if sums[name]]


def name_of(db: "sqlite3.Connection", place_id: int | None) -> str:
    """A place for a sentence."""
    from logi.core.messages import say

    row = school.by_id(db, "school_place", place_id)
    return f"{row['code']} {row['name']}" if row is not None else say("stock.no_place")


def below(db: "sqlite3.Connection", lots: Iterable[tuple[int, int]]) -> tuple[str, int, int | None] | None:
    """The first day on which a place would hold less than nothing of one of these lots: (day, item, place)."""
    for item_id, lot_id in lots:
        here: dict[int, int] = defaultdict(int)
        for day, some in _by_day([(day, lot_id, place, milli) for day, place, milli in sql.days_of(db, lot_id)]):
            for _, place, milli in some:
                here[HOME] += milli if place is None else -milli
                if place is not None:
                    here[place] += milli
            for place, milli in here.items():
                if milli < 0:
                    home = homes(db, [lot_id], store.item_by_id(db, item_id)["place_id"])[lot_id]
                    return day, item_id, home if place == HOME else place
    return None


def refuse_below(e: "Entry", first_move: int, first_placing: int) -> None:
    """After rows were turned round: refuse (4) what would leave a place with less than nothing."""
    from datetime import date

    if found := below(e.db, sql.touched(e.db, first_move, first_placing)):
        day, item_id, place = found
        raise Refused("stock.place_below", item=store.item_by_id(e.db, item_id)["name"], place=name_of(e.db, place),
                      day=date.fromisoformat(day))  # fmt: skip


def refuse_short(e: "Entry", item: Any, on: "date", wanted: int, short: int, rooms: Rooms | None) -> None:
    """Refuse (4) more than lies in a place on a day and every later one, telling where the item lies."""
    by = lying(e, on, item["id"]).get(item["id"], {})
    raise Refused("stock.place_short", item=item["name"], unit=item["unit"], day=on, wanted=Milli(wanted),
                  available=Milli(wanted - short), place=name_of(e.db, rooms.row["id"] if rooms is not None else None),
                  there=told(e.db, by, item["unit"]) or ["—"])  # fmt: skip


def _parts(there: Sequence[tuple[int, int]], wanted: int) -> list[tuple[int, int]]:
    parts = []
    for place, milli in there:
        if wanted:
            parts.append((place, min(milli, wanted)))
            wanted -= parts[-1][1]
    return parts


def _by_day(rows: Iterable[tuple[str, int, int | None, int]]) -> list[tuple[str, list[tuple[int, int | None, int]]]]:
    found: dict[str, list[tuple[int, int | None, int]]] = {}
    for day, lot, place, milli in rows:
        found.setdefault(day, []).append((lot, place, milli))
    return list(found.items())
