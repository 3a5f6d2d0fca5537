"""What is known of the months of many schools: every unit's own figures, and the sum of a unit and all below it."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.rollup import store, store_bundles
from logi.books.rollup.bundle import figures_of
from logi.books.rollup.tree import Tree
from logi.core.days import add_months, month_of, month_period
from logi.core.handed import Figure
from logi.core.messages import has, say
from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.db import Ledger


class Said(NamedTuple):
    """What one unit said of one month: its figures, its pupils, and the bundle it came in (None: this ledger's own)."""

    figures: Mapping[str, Figure]
    pupils: int | None
    bundle: Any | None


def own_figures(ledger: "Ledger", month: str) -> list[Figure]:
    """This ledger's own figures of a month, as its books give them."""
    found: list[Figure] = []
    for name in cards():
        hooks = room(name, "handed")
        if hooks is not None:
            found += hooks.figures(ledger, month)
    return found


class Gathered:
    """The figures of a stretch of months: own ones of closed months, and what stands of what was received.

    Amounts that happened are added up over the months, those that stand are of the last month a unit told of.
    """

    def __init__(self, ledger: "Ledger", first: str, last: str) -> None:
        self.ledger, self.first, self.last = ledger, first, last
        self.tree = Tree(ledger, min(month_period(last).until, ledger.today), early=True)
        self.said: dict[str, dict[str, Said]] = {}  # month -> code -> what it said
        for row in store_bundles.standing(store_bundles.bundles(ledger.db, first, last)):
            body = json.loads(row["body"])
            for unit in body["units"]:
                figures = {one.name: one for one in figures_of(unit)}
                self.said.setdefault(row["month"], {})[unit["code"]] = Said(figures, unit.get("pupils"), row)
        own = store.own(ledger.db)
        for month in months(first, last):
            if own is not None and store_bundles.closing_entry(ledger.db, month) is not None:
                found = {one.name: one for one in own_figures(ledger, month)}
                self.said.setdefault(month, {})[own["code"]] = Said(found, self.tree.own_pupils(own["id"]), None)

    def told(self, code: str) -> bool:
        """Whether a unit told anything of these months."""
        return any(code in there for there in self.said.values())

    def own(self, code: str) -> dict[str, Figure]:
        """A unit's own figures over the months."""
        found: dict[str, Figure] = {}
        for month in sorted(self.said):
            if (there := self.said[month].get(code)) is not None:
                add(found, there.figures.values(), later=True)
        return found

    def total(self, unit_id: int) -> dict[str, Figure]:
        """A unit's figures and those of all below it: the parent's figure is the sum over its children."""
        found: dict[str, Figure] = {}
        for row in self.tree.under(unit_id):
            add(found, self.own(row["code"]).values())
        return found

    def telling(self, unit_id: int) -> list[Any]:
        """The units that told something, a unit itself and those below it."""
        return [row for row in self.tree.under(unit_id) if self.told(row["code"])]


def codes_of(row: Any) -> list[str]:
    """The units a bundle tells of."""
    if row["codes"] is not None:
        return str(row["codes"]).split(",")
    return [unit["code"] for unit in json.loads(row["body"])["units"]]


def add(found: dict[str, Figure], more: Iterable[Figure], *, later: bool = False) -> None:
    """Add figures up by name; of the same unit's `later` month, what stands takes the place of what stood."""
    for one in more:
        before = found.get(one.name)
        if before is None or (later and one.standing):
            found[one.name] = one
        else:
            found[one.name] = before._replace(value=before.value + one.value)


def months(first: str, last: str) -> list[str]:
    """Every month from one to another."""
    found = []
    while first <= last:
        found.append(first)
        first = add_months(first, 1)
    return found


def figure_title(name: str) -> str:
    """What a figure is called; one no book here knows keeps its name."""
    book, _, rest = name.partition(".")
    key = f"{book}.handed.{rest}"
    return say(key) if book in cards() and has(key) else name


def ordered(names: Iterable[str]) -> list[str]:
    """Figures in the order of the books that give them, those no book here knows last."""
    books = list(cards())
    known = list(dict.fromkeys(names))
    return sorted(known, key=lambda one: books.index(one.partition(".")[0]) if one.partition(".")[0] in books else len(books))


def valued(one: Figure) -> dict[str, int]:
    """A figure in the column of its kind: an amount of money, or a quantity (counts with it)."""
    if one.kind == "money":
        return {"amount": one.value}
    return {"quantity": one.value * (1000 if one.kind == "count" else 1)}


def expected(ledger: "Ledger", last: str | None = None) -> list[tuple[str, Any]]:
    """(month, unit) of every month that is over and that a unit was to tell of and did not, oldest first."""
    until = last or add_months(month_of(ledger.today), -1)
    own = store.own(ledger.db)
    units = [row for row in Tree(ledger).by_id.values() if row["reports_from"] and (own is None or row["id"] != own["id"])]
    if not units:
        return []
    first = min(row["reports_from"] for row in units)
    there: dict[str, set[str]] = {}
    for row in store_bundles.standing(store_bundles.bundles(ledger.db, first, until)):
        there.setdefault(row["month"], set()).update(codes_of(row))
    return [(month, row) for month in months(first, until) for row in units
            if row["reports_from"] <= month and row["code"] not in there.get(month, set())]  # fmt: skip
