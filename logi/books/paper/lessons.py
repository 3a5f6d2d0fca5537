"""What was learned, for the summary of a stretch of days: lessons noted at regulations, and what became of them (DOC-15)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.paper import rules, standing, store
from logi.books.paper.tabling import table
from logi.core.answers import Table
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

LESSONS = "on:day number:code title lesson evidence:code by lesson_state:word:paper.lesson revised_from:day"


def lessons(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """Every lesson noted in the days, with the version it led to; while nothing is noted, how to note one."""
    documents = {row["id"]: row for row in store.documents(ledger.db)}
    if not any(row["kind"] == "regulation" for row in documents.values()):
        return []
    rows = [
        {"on": date.fromisoformat(row["on_day"]), "number": documents[row["doc_id"]]["code"],
         "title": documents[row["doc_id"]]["name"], "lesson": row["note"], "evidence": row["evidence"], "by": row["by_name"],
         **_became(ledger, documents[row["doc_id"]], row)}
        for row in store.reviews(ledger.db, min(until, ledger.today)) if row["on_day"] >= since.isoformat() and row["note"]
    ]  # fmt: skip
    notes = [] if rows else [say("paper.note.no_lesson")]
    return [table("lessons", say("paper.title.lessons", since=since, until=until), LESSONS, rows, notes=notes)]


def _became(ledger: "Ledger", document: store.Row, looked: Any) -> dict[str, Any]:
    """Whether the regulation stays as it is, waits for a new version, or has one: from when."""
    if looked["outcome"] != "revise":
        return {"lesson_state": "kept"}
    after = [
        first for row in store.versions(ledger.db, document["root"])
        if row["version"] > document["version"] and (first := rules.span(row).first) is not None
        and first.isoformat() >= looked["on_day"] and standing.on(row, ledger.today) != "draft"
    ]  # fmt: skip
    return {"lesson_state": "revised", "revised_from": min(after)} if after else {"lesson_state": "waiting"}
