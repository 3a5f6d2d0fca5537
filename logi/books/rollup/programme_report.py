"""What programmes can be asked: which there are, their schools, progress against the target by county (達標進度表)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.rollup import rules, store
from logi.books.rollup.standing import County, Standing, short
from logi.books.rollup.tabling import table
from logi.books.rollup.tree import Tree
from logi.core.answers import Milli, Table
from logi.core.messages import say
from logi.core.shares import permille

if TYPE_CHECKING:
    from logi.db import Ledger

PROGRAMMES = "code:code title standard goal:count members:count passed:count rate:rate target:count due:day pass:quantity"
MEMBERS = "code:code title level:word:rollup.level county state:word:rollup.result score:quantity on:day team"
PROGRESS = ("code:code title leader members:count+ passed:count+ rate:rate target:count wanted:count+ short:count+ due:day "
            "state:word:rollup.progress")  # fmt: skip


def programmes(ledger: "Ledger", day: date | None = None) -> Table:
    """Every programme with its target and how many schools have reached it."""
    tree, rows = Tree(ledger, day), []
    for row in store.programmes(ledger.db):
        one = Standing(ledger, row, tree.day, tree)
        rows.append({
            "code": row["code"], "title": row["name"], "standard": row["standard"], "goal": row["goal"],
            "members": len(one.parts), "passed": one.passed, "rate": permille(one.passed, one.count),
            "target": one.target.percent if one.target else None, "due": one.target.due_on if one.target else None,
            "pass": row["pass_milli"],
        })  # fmt: skip
    return table("programmes", say("rollup.title.programmes", day=tree.day), PROGRAMMES, rows)


def members(ledger: "Ledger", text: str | None = None, *, under: str | None = None, state: str | None = None,
            day: date | None = None) -> Table:  # fmt: skip
    """The schools of a programme (or of all), their acceptance and score."""
    tree = Tree(ledger, day)
    within = {one["id"] for one in tree.under(store.unit(ledger, under)["id"])} if under else None
    rows = []
    chosen = [store.programme(ledger, text)] if text else store.programmes(ledger.db)
    for row in chosen:
        for part in Standing(ledger, row, tree.day, tree).parts:
            if (within is not None and part.unit["unit_id"] not in within) or state not in (None, part.state):
                continue
            answers = tree.accountable(part.unit["unit_id"])
            last = part.last
            rows.append({
                "programme": row["name"], "code": part.unit["code"], "title": part.unit["name"], "level": part.unit["level"],
                "county": answers["name"] if answers is not None else None, "state": part.state, "since": part.since,
                "score": last["score_milli"] if last is not None else None,
                "on": date.fromisoformat(last["on_day"]) if last is not None else None,
                "team": last["team"] if last is not None else None, "doc": last["doc_no"] if last is not None else None,
            })  # fmt: skip
    specs = MEMBERS if text else f"programme {MEMBERS}"
    heading = say("rollup.title.members", name=chosen[0]["name"]) if text else say("rollup.title.all_members")
    return table("members", heading, specs, rows, more="since:day doc:code")


def progress(ledger: "Ledger", text: str | None = None, *, day: date | None = None) -> Table:
    """達標進度表: schools, those that reached the standard, and the year's target, by the county that answers."""
    tree = Tree(ledger, day)
    chosen = [store.programme(ledger, text)] if text else store.programmes(ledger.db)
    rows, notes = [], []
    for row in chosen:
        one = Standing(ledger, row, tree.day, tree)
        rows += [{"programme": row["name"], **county_row(one, county)} for county in one.counties()]
        notes += goal_said(one)
    specs = PROGRESS if text else f"programme {PROGRESS}"
    heading = say("rollup.title.progress", name=chosen[0]["name"], day=tree.day) if text else say("rollup.title.all_progress",
                                                                                               day=tree.day)  # fmt: skip
    return table("progress", heading, specs, rows, notes=notes)


def county_row(one: Standing, county: County) -> dict[str, Any]:
    """A county's line: how far it is, and what is lacking."""
    target, lacks = one.target, short(county, one.target)
    late = target is not None and target.due_on < one.day
    return {
        "code": county.answers["code"] if county.answers is not None else None,
        "title": county.answers["name"] if county.answers is not None else say("rollup.nobody"),
        "leader": county.answers["leader"] if county.answers is not None else None,
        "members": len(county.parts), "passed": county.passed, "rate": permille(county.passed, len(county.parts)),
        "target": target.percent if target else None, "due": target.due_on if target else None,
        "wanted": rules.wanted(len(county.parts), target.percent) if target else None, "short": lacks if target else None,
        "state": "open" if target is None else "reached" if not lacks else "overdue" if late else "behind",
    }  # fmt: skip


def goal_said(one: Standing) -> list[str]:
    """What the whole programme is held against: its goal, and how much of it a target asks for by its day."""
    if not one.row["goal"]:
        return []
    facts = {"name": one.row["name"], "goal": one.row["goal"], "members": len(one.parts), "passed": one.passed}
    said = [say("rollup.note.goal", **facts)]
    for target in one.targets:
        asked = rules.wanted(one.row["goal"], target.percent)
        said.append(say("rollup.note.target", due=target.due_on, percent=target.percent, wanted=asked,
                        short=max(asked - one.passed, 0)))  # fmt: skip
    return said


def programme_card(ledger: "Ledger", row: Any) -> list[Table]:
    """A programme for `logi show`."""
    from logi.books.rollup.tabling import card

    facts = {"code": row["code"], "title": row["name"], "standard": row["standard"], "full": Milli(row["full_milli"]),
             "pass": Milli(row["pass_milli"]), "goal": row["goal"], "since": date.fromisoformat(row["from_day"]),
             "source": row["source"]}  # fmt: skip
    targets = [{"year": one["year"], "target": one["percent"], "due": date.fromisoformat(one["due_on"]),
                "wanted": rules.wanted(row["goal"], one["percent"]) if row["goal"] else None}
               for one in store.targets(ledger.db, row["id"])]  # fmt: skip
    return [card("programme", say("rollup.title.programme", code=row["code"]), facts),
            table("targets", say("rollup.title.targets"), "year:code target:count due:day wanted:count", targets),
            members(ledger, row["code"])]  # fmt: skip
