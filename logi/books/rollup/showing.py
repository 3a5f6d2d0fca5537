"""What `logi show` says of a bundle: where it came from, and every figure in it."""

import json
from datetime import date
from typing import Any

from logi import journal
from logi.books.rollup.bundle import figures_of
from logi.books.rollup.gathering import figure_title, valued
from logi.books.rollup.tabling import card, table
from logi.core.answers import Table
from logi.core.messages import say

FIGURES = "code:code figure:code title kind:word:rollup.figure amount:money quantity:quantity"


def bundle(row: Any) -> list[Table]:
    """A bundle: its header and its figures."""
    body = json.loads(row["body"])
    facts = {
        "number": row["number"], "on": date.fromisoformat(row["on_day"]), "code": row["code"], "title": row["name"],
        "month": row["month"], "sha256": row["sha256"], "ledger": row["ledger_id"],
        "ledger_head": journal.Head(row["head_seq"], row["head_hash"]).short, "corrects": row["corrects"], "why": row["reason"],
    }  # fmt: skip
    rows: list[dict[str, Any]] = []
    for unit in body["units"]:
        rows += [{"code": unit["code"], "figure": one.name, "title": figure_title(one.name),
                  "kind": "standing" if one.standing else "happened", **valued(one)} for one in figures_of(unit)]  # fmt: skip
    return [card("bundle", say("rollup.title.bundle", number=row["number"]), facts),
            table("bundle_figures", say("rollup.title.bundle_figures"), FIGURES, rows)]  # fmt: skip
