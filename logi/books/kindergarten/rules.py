"""Pure decisions of the kindergarten: fixed words, and how many pieces of a toy can be played with."""

from collections.abc import Iterable
from typing import Any, NamedTuple

AREAS = ("classroom", "sleep", "activity", "outdoor", "sand", "art", "music", "reading", "dining", "washroom", "other")
MENDS = ("broken", "mended", "discarded", "lost")
NEEDS = ("place", "supply", "contact")
NOTICES = ("menu", "fees", "safety")
EVENT_STATES = ("open", "ready", "held", "dropped")


class Count(NamedTuple):
    """How many pieces of a toy there are, and how many of them are broken."""

    there: int
    broken: int

    @property
    def good(self) -> int:
        """How many can be played with."""
        return self.there - self.broken


def below(pieces: int, facts: Iterable[Any]) -> Any:
    """The first fact (in order of days) by which more would be mended or gone than there was; None if there is none."""
    so_far: list[Any] = []
    for row in facts:
        so_far.append(row)
        left = counted(pieces, so_far)
        if left.broken < 0 or left.good < 0:
            return row
    return None


def counted(pieces: int, facts: Iterable[Any]) -> Count:
    """What became of so many pieces: broken ones are mended or discarded, whole ones get lost."""
    there, broken = pieces, 0
    for row in facts:
        if row["what"] == "broken":
            broken += row["pieces"]
        elif row["what"] == "lost":
            there -= row["pieces"]
        else:
            broken -= row["pieces"]
            there -= row["pieces"] if row["what"] == "discarded" else 0
    return Count(there, broken)
