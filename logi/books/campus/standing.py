"""How the campus stands on a day: projects with their progress, the three, the standard of equipment, the beautiful campus."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.campus import asset, check, rules, school, store
from logi.books.campus.money import heads
from logi.core.shares import permille

if TYPE_CHECKING:
    from logi.db import Ledger


class Gap(NamedTuple):
    """What a standard asks for and what is there; `wanted` None where nobody said what it is reckoned by."""

    row: Any
    base: int | None
    wanted: int | None
    there: int
    rooms: tuple[str, ...]  # of the kind it is for, those that have too few

    @property
    def short(self) -> int:
        """How many are lacking; rooms that have more do not make up for rooms that have fewer."""
        return 0 if self.wanted is None else max(self.wanted - self.there, 0)


class Held(NamedTuple):
    """A point of the beautiful campus and how it stands: met, short, under works, mended, na, unchecked."""

    point: check.Point
    state: str
    projects: tuple[Any, ...]


class Beauty(NamedTuple):
    """The newest check of the beautiful campus: its points, and the score with what was mended since, in tenths."""

    run: Any | None
    points: tuple[Held, ...]
    score: int | None

    @property
    def percent(self) -> str | None:
        """The score as people read it."""
        return None if self.score is None else f"{self.score // 10}.{self.score % 10}"


def percent(row: Any, logged: dict[int, list[Any]], day: date) -> int:
    """How far a project has come: 100 once it is finished, else what was logged last."""
    if rules.state(row, day) in ("finished", "accepted", "settled"):
        return 100
    there = logged.get(row["id"], [])
    return int(there[-1]["percent"]) if there else 0


def own_projects(ledger: "Ledger", scheme: Any, day: date) -> list[Any]:
    """The projects of a scheme that stand on a day."""
    return [one for one in store.projects(ledger.db) if one["scheme_id"] == scheme["id"] and one["added_on"] <= day.isoformat()
            and rules.state(one, day) != "stopped"]  # fmt: skip


def gaps(ledger: "Ledger", day: date) -> list[Gap]:
    """Every standard in force held against the register."""
    cards, rooms = asset.Cards(ledger.db), school.places(ledger.db)
    rows = store.standards(ledger.db, day)
    return [_gap(ledger, row, cards, rooms, day) for row in rows]


def beauty(ledger: "Ledger", day: date) -> Beauty:
    """The standard of the beautiful campus on a day. What failed is mended once it was settled, or a project of it accepted."""
    run = check.last_run(ledger.db, day)
    projects = [row for row in store.projects(ledger.db) if row["shortfall"] and row["stopped_on"] is None]
    held = []
    for point in check.points(ledger, run):
        own = tuple(row for row in projects if row["shortfall"] == point.id)
        held.append(Held(point, _point_state(point, own, run, day), own))
    judged = [one for one in held if one.state not in ("na", "unchecked")]
    good = sum(one.point.weight for one in judged if one.state in ("met", "mended"))
    return Beauty(run, tuple(held), permille(good, sum(one.point.weight for one in judged)) if run is not None else None)


def _point_state(point: check.Point, own: tuple[Any, ...], run: Any | None, day: date) -> str:
    if run is None or point.result is None:
        return "unchecked"
    if point.result != "fail":
        return "na" if point.result == "na" else "met"
    accepted = any(row["accepted_on"] and run["on_day"] <= row["accepted_on"] <= day.isoformat() for row in own)
    if accepted or point.outcome in check.SETTLED:
        return "mended"
    return "works" if own or point.outcome == "open" else "short"


def _gap(ledger: "Ledger", row: Any, cards: asset.Cards, rooms: Any, day: date) -> Gap:
    words = str(row["words"]).split("、")
    there, where = cards.there(words)
    if row["per"] == "school":
        return Gap(row, 1, rules.needed(row["quantity_milli"], 1), there, ())
    if row["per"] == "pupil":
        base = heads(ledger.db)
        return Gap(row, base, None if base is None else rules.needed(row["quantity_milli"], base), there, ())
    kind = "classroom" if row["per"] == "class" else row["room_kind"]
    own = [one["code"] for one in rooms if one["kind"] == kind]
    each = rules.needed(row["quantity_milli"], 1)
    lacking = tuple(code for code in own if where.get(code, 0) < each)
    held = sum(min(where.get(code, 0), each) for code in own)
    if row["quantity_milli"] % 1000:  # one for several rooms: where it stands does not matter
        return Gap(row, len(own), rules.needed(row["quantity_milli"], len(own)), there, ())
    return Gap(row, len(own), each * len(own), held, lacking)
