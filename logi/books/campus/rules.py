"""What the campus book decides: how a project and a plan item stand on a day, what a standard asks for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

KINDS = ("green", "culture", "beauty", "building", "facility", "safety", "other")
THREE = ("green", "culture", "beauty")  # 三化 of the first plan: 綠化、文化、美化 (there is another 三化 of management)
FUNDS = ("fiscal", "special", "public", "donation", "other")
AIMS = ("feature", "norm", "environment", "teaching", "safety")
PERS = ("school", "class", "pupil", "room")
STATES = ("proposed", "approved", "running", "finished", "accepted", "settled", "stopped")
ITEM_STATES = ("planned", "prepared", "running", "done", "dropped")
# Who may be asked to approve or accept: the school's offices and those above it.
LEVELS = ("bursar", "vice_principal", "principal", "school_meeting", "staff_meeting", "education_bureau", "finance_bureau")
ALIVE = ("proposed", "approved", "running", "finished", "accepted")


def state(row: Any, day: date) -> str:
    """How a project stands on a day, by the days on which its steps were taken."""
    text = day.isoformat()
    for name, column in (("stopped", "stopped_on"), ("settled", "settled_on"), ("accepted", "accepted_on"),
                         ("finished", "finished_on"), ("running", "started_on"), ("approved", "approved_on")):  # fmt: skip
        if row[column] and row[column] <= text:
            return name
    return "proposed"


def item_state(item: Any, projects: Iterable[Any], day: date) -> str:
    """How an item of the master plan stands on a day: by its own days, else by its projects."""
    text = day.isoformat()
    if item["dropped_on"] and item["dropped_on"] <= text:
        return "dropped"
    if item["done_on"] and item["done_on"] <= text:
        return "done"
    states = {state(row, day) for row in projects if row["added_on"] <= text} - {"stopped"}
    if states - {"proposed", "approved"}:
        return "running"
    return "prepared" if states else "planned"


def tier(tiers: Sequence[Mapping[str, Any]], amount_fen: int) -> list[str]:
    """The levels that an amount asks for: those of the first tier it does not exceed, else of the last."""
    for one in tiers:
        if "max_fen" not in one or amount_fen <= one["max_fen"]:
            return list(one["levels"])
    return list(tiers[-1]["levels"]) if tiers else []


def needed(quantity_milli: int, base: int) -> int:
    """How many whole things a standard asks for: a share for each of so many, rounded up."""
    return -(-quantity_milli * base // 1000)


def over(budget_fen: int, amount_fen: int, percent: int) -> bool:
    """Whether an amount goes beyond a budget by more than so many percent."""
    return 100 * amount_fen > (100 + percent) * budget_fen


def weighted(parts: Iterable[tuple[int, int]]) -> int | None:
    """The progress of several projects by their budgets, in tenths of a percent: (budget, percent) each."""
    pairs = list(parts)
    whole = sum(weight for weight, _ in pairs)
    return (20 * sum(weight * percent for weight, percent in pairs) + whole) // (2 * whole) if whole else None
