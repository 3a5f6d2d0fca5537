"""What a policy of the campus book may say: tiers rise, the last one holds for any sum and asks somebody, levels are known."""

from typing import Any

from logi.books.campus import rules
from logi.core.errors import BadValue

TIERS = ("campus.project_levels", "campus.acceptance_levels")


def check(name: str, value: Any) -> None:
    """Refuse (2) tiers by which nobody could sign, or a sum without any: BadValue names the tier."""
    if name == "campus.beauty_levels":
        _levels(1, value)
    if name in (*TIERS, "campus.beauty_levels") and not value:
        raise BadValue("campus.tier_none")
    before = -1
    for n, one in enumerate(value if name in TIERS else (), 1):
        if "levels" not in one:
            raise BadValue("campus.tier_levels", n=n)
        _levels(n, one["levels"])
        last = n == len(value)
        if last != ("max_fen" not in one) or (last and not one["levels"]):
            raise BadValue("campus.tier_last", n=n)
        if not last and one["max_fen"] <= before:
            raise BadValue("campus.tier_rises", n=n)
        before = one.get("max_fen", before)


def _levels(n: int, levels: Any) -> None:
    wrong = [level for level in levels if level not in rules.LEVELS]
    if wrong or len(set(levels)) != len(levels):
        raise BadValue("campus.tier_word", n=n, levels=wrong or list(levels), known=list(rules.LEVELS))
