"""Pure decisions about assessments: means, weighted totals, ranks, grades, points taken off for conduct."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from logi.core.money import ratio_half_up

ASPECTS = ("service", "thrift", "income", "attitude", "method", "style", "overall", "duty", "manner", "devotion", "skill",
           "result", "teamwork", "discipline", "inspection", "study")  # fmt: skip
RECKONED = ("discipline", "inspection", "study")  # nobody scores these: they come from the records
CONDUCT = ("late", "early", "absent", "leave", "post", "breach")
NOTICES = ("commend", "criticise", "reward")
TARGETS = ("person", "unit")
GRADES = ("excellent", "good", "pass", "fail")
FULL = 100_000


class Mark(NamedTuple):
    """An item of a scheme with what somebody has in it: None where nothing is there yet."""

    item_id: int
    aspect: str
    words: str | None
    weight: int
    score_milli: int | None


class Standing(NamedTuple):
    """One person or unit in a round."""

    subject_id: int
    marks: tuple[Mark, ...]
    total_milli: int | None
    rank: int | None
    grade: str | None

    @property
    def missing(self) -> list[str]:
        """The items somebody still has to score."""
        return unscored(self.marks)


def mean(scores: Sequence[int]) -> int | None:
    """The mean of several raters, to the thousandth of a point; half up."""
    return ratio_half_up(sum(scores), len(scores)) if scores else None


def unscored(marks: Iterable[Mark]) -> list[str]:
    """The items somebody still has to score."""
    return [mark.aspect for mark in marks if mark.score_milli is None and mark.aspect not in RECKONED]


def total(marks: Sequence[Mark]) -> int | None:
    """The weighted mean of the items there are; None while somebody has to score one, or nothing is there."""
    there = [(mark.weight, mark.score_milli) for mark in marks if mark.score_milli is not None]
    if not there or unscored(marks):
        return None
    return ratio_half_up(sum(weight * score for weight, score in there), sum(weight for weight, _ in there))


def grade(total_milli: int | None, bounds: Mapping[str, int]) -> str | None:
    """The first grade whose least points are reached, else fail."""
    if total_milli is None:
        return None
    return next((one for one in GRADES[:3] if one in bounds and total_milli >= bounds[one] * 1000), "fail")


def ranked(found: Sequence[tuple[int, tuple[Mark, ...]]], bounds: Mapping[str, int]) -> list[Standing]:
    """Everybody with total, rank (equals share one) and grade, the best first; those without a total last."""
    totals = {subject: total(marks) for subject, marks in found}
    there = [one for one in totals.values() if one is not None]
    rows = []
    for subject, marks in found:
        mine = totals[subject]
        rank = None if mine is None else 1 + sum(one > mine for one in there)
        rows.append(Standing(subject, marks, mine, rank, grade(mine, bounds)))
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))


def discipline(counts: Mapping[str, int], points: Mapping[str, int]) -> int:
    """A hundred points less what the log takes off, never below nought; in thousandths."""
    return max(FULL - 1000 * sum(points.get(kind, 0) * count for kind, count in counts.items()), 0)


def studied(hours_milli: int, target_milli: int) -> int:
    """The share of the target that was reached, at most all of it, as points."""
    return FULL if hours_milli >= target_milli else ratio_half_up(hours_milli * FULL, target_milli)
