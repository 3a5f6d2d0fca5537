"""How things failed: the jobs finished in a period by failure mode, the most frequent first (Pareto)."""

from collections.abc import Iterable
from typing import Any

from logi.books.repair import rules
from logi.books.repair.figures import share
from logi.books.repair.tabling import Job, columns_of
from logi.core.answers import Table
from logi.core.messages import say

KEYS = ("mode", "jobs", "wear", "human", "cost", "share", "share_to", "root")
UNTOLD = "—"


def failure_modes(jobs: Iterable[Job]) -> Table:
    """Each mode with its jobs by cause, what they cost, its share of all, and the root causes named."""
    modes: dict[str, dict[str, Any]] = {}
    for order, progress in jobs:
        if order["source"] == rules.PREVENTIVE:
            continue
        blank = {"jobs": 0, "wear": 0, "human": 0, "cost": 0, "roots": []}
        one = modes.setdefault(progress.mode or UNTOLD, {"mode": progress.mode or UNTOLD, **blank})
        one["jobs"] += 1
        if progress.cause:
            one[progress.cause] += 1
        one["cost"] += progress.cost_fen
        if progress.root and progress.root not in one["roots"]:
            one["roots"].append(progress.root)
    rows = sorted(modes.values(), key=lambda one: (one["mode"] == UNTOLD, -one["jobs"], -one["cost"], one["mode"]))
    whole, sofar = sum(one["jobs"] for one in rows), 0
    for one in rows:
        sofar += one["jobs"]
        one |= {"share": share(one["jobs"], whole), "share_to": share(sofar, whole), "root": "; ".join(one.pop("roots"))}
    columns = columns_of(KEYS, sums=("jobs", "wear", "human", "cost"))
    return Table("repair.failure_modes", say("repair.report.failure_modes"), columns, rows)
