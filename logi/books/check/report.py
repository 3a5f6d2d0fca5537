"""What the check book can be asked: the lists, one list or run, results, missed runs, its part of a pack."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.check import analysis, lists, school, store, things
from logi.books.check.actions import place_text, unsigned
from logi.books.check.duties import Duties, Duty
from logi.books.check.rules import Checklist, Item
from logi.books.check.using import FREQUENCY, as_day, in_force, responsible
from logi.core.answers import Column, Milli, Pack, Table, Word
from logi.core.days import month_period, school_year_of, school_year_period
from logi.core.messages import quantity_text, say, shown, title

if TYPE_CHECKING:
    from logi.db import Ledger

RESULT = "check.result"


def listing(ledger: "Ledger", *, used: bool = False, place: str | None = None) -> Table:
    """Every list with where it is in use, its last run, and by when the next one is due."""
    place_id = school.place(ledger, place)["id"] if place else None
    duties, rows = Duties(ledger), []
    for one in lists.every():
        running = [row for (key, _), uses in duties.uses.items() if key == one.key for row in uses
                   if in_force(row, ledger.today) and place_id in (None, row["place_id"])]  # fmt: skip
        if (used or place_id is not None) and not running:
            continue
        last = store.last_run(ledger.db, one.key, ledger.today)
        rows.append({
            "code": one.key, "title": lists.title(one), "items": len(one.items),
            "frequency": running[0]["frequency"] if running else one.frequency, "in_use": len(running),
            "last_on": as_day(last["on_day"]) if last else None, "last_score": last["score"] if last else None,
            "next_due": duties.next_due(one.key) if running else None,
        })  # fmt: skip
    columns = (
        _column("code", "code"), _column("title"), _column("items", "count"), _column("frequency", "word", FREQUENCY),
        _column("in_use", "count"), _column("last_on", "day"), _column("last_score", "rate"), _column("next_due", "day"),
    )  # fmt: skip
    return Table("check.list", say("check.title.lists"), columns, rows, notes=_notes(duties))


def list_card(ledger: "Ledger", checklist: Checklist) -> list[Table]:
    """One list: its items with what they take and what a failure opens; where it is in use."""
    items = [
        {"n": n, "item": item.id, "area": lists.area(checklist, item), "text": lists.title(item),
         "takes": _takes(ledger, item), "weight": item.weight, "opens": _opens(item)}
        for n, item in enumerate(checklist.items, 1)
    ]  # fmt: skip
    columns = [_column("n", "count"), _column("item", "code"), _column("text"), _column("takes"),
               _column("weight", "count"), _column("opens")]  # fmt: skip
    if checklist.areas:
        columns.insert(1, _column("area"))
    notes = [say("check.note.frequency", frequency=Word.of(FREQUENCY, checklist.frequency))]
    if checklist.months:
        notes.append(say("check.note.months", months=list(checklist.months)))
    if checklist.sign:
        notes.append(say("check.note.sign", roles=[Word.of("check.role", role) for role in checklist.sign]))
    if checklist.things is not None:
        notes.append(say("check.note.assets", categories=checklist.things.categories, names=checklist.things.names))
    if checklist.sample:
        notes.append(say("check.note.sample"))
    notes.append(say("check.note.source", source=checklist.source))
    face = Table("check.items", say("check.title.list", code=checklist.key, title=lists.title(checklist)), columns, items,
                 notes=notes)  # fmt: skip
    return [face, _uses(ledger, checklist)]


def run_card(ledger: "Ledger", row: store.Row) -> list[Table]:
    """One run: its head, every item, its signatures."""
    checklist = lists.known(row["list"])
    facts = {
        "number": row["number"], "title": lists.title(checklist) if checklist else row["list"], "on": as_day(row["on_day"]),
        "at": row["at_time"], "place": place_text(row), "by": row["by_name"],
        "score": Milli(100 * row["score"]) if row["score"] is not None else None,
        "grade": _grade_word(ledger, row), "failed": row["failed"], "note": row["note"],
        "waiting": [Word.of("check.role", role) for role in unsigned(ledger.db, row, checklist)] or None,
    }  # fmt: skip
    card = [{"field": say(f"check.col.{name}"), "value": shown(value)} for name, value in facts.items() if value is not None]
    notes = [say("check.note.changed")] if checklist is None or checklist.digest != row["digest"] else []
    columns = (_column("field"), Column("value", say("check.col.content")))
    face = Table("check.run", say("check.title.run", number=row["number"]), columns, card, notes=notes)
    return [face, _answers(ledger, row, checklist), _signatures(ledger, row)]


def show_pack(ledger: "Ledger", text: str) -> Pack:
    """A run by its number or a list by its name, as an answer of its own. NotFound, Ambiguous (3)."""
    from logi.journal import head

    if text.upper().startswith("JC-"):
        row = store.run(ledger, text)
        name, tables = say("check.title.run", number=row["number"]), run_card(ledger, row)
        return Pack("check.show", name, row["on_day"], head(ledger.db).short, tables)
    checklist = lists.named(ledger, text)
    name = say("check.title.list", code=checklist.key, title=lists.title(checklist))
    return Pack("check.show", name, "", head(ledger.db).short, list_card(ledger, checklist))


def missed(ledger: "Ledger", since: date | None, until: date | None, *, text: str | None = None) -> Table:
    """Every run that the calendar asked for and nobody made; without a period this school year's."""
    first = since or school_year_period(school_year_of(ledger.today)).since
    last = min(until or ledger.today, ledger.today)
    duties = Duties(ledger, lists.named(ledger, text).key if text else None)
    asked = duties.kept(first, last)
    rows = [row for one in asked for row in _missed_rows(one)]
    rows.sort(key=lambda r: (r["due"], r["list"], r["place"] or ""))
    columns = (
        _column("due", "day"), _column("since", "day"), _column("list", "code"), _column("title"), _column("place"),
        _column("frequency", "word", FREQUENCY), _column("state", "word", "check.missed_state"), _column("owner"),
    )  # fmt: skip
    expected, done = sum(one.kept.expected for one in asked), sum(one.kept.done for one in asked)
    notes = [say("check.note.kept", done=done, expected=expected), *_notes(duties)]
    return Table("check.missed", say("check.title.missed", since=first, until=last), columns, rows, notes=notes)


# -- hooks of the floor ----------------------------------------------------------------------------


def check_results(ledger: "Ledger", since: date, until: date) -> Table:
    """The runs of a period."""
    return analysis.results(ledger, since, until)


def check_problems(ledger: "Ledger", since: date, until: date) -> Table:
    """What failed in a period, and whether it was settled."""
    return analysis.problems(ledger, since, until)


def check_areas(ledger: "Ledger", since: date, until: date) -> Table:
    """Problems and their closure rate by list and area."""
    return analysis.areas(ledger, since, until)


def check_departments(ledger: "Ledger", since: date, until: date) -> Table:
    """What failed in a period, counted by department."""
    return analysis.departments(ledger, since, until)


def check_missed(ledger: "Ledger", since: date, until: date) -> Table:
    """The missed runs of a period."""
    return missed(ledger, since, until)


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's runs, what failed in them, and what was not run; nothing while no list is in use or run."""
    _, _, since, until, _ = month_period(month)
    until = min(until, ledger.today)
    tables = [analysis.results(ledger, since, until, brief=True), analysis.problems(ledger, since, until)]
    if not tables[0].rows and not store.uses(ledger.db):
        return []
    return [*tables, missed(ledger, since, until)]


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A run by its number or a list by its key, for `logi show`."""
    if (row := store.numbered(ledger.db, number)) is not None:
        return run_card(ledger, row)
    checklist = lists.known(number)
    return list_card(ledger, checklist) if checklist else None


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Lists and runs for `logi find`."""
    from logi.core.folding import fold

    folded = fold(text)
    found = [
        {"kind": "checklist", "code": one.key, "name": lists.title(one), "detail": ""} for one in lists.every()
        if folded and any(folded in fold(word) for word in (one.key, *one.titles.values()))
    ]  # fmt: skip
    for row in store.runs_called(ledger.db, text):
        checklist = lists.known(row["list"])
        name = lists.title(checklist) if checklist else row["list"]
        detail = "; ".join(part for part in (row["on_day"], place_text(row), row["note"]) if part)
        found.append({"kind": "document", "code": row["number"], "name": name, "detail": detail})
    return found


def check_assets(ledger: "Ledger", since: date, until: date) -> Table:
    """Fans and air-conditioners in a period, one by one."""
    return things.assets(ledger, "appliances", since, until)


def recurring_duties(ledger: "Ledger", since: date, until: date) -> Table:
    """The calendar of recurring duties as it stands today."""
    from logi.books.check import routine

    return routine.calendar(ledger)


# -- pieces ----------------------------------------------------------------------------------------


def _answers(ledger: "Ledger", row: store.Row, checklist: Checklist | None) -> Table:
    rows = []
    for n, one in enumerate(store.results(ledger.db, row["number"]), 1):
        item = checklist.item(one["item"]) if checklist else None
        rows.append({
            "n": n, "item": one["item"], "text": lists.title(item) if item else None, "result": one["result"],
            "value": lists.value(item, one["value"]), "limits": _range(one["least"], one["most"], item),
            "remark": one["remark"], "opened": one["opened"], "outcome": analysis.outcome(ledger, one),
        })  # fmt: skip
    columns = (
        _column("n", "count"), _column("item", "code"), _column("text"), _column("result", "word", RESULT),
        _column("value"), _column("limits"), _column("remark"), _column("opened", "code"),
        _column("outcome", "word", "check.outcome"),
    )  # fmt: skip
    return Table("check.answers", say("check.title.answers"), columns, rows)


def _signatures(ledger: "Ledger", row: store.Row) -> Table:
    rows = [{"role": one["role"], "person": one["person"], "on": as_day(one["on_day"]), "entry": one["entry"]}
            for one in store.signatures(ledger.db, row["number"])]  # fmt: skip
    columns = (_column("role", "word", "check.role"), _column("person"), _column("on", "day"), _column("entry", "count"))
    return Table("check.signatures", say("check.title.signatures"), columns, rows)


def _uses(ledger: "Ledger", checklist: Checklist) -> Table:
    rows = [
        {"place": f"{row['place']} {row['place_name']}" if row["place"] else None, "owner": responsible(row),
         "frequency": row["frequency"], "from_day": as_day(row["from_day"]), "until_day": as_day(row["until_day"])}
        for row in store.uses(ledger.db, checklist.key)
    ]  # fmt: skip
    columns = (
        _column("place"), _column("owner"), _column("frequency", "word", FREQUENCY), _column("from_day", "day"),
        _column("until_day", "day"),
    )  # fmt: skip
    return Table("check.uses", say("check.title.uses"), columns, rows)


def _missed_rows(one: Duty) -> list[dict[str, Any]]:
    base = {"list": one.checklist.key, "title": lists.title(one.checklist), "place": one.place,
            "frequency": one.row["frequency"], "owner": responsible(one.row)}  # fmt: skip
    states = [("missed", w) for w in one.kept.missed] + [("today", w) for w in one.kept.pending]
    return [{**base, "state": state, "due": w.due, "since": w.since if w.since != w.due else None} for state, w in states]


def _takes(ledger: "Ledger", item: Item) -> str:
    if item.kind == "choice":
        return " / ".join(lists.title(choice) for choice in item.choices)
    if item.kind == "number":
        least, most = lists.limits(ledger, item, ledger.today)
        return _range(least, most, item) or title("check.kind", item.kind)
    return title("check.kind", item.kind)


def _range(least: int | None, most: int | None, item: Item | None) -> str | None:
    if least is None and most is None:
        return None
    low = quantity_text(least) if least is not None else ""
    high = quantity_text(most) if most is not None else ""
    unit = f" {item.unit}" if item is not None and item.unit else ""
    return (f"{low}–{high}" if low and high else f"≥ {low}" if low else f"≤ {high}") + unit


def _opens(item: Item) -> str:
    return title("check.opens", item.opens)


def _grade_word(ledger: "Ledger", row: store.Row) -> Word | None:
    found = analysis.grade(ledger, row["score"], date.fromisoformat(row["on_day"]))
    return Word.of("check.grade", found) if found else None


def _notes(duties: Duties) -> list[str]:
    return [say("check.note.no_terms")] if duties.lacks_terms else []


def _column(key: str, kind: str = "text", words: str = "") -> Column:
    return Column(key, say(f"check.col.{key}"), kind, words=words)
