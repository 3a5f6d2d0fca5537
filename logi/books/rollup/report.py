"""What the roll-up book can be asked: the units, what they lack, their pupils; programmes have a room of their own."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.rollup import (
    programme_report,
    rollup_report,
    school,
    showing,
    store,
    store_bundles,
    store_work,
    work_report,
)
from logi.books.rollup.programme_report import members, programmes, progress
from logi.books.rollup.tabling import card, table
from logi.books.rollup.tree import Tree
from logi.core.answers import Table, Word
from logi.core.days import month_period
from logi.core.messages import say, shown, title
from logi.core.shares import permille

if TYPE_CHECKING:
    from logi.db import Ledger

__all__ = ["members", "programmes", "progress"]

UNITS = "code:code title level:word:rollup.level parent:code county:code area:word:rollup.area pupils:count head lacking:count"
GAPS = ("code:code title level:word:rollup.level county:code staff:count posts:count office facilities leader head lacking "
        "complete:rate")  # fmt: skip
HEADS = "code:code title on:day pupils:count change:count"


def unit_tree(ledger: "Ledger", *, under: str | None = None, level: str | None = None, area: str | None = None,
              day: date | None = None) -> Table:  # fmt: skip
    """The tree of units: a unit above shows the sum of its pupils."""
    tree, needs = Tree(ledger, day), _needs(ledger, day)
    top = store.unit(ledger, under)["id"] if under else None
    rows = []
    for _, row in tree.walk(top):
        if level not in (None, row["level"]) or area not in (None, row["area"]):
            continue
        answers = tree.accountable(row["id"])
        rows.append({
            "code": row["code"], "title": row["name"], "level": row["level"],
            "parent": row["parent"], "county": answers["code"] if answers is not None else None, "area": row["area"],
            "kind": row["kind"], "pupils": tree.pupils(row["id"]), "leader": row["leader"], "head": row["head"],
            "lacking": len(tree.lacking(row, needs)), "reports": row["reports_from"], "staff": row["staff"],
        })  # fmt: skip
    notes = [say("rollup.note.own", code=row["code"], name=row["name"]) for _, row in tree.walk(top) if row["own"]]
    return table("units", say("rollup.title.units", day=tree.day), UNITS, rows, notes=notes,
                 more="kind:word:rollup.kind leader reports:month staff:count")  # fmt: skip


def gaps(ledger: "Ledger", *, under: str | None = None, level: str | None = None, lacking: bool = False) -> Table:
    """機構健全情況: staff, office, facilities, leader in charge and head of logistics of every unit, and what it lacks."""
    tree, needs = Tree(ledger), _needs(ledger, None)
    top = store.unit(ledger, under)["id"] if under else None
    rows, full = [], 0
    for _, row in tree.walk(top):
        wanted = needs.get(row["level"], ())
        if not wanted or level not in (None, row["level"]):
            continue
        missing, answers = tree.lacking(row, needs), tree.accountable(row["id"])
        full += not missing
        if lacking and not missing:
            continue
        rows.append({
            **{key: row[key] for key in ("code", "level", "staff", "posts", "office", "facilities", "leader", "head")},
            "title": row["name"], "county": answers["code"] if answers is not None else None,
            "lacking": shown([title("rollup.need", one) for one in missing]) if missing else None,
            "complete": permille(len(wanted) - len(missing), len(wanted)),
        })  # fmt: skip
    count = full + sum(row["lacking"] is not None for row in rows)
    notes = [say("rollup.note.complete", count=count, full=full)] if count else []
    return table("gaps", say("rollup.title.gaps", day=ledger.today), GAPS, rows, notes=notes)


def heads(ledger: "Ledger", text: str | None = None, *, until: date | None = None) -> Table:
    """How many pupils each unit had from which day on."""
    only = store.unit(ledger, text)["id"] if text else None
    counted, rows = store.heads(ledger.db, until or ledger.today), []
    for row in store.units(ledger.db):
        before = None
        for one in counted.get(row["id"], []) if only in (None, row["id"]) else []:
            rows.append({"code": row["code"], "title": row["name"], "on": date.fromisoformat(one["from_day"]),
                         "pupils": one["pupils"], "change": None if before is None else one["pupils"] - before})  # fmt: skip
            before = one["pupils"]
    return table("heads", say("rollup.title.heads"), HEADS, rows)


# -- hooks of the floor ----------------------------------------------------------------------------


def units(ledger: "Ledger", since: date, until: date) -> Table:
    """The tree of units as of the period's end."""
    return unit_tree(ledger, day=min(until, ledger.today))


def programme_progress(ledger: "Ledger", since: date, until: date) -> Table:
    """達標進度表 of every programme as of the period's end."""
    return progress(ledger, day=min(until, ledger.today))


def programme_members(ledger: "Ledger", since: date, until: date) -> Table:
    """Every programme's schools with acceptance and score."""
    return members(ledger, day=min(until, ledger.today))


def unit_gaps(ledger: "Ledger", since: date, until: date) -> Table:
    """What units lack."""
    return gaps(ledger)


def unit_heads(ledger: "Ledger", since: date, until: date) -> Table:
    """Pupils of the units."""
    return heads(ledger, until=until)


def rollup_month(ledger: "Ledger", since: date, until: date) -> Table:
    """各校彙總 over the months of a period."""
    return rollup_report.month(ledger, *rollup_report.span(since, until, ledger.today))


def rollup_figures(ledger: "Ledger", since: date, until: date) -> Table:
    """Every figure added up over all units."""
    return rollup_report.figures(ledger, *rollup_report.span(since, until, ledger.today))


def rollup_compare(ledger: "Ledger", since: date, until: date) -> Table:
    """Figures per pupil, town against country."""
    return rollup_report.compare(ledger, *rollup_report.span(since, until, ledger.today))


def rollup_late(ledger: "Ledger", since: date, until: date) -> Table:
    """Who had not told of a month of the period by now."""
    return rollup_report.late(ledger, rollup_report.over(until, ledger.today))


def milestones(ledger: "Ledger", since: date, until: date) -> Table:
    """Milestones and who has reached them."""
    return work_report.milestones(ledger, day=min(until, ledger.today))


def pilots(ledger: "Ledger", since: date, until: date) -> Table:
    """試點與現場會一覽."""
    return work_report.events(ledger, day=min(until, ledger.today))


def templates(ledger: "Ledger", since: date, until: date) -> Table:
    """Templates of regulations and who has adopted them."""
    return work_report.templates(ledger, day=min(until, ledger.today))


def publicity(ledger: "Ledger", since: date, until: date) -> Table:
    """What was published in a period."""
    return work_report.published(ledger, since, until)


def shortfalls(ledger: "Ledger", since: date, until: date) -> Table:
    """短板清單 as of the period's end."""
    return work_report.shortfalls(ledger, since=since, until=until)


def canteens(ledger: "Ledger", since: date, until: date) -> Table:
    """Canteens of the schools, measured by the central school's."""
    return work_report.canteens(ledger, day=min(until, ledger.today))


def situation(ledger: "Ledger", since: date, until: date) -> Table:
    """形勢分析 of a period."""
    from logi.books.rollup import situation as room

    return room.situation(ledger, since, until)


def inherited(ledger: "Ledger", since: date, until: date) -> Table:
    """The superior's plan in ours."""
    return work_report.inherited(ledger)


def rollup_received(ledger: "Ledger", since: date, until: date) -> Table:
    """The bundles of a period's months."""
    return rollup_report.received(ledger, *rollup_report.span(since, until, ledger.today))


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's part: every school's figures where some were received, progress of the programmes."""
    found = [progress(ledger, day=min(month_period(month).until, ledger.today))]
    if store_bundles.bundles(ledger.db, month, month):
        found = [rollup_report.month(ledger, month, month), rollup_report.compare(ledger, month, month), *found]
    opened = work_report.shortfalls(ledger, until=min(month_period(month).until, ledger.today), state="open")
    inherits = work_report.inherited(ledger, month)
    return [one for one in (*found, opened, inherits) if one.rows]


def pack_period(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """A term's, a year's, a quarter's or a week's part: the same over the period, with the situation and what was published."""
    first, last = rollup_report.span(since, until, ledger.today)
    found = [programme_progress(ledger, since, until), shortfalls(ledger, since, until), publicity(ledger, since, until)]
    if store_bundles.bundles(ledger.db, first, last):
        found = [rollup_report.month(ledger, first, last), rollup_report.compare(ledger, first, last), *found]
    if store.units(ledger.db):
        found.append(situation(ledger, since, until))
    return [one for one in found if one.rows]


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A unit or a programme by its code, what bears a number by it, for `logi show`."""
    if (found := showing.numbered(ledger, number)) is not None:
        return found
    for row in store.units(ledger.db):
        if row["code"] == number:
            return _unit(ledger, row)
    for row in store.programmes(ledger.db):
        if row["code"] == number:
            return programme_report.programme_card(ledger, row)
    return None


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Units and programmes by code or name, for `logi find`."""
    from logi.core.folding import fold
    from logi.finding import search as found

    rows = [{"kind": Word.of("front.thing", "unit"), "code": row["code"], "name": row["name"],
             "detail": title("rollup.level", row["level"])} for row in found(ledger.db, "rollup_unit", text)]  # fmt: skip
    return rows + [{"kind": Word.of("front.thing", "programme"), "code": row["code"], "name": row["name"],
                    "detail": row["standard"]} for row in found(ledger.db, "rollup_programme", text)] + [
        {"kind": Word.of("front.thing", "programme"), "code": row["number"], "name": row["topic"], "detail": row["name"]}
        for row in store_work.events(ledger.db) if fold(text) and fold(text) in row["folded"]]  # fmt: skip


# -- within ----------------------------------------------------------------------------------------


def _needs(ledger: "Ledger", day: date | None) -> Any:
    return school.policy(ledger, "rollup.unit_needs", day or ledger.today)


def _unit(ledger: "Ledger", row: Any) -> list[Table]:
    tree = Tree(ledger)
    facts = {
        "code": row["code"], "title": row["name"], "level": Word.of("rollup.level", row["level"]), "parent": row["parent"],
        "kind": Word.of("rollup.kind", row["kind"]) if row["kind"] else None,
        "area": Word.of("rollup.area", row["area"]) if row["area"] else None,
        **{key: row[key] for key in ("staff", "posts", "office", "facilities", "leader", "head")},
        "reports": row["reports_from"], "since": date.fromisoformat(row["from_day"]),
        "closed": date.fromisoformat(row["closed_on"]) if row["closed_on"] else None, "note": row["note"],
    }  # fmt: skip
    below = [{"code": one["code"], "title": one["name"], "level": one["level"], "pupils": tree.pupils(one["id"])}
             for one in tree.children.get(row["id"], [])]  # fmt: skip
    tables = [card("unit", say("rollup.title.unit", code=row["code"]), facts), heads(ledger, row["code"])]
    if below:
        specs = "code:code title level:word:rollup.level pupils:count"
        tables.append(table("below", say("rollup.title.below"), specs, below))
    return tables
