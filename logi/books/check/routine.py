"""The calendar of recurring duties (PAT-17): what every book says comes round, and the check book's own part of it."""

from typing import TYPE_CHECKING

from logi.books.check import lists, store
from logi.books.check.duties import Duties
from logi.books.check.using import FREQUENCY, in_force, responsible, responsible_code
from logi.core.answers import Column, Table
from logi.core.due import spoken
from logi.core.messages import say, title
from logi.core.routine import FREQUENCIES, Routine
from logi.registry import BookName, cards, room

if TYPE_CHECKING:
    from logi.db import Ledger


def duties(ledger: "Ledger") -> list[Routine]:
    """Every list in use at every place, with its last run and the day the next is due."""
    known, found = Duties(ledger), []
    made = store.run_days(ledger.db, ledger.today.replace(year=ledger.today.year - 2), ledger.today)
    for (key, place_id), rows in known.uses.items():
        checklist = lists.known(key)
        row = next((one for one in reversed(rows) if in_force(one, ledger.today)), None)
        if checklist is None or row is None:
            continue
        days = [day for (name, at), there in made.items() if name == key and place_id in (None, at) for day, _ in there]
        frequency = row["frequency"] if row["frequency"] in FREQUENCIES else "termly"
        at_place = f" --place {row['place']}" if row["place"] else " --everywhere" if checklist.things else ""
        by = responsible_code(ledger.db, ledger.today, row)
        found.append(Routine(
            frequency, key, lists.title(checklist), f"{row['place']} {row['place_name']}" if row["place"] else None,
            responsible(row), max(days, default=None), known.next_at(row, checklist),
            f"logi check run {key}{at_place} --by {by}", title(FREQUENCY, row["frequency"]),
        ))  # fmt: skip
    return found


def calendar(ledger: "Ledger", *, frequency: str | None = None, who: str | None = None) -> Table:
    """All that comes round, from daily to yearly: who answers for it, when it was last done and is next due."""
    from logi.books.check import school

    person = school.person(ledger, who)["name"] if who else None
    found = []
    for book in cards():
        hooks = room(book, "routine")
        if hooks is not None and hasattr(hooks, "duties"):
            found += [(book, one) for one in hooks.duties(ledger)]
    rows = [
        {"frequency": one.frequency, "rule": one.rule, "code": one.code, "duty": one.title, "where": one.where,
         "owner": one.who, "last_on": one.last_on, "next_due": one.next_on, "book": BookName(book),
         "command": spoken(one.command)}
        for book, one in found
        if frequency in (None, one.frequency) and person in (None, one.who)
    ]  # fmt: skip
    rows.sort(key=lambda r: (FREQUENCIES.index(r["frequency"]), r["book"], r["code"], r["where"] or ""))
    columns = (
        _column("frequency", "word", "check.routine"), _column("rule"), _column("code", "code"), _column("duty"),
        _column("where"), _column("owner"), _column("last_on", "day"), _column("next_due", "day"), _column("book", "word"),
        _column("command"),
    )  # fmt: skip
    notes = [say("check.note.routine", counts=_counts(rows))] if rows else [say("check.note.no_routine")]
    loose = [f"{r['code']} {r['duty']}" for r in rows if r["owner"] is None]
    if loose:
        notes.append(say("check.note.routine_loose", duties=loose))
    return Table("check.routine", say("check.title.routine", day=ledger.today), columns, rows, notes=notes)


def _counts(rows: list[dict[str, object]]) -> list[str]:
    return [f"{title('check.routine', one)} {n}" for one in FREQUENCIES if (n := sum(r["frequency"] == one for r in rows))]


def _column(key: str, kind: str = "text", words: str = "") -> Column:
    heading = {"last_on": "check.col.last_done"}.get(key, f"check.col.{key}")
    return Column(key, say(heading), kind, words=words)
