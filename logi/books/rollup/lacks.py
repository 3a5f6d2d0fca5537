"""短板清單: what was put down as lacking, and what the records themselves show to be lacking."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.rollup import school, store, store_work
from logi.books.rollup.milestones import wanted_of
from logi.books.rollup.shortfalls import benchmark
from logi.books.rollup.standing import Standing
from logi.books.rollup.tree import Tree
from logi.core.answers import Milli, Word
from logi.core.messages import say, shown, title

if TYPE_CHECKING:
    from logi.db import Ledger


class Lack(NamedTuple):
    """Something the records show a unit to lack: of which kind, in words, since when, and the line that mends it."""

    unit: Any
    area: str
    text: str
    since: date | None
    due: date | None
    command: str


class Canteen(NamedTuple):
    """A unit's canteen as it was last found, against its central school's."""

    unit: Any
    last: Any | None
    hub: Any | None
    met: list[str]
    short: list[str]  # points the central school meets and this one does not
    opened_on: date | None

    @property
    def state(self) -> str:
        """none, building, built, open; unknown before anybody looked."""
        return self.last["state"] if self.last is not None else "unknown"


def canteens(ledger: "Ledger", tree: Tree) -> list[Canteen]:
    """Every school's canteen, measured by what its central school meets (以中心中學為標準)."""
    found, looked = [], store_work.canteens(ledger.db, tree.day)
    for _, row in tree.walk():
        there = looked.get(row["id"], [])
        if not there and row["level"] not in ("hub", "school", "kindergarten"):
            continue
        hub = benchmark(tree, row["id"])
        standard = _met(looked.get(hub["id"], [])) if hub is not None else []
        met = _met(there)
        opened = next((date.fromisoformat(one["on_day"]) for one in there if one["state"] == "open"), None)
        measured = hub is not None and hub["id"] != row["id"] and bool(there) and there[-1]["state"] == "open"
        short = [one for one in standard if one not in met] if measured else []
        found.append(Canteen(row, there[-1] if there else None, hub, met, short, opened))
    return found


def computed(ledger: "Ledger", tree: Tree) -> Iterator[Lack]:
    """What is lacking of organisation, programmes, milestones, regulations and canteens."""
    needs = school.policy(ledger, "rollup.unit_needs", tree.day)
    for row in tree.by_id.values():
        if missing := tree.lacking(row, needs):
            text = shown([title("rollup.need", one) for one in missing])
            yield Lack(row, "organisation", say("rollup.lacks", what=text), None, None, f"logi unit edit {row['code']}")
    yield from _programmes(ledger, tree)
    yield from _milestones(ledger, tree)
    yield from _templates(ledger, tree)
    yield from _canteens(ledger, tree)


def late_milestones(ledger: "Ledger", tree: Tree, until: date) -> Iterator[tuple[Any, Any, Any | None]]:
    """(milestone, unit, what it has reached so far) of all that is not reached and due by a day."""
    for row in (row for row in store_work.milestones(ledger.db) if row["from_day"] <= tree.day.isoformat()):
        there = store_work.reached(ledger.db, row["id"])
        for unit in tree.by_id.values():
            got = there.get(unit["id"])
            done = got is not None and got["done_on"] is not None and got["done_on"] <= tree.day.isoformat()
            if wanted_of(row["level"], unit["level"]) and row["due_on"] <= until.isoformat() and not done:
                yield row, unit, got


def late_templates(ledger: "Ledger", tree: Tree, until: date) -> Iterator[tuple[Any, Any]]:
    """(template, unit) of every regulation not made of a template that was due by a day."""
    for row in (row for row in store_work.templates(ledger.db) if row["from_day"] <= tree.day.isoformat()):
        there = {key: one for key, one in store_work.adoptions(ledger.db, row["id"]).items()
                 if one["adopted_on"] <= tree.day.isoformat()}  # fmt: skip
        for unit in tree.by_id.values():
            wanted = wanted_of(row["level"], unit["level"]) and unit["id"] not in there
            if wanted and row["due_on"] is not None and row["due_on"] <= until.isoformat():
                yield row, unit


def _programmes(ledger: "Ledger", tree: Tree) -> Iterator[Lack]:
    for row in store.programmes(ledger.db):
        for part in Standing(ledger, row, tree.day, tree).parts:
            if part.state == "failed" and part.last is not None and part.unit["unit_id"] in tree.by_id:
                text = say("rollup.lacks.programme", name=row["name"], score=Milli(part.last["score_milli"]),
                           least=Milli(row["pass_milli"]))  # fmt: skip
                yield Lack(tree.by_id[part.unit["unit_id"]], "programme", text, date.fromisoformat(part.last["on_day"]), None,
                           f"logi programme accept {row['code']} {part.unit['code']} --score VALUE")  # fmt: skip


def _milestones(ledger: "Ledger", tree: Tree) -> Iterator[Lack]:
    for row, unit, got in late_milestones(ledger, tree, tree.day):
        due = date.fromisoformat(row["due_on"])
        if due < tree.day:
            have = got["links"].split(",") if got is not None else []
            missing = [Word.of("rollup.links", one) for one in row["links"].split(",") if one and one not in have]
            text = say("rollup.lacks.milestone", name=row["name"], links=missing or None)
            yield Lack(unit, "website" if row["links"] else "other", text, due, due,
                       f"logi programme milestone done {row['code']} {unit['code']}")  # fmt: skip


def _templates(ledger: "Ledger", tree: Tree) -> Iterator[Lack]:
    for row, unit in late_templates(ledger, tree, tree.day):
        due = date.fromisoformat(row["due_on"])
        if due < tree.day:
            yield Lack(unit, "regulation", say("rollup.lacks.template", name=row["name"]), due, due,
                       f"logi programme template adopt {row['code']} {unit['code']}")  # fmt: skip


def _canteens(ledger: "Ledger", tree: Tree) -> Iterator[Lack]:
    for one in canteens(ledger, tree):
        if one.last is None:
            continue
        day, code = date.fromisoformat(one.last["on_day"]), one.unit["code"]
        if one.state == "built":
            yield Lack(one.unit, "canteen", say("rollup.lacks.not_open"), day, None, f"logi unit canteen {code} --state open")
        elif one.state == "open" and one.short and one.hub is not None:
            text = say("rollup.lacks.canteen", hub=one.hub["name"], points=[Word.of("rollup.item", two) for two in one.short])
            yield Lack(one.unit, "canteen", text, day, None, f"logi unit canteen {code} --state open --met TEXT")


def _met(there: list[Any]) -> list[str]:
    return [one for one in there[-1]["met"].split(",") if one] if there else []
