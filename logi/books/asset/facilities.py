"""The four classes of facilities (教學、體育、電器、生活): what each has, its maintenance plan, and what was done."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.asset import repair, school, store
from logi.books.asset.tabling import table
from logi.core.answers import Table
from logi.core.folding import fold
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

CLASSES = ("teaching", "sports", "electrical", "living")
OTHER = "other"


def class_of(name: str, category: str | None, table_of: Mapping[str, Sequence[str]]) -> str:
    """The facility class of a thing: by a word in its name, else by the longest beginning of its category code."""
    folded, found, longest = fold(name), OTHER, 0
    for kind in CLASSES:
        for sign in table_of.get(kind, ()):
            code = sign[:1] == "A" or sign.isdigit()
            if not code and fold(sign) in folded:
                return kind
            if code and category and category.startswith(sign) and len(sign) > longest:
                found, longest = kind, len(sign)
    return found


def facilities(ledger: "Ledger", since: date, until: date) -> Table:
    """Each class with its things, its plans, the maintenance and the repairs of a period; `unplanned` have no plan."""
    until = min(until, ledger.today)
    signs = school.policy(ledger, "asset.facility_classes", until)
    rows = {kind: _blank(kind) for kind in (*CLASSES, OTHER)}
    cards = store.named_cards(ledger.db)
    kind_of = _kinds(cards, signs)
    plans = repair.plans(ledger)
    inside = school.inside(ledger.db)
    planned = {code for plan in plans for code in _covered(plan, cards, kind_of, signs, inside)}
    for card in cards:
        row = rows[kind_of[card["code"]]]
        row["cards"] += 1
        row["cost"] += card["cost_fen"]
        row["unplanned"] += card["code"] not in planned
    for plan in plans:
        row = rows[_class_of_plan(plan, kind_of, signs)]
        row["plans"] += 1
        row["plans_due"] += plan.next_on is not None and plan.next_on <= ledger.today
        done = [day for day in plan.done if since <= day <= until]
        row["maintained"] += len(done)
        row["last_done"] = max(filter(None, [row["last_done"], *done]), default=None)
        row["next_on"] = min(filter(None, [row["next_on"], plan.next_on]), default=None)
    for slip in repair.slips(ledger.db, since, until):
        kind = kind_of.get(slip["asset"])
        if kind and slip["schedule_id"] is None:
            rows[kind]["repairs"] += 1
            rows[kind]["repair_cost"] += slip["cost_fen"] or 0
    shown = [row for kind, row in rows.items() if kind != OTHER or row["cards"] or row["plans"]]
    notes = [
        say("asset.note.no_plan", facility=title("asset.facility", row["facility"]))
        for row in shown if row["cards"] and not row["plans"] and row["facility"] != OTHER
    ]  # fmt: skip
    specs = (
        "facility:word:asset.facility cards:count+ cost:money+ plans:count+ plans_due:count+ unplanned:count+ "
        "maintained:count+ last_done:day next_on:day repairs:count+ repair_cost:money+"
    )
    return table("facilities", say("asset.title.facilities", since=since, until=until), specs, shown, notes=notes)


def without_plan(ledger: "Ledger", cards: Sequence[Any]) -> list[str]:
    """The classes that have things among these cards and no maintenance plan."""
    signs = school.policy(ledger, "asset.facility_classes", ledger.today)
    kind_of = _kinds(cards, signs)
    have = set(kind_of.values()) - {_class_of_plan(plan, kind_of, signs) for plan in repair.plans(ledger)}
    return [kind for kind in CLASSES if kind in have]


def _kinds(cards: Sequence[Any], signs: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The class of every card by code, and of every batch by its stem."""
    kind_of = {card["code"]: class_of(card["name"], card["category"], signs) for card in cards}
    for code, kind in list(kind_of.items()):
        kind_of.setdefault(code.rpartition("-")[0], kind)
    return kind_of


def _blank(kind: str) -> dict[str, Any]:
    counts = dict.fromkeys(("cards", "cost", "plans", "plans_due", "unplanned", "maintained", "repairs", "repair_cost"), 0)
    return {"facility": kind, **counts, "last_done": None, "next_on": None}


def _class_of_plan(plan: repair.Plan, kind_of: Mapping[str, str], signs: Mapping[str, Sequence[str]]) -> str:
    return (kind_of.get(plan.asset) if plan.asset else None) or class_of(plan.name, None, signs)


def _covered(
    plan: repair.Plan, cards: Sequence[Any], kind_of: Mapping[str, str], signs: Mapping[str, Sequence[str]],
    inside: Mapping[int, set[int]],
) -> list[str]:  # fmt: skip
    """The cards a plan looks after: the one it names or its batch, else those of its class in its room or building."""
    if plan.asset:
        return [card["code"] for card in cards if card["code"] == plan.asset or card["code"].startswith(f"{plan.asset}-")]
    kind = _class_of_plan(plan, kind_of, signs)
    rooms = inside.get(plan.place_id, {plan.place_id})
    return [card["code"] for card in cards if card["place_id"] in rooms and kind_of[card["code"]] == kind]
