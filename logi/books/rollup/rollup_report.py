"""What the gathered figures can be asked: every school's month (各校彙總), sums, town against country, who is late."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.rollup import gathering, rules, school, store, store_bundles
from logi.books.rollup.gathering import Gathered, figure_title, ordered
from logi.books.rollup.tabling import table
from logi.books.rollup.tree import Tree
from logi.core.answers import Column, Table
from logi.core.days import add_months, month_of, month_period
from logi.core.errors import BadValue
from logi.core.handed import Figure
from logi.core.messages import say
from logi.core.shares import permille

if TYPE_CHECKING:
    from logi.db import Ledger

FIGURES = "figure:code title kind:word:rollup.figure amount:money quantity:quantity schools:count"
COMPARE = ("figure:code title urban:money rural:money all:money urban_quantity:quantity rural_quantity:quantity "
           "all_quantity:quantity ratio:rate")  # fmt: skip
RECEIVED = "number:code on:day code:code title month:month units:count state:word:rollup.standing ledger_head why"
LATE = "month:month code:code title county due:day state:word:rollup.late"
# Without names these columns stand in 各校彙總; --figure names others.
SHOWN = ("stock.value", "repair.opened", "repair.cost", "asset.disposed", "asset.damages", "patrol.open", "canteen.portions",
         "canteen.cost", "meter.cost", "money.spent")  # fmt: skip


def month(ledger: "Ledger", first: str, last: str, *, under: str | None = None, names: Sequence[str] = ()) -> Table:
    """各校彙總: a row for every unit, with the sum of itself and all below it; schools that told nothing stand empty."""
    gathered = Gathered(ledger, first, last)
    tree = gathered.tree
    top = store.unit(ledger, under)["id"] if under else None
    rows, present = [], dict[str, Figure]()
    silent, own_open = list[str](), list[str]()
    for _, row in tree.walk(top):
        total = gathered.total(row["id"])
        telling = gathered.telling(row["id"])
        for one in total.values():
            present.setdefault(one.name, one)
        if row["level"] in rules.TEACHING and not gathered.told(row["code"]):
            (own_open if row["own"] else silent).append(row["code"])
        rows.append({"code": row["code"], "title": row["name"], "level": row["level"], "pupils": tree.pupils(row["id"]),
                     "schools": len(telling), **{_key(name): one.value for name, one in total.items()}})  # fmt: skip
    chosen = [_named(name, present) for name in names] or [one for one in SHOWN if one in present] or ordered(present)
    found = table("month", _heading("rollup.title.month", first, last), "code:code title level:word:rollup.level pupils:count "
                  "schools:count", rows)  # fmt: skip
    columns = [Column(_key(name), figure_title(name), present[name].kind) for name in chosen]
    notes = [say("rollup.note.sums")] if rows else []
    notes += [say("rollup.note.own_open", code=code) for code in own_open]
    notes += [say("rollup.note.silent", codes=silent)] if silent else []
    rest = [Column(_key(name), figure_title(name), present[name].kind) for name in ordered(present) if name not in chosen]
    return Table(found.name, found.title, [*found.columns, *columns], rows, notes=notes, more=rest)


def figures(ledger: "Ledger", first: str, last: str, *, unit: str | None = None) -> Table:
    """Every figure of a unit and all below it, added up, and how many units told of it."""
    gathered = Gathered(ledger, first, last)
    tree = gathered.tree
    tops = [store.unit(ledger, unit)] if unit else tree.children.get(None, [])
    total: dict[str, Figure] = {}
    telling: dict[str, int] = {}
    for top in tops:
        gathering.add(total, gathered.total(top["id"]).values())
        for row in gathered.telling(top["id"]):
            for name in gathered.own(row["code"]):
                telling[name] = telling.get(name, 0) + 1
    rows = [{"figure": name, "title": figure_title(name), "kind": "standing" if total[name].standing else "happened",
             **gathering.valued(total[name]), "schools": telling[name]} for name in ordered(total)]  # fmt: skip
    who = f"{tops[0]['code']} {tops[0]['name']}" if len(tops) == 1 else say("rollup.all_units")
    return table("figures", _heading("rollup.title.figures", first, last, name=who), FIGURES, rows)


def compare(ledger: "Ledger", first: str, last: str, *, under: str | None = None) -> Table:
    """城鄉比較: what falls to a pupil in town and in the country, of the schools whose figures and pupils are both known."""
    gathered = Gathered(ledger, first, last)
    tree = gathered.tree
    top = store.unit(ledger, under)["id"] if under else None
    sums: dict[str | None, dict[str, Figure]] = {}
    heads: dict[tuple[str | None, str], int] = {}
    left, pupils, schools = [], dict[str | None, int](), dict[str | None, int]()
    for _, row in tree.walk(top):
        counted = tree.own_pupils(row["id"])
        if not gathered.told(row["code"]):
            continue
        if not counted or row["area"] is None:
            left.append(row["code"])
        if not counted:
            continue
        own = gathered.own(row["code"])
        for area in {row["area"], "all"} - {None}:
            gathering.add(sums.setdefault(area, {}), own.values())
            pupils[area] = pupils.get(area, 0) + counted
            schools[area] = schools.get(area, 0) + 1
            for name in own:  # only schools that know a figure share it out
                heads[area, name] = heads.get((area, name), 0) + counted
    rows = [_compared(name, sums, heads) for name in ordered(sums.get("all", {}))]
    notes = [say("rollup.note.area", area=say(f"rollup.area.{area}"), schools=schools[area], pupils=pupils[area])
             for area in rules.AREAS if area in pupils]  # fmt: skip
    notes += [say("rollup.note.left_out", codes=left)] if left else []
    return table("compare", _heading("rollup.title.compare", first, last), COMPARE, rows, notes=notes if rows else [])


def late(ledger: "Ledger", last: str | None = None) -> Table:
    """未報單位: every month that is over and that a unit was to tell of and did not, and by when it was due."""
    tree, rows = Tree(ledger), []
    for when, row in gathering.expected(ledger, last):
        answers, day = tree.accountable(row["id"]), due_day(ledger, when)
        rows.append({"month": when, "code": row["code"], "title": row["name"], "due": day,
                     "county": answers["name"] if answers is not None else None,
                     "state": "late" if day < ledger.today else "waiting"})  # fmt: skip
    silent = sum(row["reports_from"] is None and row["level"] in rules.TEACHING and not row["own"]
                 for row in tree.by_id.values())  # fmt: skip
    notes = [say("rollup.note.not_asked", count=silent)] if silent else []
    return table("late", say("rollup.title.late", day=ledger.today), LATE, rows, notes=notes)


def received(ledger: "Ledger", first: str = "", last: str = "9999-99", *, unit: str | None = None) -> Table:
    """What was received, with the head of each school's ledger; and what this ledger handed up."""
    import json

    only = store.unit(ledger, unit)["id"] if unit else None
    there = store_bundles.bundles(ledger.db, first, last, only)
    stand = {row["sha256"] for row in store_bundles.standing(there)}
    rows = [
        {"number": row["number"], "on": date.fromisoformat(row["on_day"]), "code": row["code"], "title": row["name"],
         "month": row["month"], "units": len(gathering.codes_of(row)), "why": row["reason"],
         "state": "stands" if row["sha256"] in stand else "corrected",
         "ledger_head": journal.Head(row["head_seq"], row["head_hash"]).short}
        for row in there
    ]  # fmt: skip
    own = store.own(ledger.db)
    sent = store_bundles.submissions(ledger.db, first, last) if only is None and own is not None else []
    stand = {row["sha256"] for row in store_bundles.standing(sent)}
    for row in sent:
        body = json.loads(row["body"])
        rows.append({"number": row["number"], "on": date.fromisoformat(row["on_day"]), "code": body["unit"],
                     "title": body["name"], "month": row["month"], "units": len(body["units"]), "why": row["reason"],
                     "state": "sent" if row["sha256"] in stand else "corrected",
                     "ledger_head": journal.Head(body["entry"], body["head"]).short})  # fmt: skip
    notes = [say("rollup.note.expect")] if there else []
    return table("received", say("rollup.title.received"), RECEIVED, rows, notes=notes)


def due_day(ledger: "Ledger", when: str) -> date:
    """By when a month is to be handed up: a day of the month after it."""
    day = int(school.policy(ledger, "rollup.submit_by", ledger.today))
    period = month_period(add_months(when, 1))
    return period.since.replace(day=min(day, period.until.day))


def span(since: date, until: date, today: date) -> tuple[str, str]:
    """The months of a period, as far as they have begun."""
    return month_of(since), month_of(max(min(until, today), since))


def over(until: date, today: date) -> str:
    """The last month of a period that is over; one that ends today is not yet."""
    return min(add_months(month_of(until + timedelta(days=1)), -1), add_months(month_of(today), -1))


# -- within ----------------------------------------------------------------------------------------


def _key(name: str) -> str:
    return name.replace(".", "_")


def _named(typed: str, present: Mapping[str, Figure]) -> str:
    """The figure a text names, by its key or what it is called in any script."""
    from logi.core.folding import fold

    for name in present:
        if fold(typed) in (fold(name), fold(_key(name)), fold(figure_title(name))):
            return name
    raise BadValue("rollup.no_figure", text=typed, known=[f"{name} {figure_title(name)}" for name in ordered(present)])


def _heading(key: str, first: str, last: str, **facts: Any) -> str:
    return say(key, period=first if first == last else f"{first} – {last}", **facts)


def _compared(name: str, sums: Mapping[str | None, Mapping[str, Figure]],
              heads: Mapping[tuple[str | None, str], int]) -> dict[str, Any]:  # fmt: skip
    row: dict[str, Any] = {"figure": name, "title": figure_title(name)}
    each: dict[str, int] = {}
    for area in (*rules.AREAS, "all"):
        one = sums.get(area, {}).get(name)
        if one is None:
            continue
        value = one.value * 1000 if one.kind == "count" else one.value
        each[area] = rules.share(value, heads[area, name])
        row[area if one.kind == "money" else f"{area}_quantity"] = each[area]
    urban, rural = (sums.get(area, {}).get(name) for area in rules.AREAS)
    if urban is not None and rural is not None and urban.value > 0:
        # The rural share against the urban one, from the sums and not from rounded shares.
        row["ratio"] = permille(rural.value * heads["urban", name], urban.value * heads["rural", name])
    return row

