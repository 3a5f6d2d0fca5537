"""The verbs of the organisation by level: what a unit's duties and tasks are."""

from typing import Any

from logi.books.people import rollup, store_organ
from logi.core.answers import Confirmation, Word
from logi.core.errors import NotFound, Refused
from logi.journal import Entry

KIND, LEVEL = "people.function", "rollup.level"


def add(e: Entry, unit: str, words: str, *, kind: str = "duty", source: str | None = None) -> Confirmation:
    """A unit of the tree gets a duty or a task, under the next number of its own."""
    row = rollup.unit(e, unit)
    there = store_organ.functions(e.db, row["id"])
    if any(one["words"] == words for one in there):
        raise Refused("people.function_there", unit=row["name"], words=words)
    n = 1 + max((one["n"] for one in store_organ.functions(e.db, row["id"], dropped=True)), default=0)
    e.insert("people_function", unit_id=row["id"], n=n, kind=kind, words=words, source=source)
    e.subject = row["code"]
    facts = {"name": row["name"], "level": Word.of(LEVEL, row["level"]), "kind": Word.of(KIND, kind), "n": n, "words": words}
    return Confirmation("staff.function.add", row["code"], facts=facts)


def drop(e: Entry, unit: str, n: int, *, reason: str) -> Confirmation:
    """A duty or task is a unit's no longer."""
    row = rollup.unit(e, unit)
    found: Any = next((one for one in store_organ.functions(e.db, row["id"]) if one["n"] == n), None)
    if found is None:
        raise NotFound("people.no_function", unit=row["name"], n=n)
    e.void("people_function", found["id"])
    e.subject = row["code"]
    facts = {"name": row["name"], "words": found["words"], "reason": reason}
    return Confirmation("staff.function.drop", row["code"], facts=facts)
