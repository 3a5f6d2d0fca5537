"""What a policy of the campus book may say: each tier names its levels by words of small letters."""

import re
from typing import Any

from logi.core.errors import BadValue

TIERS = ("campus.project_levels", "campus.acceptance_levels")


def check(name: str, value: Any) -> None:
    """Refuse (2) tiers without levels, limits that do not rise, levels that are no words: BadValue names the tier."""
    if name == "campus.beauty_levels":
        _levels(1, value)
    before = -1
    for n, one in enumerate(value if name in TIERS else (), 1):
        if "levels" not in one:
            raise BadValue("campus.tier_levels", n=n)
        _levels(n, one["levels"])
        if "max_fen" in one and one["max_fen"] <= before:
            raise BadValue("campus.tier_rises", n=n)
        if "max_fen" not in one and n < len(value):
            raise BadValue("campus.tier_last", n=n)
        before = one.get("max_fen", before)


def _levels(n: int, levels: Any) -> None:
    wrong = [level for level in levels if not re.fullmatch("[a-z_]{1,40}", level)]
    if wrong or len(set(levels)) != len(levels):
        raise BadValue("campus.tier_word", n=n, levels=wrong or list(levels))
