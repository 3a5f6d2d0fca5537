"""What the work of a stretch of days came to: figures of every book, work points, what is worth telling, what is left out."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.month import recurring, rules, school, store, store_work
from logi.books.month.drafting import shipped
from logi.books.month.proving import Proofs
from logi.core.answers import Column, Table
from logi.core.days import add_months, month_of
from logi.core.due import spoken
from logi.core.messages import say
from logi.registry import BookName, cards, room

if TYPE_CHECKING:
    from logi.db import Ledger

VALUES = ("count", "quantity", "money", "rate")
LISTED = ("overdue", "missing", "orphaned")  # what a book's `due` says is left out; `soon` is not


def figures(ledger: "Ledger", since: date, until: date) -> Table:
    """The totals of every other book's reports over a stretch of days, each once: what a summary is written from."""
    rows = []
    for name in (one for one in cards() if one != "month"):
        seen: set[tuple[str, int]] = set()
        for table in _tables_of(name, ledger, since, until):
            for column in table.columns:
                value = table.totals.get(column.key)
                if not value or column.kind not in VALUES or (column.key, value) in seen:
                    continue
                seen.add((column.key, value))
                rows.append({"book": BookName(name), "section": table.title, "figure": column.title, column.kind: value})
    columns = (
        Column("book", say("month.col.book"), "word"), Column("section", say("month.col.section")),
        Column("figure", say("month.col.figure")),
        *(Column(kind, say(f"month.col.v_{kind}"), kind) for kind in VALUES),
    )  # fmt: skip
    return Table("month.figures", say("month.title.figures", since=since, until=until), columns, rows)


def work_points(ledger: "Ledger", since: date, until: date) -> Table:
    """The work points of the years of a stretch of days, and the lines of plans that serve each: how far it has come."""
    serving: dict[int, list[Any]] = {}
    proofs, as_of = Proofs(ledger), min(until, ledger.today)
    for line in store.plans(ledger.db, f"{since.year:04d}-01", f"{until.year + 1:04d}-12"):
        if line["point_id"] is not None:
            serving.setdefault(line["point_id"], []).append(line)
    rows = []
    for row in store_work.points(ledger.db, since.year, until.year):
        lines = serving.get(row["id"], [])
        counted = rules.completion(proofs.standing(line, as_of) for line in lines)
        months = "、".join(dict.fromkeys(line["month"] for line in lines)) or None
        rows.append({
            "number": row["number"], "title": row["title"], "source": row["source"], "owner": row["owner"], "months": months,
            "planned": counted.planned, "done": counted.done, "rate": counted.rate,
        })  # fmt: skip
    bare = sum(not row["planned"] for row in rows)
    columns = (
        Column("number", say("month.col.number"), "code"), Column("title", say("month.col.point")),
        Column("source", say("month.col.source")), Column("owner", say("month.col.owner")),
        Column("months", say("month.col.months")), Column("planned", say("month.col.n_planned"), "count", total=True),
        Column("done", say("month.col.n_done"), "count", total=True), Column("rate", say("month.col.rate"), "rate"),
    )  # fmt: skip
    notes = [say("month.note.points_bare", count=bare)] if bare else []
    return Table("month.work-points", say("month.title.points"), columns, rows, notes=notes)


def told(ledger: "Ledger", since: date, until: date) -> Table:
    """What was noted as new, as well done, as an effect: the three sections of a summary."""
    rows = [
        {"kind": row["kind"], "on": date.fromisoformat(row["on_day"]), "words": row["words"], "number": row["number"]}
        for row in store_work.highlights(ledger.db, since, until)
    ]
    columns = (
        Column("kind", say("month.col.telling"), "word", words="month.telling"), Column("on", say("month.col.day"), "day"),
        Column("words", say("month.col.words")), Column("number", say("month.col.number"), "code"),
    )  # fmt: skip
    notes = [] if rows else [say("month.note.nothing_told")]
    return Table("month.told", say("month.title.told"), columns, rows, notes=notes)


def omissions(ledger: "Ledger", since: date, until: date) -> Table:
    """What should be in the plans and the books of a stretch of days and is not, each with the command that mends it."""
    months = _months(since, min(until, ledger.today))
    rows = [row for month in months for row in _of_plan(ledger, month)]
    rows += [
        {"kind": "point", "book": BookName("month"), "subject": row["number"], "text": row["title"],
         "command": f'logi month add {month_of(ledger.today)} TITLE --point {row["number"]}'}
        for row in work_points(ledger, since, until).rows if not row["planned"]
    ]  # fmt: skip
    for name in cards():
        hooks = room(name, "checks") if name != "month" else None
        if hooks is not None and hasattr(hooks, "due"):
            rows += [
                {"kind": one.state, "book": BookName(name), "subject": one.subject, "text": one.text, "command": one.command}
                for one in hooks.due(ledger, 0)
                if one.state in LISTED and (one.day is None or since <= one.day <= until)
            ]
    for row in rows:
        row["command"] = spoken(row["command"])
    columns = (
        Column("kind", say("month.col.omitted"), "word", words="month.omitted"), Column("book", say("month.col.book"), "word"),
        Column("subject", say("month.col.number"), "code"), Column("text", say("month.col.what")),
        Column("command", say("month.col.command"), "code"),
    )  # fmt: skip
    notes = [say("month.note.omissions", count=len(rows))]
    return Table("month.omissions", say("month.title.omissions", since=since, until=until), columns, rows, notes=notes)


def dossier(ledger: "Ledger", month: str) -> Table:
    """The ledgers an opening inspection asks for (迎檢清單): which are complete, by what records, and which are not."""
    import tomllib

    from logi.books.month.proving import known
    from logi.core.datafiles import data_path
    from logi.core.messages import language

    short = {"zh-Hans": "hans", "zh-Hant": "hant", "en": "en"}[language()]
    asked = tomllib.loads(data_path("plans", "dossier.toml").read_text("utf-8"))["ledger"]
    kept, rows = known(), []
    for one in asked:
        done, total, numbers = kept[one["rule"]](ledger, month) if one["rule"] in kept else (0, 0, [])
        state = "nothing" if not total else "complete" if done >= total else "incomplete"
        rows.append({
            "title": one[short], "state": state, "done": done, "total": total,
            "degree": 1000 * done // total if total else None, "records": _some(numbers), "rule": one["rule"],
        })  # fmt: skip
    columns = (
        Column("title", say("month.col.ledger")), Column("state", say("month.col.state"), "word", words="month.dossier"),
        Column("done", say("month.col.n_done"), "count"), Column("total", say("month.col.total"), "count"),
        Column("degree", say("month.col.degree"), "rate"), Column("records", say("month.col.records")),
        Column("rule", say("month.col.evidence"), "code"),
    )  # fmt: skip
    complete = sum(row["state"] == "complete" for row in rows)
    wanted = sum(row["state"] != "nothing" for row in rows)
    notes = [say("month.note.dossier", complete=complete, wanted=wanted)]
    return Table("month.dossier", say("month.title.dossier", month=month), columns, rows, notes=notes)


def countdown(ledger: "Ledger", starts_on: date, days: int) -> Table:
    """開學準備倒計時清單: the lines due in the days before a term, with how many days before it each is due."""
    proofs, first = Proofs(ledger), date.fromordinal(starts_on.toordinal() - days)
    rows = []
    for line in store.due_between(ledger.db, first, starts_on):
        due_on = date.fromisoformat(line["due_on"])
        stood = proofs.standing(line, ledger.today)
        rows.append({
            "left": (starts_on - due_on).days, "due": due_on, "number": line["number"], "title": line["title"],
            "owner": line["owner"] or line["owner_post"], "state": stood.state, "late": stood.late,
        })  # fmt: skip
    columns = (
        Column("left", say("month.col.left"), "count"), Column("due", say("month.col.due"), "day"),
        Column("number", say("month.col.number"), "code"), Column("title", say("month.col.title")),
        Column("owner", say("month.col.owner")), Column("state", say("month.col.state"), "word", words="month.state"),
        Column("late", say("month.col.late"), "count"),
    )  # fmt: skip
    open_ = sum(row["state"] == "open" for row in rows)
    left = (starts_on - ledger.today).days
    word = "countdown" if left >= 0 else "countdown_past"
    notes = [say(f"month.note.{word}", open=open_, count=len(rows), left=left, past=-left)]
    return Table("month.countdown", say("month.title.countdown", day=starts_on), columns, rows, notes=notes)


# -- pieces ------------------------------------------------------------------------------------------


def _tables_of(name: str, ledger: "Ledger", since: date, until: date) -> Iterator[Table]:
    hooks, card = room(name, "report"), cards()[name]
    if hooks is None:
        return
    if hasattr(hooks, "pack_period"):
        yield from hooks.pack_period(ledger, since, until)
        return
    for one in card.reports:
        yield getattr(hooks, one.replace("-", "_"))(ledger, since, until)


def _of_plan(ledger: "Ledger", month: str) -> Iterator[dict[str, Any]]:
    """What a month's plan lacks: itself, a template's line, what comes round, owners, days."""
    book, draft = BookName("month"), f"logi month plan {month} --draft"
    lines = store.plan(ledger.db, month)
    if not lines:
        yield {"kind": "plan", "book": book, "subject": month, "text": say("month.due.no_plan", month=month), "command": draft}
        return
    language = str(ledger.settings.get("lang", "zh-Hans"))
    there, calendar = store.keys(ledger.db, month), school.calendar(ledger)
    for one in shipped(month):
        if one.key not in there:
            yield {"kind": "template", "book": book, "subject": month, "text": one.titles[language], "command": draft}
    for row in store.recurring(ledger.db, month):
        for at, day in enumerate(recurring.days(row["every"], row["anchor"], row["first_month"], month, calendar), 1):
            if f"every-{row['id']}-{at}" not in there:
                yield {"kind": "round", "book": book, "subject": month, "text": f"{row['title']} {day}", "command": draft}
    for line in lines:
        edit = f"logi month edit {line['number']}"
        lacking = (("owner", line["owner_id"], f"{edit} --owner PERSON"), ("day", line["due_on"], f"{edit} --due DAY"))
        for kind, value, command in lacking:
            if line["state"] == "open" and value is None:
                yield {"kind": kind, "book": book, "subject": line["number"], "text": line["title"], "command": command}


def _months(since: date, until: date) -> list[str]:
    found, month = [], month_of(since)
    while month <= month_of(until):
        found.append(month)
        month = add_months(month, 1)
    return found


def _some(numbers: list[str], most: int = 10) -> str | None:
    return " ".join([*numbers[:most], *(["…"] if len(numbers) > most else [])]) or None
