"""Pure decisions about surveys and opinions: rates, the three satisfied, how long an answer took."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from logi.core.calendar import SchoolCalendar
from logi.core.money import ratio_half_up

PARTIES = ("members", "parents", "school")
AREAS = ("overall", "canteen", "repair", "hygiene", "security", "supplies", "dormitory", "manner", "environment", "other")
OPINIONS = ("opinion", "complaint", "suggestion", "need", "improvement")
VERDICTS = ("adopted", "declined")
LEVELS = ("very", "satisfied", "fair", "poor")


class Tally(NamedTuple):
    """Answers of one kind together."""

    very: int = 0
    satisfied: int = 0
    fair: int = 0
    poor: int = 0
    invalid: int = 0

    @property
    def valid(self) -> int:
        """The answers that count."""
        return self.very + self.satisfied + self.fair + self.poor

    @property
    def rate(self) -> int | None:
        """(very satisfied + satisfied) of the valid answers, in tenths of a percent; half up."""
        return ratio_half_up((self.very + self.satisfied) * 1000, self.valid) if self.valid else None

    def reaches(self, percent: int) -> bool:
        """Whether the exact share, not the rounded one, reaches a target."""
        return self.valid > 0 and (self.very + self.satisfied) * 100 >= percent * self.valid


def tally(rows: Iterable[Any]) -> Tally:
    """The sum of rows of answers."""
    sums = [0, 0, 0, 0, 0]
    for row in rows:
        for at, name in enumerate((*LEVELS, "invalid")):
            sums[at] += row[name]
    return Tally(*sums)


def by_party(rows: Iterable[Any]) -> dict[str, Tally]:
    """The answers of each party that gave any, over all areas."""
    of: dict[str, list[Any]] = {}
    for row in rows:
        of.setdefault(row["party"], []).append(row)
    found = {party: tally(of[party]) for party in PARTIES if party in of}
    return {party: one for party, one in found.items() if one.valid}


def three_satisfied(parties: Mapping[str, Tally], targets: Mapping[str, int]) -> bool:
    """三滿意: all three parties were asked, and each is at its target or above."""
    return all(party in parties and parties[party].reaches(targets[party]) for party in PARTIES)


def workdays_taken(calendar: SchoolCalendar, since: date, until: date) -> int:
    """Workdays from the day after something was said to the day of the answer; nought on the same day."""
    return len(calendar.workdays(since, until)) - calendar.is_workday(since)


def state_of(row: Any, today: date, due: date) -> str:
    """`waiting`, `late`, `answered`, `adopted` (to be carried out), `late_doing`, `done` or `declined`."""
    if row["answered_on"] is None:
        return "late" if due < today else "waiting"
    if row["verdict"] == "declined":
        return "declined"
    if row["verdict"] is None:
        return "answered"
    if row["done_on"] is not None:
        return "done"
    return "late_doing" if row["due_on"] and row["due_on"] < today.isoformat() else "adopted"
