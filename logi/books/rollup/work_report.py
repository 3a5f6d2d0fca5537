"""What the work with the units can be asked: milestones, pilots and meetings, templates, shortfalls, canteens, publicity."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.rollup import lacks, month, store, store_work
from logi.books.rollup.milestones import wanted_of
from logi.books.rollup.tabling import table
from logi.books.rollup.tree import Tree
from logi.core.answers import Table, Word
from logi.core.messages import say, shown
from logi.core.shares import permille

if TYPE_CHECKING:
    from logi.db import Ledger

MILESTONES = "milestone:code what code:code title due:day state:word:rollup.reach done:day linked missing address"
EVENTS = ("number:code kind:word:rollup.event topic code:code title place planned:day on:day state:word:rollup.stage "
          "people:count result promoted:count adopted:count")  # fmt: skip
TEMPLATES = "template:code what code:code title due:day state:word:rollup.reach on:day doc"
SHORTFALLS = ("number:code code:code title matter:word:rollup.shortfall words since:day owner due:day state:word:rollup.gap "
              "money:money+ spent:money+ done:day result")  # fmt: skip
CANTEENS = "code:code title state:word:rollup.canteen on:day opened:day met:count of:count rate:rate hub lacking_points"
PUBLISHED = "number:code on:day code:code title kind:word:rollup.medium words medium address event:code"
INHERITED = "month:month code:code title their_number:code number:code words due:day state:word:month.state done:day result"


def milestones(ledger: "Ledger", *, unit: str | None = None, state: str | None = None, day: date | None = None) -> Table:
    """Every unit that is to reach a milestone, what it has, and what is lacking."""
    tree, rows = Tree(ledger, day), list[dict[str, Any]]()
    only = store.unit(ledger, unit)["id"] if unit else None
    for row in (row for row in store_work.milestones(ledger.db) if row["from_day"] <= tree.day.isoformat()):
        there, asked = store_work.reached(ledger.db, row["id"]), [one for one in row["links"].split(",") if one]
        for _, one in tree.walk():
            if not wanted_of(row["level"], one["level"]) or only not in (None, one["id"]):
                continue
            got = there.get(one["id"])
            if got is not None and got["done_on"] is not None and got["done_on"] > tree.day.isoformat():
                got = None  # reached since; what of it stood before then, nobody wrote down
            have = [link for link in got["links"].split(",") if link] if got is not None else []
            done = got["done_on"] if got is not None else None
            stands = _stage(done, got is not None, row["due_on"], tree.day)
            if state not in (None, stands):
                continue
            rows.append({
                "milestone": row["code"], "what": row["name"], "code": one["code"], "title": one["name"],
                "due": date.fromisoformat(row["due_on"]), "done": date.fromisoformat(done) if done else None,
                "linked": _links(have), "missing": _links([link for link in asked if link not in have]),
                "address": got["address"] if got is not None else None, "state": stands,
            })  # fmt: skip
    return table("milestones", say("rollup.title.milestones", day=tree.day), MILESTONES, rows)


def events(ledger: "Ledger", *, kind: str | None = None, unit: str | None = None, day: date | None = None) -> Table:
    """試點與現場會一覽: place, topic, day, result, and to how many units it was promoted; as of a day."""
    only, rows = store.unit(ledger, unit)["id"] if unit else None, list[dict[str, Any]]()
    iso = (day or ledger.today).isoformat()
    for row in store_work.events(ledger.db):
        if kind not in (None, row["kind"]) or only not in (None, row["unit_id"]):
            continue
        told = [one for one in store_work.promotions(ledger.db, row["id"]) if one["from_day"] <= iso]
        planned = date.fromisoformat(row["planned_on"])
        held = row["held_on"] is not None and row["held_on"] <= iso
        stage = ("dropped" if row["dropped"] else "promoted" if told else "held" if held
                 else "late" if row["planned_on"] < iso else "planned")  # fmt: skip
        rows.append({
            "number": row["number"], "kind": row["kind"], "topic": row["topic"], "code": row["code"], "title": row["name"],
            "place": row["place"], "planned": planned, "state": stage,
            "on": date.fromisoformat(row["held_on"]) if held else None, "people": row["people"] if held else None,
            "promoted": len(told) or None,
            "result": row["result"] if held else row["dropped"],
            "adopted": sum((one["adopted_on"] or "9999") <= iso for one in told) if told else None,
        })  # fmt: skip
    return table("events", say("rollup.title.events"), EVENTS, rows)


def templates(ledger: "Ledger", *, unit: str | None = None, state: str | None = None, day: date | None = None) -> Table:
    """Every template handed down, and who has made a regulation of it."""
    tree, rows, adopted = Tree(ledger, day), list[dict[str, Any]](), 0
    only = store.unit(ledger, unit)["id"] if unit else None
    for row in (row for row in store_work.templates(ledger.db) if row["from_day"] <= tree.day.isoformat()):
        there = {key: one for key, one in store_work.adoptions(ledger.db, row["id"]).items()
                 if one["adopted_on"] <= tree.day.isoformat()}  # fmt: skip
        for _, one in tree.walk():
            if not wanted_of(row["level"], one["level"]) or only not in (None, one["id"]):
                continue
            got = there.get(one["id"])
            stands = _stage(got["adopted_on"] if got is not None else None, False, row["due_on"], tree.day)
            adopted += got is not None
            if state not in (None, stands):
                continue
            rows.append({"template": row["code"], "what": row["name"], "code": one["code"], "title": one["name"],
                         "due": date.fromisoformat(row["due_on"]) if row["due_on"] else None, "state": stands,
                         "on": date.fromisoformat(got["adopted_on"]) if got is not None else None,
                         "doc": got["doc_no"] if got is not None else None, "paper": row["paper"]})  # fmt: skip
    notes = [say("rollup.note.adopted", adopted=adopted, count=len(rows))] if rows and state is None else []
    return table("templates", say("rollup.title.templates", day=tree.day), TEMPLATES, rows, notes=notes, more="paper:code")


def shortfalls(ledger: "Ledger", *, under: str | None = None, area: str | None = None, state: str | None = None,
               since: date | None = None, until: date | None = None) -> Table:  # fmt: skip
    """短板清單: what was put down, and what the records show."""
    tree = Tree(ledger, min(until, ledger.today) if until else None)
    within = {row["code"] for row in tree.under(store.unit(ledger, under)["id"])} if under else None
    rows: list[dict[str, Any]] = []
    for row in store_work.shortfalls(ledger.db):
        if row["found_on"] > tree.day.isoformat():
            continue
        closed = row["closed_on"] is not None and row["closed_on"] <= tree.day.isoformat()
        if closed and since is not None and row["closed_on"] < since.isoformat():
            continue
        late = row["due_on"] is not None and row["due_on"] < tree.day.isoformat()
        rows.append({
            "number": row["number"], "code": row["code"], "title": row["name"], "matter": row["area"], "words": row["words"],
            "since": date.fromisoformat(row["found_on"]), "owner": row["owner"], "programme": row["programme"],
            "due": date.fromisoformat(row["due_on"]) if row["due_on"] else None, "money": row["money_fen"],
            "people": row["people"], "state": "closed" if closed else "late" if late else "open",
            "spent": row["spent_fen"] if closed else None, "done": date.fromisoformat(row["closed_on"]) if closed else None,
            "result": row["result"] if closed else None,
        })  # fmt: skip
    rows += [{"code": one.unit["code"], "title": one.unit["name"], "matter": one.area, "words": one.text, "since": one.since,
              "due": one.due, "state": "shown"} for one in lacks.computed(ledger, tree)]  # fmt: skip
    kept = [row for row in rows if area in (None, row["matter"]) and (within is None or row["code"] in within)
            and (state is None or row["state"] == state or (state == "open" and row["state"] == "late"))]  # fmt: skip
    notes = [say("rollup.note.shown")] if any(row["state"] == "shown" for row in kept) else []
    return table("shortfalls", say("rollup.title.shortfalls", day=tree.day), SHORTFALLS, kept, notes=notes,
                 more="programme people:count")  # fmt: skip


def canteens(ledger: "Ledger", *, under: str | None = None, day: date | None = None) -> Table:
    """食堂啓用情況: every school's canteen, measured by what its central school meets."""
    from logi.books.rollup.school import policy

    tree = Tree(ledger, day)
    within = {row["id"] for row in tree.under(store.unit(ledger, under)["id"])} if under else None
    points = policy(ledger, "rollup.canteen_points", tree.day)
    rows = []
    for one in lacks.canteens(ledger, tree):
        if within is not None and one.unit["id"] not in within:
            continue
        rows.append({
            "code": one.unit["code"], "title": one.unit["name"], "state": one.state, "opened": one.opened_on,
            "on": date.fromisoformat(one.last["on_day"]) if one.last is not None else None,
            "met": len(one.met) if one.last is not None else None, "of": len(points),
            "rate": permille(len(one.met), len(points)) if one.last is not None else None,
            "hub": one.hub["name"] if one.hub is not None else None,
            "lacking_points": shown([Word.of("rollup.item", two) for two in one.short]) if one.short else None,
        })  # fmt: skip
    in_use = sum(row["state"] == "open" for row in rows)
    built = sum(row["state"] in ("open", "built") for row in rows)
    notes = [say("rollup.note.canteens", count=len(rows), built=built, open=in_use)] if rows else []
    return table("canteens", say("rollup.title.canteens", day=tree.day), CANTEENS, rows, notes=notes)


def published(ledger: "Ledger", since: date, until: date, *, model: bool = False) -> Table:
    """What was published where, model cases among it."""
    rows = [
        {"number": row["number"], "on": date.fromisoformat(row["on_day"]), "code": row["code"], "title": row["name"],
         "words": row["title"], "medium": row["medium"], "address": row["address"], "event": row["event"],
         "kind": "model" if row["model"] else "news"}
        for row in store_work.publicity(ledger.db, since, until) if row["model"] or not model
    ]  # fmt: skip
    return table("published", say("rollup.title.published", since=since, until=until), PUBLISHED, rows)


def inherited(ledger: "Ledger", month_: str | None = None) -> Table:
    """The lines of a superior's plan, the lines of ours they stand in, and how far those are."""
    rows = []
    for row in store_work.inherited(ledger.db, month_):
        line = month.line_by_id(ledger.db, row["line_id"])
        if line is None or row["gone"]:
            continue
        rows.append({"month": row["month"], "code": row["from_unit"], "title": row["from_name"],
                     "their_number": row["from_number"], "number": row["number"], "words": row["title"],
                     "state": row["state"], "result": row["result"],
                     "due": date.fromisoformat(row["due_on"]) if row["due_on"] else None,
                     "done": date.fromisoformat(row["done_on"]) if row["done_on"] else None})  # fmt: skip
    done = sum(row["state"] == "done" for row in rows)
    notes = [say("rollup.note.inherited", count=len(rows), done=done)] if rows else []
    return table("inherited", say("rollup.title.inherited"), INHERITED, rows, notes=notes)


def _stage(done: str | None, begun: bool, due: str | None, day: date) -> str:
    if done is not None:
        return "done"
    if due is not None and due < day.isoformat():
        return "late"
    return "part" if begun else "waiting"


def _links(links: list[str]) -> str | None:
    return shown([Word.of("rollup.links", one) for one in links]) if links else None
