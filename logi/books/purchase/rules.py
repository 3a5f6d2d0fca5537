"""Pure decisions of the purchase book: tiers and who signs, what splitting is, how far a purchase has come."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

SERIES, RECEIPTS, RETURNS = "CG", "YS", "TH"
LADDER = ("dept_head", "bursar", "vice_principal", "principal", "school_meeting")
# The classes of the storeroom's goods, and what never lies there.
CATEGORIES = ("office", "daily", "printing", "cleaning", "repair", "food", "textbook", "fire", "low-value", "equipment",
              "furniture", "books", "service", "works", "other")  # fmt: skip
METHODS = ("self", "inquiry", "tender", "government")
# How far a purchase has come, in order; the last three have no further way to go.
STAGES = ("open", "approved", "ordered", "part", "accepted", "invoiced", "paid", "closed", "rejected", "dropped")
OPEN = ("open", "approved", "ordered", "part")
ALL = "all"


class Tier(NamedTuple):
    """One step of the tiers: below how much (None: without end), who approves in order, how many quotes."""

    below_fen: int | None
    levels: tuple[str, ...]
    quotes: int
    minutes: bool
    government: bool


def tiers(value: Iterable[Mapping[str, Any]]) -> list[Tier]:
    """The tiers of the policy, lowest first."""
    found = [
        Tier(one.get("below_fen"), tuple(one.get("levels", ())), int(one.get("quotes", 0)), bool(one.get("minutes")),
             bool(one.get("government_procurement")))
        for one in value
    ]  # fmt: skip
    return sorted(found, key=lambda tier: (tier.below_fen is None, tier.below_fen or 0))


def tier_at(steps: Sequence[Tier], amount_fen: int) -> int:
    """Which tier an amount falls in: the first it lies below the bound of, the last where it reaches every bound."""
    for at, tier in enumerate(steps):
        if tier.below_fen is None or amount_fen < tier.below_fen:
            return at
    return len(steps) - 1


def route(tier: Tier, limits: Mapping[str, Mapping[str, int]], category: str, amount_fen: int) -> list[str]:
    """The levels that sign, in order: the tier's, and further up while the last one may not decide so much."""
    levels = list(tier.levels)
    while levels and (limit := limit_of(limits, levels[-1], category)) is not None and amount_fen > limit:
        above = LADDER[LADDER.index(levels[-1]) + 1 :] if levels[-1] in LADDER else ()
        if not above:
            break
        levels.append(above[0])
    return levels


def limit_of(limits: Mapping[str, Mapping[str, int]], whose: str, category: str) -> int | None:
    """Up to how much a level or a person may sign for a category; None where nothing is said."""
    own = limits.get(whose)
    return None if own is None else own.get(category, own.get(ALL))


def above(level: str) -> tuple[str, ...]:
    """A level and those above it, the meeting left out: who stands higher may sign for one below."""
    return LADDER[LADDER.index(level) : -1] if level in LADDER[:-1] else (level,)


class Other(NamedTuple):
    """Another purchase of the same category and budget item: its number, day and amount."""

    number: str
    on: date
    amount_fen: int


def split(steps: Sequence[Tier], amount_fen: int, on: date, others: Iterable[Other], days: int) -> list[Other]:
    """Those with which a purchase together needs a higher tier than each alone, within so many days of one fiscal year.

    Of several stretches of so many days that hold the purchase's own, the one with the largest sum is told.
    """
    same = [one for one in others if one.on.year == on.year and abs((one.on - on).days) <= days]
    found: list[Other] = []
    for first in sorted({on, *(one.on for one in same if one.on < on)}):
        near = [one for one in same if 0 <= (one.on - first).days <= days]
        amounts = [amount_fen, *(one.amount_fen for one in near)]
        higher = tier_at(steps, sum(amounts)) > max(tier_at(steps, one) for one in amounts)
        if higher and sum(amounts[1:]) > sum(one.amount_fen for one in found):
            found = near
    return found


def year_split(steps: Sequence[Tier], amount_fen: int, on: date, others: Iterable[Other]) -> int | None:
    """The sum of a fiscal year's purchases of one category and budget item, where only the sum is one for the government's
    procurement (采购法实施条例 art. 28); None where nothing is to be said."""
    same = [one for one in others if one.on.year == on.year]
    whole = amount_fen + sum(one.amount_fen for one in same)
    parts = (amount_fen, *(one.amount_fen for one in same))
    if not steps[tier_at(steps, whole)].government or any(steps[tier_at(steps, one)].government for one in parts):
        return None
    return whole


class Standing(NamedTuple):
    """What there is of a purchase on a day: signatures still missing, sums of quantity and money."""

    ended: str | None  # rejected, dropped, closed
    approved: bool
    ordered: bool
    outstanding_milli: int
    accepted_milli: int
    invoiced_fen: int
    paid_fen: int


def stage(at: Standing) -> str:
    """How far a purchase has come."""
    if at.ended in ("rejected", "dropped"):
        return at.ended
    if not at.ordered:
        return "approved" if at.approved else "open"
    if at.outstanding_milli > 0 and at.ended != "closed":
        return "part" if at.accepted_milli else "ordered"
    if not at.accepted_milli:
        return "closed"
    if at.invoiced_fen <= 0:
        return "accepted"
    return "paid" if at.paid_fen >= at.invoiced_fen else "invoiced"


def lacking(maker: str | None, address: str | None, made: date | None) -> list[str]:
    """Which of the three a piece of food is without (三無): its maker's name, the maker's address, the day it was made."""
    return [name for name, value in (("maker", maker), ("address", address), ("made", made)) if not value]


def is_tendered(name: str, category: str, words: Iterable[str], folded: Any) -> bool:
    """Whether a line without an item of the storeroom is rice, flour or oil by its name."""
    text = folded(name)
    return category == "food" and any(folded(word) in text for word in words)
