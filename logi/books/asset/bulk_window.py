"""Some rows of a file of cards as the columns of cards: what names stand for, what the policies say, which are not plain."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING, Any

from logi.books.asset import fields, school
from logi.books.asset.actions import BATCH_MOST
from logi.books.asset.bulk_rules import OfKind, Rules
from logi.core.answers import Fen
from logi.core.errors import LogiError
from logi.core.money import multiply
from logi.finding import named

if TYPE_CHECKING:
    from logi.journal import Entry

WARNED = ("asset.below_threshold", "asset.better_one_card", "asset.booked_late")  # in the order in which the act warns
ODD = -1  # in place of an id: only the act can say
ACTS = ("request", "fields", "part_of")  # what these say only the act can judge
PLAIN = ("invoice", "brand", "model", "spec", "fund", "unit", "used_for", "photo", "ref", "note")
STAYS = "~"  # later than any day on which somebody left

_NOTHING = OfKind(False, None, None, 0, True, 0, 0)

Column = Sequence[Any]


class Memo(dict[Any, Any]):
    """What a question was answered with, remembered."""

    def __init__(self, ask: Callable[[Any], Any]) -> None:
        self.ask = ask

    def __missing__(self, key: Any) -> Any:
        found = self[key] = self.ask(key)
        return found


class Meaning:
    """What the names of a file stand for in the ledger as it is, and the rules of its days."""

    def __init__(self, e: "Entry") -> None:
        self.e, self.rules = e, Rules(e.db)
        self.names = Memo(lambda name: tuple(named(name).values()))
        self.open = Memo(_or(False, self._open))
        self.stretches = Memo(lambda day: self.rules.stretch(day.isoformat()))
        self.of = Memo(lambda key: self.rules.in_stretch(self.kind_rows.get(key[1]), key[0]))
        self.kind_rows: dict[int | None, Any] = {}
        self.forget()

    def forget(self) -> None:
        """No name is known but by the ledger."""
        e = self.e
        self.kinds = Memo(_or((None, ODD), lambda texts: self._kind(*texts)))
        self.lacking = Memo(lambda code: fields.required_of(e.db, code))
        self.rooms = Memo(_or((ODD, None), self._room))
        self.people = Memo(_or((ODD, None, STAYS), self._person))
        self.homes = Memo(_or(ODD, lambda name: name and school.department(e, name)["id"]))
        self.vendors = Memo(_or(ODD, lambda name: name and school.vendor(e, name)["id"]))

    def _open(self, day: date) -> bool:
        self.e.admit(day)
        return True

    def _kind(self, category: str | None, shown: str | None) -> tuple[Any, int | None]:
        named = category or shown
        kind = school.category(self.e, named) if named else None
        if category and shown is not None and kind is not None and shown != kind["name"]:
            return None, ODD
        if self.lacking[kind["code"] if kind is not None else None]:
            return None, ODD
        if kind is None:
            return None, None
        self.kind_rows[kind["id"]] = kind
        return kind, kind["id"]

    def _room(self, name: str | None) -> tuple[int | None, str | None]:
        if not name:
            return None, None
        room, spot = school.place_spot(self.e, name)
        return room["id"], spot

    def _person(self, name: str | None) -> tuple[int | None, int | None, str]:
        if not name:
            return None, None, STAYS
        person = school.person(self.e, name)
        return person["id"], person["department_id"], person["left_on"] or STAYS


class Window:
    """Rows of a file as columns: of their cards, and of what the way they are entered depends on."""

    __slots__ = ("cards", "codes", "costs", "counts", "first", "flags", "lags", "odd", "of", "refs", "serials", "size")

    def __init__(self, means: Meaning, part: Mapping[str, Column], first: int, today: date) -> None:
        on = part["on"]
        self.first, self.size, self.costs = first, len(on), [cost or 0 for cost in part["cost"]]
        costs = self.costs
        none = [None] * self.size
        get = part.get
        self.codes, self.refs = get("code", none), get("ref", none)
        self.counts = [count or 1 for count in part["count"]] if "count" in part else None
        self.serials = list(zip(part["serial"], get("model", none), strict=True)) if "serial" in part else none
        self.odd = _for_the_act(part)
        booked = _booked(part, today, means, self.odd)
        kinds = zip(get("category", none), get("category_name", none), strict=True)
        kind_ids = [one[1] for one in map(means.kinds.__getitem__, kinds)]
        self._mark(kind_ids)
        days = list(map(date.isoformat, on))
        life_rules = self._rules(means, on, kind_ids)
        self.of = life_rules if booked is on else self._rules(means, booked, kind_ids)
        now = today.toordinal()
        self.lags = [now - day for day in map(date.toordinal, booked)]
        self.flags = self._flags()
        milli = get("quantity")
        until = get("warranty_until", none)
        names, folded, initials = zip(*map(means.names.__getitem__, part["name"]), strict=True)
        self.cards: dict[str, Column] = {
            "name": names, "folded": folded, "initials": initials, "category_id": kind_ids,
            "cost_fen": costs if milli is None else self._totals(costs, milli), "unit_cost_fen": costs,
            "quantity_milli": [one or 1000 for one in milli] if milli is not None else [1000] * self.size,
            "acquired_on": days, "booked_on": days if booked is on else list(map(date.isoformat, booked)),
            **self._links(means, part, days), "acquired_by": [one or "purchase" for one in get("acquired_by", none)],
            "value_type": [one or "cost" for one in get("value_type", none)], "life_months": self._lives(part, life_rules),
            "warranty_until": [day and day.isoformat() for day in until], "status": ["in_use"] * self.size,
            "serial": get("serial", none), **{key: part[key] for key in PLAIN if key in part},
        }  # fmt: skip

    def warned(self, at: int, which: int) -> dict[str, Any]:
        """What a warning of a row says."""
        of = self.of[at]
        if which == len(WARNED) - 1:
            return {"days": self.lags[at], "most": of.lag_days}
        return {"unit_cost": Fen(self.costs[at]), "line": Fen(of.least_fen if which == 0 else of.single_fen)}

    def _flags(self) -> tuple[Sequence[bool], ...]:
        """Of which rows the act warns: far below the least value, many cards of small value, booked late."""
        least = [cost < of.least_fen and not of.batch for cost, of in zip(self.costs, self.of, strict=True)]
        single = [False] * self.size
        if self.counts is not None:
            rows = zip(self.counts, self.costs, self.of, strict=True)
            single = [count > 1 and cost < of.single_fen for count, cost, of in rows]
        return least, single, [lag > of.lag_days for lag, of in zip(self.lags, self.of, strict=True)]

    def _mark(self, ids: Column) -> None:
        if ODD in ids:
            self.odd.update(at for at, one in enumerate(ids) if one == ODD)

    def _rules(self, means: Meaning, days: Column, kind_ids: Column) -> list[OfKind]:
        found = list(map(means.of.__getitem__, zip(map(means.stretches.__getitem__, days), kind_ids, strict=True)))
        if None in found:
            self.odd.update(at for at, of in enumerate(found) if of is None)
            found = [of or _NOTHING for of in found]
        return found

    def _links(self, means: Meaning, part: Mapping[str, Column], days: Column) -> dict[str, Column]:
        none = [None] * self.size
        rooms, spots = zip(*map(means.rooms.__getitem__, part.get("place", none)), strict=True)
        people, homes, left = zip(*map(means.people.__getitem__, part.get("keeper", none)), strict=True)
        if left.count(STAYS) != len(left):
            self.odd.update(at for at, (gone, day) in enumerate(zip(left, days, strict=True)) if gone <= day)
        if "department" in part:
            named_homes = list(map(means.homes.__getitem__, part["department"]))
            homes = tuple(home if own is None else own for own, home in zip(named_homes, homes, strict=True))
        vendors = list(map(means.vendors.__getitem__, part.get("vendor", none)))
        buyers, inspectors = (
            [one[0] for one in map(means.people.__getitem__, part.get(key, none))] for key in ("buyer", "inspector")
        )
        if "buyer" in part and "inspector" in part:  # they must be two
            pairs = enumerate(zip(buyers, inspectors, strict=True))
            self.odd.update(at for at, (bought, seen) in pairs if bought is not None and bought == seen)
        for ids in (rooms, people, homes, vendors, buyers, inspectors):
            self._mark(ids)
        return {"place_id": rooms, "spot": spots, "keeper_id": people, "department_id": homes, "vendor_id": vendors,
                "buyer_id": buyers, "inspector_id": inspectors}  # fmt: skip

    def _lives(self, part: Mapping[str, Column], ofs: Sequence[OfKind]) -> list[int | None]:
        """The lives of the cards: as given, but not below the category's least, which holds where none is given."""
        given, types = part.get("life_months"), part.get("value_type")
        if given is None and types is None:
            return [of.usual_life for of in ofs]
        lives: list[int | None] = []
        for at, (life, of, type_) in enumerate(zip(given or repeat(None), ofs, types or repeat(None), strict=False)):
            if not of.depreciates or type_ == "nominal":
                lives.append(life)
                continue
            if life is not None and (life <= 0 or (of.least_life and life < of.least_life)):
                self.odd.add(at)
            lives.append(life or of.least_life)
        return lives

    def _totals(self, costs: Column, milli: Column) -> list[int]:
        given = [1000 if one is None else max(one, 0) for one in milli]
        totals = [cost if one == 1000 else multiply(one, cost) for cost, one in zip(costs, given, strict=True)]
        self.odd.update(at for at, total in enumerate(totals) if not total)
        return totals


def _or(otherwise: Any, ask: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A question whose refusal is an answer too: the act will say why."""

    def asked(key: Any) -> Any:
        try:
            return ask(key)
        except LogiError:
            return otherwise

    return asked


def _for_the_act(part: Mapping[str, Column]) -> set[int]:
    """The rows that the act judges: a thing without a price, many at once by quantity, parts, requests, who accepted it."""
    odd = {at for at, cost in enumerate(part["cost"]) if not cost}
    for key in ACTS:
        odd.update(at for at, value in enumerate(part.get(key, ())) if value is not None)
    odd.update(at for at, status in enumerate(part.get("standing", ())) if status == "idle")
    counts = part.get("count")
    if counts is not None:
        odd.update(at for at, count in enumerate(counts) if count is not None and count > BATCH_MOST)
        if "quantity" in part:
            both = enumerate(zip(counts, part["quantity"], strict=True))
            odd.update(at for at, (count, milli) in both if count is not None and milli is not None)
    return odd


def _booked(part: Mapping[str, Column], today: date, means: Meaning, odd: set[int]) -> Column:
    """The days on which the cards came onto the books; rows whose days no fact may bear are odd."""
    on = part["on"]
    booked: Column = on
    if "booked" in part:
        booked = [late or day for late, day in zip(part["booked"], on, strict=True)]
        odd.update(at for at, (late, day) in enumerate(zip(booked, on, strict=True)) if late < day or day > today)
    odd.update(at for at, is_open in enumerate(map(means.open.__getitem__, booked)) if not is_open)
    return booked
