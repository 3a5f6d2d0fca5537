"""The verbs of shortfalls (短板), of canteens measured by the central school's, and of what was analysed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.rollup import rules, school, store, store_work
from logi.books.rollup.actions import alive
from logi.books.rollup.tree import Tree
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import Refused, Usage
from logi.core.messages import title
from logi.journal import Entry


def add(e: Entry, words: str, *, unit: str, area: str, programme: str | None = None, owner: str | None = None,
        due: date | None = None, money: int | None = None, people: int | None = None,
        on: date | None = None) -> Confirmation:  # fmt: skip
    """Put down what a unit is short of, who mends it by when, and what it takes."""
    day = e.happened(on or e.today)
    row = alive(e, unit, day)
    whole = store.programme(e, programme) if programme else None
    if due is not None and due < day:
        raise Refused("rollup.due_before", due=due, day=day)
    number = e.number("QD", str(day.year), book="rollup", kind="shortfall")
    e.insert("rollup_shortfall", number=number, unit_id=row["id"], area=area, words=words, found_on=day, owner=owner,
             due_on=due, people=people, money_fen=money, programme_id=whole["id"] if whole is not None else None)  # fmt: skip
    if owner is None or due is None:
        e.warn("rollup.shortfall_open_ended", number=number)
    facts = {"unit": row["name"], "area": Word.of("rollup.shortfall", area), "words": words, "owner": owner, "due": due,
             "money": None if money is None else Fen(money), "people": people}  # fmt: skip
    return Confirmation("unit.shortfall.add", number, facts=facts)


def close(e: Entry, number: str, *, result: str, spent: int | None = None, on: date | None = None) -> Confirmation:
    """It is made good, and what that cost."""
    row, day = store_work.shortfall(e.db, number), e.happened(on or e.today)
    if row["closed_on"] is not None:
        raise Refused("rollup.shortfall_closed", number=row["number"], on=date.fromisoformat(row["closed_on"]))
    if day.isoformat() < row["found_on"]:
        raise Refused("rollup.shortfall_before", number=row["number"], since=date.fromisoformat(row["found_on"]), day=day)
    e.update("rollup_shortfall", row["id"], closed_on=day, result=result, spent_fen=spent)
    facts = {"unit": row["name"], "words": row["words"], "result": result, "on": day,
             "spent": None if spent is None else Fen(spent)}  # fmt: skip
    return Confirmation("unit.shortfall.close", row["number"], facts=facts)


def canteen(e: Entry, unit: str, *, state: str, met: Sequence[str] = (), all_met: bool = False, team: str | None = None,
            on: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """How a unit's canteen was found: whether it is built and in use, and which points of the standard it meets."""
    day = e.happened(on or e.today)
    row = alive(e, unit, day)
    if row["level"] not in rules.TEACHING:
        raise Refused("rollup.no_school_canteen", code=row["code"], level=Word.of("rollup.level", row["level"]))
    points = list(school.policy(e, "rollup.canteen_points", day))
    if strange := [one for one in met if one not in points]:
        raise Usage("rollup.canteen_point", text=strange[0], known=[f"{one} {title('rollup.item', one)}" for one in points])
    if state != "open" and (met or all_met):
        raise Usage("rollup.canteen_not_open", state=Word.of("rollup.canteen", state))
    stands = points if all_met else [one for one in points if one in met]
    e.insert("rollup_canteen", on_day=day, unit_id=row["id"], state=state, met=",".join(stands), team=team, note=note)
    hub = benchmark(Tree(e), row["id"])
    e.subject = row["code"]
    facts = {"name": row["name"], "state": Word.of("rollup.canteen", state), "on": day, "met": len(stands), "of": len(points),
             "by": team, "hub": hub["name"] if hub is not None else None}  # fmt: skip
    return Confirmation("unit.canteen", row["code"], facts=facts)


def benchmark(tree: Tree, unit_id: int) -> Any:
    """The central school a unit is measured by: itself or the nearest above; None without one."""
    if unit_id not in tree.by_id:
        return None
    return next((row for row in (tree.by_id[unit_id], *tree.line(unit_id)) if row["level"] == "hub"), None)


def analyse(e: Entry, problem: str, *, measure: str, unit: str | None = None, people: int | None = None,
            money: int | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """A problem found when the situation was looked at, what is done about it, and the people and money put in."""
    day = e.happened(on or e.today)
    row = alive(e, unit, day) if unit else None
    e.insert("rollup_analysis", on_day=day, unit_id=row["id"] if row is not None else None, problem=problem, measure=measure,
             people=people, money_fen=money)  # fmt: skip
    facts = {"problem": problem, "measure": measure, "unit": row["name"] if row is not None else None, "people": people,
             "money": None if money is None else Fen(money), "on": day}  # fmt: skip
    return Confirmation("rollup.analyse", row["code"] if row is not None else None, facts=facts)
