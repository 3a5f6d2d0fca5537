"""What is late of milestones, pilots, templates, shortfalls and canteens: lines of `logi due`."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.rollup import lacks, store_work
from logi.books.rollup.store_work import Row
from logi.books.rollup.tree import Tree
from logi.core.answers import Word
from logi.core.due import Due
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def due(ledger: "Ledger", tree: Tree, days: int) -> Iterator[Due]:
    """Milestones and templates not reached, meetings not held, results not taken up, shortfalls and canteens left."""
    horizon = ledger.today + timedelta(days=days)
    for row, unit, _ in lacks.late_milestones(ledger, tree, horizon):
        day = date.fromisoformat(row["due_on"])
        text = say("rollup.rule.milestone.text", unit=unit["name"], name=row["name"], day=day)
        links = f" --links {row['links']}" if row["links"] else ""
        yield Due(_when(ledger, day), "rollup.rule.milestone", row["code"], text, day,
                  f"logi programme milestone done {row['code']} {unit['code']}{links}", "ROL-03")  # fmt: skip
    waiting: dict[str, tuple[Row, list[Row]]] = {}
    for row, unit in lacks.late_templates(ledger, tree, horizon):
        waiting.setdefault(row["code"], (row, []))[1].append(unit)
    for code, (row, units) in waiting.items():
        day = date.fromisoformat(row["due_on"])
        text = say("rollup.rule.template.text", count=len(units), units=[unit["name"] for unit in units][:5], name=row["name"],
                   day=day)  # fmt: skip
        named = " ".join(unit["code"] for unit in units[:5])
        yield Due(_when(ledger, day), "rollup.rule.template", code, text, day,
                  f"logi programme template adopt {code} {named}", "ROL-12")  # fmt: skip
    yield from _events(ledger, horizon)
    yield from _shortfalls(ledger, horizon)
    yield from _canteens(ledger, tree)


def _events(ledger: "Ledger", horizon: date) -> Iterator[Due]:
    for row in store_work.events(ledger.db):
        day, number = date.fromisoformat(row["planned_on"]), row["number"]
        if row["held_on"] is None and not row["dropped"] and day <= horizon:
            text = say("rollup.rule.event.text", number=number, topic=row["topic"], unit=row["name"], day=day)
            yield Due(_when(ledger, day), "rollup.rule.event", number, text, day,
                      f"logi programme event hold {number} --result TEXT", "ROL-04")  # fmt: skip
        told = store_work.promotions(ledger.db, row["id"])
        if row["kind"] == "pilot" and row["held_on"] is not None and not told:
            text = say("rollup.rule.promote.text", number=number, topic=row["topic"])
            yield Due("missing", "rollup.rule.promote", number, text, None,
                      f"logi programme event promote {number} UNIT", "ROL-17")  # fmt: skip
        for one in told:
            last = date.fromisoformat(one["due_on"]) if one["due_on"] else None
            if one["adopted_on"] is None and last is not None and last <= horizon:
                text = say("rollup.rule.adopt.text", number=number, topic=row["topic"], unit=one["name"], day=last)
                yield Due(_when(ledger, last), "rollup.rule.adopt", number, text, last,
                          f"logi programme event adopt {number} {one['code']}", "ROL-17")  # fmt: skip


def _shortfalls(ledger: "Ledger", horizon: date) -> Iterator[Due]:
    for row in store_work.shortfalls(ledger.db):
        if row["closed_on"] is not None:
            continue
        day, number = date.fromisoformat(row["due_on"]) if row["due_on"] else None, row["number"]
        if day is not None and day <= horizon:
            text = say("rollup.rule.shortfall.text", number=number, unit=row["name"], words=row["words"], day=day)
            yield Due(_when(ledger, day), "rollup.rule.shortfall", number, text, day,
                      f"logi unit shortfall close {number} --result TEXT", "ROL-10")  # fmt: skip
        elif row["owner"] is None:
            text = say("rollup.rule.shortfall_owner.text", number=number, unit=row["name"], words=row["words"])
            yield Due("orphaned", "rollup.rule.shortfall_owner", number, text, None,
                      f"logi unit shortfall close {number} --result TEXT", "ROL-10")  # fmt: skip


def _canteens(ledger: "Ledger", tree: Tree) -> Iterator[Due]:
    """以中心中學為標準: a canteen that is built is opened, and meets what the central school's does."""
    for one in lacks.canteens(ledger, tree):
        code = one.unit["code"]
        if one.state == "built":
            text = say("rollup.rule.canteen.text", code=code, name=one.unit["name"])
            yield Due("missing", "rollup.rule.canteen", code, text, None, f"logi unit canteen {code} --state open", "CAN-30")
        elif one.state == "open" and one.short and one.hub is not None:
            points = [Word.of("rollup.item", two) for two in one.short]
            text = say("rollup.rule.canteen_short.text", code=code, name=one.unit["name"], hub=one.hub["name"], points=points)
            yield Due("missing", "rollup.rule.canteen_short", code, text, None,
                      f"logi unit canteen {code} --state open --met {','.join([*one.met, *one.short])}", "CAN-30")  # fmt: skip


def _when(ledger: "Ledger", day: date) -> str:
    return "overdue" if day < ledger.today else "soon"
