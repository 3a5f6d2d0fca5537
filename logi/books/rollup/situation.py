"""形勢分析: how the units stand, computed, with the problems found, what is done about them, people and money put in."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.rollup import gathering, lacks, rollup_report, school, store, store_work
from logi.books.rollup.standing import Standing
from logi.books.rollup.tabling import table
from logi.books.rollup.tree import Tree
from logi.core.answers import Fen, Table
from logi.core.messages import say, shown

if TYPE_CHECKING:
    from logi.db import Ledger

SITUATION = "aspect:word:rollup.aspect figure people:count+ money:money+ text measure"


def situation(ledger: "Ledger", since: date, until: date) -> Table:
    """Organisation, staffing, programmes, shortfalls, canteens, what was told; then each problem with its measure."""
    tree = Tree(ledger, min(until, ledger.today))
    rows = [*_units(ledger, tree), *_programmes(ledger, tree), *_shortfalls(ledger, tree, since), *_canteens(ledger, tree)]
    silent = gathering.expected(ledger, rollup_report.over(until, ledger.today))
    if silent:
        text = say("rollup.situation.told", count=len(silent), units=len({row["id"] for _, row in silent}))
        rows.append({"aspect": "told", "figure": str(len(silent)), "text": text})
    rows += [
        {"aspect": "problem", "figure": row["code"], "text": row["problem"], "measure": row["measure"], "people": row["people"],
         "money": row["money_fen"]}
        for row in store_work.analyses(ledger.db, since, until)
    ]  # fmt: skip
    return table("situation", say("rollup.title.situation", since=since, until=until), SITUATION, rows)


def _units(ledger: "Ledger", tree: Tree) -> list[dict[str, Any]]:
    if not tree.by_id:
        return []
    needs = school.policy(ledger, "rollup.unit_needs", tree.day)
    asked = [row for row in tree.by_id.values() if needs.get(row["level"])]
    full = sum(not tree.lacking(row, needs) for row in asked)
    staff = sum(row["staff"] or 0 for row in tree.by_id.values())
    posts = [row for row in tree.by_id.values() if row["posts"]]
    filled = sum(min(row["staff"] or 0, row["posts"]) for row in posts)
    given = sum(row["posts"] for row in posts)
    return [
        {"aspect": "organisation", "figure": f"{full}/{len(asked)}",
         "text": say("rollup.situation.organisation", full=full, count=len(asked))},
        {"aspect": "staff", "figure": str(staff),
         "text": say("rollup.situation.staff", staff=staff, filled=filled, posts=given)},
    ]  # fmt: skip


def _programmes(ledger: "Ledger", tree: Tree) -> list[dict[str, Any]]:
    rows = []
    for row in store.programmes(ledger.db):
        one = Standing(ledger, row, tree.day, tree)
        target = f"{one.target.percent} %" if one.target is not None else None
        rows.append({"aspect": "programme", "figure": f"{one.passed}/{one.count}",
                     "text": say("rollup.situation.programme", name=row["name"], passed=one.passed, count=one.count,
                                 target=target)})  # fmt: skip
    return rows


def _shortfalls(ledger: "Ledger", tree: Tree, since: date) -> list[dict[str, Any]]:
    iso = tree.day.isoformat()
    down = [row for row in store_work.shortfalls(ledger.db) if row["found_on"] <= iso]
    if not down:
        return []
    open_ = [row for row in down if row["closed_on"] is None or row["closed_on"] > iso]
    mended = [row for row in down if row["closed_on"] is not None and since.isoformat() <= row["closed_on"] <= iso]
    wanted = sum(row["money_fen"] or 0 for row in open_)
    text = say("rollup.situation.shortfall", open=len(open_), mended=len(mended), wanted=shown(Fen(wanted)))
    spent = sum(row["spent_fen"] or 0 for row in mended)
    return [{"aspect": "shortfall", "figure": str(len(open_)), "text": text, "money": spent or None}]


def _canteens(ledger: "Ledger", tree: Tree) -> list[dict[str, Any]]:
    there = [one for one in lacks.canteens(ledger, tree) if one.last is not None]
    if not there:
        return []
    in_use, built = sum(one.state == "open" for one in there), sum(one.state in ("open", "built") for one in there)
    text = say("rollup.situation.canteen", open=in_use, built=built)
    return [{"aspect": "canteen", "figure": f"{in_use}/{built}", "text": text}]
