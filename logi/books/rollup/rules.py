"""What a unit is above or below, what a full one has, and how a programme stands: pure decisions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

LEVELS = ("city", "county", "town", "hub", "school", "kindergarten")
RANK = {level: min(at, 4) for at, level in enumerate(LEVELS)}  # schools and kindergartens stand side by side
KINDS = ("office", "primary", "junior", "senior", "nine-year", "complete", "vocational", "special", "kindergarten")
AREAS = ("urban", "rural")
TEACHING = frozenset({"hub", "school", "kindergarten"})  # levels that have pupils
NEEDS = ("staff", "office", "facilities", "leader", "head")  # 配足配齊人員、辦公場所、設施、分管領導、負責人
ONE = 1000
LINKS = ("centre", "province", "city")  # 與中省市連結
EVENTS = ("pilot", "meeting")
LACKS = ("base", "environment", "organisation", "regulation", "website", "programme", "canteen", "dormitory", "safety", "other")
# What the shipped policy asks of a canteen in use; a school may name other points.
POINTS = ("licence", "rules", "rounds", "costing", "tender", "washing", "goods", "samples")
CANTEEN = ("none", "building", "built", "open")


def above(parent: str, child: str) -> bool:
    """Whether a unit of one level may stand over one of another."""
    return RANK[parent] < RANK[child]


def lacking(unit: Mapping[str, Any], needs: Iterable[str]) -> list[str]:
    """What a unit lacks of the things its level must have; staff below the posts given to it counts as lacking."""
    found = []
    for one in needs:
        there = unit[one]
        if one == "staff" and there is not None and unit["posts"] is not None and there < unit["posts"]:
            there = None
        if not there:
            found.append(one)
    return found


class Target(NamedTuple):
    """A programme's cumulative target: so many percent of the schools by a day."""

    year: str
    percent: int
    due_on: date


def target_on(targets: Sequence[Target], day: date) -> Target | None:
    """The target a programme is held against on a day: the first not past, else the last; None without any."""
    ahead = [one for one in targets if one.due_on >= day]
    return ahead[0] if ahead else targets[-1] if targets else None


def missed_on(targets: Sequence[Target], day: date) -> Target | None:
    """The last target whose day is past."""
    return next((one for one in reversed(targets) if one.due_on < day), None)


def wanted(count: int, percent: int) -> int:
    """How many of so many schools a percentage asks for: never less than it."""
    return -(-count * percent // 100)


def share(value: int, heads: int) -> int:
    """What falls to each of so many, half up."""
    sign = -1 if value < 0 else 1
    return sign * ((2 * abs(value) + heads) // (2 * heads))
