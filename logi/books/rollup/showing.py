"""What `logi show` says of what bears a number: bundles with every figure, pilots and meetings, shortfalls."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.rollup import store_bundles, store_work
from logi.books.rollup.bundle import figures_of
from logi.books.rollup.gathering import figure_title, valued
from logi.books.rollup.tabling import card, table
from logi.core.answers import Fen, Table, Word
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

PROMOTED = "code:code title since:day due:day on:day note"
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


def submission(row: Any) -> list[Table]:
    """What was handed up, and its figures."""
    return bundle({**dict(row), "code": (body := json.loads(row["body"]))["unit"], "name": body["name"],
                   "ledger_id": body["ledger"], "head_seq": body["entry"], "head_hash": body["head"]})  # fmt: skip


def event(ledger: "Ledger", row: Any) -> list[Table]:
    """A pilot or meeting, and whom its result was promoted to."""
    facts = {
        "number": row["number"], "kind": Word.of("rollup.event", row["kind"]), "topic": row["topic"], "code": row["code"],
        "title": row["name"], "place": row["place"], "planned": _day(row["planned_on"]), "on": _day(row["held_on"]),
        "people": row["people"], "result": row["result"], "why": row["dropped"], "source": row["source"],
    }  # fmt: skip
    told = [
        {"code": one["code"], "title": one["name"], "since": _day(one["from_day"]), "due": _day(one["due_on"]),
         "on": _day(one["adopted_on"]), "note": one["note"]}
        for one in store_work.promotions(ledger.db, row["id"])
    ]  # fmt: skip
    found = [card("event", say("rollup.title.event", number=row["number"]), facts)]
    return [*found, table("promotions", say("rollup.title.promotions"), PROMOTED, told)] if told else found


def shortfall(row: Any) -> list[Table]:
    """A shortfall."""
    facts = {
        "number": row["number"], "code": row["code"], "title": row["name"], "matter": Word.of("rollup.shortfall", row["area"]),
        "words": row["words"], "programme": row["programme"], "since": _day(row["found_on"]), "owner": row["owner"],
        "due": _day(row["due_on"]), "people": row["people"], "money": _fen(row["money_fen"]), "done": _day(row["closed_on"]),
        "result": row["result"], "spent": _fen(row["spent_fen"]),
    }  # fmt: skip
    return [card("shortfall", say("rollup.title.shortfall", number=row["number"]), facts)]


def numbered(ledger: "Ledger", number: str) -> list[Table] | None:
    """A bundle, submission, pilot, meeting or shortfall by its number; None for anything else."""
    if (row := store_bundles.by_number(ledger.db, number)) is not None:
        return bundle(row)
    series = number.upper().partition("-")[0]
    if series == "SB":
        rows = [row for row in store_bundles.submissions(ledger.db) if row["number"] == number.upper()]
        return submission(rows[0]) if rows else None
    if series == "SD":
        rows = [row for row in store_work.events(ledger.db) if row["number"] == number.upper()]
        return event(ledger, rows[0]) if rows else None
    if series == "QD":
        rows = [row for row in store_work.shortfalls(ledger.db) if row["number"] == number.upper()]
        return shortfall(rows[0]) if rows else None
    return None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _fen(fen: int | None) -> Fen | None:
    return None if fen is None else Fen(fen)
