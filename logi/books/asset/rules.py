"""Pure decisions about assets: codes and ranges of codes, depreciation, least lives, thresholds, approval levels."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from logi.core.errors import Usage
from logi.core.money import ratio_half_up

STATUSES = ("in_use", "idle", "lent", "disposing", "disposed", "lost", "merged")
GONE = ("disposed", "lost", "merged")
HOW = ("scrap", "loss", "sale", "donation", "transfer", "lease", "lend-out")
STAYS = ("lease", "lend-out")  # the school goes on owning these: approved, but never written off
GROUNDED = ("scrap", "loss")  # decree 738 art. 21 wants a ground for these
REASONS = ("obsolete", "shortage", "past-life", "force-majeure")
ACQUIRED_BY = ("purchase", "allocation", "donation", "built", "swap", "surplus", "assignment")
VALUE_TYPES = ("cost", "appraisal", "estimate", "nominal")
NOMINAL_FEN = 100  # the nominal amount (名义金额) of what has no price
USED_FOR = ("teaching", "office", "living", "other")
CONDITIONS = ("good", "worn", "damaged")

MOST_IN_RANGE = 10_000
_RANGE = re.compile(r"(.*?)([0-9]+)\.\.(.*?)([0-9]+)")
_TAIL = re.compile(r"(.*?)([0-9]+)")
_COMMAS = re.compile(r"[,，、]")


def expand(text: str) -> list[str]:
    """`2019-0008-01..10` and comma lists as single codes, in order; a range that runs backwards is refused (2)."""
    codes: list[str] = []
    for piece in filter(None, (part.strip() for part in _COMMAS.split(text))):
        found = _RANGE.fullmatch(piece)
        if found is None:
            codes.append(piece)
            continue
        stem, first, again, last = found.groups()
        low, high = int(first), int(last)
        if again not in ("", stem) or high < low or high - low >= MOST_IN_RANGE:
            raise Usage("asset.bad_range", text=piece)
        codes += [f"{stem}{n:0{len(first)}d}" for n in range(low, high + 1)]
    return codes


def compress(codes: Iterable[str]) -> str:
    """Codes as `expand` reads them back: runs of numbers become ranges."""
    pieces: list[str] = []
    stem, width, first, last = "", 0, 0, -1

    def flush() -> None:
        if last >= first:
            tail = "" if first == last else f"..{last:0{width}d}"
            pieces.append(f"{stem}{first:0{width}d}{tail}")

    for code in codes:
        found = _TAIL.fullmatch(code)
        if found is None:
            flush()
            pieces.append(code)
            first, last = 0, -1
            continue
        head, digits = found.groups()
        if (head, len(digits), int(digits)) == (stem, width, last + 1):
            last += 1
            continue
        flush()
        stem, width, first, last = head, len(digits), int(digits), int(digits)
    flush()
    return ",".join(pieces)


def batch_codes(base: str, count: int) -> list[str]:
    """The codes of `count` cards: the base itself for one, else base-01, base-02 … with as many digits as needed."""
    if count == 1:
        return [base]
    width = max(2, len(str(count)))
    return [f"{base}-{n:0{width}d}" for n in range(1, count + 1)]


def month_of(day: date) -> int:
    """A day's month, counted from year 0."""
    return day.year * 12 + day.month - 1


class Depreciation(NamedTuple):
    """How far a card is written down: months taken, the month's amount, what has gathered, what is left (fen), the life."""

    months: int
    monthly_fen: int
    accumulated_fen: int
    net_fen: int
    life_months: int | None = None


def depreciation(cost_fen: int, life_months: int | None, acquired_on: date, to: date, *, gone_on: date | None = None,
                 month_after: bool = False) -> Depreciation:  # fmt: skip
    """Straight line without residual (財會[2017]4號): the month of addition counts, the month of reduction does not.

    The month of `to` counts whole. The last month of the life takes what rounding left. `life_months` None means not
    depreciated. `month_after` is the enterprises' habit: from the month after, the month of reduction included.
    """
    if not life_months:
        return Depreciation(0, 0, 0, cost_fen)
    start = Basis(month_of(acquired_on) + month_after, cost_fen, life_months)
    return written(start, to, gone_on=gone_on, month_after=month_after)


class Basis(NamedTuple):
    """From a month on (counted from year 0) these figures go: value, whole life, and what was taken before (fen)."""

    month: int
    cost_fen: int
    life_months: int
    taken: int = 0
    accumulated_fen: int = 0


def written(basis: Basis, to: date, *, gone_on: date | None = None, month_after: bool = False) -> Depreciation:
    """What a card is written down to on a day, going on from a basis.

    After a change: month = (changed value - accumulated) / (changed life - months taken), remainder in the last one.
    """
    last = month_of(to)
    if gone_on is not None and gone_on <= to:
        last = min(last, month_of(gone_on) - (not month_after))
    left, rest = max(basis.life_months - basis.taken, 0), max(basis.cost_fen - basis.accumulated_fen, 0)
    months = min(max(last - basis.month + 1, 0), left)
    monthly = ratio_half_up(rest, left) if left else 0
    gathered = rest if left and months == left else min(months * monthly, rest)
    accumulated = basis.accumulated_fen + gathered
    return Depreciation(basis.taken + months, monthly, accumulated, basis.cost_fen - accumulated, basis.life_months)


def life_ends(acquired_on: date, life_months: int, *, month_after: bool = False) -> str:
    """The last month ("2031-08") in which a card is depreciated."""
    year, index = divmod(month_of(acquired_on) + month_after + life_months - 1, 12)
    return f"{year:04d}-{index + 1:02d}"


def depreciates(code: str | None, method: str | None, value_type: str, exempt: Sequence[str]) -> bool:
    """Whether a card is written down: not relics, books, animals, plants, land, nor what stands at a nominal yuan."""
    if method == "none" or value_type == "nominal":
        return False
    return not (code and code.startswith(tuple(exempt)))


def least_life(table: Mapping[str, int], code: str | None) -> int | None:
    """The least life in months for a category code: the longest beginning that the table knows."""
    for length in range(len(code or ""), 0, -1):
        if code and code[:length] in table:
            return table[code[:length]]
    return None


def levels_for(matrix: Sequence[Mapping[str, Any]], by_how: Mapping[str, Sequence[Mapping[str, Any]]], how: str,
               categories: Sequence[str], total_fen: int) -> list[str]:  # fmt: skip
    """The levels that must approve a disposal, in order.

    Houses, land and vehicles (the tiers by prefix) always go all the way up, whatever the way of disposal says.
    """
    own = _levels(by_how.get(how) or matrix, categories, total_fen)
    up = [tier for tier in matrix if "prefixes" in tier and _touches(tier, categories)]
    always = list(up[0]["levels"]) if up else []
    return own if len(own) >= len(always) else always


def _levels(tiers: Sequence[Mapping[str, Any]], categories: Sequence[str], total_fen: int) -> list[str]:
    for tier in tiers:
        small = "below_fen" not in tier or total_fen < tier["below_fen"]
        if _touches(tier, categories) if "prefixes" in tier else small:
            return list(tier["levels"])
    return list(tiers[-1]["levels"]) if tiers else []


def _touches(tier: Mapping[str, Any], categories: Sequence[str]) -> bool:
    return any(code.startswith(tuple(tier["prefixes"])) for code in categories)
