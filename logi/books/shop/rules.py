"""Pure decisions of the shop: amounts, what of a lot can leave, how a licence or a lot stands on a day."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from logi.core.money import multiply

KINDS = ("business", "food", "fire", "contract", "other")
CLASSES = ("food", "stationery", "daily", "other")
OUT = ("sold", "destroyed", "returned")
STANDS = ("valid", "expiring", "expired", "lasting", "ended", "missing")
SHELF = ("good", "expiring", "expired", "undated")


class Lot(NamedTuple):
    """What came in together: its goods, the day it came, what it lasts to, and every move of it by day."""

    code: str
    goods_id: int
    came: str
    expires: str | None
    moves: tuple[tuple[str, int], ...]

    @property
    def left(self) -> int:
        """What is left of it, in thousandths."""
        return sum(quantity for _, quantity in self.moves)

    def free(self, day: str) -> int:
        """How much may leave on a day: nothing may be missing on that day or any later one."""
        if day < self.came:
            return 0
        after = sorted({day, *(on for on, _ in self.moves if on > day)})
        return min(sum(quantity for on, quantity in self.moves if on <= one) for one in after)


def amount(quantity_milli: int, price_fen: int) -> int:
    """Quantity times price in fen, half a fen rounded up. BadValue: more than the ledger can hold."""
    return multiply(quantity_milli, price_fen)


def standing(expires: str | None, day: date, notice: int) -> str:
    """How a lot stands: `undated`, `good`, `expiring` within `notice` days, or `expired` (the day after its last)."""
    if expires is None:
        return "undated"
    last = date.fromisoformat(expires)
    return "expired" if last < day else "expiring" if last <= day + timedelta(days=notice) else "good"


def licence(expires: str | None, ended: str | None, day: date, notice: int) -> str:
    """How a licence stands: `lasting` without an end, else `valid`, `expiring`, `expired`; `ended` once replaced."""
    if ended is not None and ended <= day.isoformat():
        return "ended"
    if expires is None:
        return "lasting"
    found = standing(expires, day, notice)
    return "valid" if found == "good" else found


def taken(lots: Iterable[Lot], day: str, quantity: int) -> tuple[list[tuple[Lot, int]], int]:
    """(which lots give how much, what is short), the first to expire first."""
    given: list[tuple[Lot, int]] = []
    for lot in sorted(lots, key=lambda one: (one.expires or "9999", one.came, one.code)):
        part = min(lot.free(day), quantity)
        if part > 0:
            given.append((lot, part))
            quantity -= part
    return given, quantity


def below(lot: Lot) -> str | None:
    """The first day on which more of a lot had left than came; None if there is none."""
    total = 0
    for day in sorted({on for on, _ in lot.moves}):
        total = sum(quantity for on, quantity in lot.moves if on <= day)
        if total < 0:
            return day
    return None


def months(since: date, until: date) -> Sequence[str]:
    """The months of a stretch of days."""
    found, day = [], since.replace(day=1)
    while day <= until:
        found.append(day.isoformat()[:7])
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return found
