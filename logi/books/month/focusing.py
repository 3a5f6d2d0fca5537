"""The three things a school's logistics is judged by, a section each: buildings, property, money (FIN-17)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.core.answers import Column, Table
from logi.core.messages import say
from logi.registry import BookName, cards, room

if TYPE_CHECKING:
    from logi.db import Ledger

AREAS = ("buildings", "property", "finance")
KINDS = ("count", "quantity", "money")


def sections(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """A table for each, of what the books say in their rooms `worth`: `focus` yields (area, message key, kind, value)."""
    rows: dict[str, list[dict[str, Any]]] = {area: [] for area in AREAS}
    for name in cards():
        hooks = room(name, "worth")
        if hooks is None or not hasattr(hooks, "focus"):
            continue
        for area, key, kind, value in hooks.focus(ledger, since, until):
            rows[area].append({"book": BookName(name), "figure": say(key), kind: value})
    columns = (
        Column("book", say("month.col.book"), "word"), Column("figure", say("month.col.figure")),
        *(Column(kind, say(f"month.col.v_{kind}"), kind) for kind in KINDS),
    )  # fmt: skip
    return [
        Table(f"month.focus-{area}", say(f"month.focus.{area}", since=since, until=until), columns, rows[area],
              notes=[] if rows[area] else [say("month.note.focus_bare")])
        for area in AREAS
    ]  # fmt: skip
