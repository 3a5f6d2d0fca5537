"""Pure decisions of the stock book: which lots an issue takes and what it costs. No clock, no SQL, no print."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from logi.core.errors import BadValue
from logi.core.money import LIMIT_FEN, ratio_half_up

CLASSES = ("daily", "office", "printing", "repair", "food", "cleaning", "textbook", "fire", "low-value")
SLIP_KINDS = ("in", "out", "return", "adjust")
SERIES = {"in": "RK", "out": "CK", "return": "TK", "adjust": "TZ"}
IN_SIDE = ("in", "gain")  # moves of the 收 group; returns are red figures of the 發 group
FAR = "9999-12-31"
METHODS = ("fifo", "moving-average", "month-average")


class Layer:
    """What is left of one lot. `free_milli` is what may be taken on the day asked about without any later day going
    below zero; `cost_milli` and `cost_fen` are the lot's share in the value on hand (under the moving average the value
    is drawn from all lots alike, whichever lot leaves the shelf)."""

    __slots__ = (
        "cost_fen", "cost_milli", "expires_on", "free_milli", "label", "left_milli", "lot_id", "per_milli",
        "price_fen", "received_on",
    )  # fmt: skip

    def __init__(self, lot_id: int, received_on: str, left_milli: int, cost_fen: int, *, cost_milli: int | None = None,
                 price_fen: int = 0, per_milli: int = 1000, expires_on: str | None = None,
                 label: str | None = None) -> None:  # fmt: skip
        self.lot_id, self.received_on, self.expires_on, self.label = lot_id, received_on, expires_on, label
        self.left_milli = self.free_milli = left_milli
        self.cost_milli = left_milli if cost_milli is None else cost_milli
        self.cost_fen, self.price_fen, self.per_milli = cost_fen, price_fen, per_milli

    def expired(self, on: str) -> bool:
        """Whether the lot's last good day lies before `on`."""
        return self.expires_on is not None and self.expires_on < on


class Picked(NamedTuple):
    """The lots an issue takes from, and what it lacks: in all, and the part that expired lots could have given."""

    picks: list[tuple[Layer, int]]
    short_milli: int
    expired_milli: int


def pick(layers: Iterable[Layer], wanted_milli: int, on: str, *, by_expiry: bool = False, expired_too: bool = False,
         label: str | None = None) -> Picked:  # fmt: skip
    """Take from lots received on or before the day: the oldest first, or under `by_expiry` the first to expire."""
    fit = [
        x for x in layers
        if x.received_on <= on and x.free_milli > 0 and (label is None or x.label == label)
    ]  # fmt: skip
    good = fit if expired_too else [x for x in fit if not x.expired(on)]
    if by_expiry:
        good.sort(key=lambda x: (x.expires_on or FAR, x.received_on, x.lot_id))
    else:
        good.sort(key=lambda x: (x.received_on, x.lot_id))
    picks, open_milli = [], wanted_milli
    for layer in good:
        if open_milli == 0:
            break
        taken = min(layer.free_milli, open_milli)
        picks.append((layer, taken))
        open_milli -= taken
    bad = 0 if expired_too else sum(x.free_milli for x in fit if x.expired(on))
    return Picked(picks, open_milli, bad)


def fifo_cost(layer: Layer, taken_milli: int) -> int:
    """The cost of a part of a lot: quantity × the lot's price, half a fen up; the last unit takes what is left."""
    if taken_milli == layer.left_milli:
        return layer.cost_fen
    return min(ratio_half_up(taken_milli * layer.price_fen, layer.per_milli), layer.cost_fen)


def average_cost(layers: Sequence[Layer], taken_milli: int, on: str) -> tuple[int, list[Layer]]:
    """The moving average's cost of an issue, and the lots whose value it draws on: those received by its day.

    Should those carry too little (an earlier issue took later goods that expired sooner), the next ones help out.
    """
    pool: list[Layer] = []
    quantity = value = 0
    for layer in sorted(layers, key=lambda x: (x.received_on, x.lot_id)):
        if layer.received_on > on and quantity >= taken_milli:
            break
        pool.append(layer)
        quantity += layer.cost_milli
        value += layer.cost_fen
    if quantity < taken_milli:
        raise ValueError("more is issued than was ever received")
    cost = value if quantity == taken_milli else ratio_half_up(value * taken_milli, quantity)
    return cost, pool


def draw(pool: Sequence[Layer], taken_milli: int, cost_fen: int) -> None:
    """Take quantity and cost from the lots of a pool, from each its share, so that not one thousandth or fen is lost."""
    quantity, value = sum(x.cost_milli for x in pool), sum(x.cost_fen for x in pool)
    before = after = before_fen = after_fen = 0
    carried = 0
    for layer in pool:
        before, before_fen = before + layer.cost_milli, before_fen + layer.cost_fen
        rest = before - (ratio_half_up(before * taken_milli, quantity) if quantity else 0)
        rest_fen = before_fen - (ratio_half_up(before_fen * cost_fen, value) if value else 0)
        layer.cost_milli, after = rest - after, rest
        layer.cost_fen, after_fen = rest_fen - after_fen + carried, rest_fen
        carried = 0
        if layer.cost_milli == 0:
            # A lot without quantity holds no value: its odd fen goes on to the next one.
            layer.cost_fen, carried = 0, layer.cost_fen
    if carried:
        holder = next((x for x in reversed(pool) if x.cost_milli), pool[-1])
        holder.cost_fen += carried


def worth(quantity_milli: int, price_fen: int, per_milli: int = 1000) -> int:
    """Quantity at a price for `per_milli` of it; half a fen rounds up (BadValue beyond what a ledger holds)."""
    value = ratio_half_up(quantity_milli * price_fen, per_milli)
    if abs(value) > LIMIT_FEN:
        raise BadValue("core.amount_large")
    return value


def spread(total: int, parts: Sequence[int]) -> list[int]:
    """A total shared out by size of the parts, exactly: the parts' sums are rounded, not the parts."""
    whole, done, before, shares = sum(parts), 0, 0, []
    for part in parts:
        done += part
        upto = ratio_half_up(total * done, whole) if whole else 0
        shares.append(upto - before)
        before = upto
    return shares


def part_of(value: int, part: int, whole: int) -> int:
    """The value of a part; the whole part takes all of it."""
    return value if part == whole else ratio_half_up(value * part, whole)


def month_costs(opening_milli: int, opening_fen: int, moves: Sequence[tuple[int, int | None]]) -> list[int]:
    """What month-average issues cost. `opening` holds all that came in during the month as well.

    `moves` stand in order of day: (quantity, None) an issue; (quantity, n) a return of the n-th move.
    Returns costs of issues and values of returns, both above zero.
    """
    left, left_fen = opening_milli, opening_fen
    costs: list[int] = []
    for quantity, of in moves:
        if of is None:
            cost = left_fen if quantity == left else min(ratio_half_up(opening_fen * quantity, opening_milli), left_fen)
            left, left_fen = left - quantity, left_fen - cost
        else:
            cost = part_of(costs[of], quantity, moves[of][0])
            left, left_fen = left + quantity, left_fen + cost
        costs.append(cost)
    return costs
