"""Pure decisions about the opening: times of a day, what overlaps, which bed is free."""

import re
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from logi.core.calendar import Term
from logi.core.errors import BadValue

_CLOCK = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})")


class Stay(NamedTuple):
    """A stretch of a day: "08:00" to "11:30"."""

    day: date
    starts: str
    ends: str


def clock(text: str) -> str:
    """A time of day as "HH:MM" (BadValue if it is none)."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise BadValue("opening.bad_clock", text=text)
    return f"{int(match[1]):02d}:{match[2]}"


def overlap(one: Stay, other: Stay) -> bool:
    """Whether two stretches share a minute of the same day."""
    return one.day == other.day and one.starts < other.ends and other.starts < one.ends


def free_bed(taken: Collection[int], beds: int) -> int | None:
    """The lowest bed of a room that nobody has; None if all are taken."""
    return next((bed for bed in range(1, beds + 1) if bed not in taken), None)


def term_near(terms: Collection[Term], day: date) -> Term | None:
    """The term a day belongs to for its opening: the one it lies in, else the next to begin."""
    inside = next((term for term in terms if term.starts_on <= day <= term.ends_on), None)
    return inside or min((term for term in terms if term.starts_on > day), key=lambda term: term.starts_on, default=None)
