"""What can be asked about accidents: the log, and the days without one."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.patrol import store
from logi.books.patrol.accident_actions import KIND
from logi.books.patrol.hazard_actions import as_day, place_text
from logi.core.answers import Column, Table
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def listing(ledger: "Ledger", since: date | None, until: date | None) -> Table:
    """The accidents of a period, and the days without one up to its end."""
    day = min(until or ledger.today, ledger.today)
    rows = [_row(row) for row in store.accidents(ledger.db, since, day)]
    columns = (
        _column("number", "code"), _column("on", "day"), _column("at", "code"), _what(), _column("place"),
        _column("kind", "word", KIND), Column("injured", say("patrol.col.injured"), "count", total=True),
        _column("treatment"), _column("reported_to"), _column("hazard", "code"), _column("by"), _column("note"),
    )  # fmt: skip
    notes = [free_note(ledger, day)] if day >= begun(ledger) else []  # nothing is known of the days before
    return Table("accident.list", say("patrol.title.accidents"), columns, rows, notes=notes)


def free(ledger: "Ledger", at: date | None = None) -> Table:
    """The stretches without an accident since the ledger was begun, the present one last."""
    day = at or ledger.today
    found = store.accidents(ledger.db, None, day)
    since = begun(ledger)
    rows: list[dict[str, Any]] = []
    for row in found:
        on = date.fromisoformat(row["on_day"])
        if on >= since:
            rows.append({"from_day": since, "to_day": on, "days": (on - since).days, "number": row["number"],
                         "title": row["title"]})  # fmt: skip
            since = on
    rows.append({"from_day": since, "to_day": day, "days": max(0, (day - since).days), "number": None, "title": None})
    columns = (_column("from_day", "day"), _column("to_day", "day"), _column("free_days", "count"),
               _column("number", "code"), _what())  # fmt: skip
    for one in rows:
        one["free_days"] = one.pop("days")
    return Table("accident.days", say("patrol.title.free_days"), columns, rows, notes=[free_note(ledger, day)])


def free_note(ledger: "Ledger", day: date) -> str:
    """`20 days without an accident, since …`, as of a day."""
    found = store.accidents(ledger.db, None, day)
    if not found:
        since = begun(ledger)
        return say("patrol.note.never", days=max(0, (day - since).days), since=since)
    last = date.fromisoformat(found[-1]["on_day"])
    return say("patrol.note.free", days=(day - last).days, since=last, number=found[-1]["number"])


def begun(ledger: "Ledger") -> date:
    """The day since which accidents are recorded: the ledger's first, or an accident entered from before it."""
    found = store.accidents(ledger.db, None, None)
    first = [date.fromisoformat(found[0]["on_day"])] if found else []
    return min([store.begun_on(ledger.db), *first])


def card(ledger: "Ledger", number: str) -> list[Table] | None:
    """One accident, for `logi show`."""
    row = store.accident(ledger.db, number)
    if row is None:
        return None
    told = _row(row) | {"kind": say(f"{KIND}.{row['kind']}"), "injured": str(row["injured"])}
    lines = [
        {"field": say("patrol.col.what_broke" if name == "title" else f"patrol.col.{name}"), "value": str(value)}
        for name, value in told.items() if value
    ]  # fmt: skip
    columns = (Column("field", say("patrol.col.field")), Column("value", say("patrol.col.value")))
    return [Table("accident.card", say("patrol.title.accident", number=number), columns, lines)]


def _row(row: store.Row) -> dict[str, Any]:
    return {
        "number": row["number"], "on": as_day(row["on_day"]), "at": row["at_time"], "title": row["title"],
        "place": place_text(row), "kind": row["kind"], "injured": row["injured"], "treatment": row["treatment"],
        "reported_to": row["reported_to"], "hazard": row["hazard"], "by": row["by_name"], "note": row["note"],
    }  # fmt: skip


def _what() -> Column:
    return Column("title", say("patrol.col.what_broke"))


def _column(key: str, kind: str = "text", words: str = "") -> Column:
    return Column(key, say(f"patrol.col.{key}"), kind, words=words)
