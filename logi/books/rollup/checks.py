"""What is lacking, late or unanswered of units and programmes, and what must always hold."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from logi.books.rollup import rules, school, store
from logi.books.rollup.bundle_checks import due as bundles_due
from logi.books.rollup.bundle_checks import verify as bundles_wrong
from logi.books.rollup.standing import Standing, short
from logi.books.rollup.tree import Tree
from logi.books.rollup.work_checks import due as work_due
from logi.core.due import Due, Finding
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

MEND = {"staff": "--staff N", "office": "--office TEXT", "facilities": "--facilities TEXT", "leader": "--leader NAME",
        "head": "--head NAME"}  # fmt: skip


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Units that lack what they must have or that nobody answers for, pupils not counted, targets not reached."""
    tree = Tree(ledger)
    if not tree.by_id:
        return []
    return [*_gaps(ledger, tree), *_unanswered(tree), *_uncounted(tree), *_targets(ledger, tree, days),
            *bundles_due(ledger, days), *work_due(ledger, tree, days)]


def verify(db: store.Db) -> list[Finding]:
    """A unit hangs below one that is there; what was handed up and received is what its seal says."""
    found = [Finding(say("rollup.finding.parent", code=row["code"], parent=row["parent"]), row["entry"])
             for row in store.odd_parents(db)]  # fmt: skip
    return [*found, *bundles_wrong(db)]


def _gaps(ledger: "Ledger", tree: Tree) -> Iterator[Due]:
    needs = school.policy(ledger, "rollup.unit_needs", ledger.today)
    for row in tree.by_id.values():
        if missing := tree.lacking(row, needs):
            text = say("rollup.rule.gaps.text", code=row["code"], name=row["name"],
                       what=[title("rollup.need", one) for one in missing])  # fmt: skip
            command = f"logi unit edit {row['code']} " + " ".join(MEND[one] for one in missing)
            yield Due("missing", "rollup.rule.gaps", row["code"], text, None, command, "ROL-13 rollup.unit_needs")


def _unanswered(tree: Tree) -> Iterator[Due]:
    """以縣為主: once there is a county, every school lies below one."""
    answering = {row["level"] for row in tree.by_id.values()} & {tree.answers}
    for row in tree.by_id.values() if answering else ():
        below = rules.above(tree.answers, row["level"])
        if below and tree.accountable(row["id"]) is None:
            text = say("rollup.rule.answers.text", code=row["code"], name=row["name"])
            yield Due("orphaned", "rollup.rule.answers", row["code"], text, None,
                      f"logi unit edit {row['code']} --parent UNIT", "ROL-06 rollup.accountable")  # fmt: skip


def _uncounted(tree: Tree) -> Iterator[Due]:
    for row in tree.by_id.values():
        if row["level"] in rules.TEACHING and tree.own_pupils(row["id"]) is None:
            text = say("rollup.rule.heads.text", code=row["code"], name=row["name"])
            yield Due("missing", "rollup.rule.heads", row["code"], text, None, f"logi unit heads {row['code']} HEADS", "ROL-09")


def _targets(ledger: "Ledger", tree: Tree, days: int) -> Iterator[Due]:
    for row in store.programmes(ledger.db):
        one = Standing(ledger, row, ledger.today, tree)
        missed, ahead = rules.missed_on(one.targets, ledger.today), one.target
        if not one.targets:
            text = say("rollup.rule.no_target.text", code=row["code"], name=row["name"])
            yield Due("missing", "rollup.rule.no_target", row["code"], text, None,
                      f"logi programme target {row['code']} YEAR PERCENT", "ROL-02")  # fmt: skip
        for county in one.counties():
            for target in (missed, ahead):
                lacks = short(county, target)
                if target is None or not lacks or target.due_on > ledger.today + timedelta(days=days):
                    continue
                name = county.answers["name"] if county.answers is not None else say("rollup.nobody")
                text = say("rollup.rule.target.text", county=name, name=row["name"], percent=target.percent, due=target.due_on,
                           passed=county.passed, members=len(county.parts), short=lacks)  # fmt: skip
                waiting = next((part.unit["code"] for part in county.parts if part.state != "passed"), "UNIT")
                yield Due("overdue" if target.due_on < ledger.today else "soon", "rollup.rule.target", row["code"], text,
                          target.due_on, f"logi programme accept {row['code']} {waiting} --score VALUE", "ROL-05")  # fmt: skip
                break
