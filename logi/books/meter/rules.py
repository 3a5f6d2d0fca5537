"""What readings mean: use between two of them, turning over, replacing, what a reading must not be, cost, comparison."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from logi.core.money import ratio_half_up

KINDS = ("water", "power", "gas", "heat")
STATES = ("unread", "abnormal", "explained", "good")
ONE = 1000  # a factor of one
MICRO_OF_FEN = 10_000  # a price is in millionths of a yuan


class Reading(NamedTuple):
    """What a meter showed on a day. `start` and `replace` begin a meter with its digits and factor."""

    on: date
    what: str
    value_milli: int
    rolled: bool = False
    final_milli: int | None = None
    digits: int | None = None
    factor_milli: int | None = None
    entry: int = 0

    @property
    def counts(self) -> bool:
        """Whether the month was read with it: a change of meters is no reading, unless it was on the month's last day."""
        return self.what in ("read", "estimate") or (self.what == "replace" and (self.on + timedelta(days=1)).day == 1)


class Span(NamedTuple):
    """What was used between two readings; it belongs to the month its last day lies in."""

    since: date
    until: date
    opening_milli: int
    closing_milli: int
    use_milli: int
    how: str  # read, estimate, rolled, replace
    factor_milli: int
    counts: bool


class Fault(NamedTuple):
    """A reading that cannot follow the one before it: `below`, `rolled` over without need, `twice` a day, `digits` too many."""

    what: str
    reading: Reading
    before: Reading | None
    shown_milli: int


def capacity(digits: int) -> int:
    """Where a meter of so many whole digits begins anew, in thousandths."""
    return int(10**digits) * 1000


def spans(readings: Sequence[Reading]) -> list[Span]:
    """What was used from each reading to the next, oldest first; the readings are those of one meter, in order."""
    found: list[Span] = []
    digits, factor = 9, ONE
    for at, one in enumerate(readings):
        if at:
            before = readings[at - 1]
            last = one.value_milli if one.final_milli is None else one.final_milli
            turned = last - before.value_milli + (capacity(digits) if one.rolled else 0)
            how = "rolled" if one.rolled else one.what
            use = ratio_half_up(turned * factor, ONE)
            found.append(Span(before.on, one.on, before.value_milli, last, use, how, factor, one.counts))
        if one.digits is not None and one.factor_milli is not None:
            digits, factor = one.digits, one.factor_milli
    return found


def fault(readings: Sequence[Reading]) -> Fault | None:
    """The first reading that cannot be so. One below an estimate is right as long as it is not below the last one read."""
    digits, least = 9, 0
    for at, one in enumerate(readings):
        before = readings[at - 1] if at else None
        last = one.value_milli if one.final_milli is None else one.final_milli
        if before is not None:
            if before.on == one.on:
                return Fault("twice", one, before, last)
            if last >= capacity(digits):
                return Fault("digits", one, before, last)
            if one.rolled and last >= before.value_milli:
                return Fault("rolled", one, before, last)
            lowest = least if before.what == "estimate" and one.what != "estimate" else before.value_milli
            if not one.rolled and last < lowest:
                return Fault("below", one, before, last)
        digits = one.digits if one.digits is not None else digits
        if one.value_milli >= capacity(digits):
            return Fault("digits", one, before, one.value_milli)
        least = least if one.what == "estimate" and not one.rolled else one.value_milli
    return None


def placed(readings: Iterable[Reading], new: Reading) -> list[Reading]:
    """The readings with a new one in its place by day."""
    return sorted([*readings, new], key=lambda one: one.on)


def cost(use_milli: int, price_micro: int) -> int:
    """What a use costs in fen; half a fen goes away from nought."""
    return ratio_half_up(use_milli * price_micro, 1000 * MICRO_OF_FEN)


def change(now: int | None, base: int | None) -> int | None:
    """How much more (or less) than a base, in tenths of a percent; None where there is nothing to compare with."""
    return ratio_half_up((now - base) * 1000, base) if now is not None and base is not None and base > 0 else None


def permille(part: int, whole: int) -> int:
    """A part of a whole in tenths of a percent."""
    return ratio_half_up(part * 1000, whole)


def beyond(now: int, base: int | None, percent: int) -> bool:
    """Whether a use differs from a base by more than so many percent."""
    return base is not None and base > 0 and abs(now - base) * 100 > percent * base


def share(part: int, heads: int) -> int:
    """What falls to each of so many."""
    return ratio_half_up(part, heads)
